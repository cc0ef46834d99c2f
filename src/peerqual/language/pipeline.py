"""Build spaCy's `Language`: the only place in peerqual where one is made."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from ..errors import UsageError

if TYPE_CHECKING:
    from spacy.language import Language


@cache
def french(model: str | None = None) -> Language:
    """Return the French pipeline, built once for each `model`.

    Without `model`: spaCy's blank French tokenizer with the component ``peerqual_lemmas``.
    With the name of an installed trained model (or its folder): that model, with its own lemmas.
    Raises `UsageError` when the model is not installed.

    >>> [token.lemma_ for token in french()("On les a crus")]
    ['on', 'les', 'avoir', 'croire']
    """
    import spacy

    if model is None:
        nlp = spacy.blank("fr")
        nlp.add_pipe("peerqual_lemmas")
        return nlp
    try:
        return spacy.load(model)
    except OSError as error:
        raise UsageError("language.no_model", where=model, model=model) from error

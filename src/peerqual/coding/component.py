"""The coder as a spaCy component: ``nlp.add_pipe("peerqual_themes")`` fills ``doc.spans["themes"]``.

Cheap to import: spaCy loads every ``spacy_factories`` entry point when any pipe is added, so the coder is loaded when one is made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

if TYPE_CHECKING:
    from .coder import Coder


@Language.factory("peerqual_themes", assigns=["doc.spans"], default_config={"codebook": None})
def make_themes(nlp: Language, name: str, codebook: str | None) -> Themes:
    """Make the component ``peerqual_themes``. `codebook`: path of a ``codebook.yaml`` (None: the one in the package).

    Raises `CodebookError` when the codebook has faults.
    """
    from ..codebook import Codebook
    from .coder import coder

    return Themes(coder(Codebook.load(codebook)))


class Themes:
    """Component that codes a `Doc` as one respondent's turn: each coding is a span of ``doc.spans["themes"]``, its label the code."""

    def __init__(self, coder: Coder) -> None:
        self._coder = coder

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc.spans["themes"]`` (spans cover the sentences of speech that hold the codings) and return `doc`."""
        found = self._coder.code_words(doc.text)
        spans = (doc.char_span(hit.start, hit.end, label=hit.code, alignment_mode="expand") for hit in found)
        doc.spans["themes"] = [span for span in spans if isinstance(span, Span)]
        return doc

"""The spaCy component ``peerqual_identifiers``: fills ``doc.spans["identifiers"]``, for displaCy and for pipelines of one's own."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc, Span

from .find import find_in_text


@Language.factory("peerqual_identifiers", assigns=["doc.spans"])
def make_identifiers(nlp: Language, name: str) -> Identifiers:
    """Make the component.

    >>> import spacy
    >>> nlp = spacy.blank("fr")
    >>> _ = nlp.add_pipe("peerqual_identifiers")
    """
    return Identifiers()


class Identifiers:
    """Component that marks identifiers: each span's label is one of `model.LABELS`, its id the finder's reason."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``doc.spans["identifiers"]`` of `doc` and return it; a span grows to whole tokens."""
        spans = []
        for mention in find_in_text(doc.text):
            span = doc.char_span(mention.start, mention.end, label=mention.label, alignment_mode="expand")
            if span is not None:
                spans.append(Span(doc, span.start, span.end, label=mention.label, span_id=mention.source))
        doc.spans["identifiers"] = spans
        return doc

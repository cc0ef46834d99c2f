"""The apostrophes and no-break spaces of French, for texts that people type as a keyboard has them."""

from __future__ import annotations

import re

NARROW, NO_BREAK = "\u202f", "\u00a0"


def typeset(text: str, lang: str = "fr") -> str:
    """Return `text` with the apostrophes and no-break spaces of French, which people type as a keyboard has them; other languages as they are.

    >>> typeset("l'espoir")
    'l’espoir'
    """
    if lang != "fr":
        return text
    text = re.sub(r"(?<=\w)'(?=[\w«])", "’", text)
    text = re.sub(r" (?=[:»])|(?<=«) ", NO_BREAK, text)
    return re.sub(r" (?=[;?!])", NARROW, text)

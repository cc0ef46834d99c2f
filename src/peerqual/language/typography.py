"""Numbers, percentages, counts and quotations as French and English readers expect them."""

from __future__ import annotations

from ..typesetting import NARROW, NO_BREAK, typeset

__all__ = ["NARROW", "NO_BREAK", "count_of", "number", "percent", "plural", "quote", "typeset"]


def number(x: float, lang: str = "fr", decimals: int = 0) -> str:
    """Return `x` with `decimals` decimals: « 1 234,5 » (narrow no-break space, comma) in French, "1,234.5" in English.

    >>> number(1234.5, "en", 1)
    '1,234.5'
    """
    english = f"{x:,.{decimals}f}"
    if lang != "fr":
        return english.replace("-", "\u2212")
    return english.replace(",", NARROW).replace(".", ",").replace("-", "\u2212")


def percent(share: float, lang: str = "fr", decimals: int = 1) -> str:
    """Return a share (0 to 1) as a percentage: « 12,5 % » with a no-break space in French, "12.5%" in English.

    >>> percent(0.125, "en")
    '12.5%'
    """
    return number(100 * share, lang, decimals) + (f"{NO_BREAK}%" if lang == "fr" else "%")


def plural(n: float, one: str, many: str = "", lang: str = "fr") -> str:
    """Return `one` or `many` (default: `one` + "s") as `n` asks: French has its plural from 2, English for all but 1.

    >>> plural(0, "passage"), plural(0, "passage", lang="en")
    ('passage', 'passages')
    """
    single = abs(n) < 2 if lang == "fr" else n == 1
    return one if single else many or f"{one}s"


def count_of(part: int, whole: int, lang: str = "fr", noun: str = "", many: str = "") -> str:
    """Return a count with its denominator: « 5 des 8 entretiens », "5 of 8 interviews"; `noun` is in the singular.

    >>> count_of(5, 8, "en", "interview")
    '5 of 8 interviews'
    """
    word = plural(whole, noun, many, lang) if noun else ""
    if lang != "fr":
        return f"{number(part, lang)} of {number(whole, lang)} {word}".rstrip()
    joint = "des" if whole >= 2 else "de"
    return f"{number(part)}{NO_BREAK}{joint} {number(whole)}{NO_BREAK}{word}".rstrip()


def quote(text: str, lang: str = "fr") -> str:
    """Return `text` between « » with no-break spaces in French, between curly quotes in English."""
    return f"«{NO_BREAK}{text}{NO_BREAK}»" if lang == "fr" else f"\u201c{text}\u201d"

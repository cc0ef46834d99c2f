"""What a figure of a French sentence counts or measures: « 12 séances de groupe », « le taux de retour s’élève à 37,5 % »."""

from __future__ import annotations

import re

from .quantities import Quantity

_S = "[ \u00a0\u202f]"
_A = "['’]"
_WORD = r"[^\W\d_]+(?:-[^\W\d_]+)*"
_OF = rf"(?:de{_S}l{_A}|de{_S}la{_S}|de{_S}|du{_S}|des{_S}|d{_A})"
_STOP = (
    r"(?!(?:a|ont|ai|est|sont|et|ou|où|au|aux|à|en|par|que|qu|qui|pour|dans|sur|comme|avec|contre|chez|était|étaient|sera|aura|dont|lors|n|ne|se|s|"
    r"un|une|le|la|les|l|ce|ces|cette|autres?|non|mais|plus|moins|pas|sans|seulement|environ|entre|d|de|des|du|ailleurs|là|[^\W\d_]+ent)\b)"
)
_NOUN = rf"{_STOP}(?:autres{_S}|nouve(?:aux|lles){_S}|premi(?:ers|ères){_S}|petit(?:e?s){_S})?{_STOP}{_WORD}"
_TAIL = rf"(?:{_S}(?:{_OF}|en{_S}|à{_S}){_STOP}{_WORD}(?:{_S}{_OF}{_STOP}{_WORD})?)?"
_PLURAL = rf"(?:{_S}{_STOP}(?!{_WORD}(?:ons|ent)\b)[^\W\d_]{{4,}}(?:és|ées|aux|els|elles|ifs|ives|ants|antes|iers|ières|iques|ables|oirs|aires)\b)?"
_RIGHT = re.compile(rf"(?:{_S}?{_OF}(?:{_S})?|{_S})(?:l{_A}|les{_S}|leurs{_S})?(?P<what>{_NOUN}{_PLURAL}{_TAIL})")
_PART_OF = re.compile(rf"{_S}?{_OF}(?P<what>{_NOUN}{_PLURAL}{_TAIL})")
_DETERMINER = rf"(?:(?:[Ll]es?|[Ll]a|[Uu]ne?|[Nn]otre|[Ll]eur|[Ss]on|[Ss]a|[Cc]e|[Cc]ette){_S}|[Ll]{_A})"
_LEFT = re.compile(
    rf"(?:(?<=\A)|(?<=[\s«(])){_DETERMINER}(?P<what>{_WORD}(?:(?:{_S}{_STOP}{_WORD})?{_S}{_OF}(?:{_STOP}{_WORD}){_S}{_OF}{_STOP}{_WORD}|"
    rf"(?:{_S}{_STOP}{_WORD})?{_S}{_OF}(?:premiers{_S})?{_STOP}{_WORD})?)"
)
_HAS = re.compile(rf"{_DETERMINER}(?P<what>{_WORD}){_S}(?:de|d['’]environ){_S}\Z")
_OBJECT = re.compile(rf"{_S}(?:l{_A}|l[ea]{_S}|les{_S}|cette{_S})(?P<what>{_NOUN}{_PLURAL}{_TAIL})")
_WEIGHED = re.compile(r"\b(?:évalu|estim|chiffr|fix|port)\w+ (?:à|aux)(?: \w+)? ?\Z")
_SYMBOL = re.compile(rf"(?P<what>κ|\b[a-zA-Z]|χ²|alpha){_S}?[=<>≈]{_S}?\Z")
_IN_BRACKET = re.compile(rf"[(;]{_S}?(?P<what>{_WORD}(?:{_S}{_OF}{_WORD})?){_S}:{_S}?\Z")
_CLAUSE = re.compile(r"[;:«»(]|, (?=(?:dont|et|mais|tandis|alors)\b)")
_INHERITED = re.compile(rf"(?:\b(?:contre|et|dont|à|puis|ou|soit)|,)(?:{_S}(?:seulement|de|à|environ))?{_S}?\Z")


def counted(text: str, quantity: Quantity, *, floor: int = 0, alone: bool = False) -> str:
    """Return the words of the sentence `text` that say what `quantity` counts or measures, "" when none could be told.

    `floor` is where the figure before it ends: words before it are not asked, as they are that figure's. `alone`: only what follows counts.

    >>> text = "La durée moyenne de séjour était de 17,2 jours pour 31 patients suivis."
    >>> from peerqual.language.quantities import quantities
    >>> [counted(text, quantity) for quantity in quantities(text)]
    ['durée moyenne de séjour', 'patients']
    """
    symbol = _SYMBOL.search(text, 0, quantity.start) or _IN_BRACKET.search(text, 0, quantity.start)
    if symbol:
        return symbol["what"]
    if quantity.unit == "%" and "sur" in text[quantity.start : quantity.end]:
        inner = re.search(rf"{_S}(?P<what>{_STOP}{_WORD}(?:{_S}{_WORD})*){_S}sur{_S}", text[quantity.start : quantity.end])
        return inner["what"] if inner else _left(text, quantity.start, 0)
    if _WEIGHED.search(text, 0, quantity.start) and (weighed := _OBJECT.match(text, quantity.end)):
        return weighed["what"]
    right = (_PART_OF if quantity.unit else _RIGHT).match(text, quantity.end)
    if right or alone:
        return right["what"] if right else ""
    has = _HAS.search(text, 0, quantity.start)
    if has:
        return has["what"]
    return _left(text, quantity.start, floor) if quantity.unit or re.search(r"(?:\bde|\bà|:|\()\s*\Z", text[: quantity.start]) else ""


def inherits(text: str, quantity: Quantity) -> bool:
    """Tell whether `quantity` says no unit of its own and is set against the figure before it: « 17,2 jours contre 19,0 », « dont 7 »."""
    return _INHERITED.search(text, 0, quantity.start) is not None


def _left(text: str, at: int, floor: int) -> str:
    start = max([floor, *(match.end() for match in _CLAUSE.finditer(text, floor, at))])
    matches = [match["what"] for match in _LEFT.finditer(text, start, at)]
    return matches[0] if matches else ""

"""Cardinal numbers in French, in digits and in words: « 1 200 », « 37,5 », « quatre-vingt-douze », « deux millions », « une vingtaine »."""

from __future__ import annotations

import re
from dataclasses import dataclass

_UNITS = {
    **{"un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11},
    **{"douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40},
    **{"cinquante": 50, "soixante": 60, "septante": 70, "huitante": 80, "octante": 80, "nonante": 90, "zéro": 0},
}
_SCALES = {"cent": 100, "cents": 100, "mille": 1000, "million": 1_000_000, "millions": 1_000_000, "milliard": 10**9, "milliards": 10**9}
_ABOUT = {
    **{"dizaine": 10, "douzaine": 12, "quinzaine": 15, "vingtaine": 20, "trentaine": 30, "quarantaine": 40, "cinquantaine": 50},
    **{"soixantaine": 60, "centaine": 100, "millier": 1000},
}

_SPACE = "[ \u00a0\u202f\u2009]"
_DIGITS = rf"(?:\d{{1,3}}(?:{_SPACE}\d{{3}})+|\d+)(?:,\d+|\.\d+(?![\d.]))?"
_J = f"(?:-|{_SPACE})"
_DIGIT = "(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf)"
_TEEN = f"(?:dix(?:{_J}(?:sept|huit|neuf))?|onze|douze|treize|quatorze|quinze|seize)"
_TENS = "(?:vingt|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante)"
_HUNDREDTH = (
    f"(?:(?:quatre{_J}vingt|soixante){_J}{_TEEN}|soixante{_J}et{_J}onze|quatre{_J}vingts?(?:{_J}{_DIGIT})?"
    f"|{_TENS}(?:{_J}et{_J}une?|{_J}{_DIGIT})?|{_TEEN}|{_DIGIT})"
)
_UNDER_THOUSAND = f"(?:(?:{_DIGIT}{_J})?cents?(?:{_J}{_HUNDREDTH})?|{_HUNDREDTH})"
_UNDER_MILLION = f"(?:(?:{_UNDER_THOUSAND}{_J})?mille(?:{_J}{_UNDER_THOUSAND})?|{_UNDER_THOUSAND})"
_WORDS = f"(?:{_UNDER_THOUSAND}{_J}(?:millions?|milliards?)(?:{_J}{_UNDER_MILLION})?|{_UNDER_MILLION}|zéro)"
_NUMERAL = re.compile(
    rf"""(?P<about>\bune?{_SPACE}(?:{"|".join(_ABOUT)}))\b
       | (?<![\w.,/])(?<![^\W\d]-)(?P<digits>{_DIGITS})(?:{_SPACE}(?P<scale>mille|millions?|milliards?)\b)?(?![\w/]|\.\d|,\d)
       | (?<![\w-])(?<!pour[ \u00a0\u202f])(?P<words>{_WORDS})(?![-\w])""",
    re.I | re.X,
)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A cardinal number at ``[start, end)``; `words` when it is written in words (« une vingtaine » too)."""

    start: int
    end: int
    value: float
    words: bool = False


def numerals(text: str) -> list[Numeral]:
    """Return the cardinal numbers of `text`, in order; « un » and « une » alone are articles, what clings to letters (« 2e », « B12 ») is none.

    >>> [(n.value, "J’ai lu 1 200 pages, soixante et onze lettres, une vingtaine de cartes."[n.start:n.end])
    ...  for n in numerals("J’ai lu 1 200 pages, soixante et onze lettres, une vingtaine de cartes.")]
    [(1200.0, '1 200'), (71.0, 'soixante et onze'), (20.0, 'une vingtaine')]
    """
    found = []
    for match in _NUMERAL.finditer(text):
        if match["digits"]:
            value = float(re.sub(_SPACE, "", match["digits"]).replace(",", ".")) * _SCALES.get((match["scale"] or "").lower(), 1)
            found.append(Numeral(match.start(), match.end(), value))
        elif match["about"]:
            found.append(Numeral(match.start(), match.end(), float(_ABOUT[re.split(_SPACE, match["about"].lower())[-1]]), True))
        elif match["words"].lower() not in ("un", "une"):
            found.append(Numeral(match.start(), match.end(), float(value_of(match["words"])), True))
    return found


def value_of(words: str) -> int:
    """Return the number that `words` say: « quatre-vingt-douze » is 92.

    Raises `KeyError` when a word is no number.

    >>> value_of("deux cent cinquante"), value_of("quatre-vingt mille"), value_of("soixante-dix-sept")
    (250, 80000, 77)
    """
    total = group = 0
    for word in re.split(r"[-\s]+", words.lower()):
        if word == "et":
            continue
        if word in ("vingt", "vingts") and group % 100 == 4:
            group += 76
        elif word in ("cent", "cents"):
            group = max(group, 1) * 100
        elif word in _SCALES:
            total += max(group, 1) * _SCALES[word]
            group = 0
        else:
            group += _UNITS[word]
    return total + group

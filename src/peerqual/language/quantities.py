"""Figures in a French sentence: what counts or measures, with its unit; not dates, hours, ages, pages, addresses, phone numbers, « les deux »."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ..model import Span
from .lexicons import lexicon, rows
from .numerals import Numeral, numerals, value_of

_S = "[ \u00a0\u202f\u2009]"
_MONTHS = "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre"
_DAYS = "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_NUMBER = rf"(?:\d+|[a-zé]+(?:-[a-zé]+)*(?:{_S}et{_S}un)?)"
_WORDED = "[a-zé]+(?:-[a-zé]+)*"
_YEAR = re.compile(r"(?<![\w.,/])(?:1[89]|20)\d\d(?!\w|[.,]\d)(?:[-–/](?:(?:1[89]|20)?\d\d))?(?!\d)")
_YEAR_AFTER = re.compile(
    rf"(?:\b(?:en|années?|depuis|dès|fin|début|mi|été|automne|hiver|printemps|rentrée|édition|exercice|{_MONTHS}|{_DAYS}|comme){_S}|[(,–-]{_S}?)\Z",
    re.I,
)
_NOUN_NEXT = re.compile(
    rf"{_S}(?!(?:a|ont|est|sont|et|ou|au|aux|à|en|par|que|qui|où|pour|dans|sur|comme|avec|contre|était|sera|aura)\b)[a-zà-ÿ]{{4,}}"
)

# Numbers that are no figures. Each pattern covers the number; the first group, where there is one, is what is covered.
_NOT_FIGURES = (
    rf"\b(?:\d{{1,2}}|1er|[a-zé]+(?:-[a-zé]+)?)(?:{_S}?(?:et|-|–|au){_S}?\d{{1,2}})?(?:{_S}|-)(?:{_MONTHS})\b(?:{_S}|-)?(?:\d{{4}})?",
    r"\b\d{1,4}[/.-]\d{1,2}[/.-]\d{2,4}\b",
    rf"\b(?:{_DAYS}){_S}\d{{1,2}}\b",
    rf"\b\d{{1,2}}{_S}?h(?:{_S}?\d{{2}})?\b",
    rf"\b(?:à|dès|vers|avant|après|de|jusqu['’]à){_S}({_NUMBER}){_S}heures?\b(?!{_S}(?:de|par|d['’]|supplémentaires))",
    rf"\b{_NUMBER}{_S}heures?{_S}(?:du{_S}matin|du{_S}soir|de{_S}l['’]après)",
    rf"\b(?:à|dès){_S}({_NUMBER}(?:{_S}(?:à|et|ou){_S}{_NUMBER})?){_S}ans\b",
    r"(?:\+33|\b0\d)(?:[ \u00a0\u202f.-]?\d{2}){4}\b|\b3\d{3}\b(?=\s+\(appel)",
    rf"\b\d+{_S}?(?:bis|ter)?,?{_S}(?:rue|avenue|boulevard|place|chemin|impasse|allée|quai|cours|route|square)\b",
    rf"\b\d{{5}}\b(?={_S}[A-ZÉ])",
    r"(?m)\(\d{1,2}\)|^\s*(?:#+\s*)?\d{1,2}[.)](?=\s|\Z)",
    rf"(?:intervalles?{_S}de{_S}confiance|IC|seuil){_S}(?:de|à){_S}(\d+){_S}?%",
    rf"(?:\bIC{_S}?)(\d+){_S}?%",
    rf"\b(?:les|des|ces|aux|nous|eux|elles|ses|leurs|mes|nos|vos|tous|toutes|tous{_S}les|toutes{_S}les){_S}(deux)\b",
    rf"\b(?:tous|toutes){_S}les{_S}({_NUMBER})\b",
    rf"\b(?:à|en|par){_S}({_WORDED})(?=\s*(?:[,.;:!?)»]|\Z))",
    rf"\b({_NUMBER}){_S}fois(?!{_S}(?:plus|moins))",
    rf"\b(?:une?){_S}(?:{_DAYS}|jour|semaine|mois|soir|week-end|fois|nuit){_S}sur{_S}({_NUMBER})\b",
    rf"\b(?:bac|j){_S}?\+{_S}?(\d+)",
    rf"\b(?:le|au|du){_S}(\d+)(?=\s*(?:[,.;:!?)»](?!\d)|\Z))",
    r"\b[A-Z]+[-.]?\d+(?:[-.]\d+)*",
    rf"{_S}(?:premi|derni|proch)[a-z]+{_S}({_NUMBER})\b(?={_S}(?:pages|fois)\b)",
)
_AGE = re.compile(
    rf"(?:\b(?:de|a|ai|as|avait|plus de|moins de|âgée?s? de|passé|fêté)|,|\(){_S}({_NUMBER}(?:{_S}(?:à|et){_S}{_NUMBER})?){_S}ans\b", re.I
)
_ADULT = 12  # « de N ans » from this N on is somebody's age, under it how long something lasts

_FRACTIONS = {"tiers": 3, "quart": 4, "quarts": 4, "cinquième": 5, "cinquièmes": 5, "dixième": 10, "dixièmes": 10}
_FRACTION = re.compile(
    rf"\b(?P<many>(?:les{_S})?(?:un|deux|trois|quatre)){_S}(?P<part>tiers|quarts?|cinquièmes?|dixièmes?)\b"
    rf"(?!{_S}d['’]heure)(?={_S}(?:des?|du|d['’]|seulement|ont|sont|n['’]|ne)\b|{_S}d['’]|\s*[,.;)]|\Z)"
    rf"|\b(?P<half>la{_S}moitié)\b(?={_S}(?:des?|du|d['’]|ont|sont|ne)|{_S}d['’]|\s*[,.;)])|\bde{_S}(?P<by>moitié)\b",
    re.I,
)
_HALF = re.compile(rf"\b(?:un|une){_S}(?:demi-(?P<unit>poste|temps|million)s?\b|(?P<and>an|mois|heure|jour|million|poste){_S}et{_S}demie?\b)", re.I)
_SHARE = re.compile(rf"{_S}(?:(?:[^\W\d]|['’-])+{_S}){{0,2}}?sur{_S}\Z")
_ONE = re.compile(rf"\b(?:une?|1){_S}(?:seule?{_S})?(?:(?:[^\W\d]|['’-])+{_S}){{0,3}}?sur{_S}\Z", re.I)
_RANGE = re.compile(rf"{_S}?(?:à|[–-]|et|ou){_S}?\Z")
_BETWEEN = re.compile(rf"\bentre{_S}\Z", re.I)
_FROM = re.compile(rf"\bde{_S}\Z|\bd['’]\Z", re.I)
_CHANGE = re.compile(r"\b(?:pass|tomb|recul|progress|baiss|mont|chut|grimp)[a-zéè]*\b[^.;]*\Z", re.I)
_ABOUT = re.compile(
    rf"\b(?:près{_S}de|environ|plus{_S}de|moins{_S}de|quelques?|au{_S}moins|au{_S}plus|d['’]au{_S}moins|à{_S}peine|presque|autour{_S}de|en{_S}moyenne|"
    rf"de|entre){_S}\Z|\bplus{_S}d['’]\Z|\bprès{_S}d['’]\Z",
    re.I,
)
_HALF_AFTER = re.compile(rf"{_S}et{_S}demie?\b")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure at ``[start, end)``, unit and « près de » with it; `after` is where its number ends. `upper`: the other bound of a range."""

    start: int
    end: int
    value: float
    upper: float | None = None
    unit: str = ""
    after: int = 0


def quantities(text: str) -> list[Quantity]:
    """Return the figures of one sentence, in order. Shares (« un tiers », « une famille sur cinq ») are in %.

    >>> [(q.value, q.unit) for q in quantities("Le 12 mai, 37,5 % des 40 familles, soit une sur trois, ont attendu de 12 à 18 mois.")]
    [(37.5, '%'), (40.0, ''), (33.3, '%'), (12.0, 'mois')]
    """
    fixed = [*_fractions(text), *_halves(text)]
    plain = [n for n in numerals(text) if not any(a < n.end and n.start < b for a, b in (*_blocked(text), *((q.start, q.end) for q in fixed)))]
    found = [_with_unit(text, quantity) for quantity in _joined(text, plain)]
    return sorted((_widened(text, quantity) for quantity in [*found, *fixed]), key=lambda quantity: quantity.start)


def years(text: str) -> list[tuple[int, int, int]]:
    """Return the years named in `text`, as ``(start, end, year)``; of « 2021-2024 » the last.

    >>> years("De 2018 à 2020, 2 100 visiteurs ; depuis 2021-2022, moins.")
    [(3, 7, 2018), (10, 14, 2020), (41, 50, 2022)]
    """
    found = []
    for match in _YEAR.finditer(text):
        if "-" in match[0] or _YEAR_AFTER.search(text, 0, match.start()) or not _NOUN_NEXT.match(text, match.end()):
            parts = re.split("[-–/]", match[0])
            found.append((match.start(), match.end(), int(parts[0][: 4 - len(parts[-1])] + parts[-1])))
    return found


# --- what is no figure -------------------------------------------------------------------------------------------------


@cache
def _patterns() -> tuple[re.Pattern[str], ...]:
    references = "|".join(sorted((re.escape(word) for word in lexicon("reference_words")), key=len, reverse=True))
    several = rf"(?:{references}){_S}?((?:[A-Z][.-]?{_S}?)?\d+(?:[.,-]\d+)*(?:{_S}?(?:,|et|à|-|–){_S}?\d+)*)"
    return tuple(re.compile(pattern, re.I if not pattern.startswith(r"\b[A-Z]") else 0) for pattern in (*_NOT_FIGURES, rf"(?<!\w){several}"))


def _blocked(text: str) -> Iterator[Span]:
    for pattern in _patterns():
        for match in pattern.finditer(text):
            yield match.span(1 if pattern.groups else 0)
    for start, end, _ in years(text):
        yield start, end
    for match in _AGE.finditer(text):
        ages = numerals(match[1])
        if ages and ages[-1].value >= _ADULT:
            yield match.span(1)


# --- numbers joined ------------------------------------------------------------------------------------------------------


def _fractions(text: str) -> Iterator[Quantity]:
    for match in _FRACTION.finditer(text):
        share = 50.0
        if match["part"]:
            share = round(100 * value_of(match["many"].split()[-1]) / _FRACTIONS[match["part"].lower()], 1)
        start = match.start("by") if match["by"] else match.start()
        yield Quantity(start, match.end(), share, None, "%", match.end())


def _halves(text: str) -> Iterator[Quantity]:
    for match in _HALF.finditer(text):
        unit = (match["unit"] or match["and"]).lower()
        value = 0.5 if match["unit"] else 1.5
        million = unit == "million"
        yield Quantity(match.start(), match.end(), value * (1_000_000 if million else 1), None, "" if million else _plural(unit), match.end())


def _plural(unit: str) -> str:
    return unit if unit.endswith("s") else unit + "s"


def _joined(text: str, plain: Sequence[Numeral]) -> list[Quantity]:
    found: list[Quantity] = []
    for number in plain:
        last = found[-1] if found else None
        if last is not None and (joined := _share(text, last, number) or _range(text, last, number)):
            found[-1] = joined
        else:
            found.append(_one_in(text, number) or Quantity(number.start, number.end, number.value, after=number.end))
    return found


def _share(text: str, last: Quantity, number: Numeral) -> Quantity | None:
    between = text[last.end : number.start]
    if last.unit or last.upper or not _SHARE.fullmatch(between) or last.value > number.value:
        return None
    return Quantity(last.start, number.end, round(100 * last.value / number.value, 1), None, "%", number.end)


def _one_in(text: str, number: Numeral) -> Quantity | None:
    match = _ONE.search(text, 0, number.start)
    if match is None or number.value < 2:
        return None
    return Quantity(match.start(), number.end, round(100 / number.value, 1), None, "%", number.end)


def _range(text: str, last: Quantity, number: Numeral) -> Quantity | None:
    join = text[last.end : number.start]
    if last.unit or last.upper is not None or number.value <= last.value or not _RANGE.fullmatch(join):
        return None
    if "et" in join and not _BETWEEN.search(text, 0, last.start):
        return None
    if "à" in join and _FROM.search(text, 0, last.start) and _CHANGE.search(text, 0, last.start):
        return None
    return replace(last, end=number.end, upper=number.value, after=number.end)


@cache
def _units() -> tuple[tuple[re.Pattern[str], float, str], ...]:
    def pattern(word: str) -> str:
        words = re.escape(word).replace("'", "['’]").replace("\\ ", _S)
        return rf"(?:{_S}|-)?{words}" + (r"(?!\w)" if word[-1].isalnum() else "")

    return tuple((re.compile(pattern(word)), float(factor), unit) for word, factor, unit in rows("quantity_units"))


def _with_unit(text: str, quantity: Quantity) -> Quantity:
    if quantity.unit:
        return quantity
    for pattern, factor, unit in _units():
        if match := pattern.match(text, quantity.end):
            end, half = match.end(), _HALF_AFTER.match(text, match.end())
            scale: Callable[[float], float] = lambda value: round(value * factor + (0.5 if half else 0), 9)  # noqa: B023, E731
            upper = None if quantity.upper is None else scale(quantity.upper)
            return replace(quantity, end=half.end() if half else end, value=scale(quantity.value), upper=upper, unit=unit, after=end)
    return quantity


def _widened(text: str, quantity: Quantity) -> Quantity:
    match = _ABOUT.search(text, 0, quantity.start)
    if match is None or (match[0].lower().startswith(("de", "entre")) and quantity.upper is None):
        return quantity
    return replace(quantity, start=match.start())

"""Numbers in French: words and digits against an oracle that spells them; what looks like a number and is none."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerqual.language.numerals import numerals, value_of
from peerqual.language.quantities import quantities, years

_SMALL = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize".split()
_TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}


def spelt(number):
    """Return `number` (under a million) in words, by the school rule."""
    if number >= 1000:
        head = "" if number < 2000 else re.sub("(cent|vingt)s$", r"\1", spelt(number // 1000)) + " "
        return (head + "mille " + (spelt(number % 1000) if number % 1000 else "")).strip()
    if number >= 100:
        head = "" if number < 200 else spelt(number // 100) + " "
        return (head + "cent" + ("s" if head and not number % 100 else "") + (" " + spelt(number % 100) if number % 100 else "")).strip()
    if number < 17:
        return _SMALL[number]
    if number < 20:
        return "dix-" + _SMALL[number - 10]
    if number >= 80:
        return "quatre-vingt" + ("s" if number == 80 else "-" + spelt(number - 80))
    if number >= 70:
        return "soixante et onze" if number == 71 else "soixante-" + spelt(number - 60)
    ten, one = divmod(number, 10)
    return _TENS[ten] + ("" if not one else " et un" if one == 1 else "-" + _SMALL[one])


@given(st.integers(0, 999_999))
def test_words_say_their_number(number):
    assert value_of(spelt(number)) == number


@given(st.integers(2, 999_999))
def test_words_and_digits_are_found_alike(number):
    for words in (spelt(number), f"{number:,}".replace(",", "\u202f"), str(number)):
        text = f"On compte {words} bénévoles."
        (found,) = numerals(text)
        assert (text[found.start : found.end], found.value) == (words, number)


@given(st.text(alphabet="0123456789 ,.-àdeuxcentmille%n°\u202f/()", max_size=60))
def test_any_text_gives_figures_inside_it_and_in_order(text):
    found = quantities(text)
    assert all(0 <= one.start < one.end <= len(text) for one in found)
    assert [one.start for one in found] == sorted(one.start for one in found)


@pytest.mark.parametrize(
    ("text", "value", "upper", "unit"),
    [
        ("Il reste 1 200 lits.", 1200, None, ""),
        ("Près de 900 visiteurs sont venus.", 900, None, ""),
        ("Un tiers des conventions dorment.", 33.3, None, "%"),
        ("La moitié des adhérents votent.", 50, None, "%"),
        ("Une famille sur cinq serait touchée.", 20, None, "%"),
        ("Le taux est de 37,5 %.", 37.5, None, "%"),
        ("Il faut de 12 à 18 mois.", 12, 18, "mois"),
        ("Entre trois et cinq bénévoles suffisent.", 3, 5, ""),
        ("Le projet coûte 1,2 million d’euros.", 1_200_000, None, "euros"),
        ("La dotation est de 54 k€.", 54_000, None, "€"),
        ("Elle a tenu un an et demi.", 1.5, None, "ans"),
        ("Une vingtaine de lits ferment.", 20, None, ""),
    ],
)
def test_what_a_figure_is(text, value, upper, unit):
    (found,) = quantities(text)
    assert (found.value, found.upper, found.unit) == (value, upper, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Le 12 octobre 2023, à 15 h 30.",
        "Né en 1987, entré dans l’équipe en 2011.",
        "Voir page 45, tableau 3 et annexe 2.",
        "On appelle le 01 45 65 80 00.",
        "Une femme de 44 ans, mère d’un fils de 12 ans.",
        "La loi n° 2002-303 et l’article 21.",
        "Au 14 rue des Tilleuls, salle B12, 3e étage.",
        "Les deux réunions ont été annulées.",
        "Un samedi sur deux, et deux fois par an.",
        "Un tiers extérieur anime la supervision.",
        "Une personne en parle à une autre.",
        "La convention 2021-2024 s’achève.",
        "Son quatorze juillet à elle.",
        "On appelle le 115, puis on note J+15 et bac+2.",
    ],
)
def test_what_is_no_figure(text):
    assert not quantities(text), [text[one.start : one.end] for one in quantities(text)]


def test_a_change_is_two_figures_and_a_range_is_one():
    assert [one.value for one in quantities("Le total est passé de 31 à 22.")] == [31, 22]
    assert [(one.value, one.upper) for one in quantities("Il faut de 22 à 31 séances.")] == [(22, 31)]


@given(st.integers(1900, 2099))
def test_a_year_is_told_from_as_many_things(year):
    assert [one[2] for one in years(f"En {year}, rien.")] == [year]
    assert not years(f"On compte {year} signataires.")

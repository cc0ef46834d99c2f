"""Shifted dates: written as they were, order and intervals kept, days of the week and seasons true."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerqual.anonymization.dates_shift import Shift, is_shifted, shift_of, shifted, year_of
from peerqual.anonymization.finders import numerals
from peerqual.anonymization.numbers_in_words import in_words
from peerqual.language.fold import fold

MONTHS = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
DAYS = st.dates(date(1900, 1, 1), date(2035, 12, 31))
SHIFTS = st.binary(min_size=32, max_size=32).map(shift_of)
WRITINGS = (
    lambda d: f"{d.day:02d}/{d.month:02d}/{d.year}",
    lambda d: d.isoformat(),
    lambda d: f"{'1er' if d.day == 1 else d.day} {MONTHS[d.month - 1]} {d.year}",
    lambda d: f"{'premier' if d.day == 1 else in_words(d.day)} {MONTHS[d.month - 1]} {in_words(d.year)}",
)


@pytest.mark.parametrize(
    "said, expected",
    [
        ("douze mars quatre-vingt-cinq", "vingt-trois mars quatre-vingt-deux"),
        ("12 mars 1985", "23 mars 1982"),
        ("12 mars", "23 mars"),
        ("1er mai 2003", "11 mai 2000"),
        ("premier avril deux mille trois", "onze avril deux mille"),
        ("20 mars 2004", "31 mars 2001"),
        ("21 mars 2004", "1er avril 2001"),
        ("vingt et un mars deux mille quatre", "premier avril deux mille un"),
        ("12/03/85", "23/03/82"),
        ("2/3/1985", "13/3/1982"),
        ("02.03.1985", "13.03.1982"),
        ("2001-03-12", "1998-03-23"),
        ("3 au 12 mars 2001", "14 au 23 mars 1998"),
        ("17 au 25 mars 2001", "28 mars au 5 avril 1998"),
        ("mars 2019", "mars 2016"),
        ("mars quatre-vingt-cinq", "mars quatre-vingt-deux"),
        ("mars de l'année 2004", "mars de l'année 2001"),
        ("03/2010", "03/2007"),
        ("janv. 2012", "janv. 2009"),
        ("85", "82"),
        ("2003", "2000"),
        ("été 2003", "été 2000"),
        ("mille neuf cent soixante et onze", "mille neuf cent soixante-huit"),
        ("deux mille un", "mille neuf cent quatre-vingt-dix-huit"),
        ("nonante-trois", "nonante"),
        ("quatre vingt douze", "quatre vingt neuf"),
        ("deux du douze quatre-vingt-neuf", "treize du douze quatre-vingt-six"),
        ("5 JUIN 1999", "15 JUIN 1996"),
        ("31 décembre 2020", "11 janvier 2018"),
    ],
)
def test_dates_are_written_as_they_were(said, expected):
    assert shifted(said, Shift(-3, 2)) == expected


@pytest.mark.parametrize("said", ["", "hier", "31 février 2001", "12 mars avril 2001", "3 4 5 6", "le", "99 mars 2001", "12/13/2001"])
def test_what_is_no_date_is_left_to_the_mark(said):
    assert shifted(said, Shift(-3, 2)) is None and year_of(said, Shift(-3, 2)) is None


@given(st.binary(min_size=32, max_size=32))
def test_the_shift_is_the_secrets_some_years_earlier_and_whole_weeks(secret):
    shift = shift_of(secret)
    assert shift == shift_of(secret) and -6 <= shift.years <= -2 and 1 <= abs(shift.weeks) <= 3
    assert shift.days % 7 == 0 and abs(shift.days - shift.years * 365.2425) < 25


def test_a_key_that_was_made_before_goes_on_telling_the_same_shift():
    assert (shift_of(bytes(32)), shift_of(bytes([7] * 32))) == (Shift(-2, -1), Shift(-4, -1))


def test_studies_differ():
    assert len({shift_of(bytes([n] * 32)) for n in range(60)}) > 15


def read_back(written, said):
    """Return the day that `written` says, by the writing it was made with."""
    return next(day for day in (said + timedelta(n) for n in range(-2220, -700)) if any(writing(day) == written for writing in WRITINGS))


@given(DAYS, SHIFTS, st.sampled_from(WRITINGS))
def test_a_day_moves_by_the_shift_in_every_writing_and_stays_the_same_day_of_the_week(day, shift, writing):
    expected = day + timedelta(shift.days)
    assert shifted(writing(day), shift) == writing(expected)
    assert expected.weekday() == day.weekday()
    assert year_of(writing(day), shift) == expected.year


@given(DAYS, DAYS, SHIFTS, st.sampled_from(WRITINGS), st.sampled_from(WRITINGS))
def test_order_and_intervals_are_kept_whoever_tells(one, other, shift, first, second):
    moved = [read_back(shifted(writing(day), shift), day) for writing, day in ((first, one), (second, other))]
    assert moved[1] - moved[0] == other - one


@given(st.integers(1900, 2035), st.integers(1900, 2035), st.sampled_from(MONTHS), st.sampled_from(MONTHS), SHIFTS)
def test_months_and_years_keep_their_intervals_and_the_season(one, other, first, second, shift):
    said = [shifted(f"{month} {year}", shift).split() for month, year in ((first, one), (second, other))]
    assert [month for month, _ in said] == [first, second]
    assert int(said[1][1]) - int(said[0][1]) == other - one == int(shifted(str(other), shift)) - int(shifted(str(one), shift))


@given(st.integers(0, 9999), st.sampled_from(["-", "nonante", "quatre vingt cinq"]))
def test_numbers_in_words_are_read_again(number, like):
    words = tuple(fold(word) for word in in_words(number, like=like).replace("-", " ").split())
    assert numerals.value(words) == number


@pytest.mark.parametrize("text, at, expected", [("le [~12 mars 1982~]", "12 mars 1982", True), ("le [12 mars 1982]", "12 mars 1982", False),
    ("le [~1982~] et en 1985", "1985", False), ("le [~1982] puis 1985~]", "1985", False), ("en 1985 [~1982~]", "1985", False)])  # fmt: skip
def test_only_what_stands_between_both_marks_was_shifted(text, at, expected):
    start = text.rindex(at)
    assert is_shifted(text, start, start + len(at)) is expected

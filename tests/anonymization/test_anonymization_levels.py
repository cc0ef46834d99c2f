"""Profiles: from one marking, how much is shown of ages, dates and places; what is no identifier stays."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from anonymization_marks import corpus_of
from hypothesis import given
from hypothesis import strategies as st

from peerqual.anonymization import anonymize, plan
from peerqual.anonymization.assignments import Assignments
from peerqual.anonymization.bands import band
from peerqual.anonymization.edits import apply
from peerqual.anonymization.find import find
from peerqual.anonymization.levels import PROFILES, Levels, levels_of
from peerqual.errors import UsageError
from peerqual.model import Corpus, Transcript

SECRET = bytes(32)


def text_of(marked, key=None, **options):
    corpus, mentions = corpus_of({"d": marked})
    key = key or SimpleNamespace(assignments=Assignments(secret=SECRET))
    return apply(corpus[0].text, plan(corpus, mentions, key=key, levels=levels_of(**options)).edits)[0]


@pytest.mark.parametrize(
    "said, narrow, wide",
    [
        ("quarante-trois ans", "[40-49 ans]", "[40-59 ans]"),
        ("54", "[50-59]", "[40-59]"),
        ("cinquante-quatre", "[50-59]", "[40-59]"),
        ("18 ans", "[18-29 ans]", "[18-39 ans]"),
        ("dix-sept ans", "[12-17 ans]", "[0-17 ans]"),
        ("18 et 20 ans", "[18-29 ans]", "[18-39 ans]"),
        ("dix-huit ou vingt ans", "[18-29 ans]", "[18-39 ans]"),
        ("trente-huit, quarante-deux ans", "[30-49 ans]", "[18-59 ans]"),
        ("trente et un ans", "[30-39 ans]", "[18-39 ans]"),
        ("six mois", "[0-5 ans]", "[0-17 ans]"),
        ("septante-deux ans", "[70-79 ans]", "[60 ans et plus]"),
        ("97 ans", "[80 ans et plus]", "[60 ans et plus]"),
        ("trente piges", "[30-39 ans]", "[18-39 ans]"),
        ("trentaine", "[trentaine]", None),
        ("sexagénaire", "[sexagénaire]", None),
        ("majeure", None, None),
    ],
)
def test_ages_become_bands(said, narrow, wide):
    assert (band(said), band(said, wide=True)) == (narrow, wide)


@given(st.integers(0, 119), st.booleans())
def test_a_band_holds_its_age_and_is_the_same_for_all_in_it(age, wide):
    low, _, rest = band(f"{age} ans", wide=wide).strip("[]").partition(" ")[0].partition("-")
    assert int(low) <= age <= int(rest or 119)
    assert band(f"{low} ans", wide=wide) == band(f"{age} ans", wide=wide)


@pytest.mark.parametrize(
    "marked, default, internal, team, publication",
    [
        ("J'ai [[AGE:quarante-trois ans]].", "J'ai [âge].", "J'ai [40-49 ans].", "J'ai [40-49 ans].", "J'ai [40-59 ans]."),
        ("elle a la [[AGE:trentaine]]", "elle a la [tranche d’âge]", "elle a la [trentaine]", "elle a la [trentaine]", "elle a la [tranche d’âge]"),
        ("né le [[DATE:12 mars 1985]]", "né le [date 1]", "né le [~8 mars 1983~]", "né le [~1983~]", "né le [date]"),
        ("en [[DATE:85]], pas en [[DATE:86]]", "en [date 1], pas en [date 2]", "en [~83~], pas en [~84~]", "en [~1983~], pas en [~1984~]",
         "en [date], pas en [date]"),
        ("le [[DATE:12 mars]]", "le [date 1]", "le [~8 mars~]", "le [date]", "le [date]"),
        ("l'[[DATE:été 2003]]", "le [date 1]", "l'[~été 2001~]", "le [~2001~]", "le [date]"),
        ("d'[[LOC:Annecy]] à [[LOC:Lyon]]", "de [lieu 1] à [lieu 2]", "de [ville A] à [ville B]", "de [ville A] à [ville B]", "de [lieu] à [lieu]"),
        ("dans le [[LOC:Finistère]]", "dans le [lieu 1]", "dans le [département A]", "dans le [département A]", "dans le [lieu]"),
        ("de la [[LOC:Creuse]]", "du [lieu 1]", "du [département A]", "du [département A]", "du [lieu]"),
        ("en [[LOC:Bretagne]]", "en [lieu 1]", "en [région A]", "en [région A]", "en [lieu]"),
        ("dans la [[LOC:rue des Lilas]]", "dans le [lieu 1]", "dans la [rue A]", "dans la [rue A]", "dans le [lieu]"),
        ("à la gare de [[LOC:Xambeau]]", "à la gare de [lieu 1]", "à la gare de [lieu A]", "à la gare de [lieu A]", "à la gare de [lieu]"),
        ("Cité des [[LOC:Xambeaux]]", "Cité du [lieu 1]", "Cité du [quartier A]", "Cité du [quartier A]", "Cité du [lieu]"),
        ("au quartier de [[LOC:Xambeau]]", "au quartier de [lieu 1]",
         "au quartier de [quartier A]", "au quartier de [quartier A]", "au quartier de [lieu]"),
    ],
)  # fmt: skip
def test_one_marking_four_levels(marked, default, internal, team, publication):
    assert [text_of(marked, profile=profile) for profile in (None, "internal", "team", "publication")] == [default, internal, team, publication]


def test_one_key_serves_every_profile_and_the_default_stays_what_it_was():
    key = SimpleNamespace(assignments=Assignments(secret=SECRET))
    marked = "[[LOC:Lyon]], [[LOC:Annecy]], [[DATE:85]], [[PER:Karim]]"
    first = text_of(marked, key)
    others = [text_of(marked, key, profile=profile) for profile in PROFILES]
    assert text_of(marked, key) == first and [text_of(marked, key, profile=profile) for profile in PROFILES] == others
    assert len({text.rpartition(", ")[2] for text in (first, *others)}) == 1


@pytest.mark.parametrize("profile", [None, *PROFILES])
@pytest.mark.parametrize(
    "text",
    [
        "J'y suis resté vingt ans, pendant trois mois, deux fois par semaine.",
        "Ça fait dix ans que ça dure, la quarantaine du Covid, la page 1985.",
        "Il y en avait une trentaine, de chaises. On était douze.",
        "[40-49 ans], le [~12 mars 1982~], à [ville A], en [~85~], la [trentaine], [80 ans et plus]",
    ],
)
def test_durations_counts_and_what_was_written_before_stay(text, profile):
    corpus = Corpus((Transcript("d", text, ()),))
    kept = ("AGE", "DATE")
    assert anonymize(corpus, [m for m in find(corpus) if m.label in kept], profile=profile)[0].text == text


@pytest.mark.parametrize("profile", [*PROFILES])
def test_a_second_pass_changes_no_age_date_or_place(profile):
    text = "Né le douze mars quatre-vingt-cinq à Lyon, j'ai 38 ans. En mars 2019, dans le Finistère, du 3 au 12 avril 2001, l'été 2003, en 92."
    once = anonymize(Corpus((Transcript("d", text, ()),)), profile=profile)[0].text
    assert anonymize(Corpus((Transcript("d", once, ()),)), profile=profile)[0].text == once != text


def test_levels_are_named_and_unknown_ones_are_told():
    assert levels_of() == Levels() and levels_of("publication", "codes").places == "mark"
    corpus, mentions = corpus_of({"d": "[[PER:Maëlle]]"})
    with pytest.raises(UsageError, match="internal, team, publication"):
        anonymize(corpus, mentions, profile="public")

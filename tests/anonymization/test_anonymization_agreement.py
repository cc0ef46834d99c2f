"""« trouble(s) » in its sentence: determiners, contractions, elisions, adjectives, persons, figures of speech."""

from __future__ import annotations

from pathlib import Path

import pytest
from anonymization_marks import unmark

from peerqual.anonymization import plan, replace_diagnoses
from peerqual.anonymization.edits import apply
from peerqual.anonymization.forms import family, is_feminine, is_plural, kind
from peerqual.anonymization.troubles import STYLES
from peerqual.errors import UsageError
from peerqual.model import Corpus, Transcript

DATA = Path(__file__).parent / "data"


def pairs(name):
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [tuple(line.split(" => ")) for line in lines if " => " in line]


def replaced(marked, style="study", numbered=False):
    text, mentions = unmark(marked)
    return apply(text, plan(Corpus((Transcript("d", text),)), mentions, style=style, numbered=numbered).edits)[0]


def plain(marked):
    return unmark(marked)[0]


def test_there_are_enough_pairs():
    assert len(pairs("agreement_study.txt")) >= 190 and len(pairs("agreement_fluent.txt")) >= 50 and len(pairs("agreement_whole.txt")) >= 70


@pytest.mark.parametrize("source, wanted", pairs("agreement_study.txt"))
def test_study_style_agrees(source, wanted):
    assert replaced(source) == wanted


@pytest.mark.parametrize("source, wanted", pairs("agreement_fluent.txt"))
def test_fluent_style_agrees(source, wanted):
    assert replaced(source, "fluent") == wanted


@pytest.mark.parametrize("source, wanted", pairs("agreement_whole.txt"))
def test_sentences_and_near_misses(source, wanted):
    assert replace_diagnoses(source) == wanted


@pytest.mark.parametrize(
    "source, literal, bracket",
    [
        ("J'ai une {schizophrénie}.", "J'ai un trouble(s).", "J'ai un [trouble]."),
        ("de l'{anorexie}", "du trouble(s)", "du [trouble]"),
        ("mes {TOC}", "mes trouble(s)", "mes [trouble]"),
        ("je suis {bipolaire}", "je suis trouble(s)", "je suis [trouble]"),
        ("un trouble {bipolaire}", "un trouble(s)", "un [trouble]"),
        ("La {dépression}", "Le trouble(s)", "Le [trouble]"),
    ],
)
def test_literal_and_bracket_styles(source, literal, bracket):
    assert replaced(source, "literal") == literal
    assert replaced(source, "bracket") == bracket


@pytest.mark.parametrize("style", STYLES)
def test_replacing_twice_is_replacing_once(style):
    for source, _ in pairs("agreement_study.txt") + pairs("agreement_whole.txt"):
        once = replace_diagnoses(plain(source), style=style)
        assert replace_diagnoses(once, style=style) == once


def test_one_disorder_keeps_its_number():
    source = "Ma {dépression}, puis la {schizophrénie}. Je suis {schizophrène}, la {dépression} est loin, un trouble {bipolaire}."
    assert replaced(source, numbered=True) == "Mon trouble 1, puis le trouble 2. Je suis [trouble 2], le trouble 1 est loin, un trouble 3."
    assert replaced("ma {bipolarité}, un {bipo}", "bracket", numbered=True) == "mon [trouble 1], un [trouble 1]"


def test_two_disorders_in_one_breath_stay_two():
    assert replaced("la {dépression} la {bipolarité}") == "le trouble le trouble"
    assert replaced("{dépression}, {bipolarité}") == "trouble, trouble"


def test_families_and_kinds():
    assert family("schizo") == family("Schizophrènes") == family("schizophrénie") != family("bipolaire")
    assert family("TDAH") == family("hyperactif") and family("maniaco-dépression") == family("bipolaire")
    assert (kind("dépression"), kind("Bipolaire"), kind("schizo"), kind("toc"), kind("TSA")) == ("noun", "adj", "clip", "noun", "quality")
    assert (kind("zoophobie"), kind("zinzin")) == ("noun", "adj")


def test_gender_and_number_of_forms():
    assert all(map(is_plural, ["phobies", "TOCs", "TOCS", "bipolaires", "épisodes psychotiques"]))
    assert not any(map(is_plural, ["phobie", "TOC", "dépress", "accès maniaque", "stress post-traumatique", "TAS", "TUS", "PMD"]))
    assert all(map(is_feminine, ["dépression", "schizophrénie", "psychose", "bipolarité", "bouffée délirante", "démence"]))
    assert not any(map(is_feminine, ["autisme", "TDAH", "burn-out", "syndrome de Cotard", "état limite"]))


def test_an_unknown_style_is_refused():
    with pytest.raises(UsageError, match="study"):
        replace_diagnoses("ma dépression", style="poetic")

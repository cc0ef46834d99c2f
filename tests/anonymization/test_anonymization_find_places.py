"""Organisations, hospitals and places in marked sentences, hits beside near misses; a name known in the corpus at a sentence's start."""

from __future__ import annotations

from pathlib import Path

import pytest
from anonymization_marks import unmark

from peerqual.anonymization.find import find, find_in_text
from peerqual.model import Corpus, Transcript

DATA = Path(__file__).parent / "data" / "find_places.txt"
LINES = [line for line in DATA.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
# What no rule tells: ordinary words in lower case, a name at a sentence's start that says no more, a centre called by a town.
MISSED = ("Vague à l'Âme", "tournesol bleu", "tourne page", "Bellegarde", "puits salé")


@pytest.mark.parametrize("line", [line for line in LINES if not any(words in line for words in MISSED)])
def test_sentences_with_places_and_organisations(line):
    text, gold = unmark(line)
    assert [(m.label, text[m.start : m.end]) for m in find_in_text(text)] == [(m.label, text[m.start : m.end]) for m in gold]


def test_the_sentences_hold_near_misses():
    assert len(LINES) >= 190
    assert sum("[[" not in line for line in LINES) >= 60


@pytest.mark.parametrize(
    "text, hidden",
    [
        ("On m'a mise à l'unité Colibri. Colibri, c'est fermé la nuit.", ["unité Colibri", "Colibri"]),
        ("On m'a mise à l'unité Colibri. Un colibri chantait.", ["unité Colibri"]),
        ("Colibri, c'est un oiseau.", []),
    ],
)
def test_a_ward_named_once_is_found_at_a_sentence_s_start(text, hidden):
    corpus = Corpus((Transcript("A", text),))
    assert [text[m.start : m.end] for m in find(corpus)] == hidden


@pytest.mark.parametrize("text, hidden", [("@Date: 04-MAY-2021", ["04-MAY-2021"]), ("le score 04-MAX-2021", [])])
def test_dates_of_chat_files(text, hidden):
    assert [text[m.start : m.end] for m in find_in_text(text) if m.label == "DATE"] == hidden

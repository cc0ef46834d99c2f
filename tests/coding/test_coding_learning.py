"""Learning from decisions: what they say of which sentence, and how far they move the earlier model."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_matrix

from peerqual.codebook import Codebook
from peerqual.coding.learned.adapting import corrected, extended, fitted
from peerqual.coding.learned.judged import of_decisions
from peerqual.coding.learned.learning import Lesson, taught
from peerqual.model import Corpus, Decision, Transcript, Turn

CODES = ("espoir", "souffrance", "souffrance_soins")
BOOK = """
peerqual: 1
codes:
  - {id: espoir, label: {fr: Espoir}, definition: {fr: "…"}, rules: [{lemmas: ["espoir"]}]}
  - {id: souffrance, label: {fr: Souffrance}, definition: {fr: "…"}}
  - {id: souffrance_soins, parent: souffrance, label: {fr: Soins}, definition: {fr: "…"}}
"""
SAID = "Je repars. On m'a attaché. Il pleut."


@pytest.fixture(scope="module")
def book():
    return Codebook.from_text(BOOK)


@pytest.fixture(scope="module")
def text():
    return Transcript("E1", SAID, (Turn("P", None, "respondent", 0, len(SAID)),))


def decide(text, words, code, verdict, coder="A"):
    start = text.text.index(words)
    return Decision(text.id, text.text_hash, start, start + len(words), code, verdict, coder, "2026-01-01")


def told(book, text, *decisions):
    made = of_decisions(Corpus((text,)), [decide(text, *one) for one in decisions], book, CODES)
    return made.labels.astype(int).tolist(), made.known.astype(int).tolist(), made.counted.astype(int).tolist()


def test_who_judged_a_sentence_has_rejected_what_was_not_given_and_a_child_counts_as_its_parent(book, text):
    labels, known, counted = told(book, text, ("On m'a attaché.", "", "judged"), ("On m'a attaché.", "souffrance_soins", "add"))
    assert labels == [[0, 0, 0], [0, 1, 1], [0, 0, 0]]
    assert known == counted == [[0, 0, 0], [1, 1, 1], [0, 0, 0]]


def test_a_rejection_is_known_of_its_code_alone_and_an_addition_does_not_count(book, text):
    labels, known, counted = told(
        book, text, ("Je repars.", "espoir", "reject"), ("Il pleut.", "espoir", "add"), ("On m'a attaché.", "souffrance", "accept")
    )
    assert labels == [[0, 0, 0], [0, 1, 0], [1, 0, 0]]
    assert known == [[1, 0, 0], [0, 1, 0], [1, 0, 0]]
    assert counted == [[1, 0, 0], [0, 1, 0], [0, 0, 0]]  # added: it was chosen for carrying the code


def test_what_coders_disagree_on_is_not_known_and_a_changed_text_says_nothing(book, text):
    both = ("Je repars.", "espoir", "accept"), ("Je repars.", "espoir", "reject", "B")
    assert told(book, text, *both)[1][0] == [0, 0, 0]
    other = Transcript("E1", SAID + " ", text.turns)
    assert not of_decisions(Corpus((other,)), [decide(text, *both[0])], book, CODES).places


def random_case(seed, known):
    draw = np.random.default_rng(seed)
    matrix = csr_matrix(draw.normal(size=(30, 4)) * (draw.random((30, 4)) < 0.5))
    logits = draw.normal(size=(30, 2))
    return matrix, logits, draw.random((30, 2)) < 0.4, np.full((30, 2), known), np.array([False, True])


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10_000))
def test_without_decisions_nothing_changes_and_with_them_no_smaller_loss_is_near(seed):
    nothing = fitted(*random_case(seed, False))
    assert np.allclose(nothing.slope, 1) and not nothing.shift.any() and not nothing.weights.any()
    matrix, logits, labels, known, new = random_case(seed, True)
    found = fitted(matrix, logits, labels, known, new)

    def loss(weights):  # of the second code's weights, whose prior is 0.3 each
        margins = np.where(labels, 1, -1) * (found.slope * logits + found.shift + matrix @ weights)
        return np.logaddexp(0, -margins)[:, 1].sum() + 0.3 * (weights[:, 1] ** 2).sum() / 2

    for k in range(4):
        for step in (-0.05, 0.05):
            moved = found.weights.copy()
            moved[k, 1] += step
            assert loss(moved) > loss(found.weights)


def test_only_chosen_codes_change_and_words_need_three_people(book):
    said = ["Je repars du pied.", "Il pleut."] * 4
    texts = [Transcript(f"E{n}", " ".join(said), (Turn("P", None, "respondent", 0, len(" ".join(said))),)) for n in range(4)]
    verdicts = [decide(one, one.text[:18], "", "judged") for one in texts] + [decide(one, one.text[:18], "espoir", "add") for one in texts]
    verdicts += [Decision(one.id, one.text_hash, 19, 28, "", "judged", "A", "2026-01-01") for one in texts]
    lesson = Lesson(extended(None, CODES, ()), of_decisions(Corpus(tuple(texts)), verdicts, book, CODES), {"souffrance_soins": "souffrance"})
    at = np.flatnonzero(lesson.judged.known.any(axis=1))
    correction, names = taught(lesson, at)
    assert "w:pied" in names and "w:pied" not in Lesson(lesson.base, lesson.judged, lesson.parents, 5).names(at.tolist())
    kept = corrected(lesson.base, correction, names, np.array([False] * 3))
    assert not kept.index and np.array_equal(kept.offset, lesson.base.offset)
    made = corrected(lesson.base, correction, names, np.array([True, False, False]))
    assert made.row("w:pied")[0] > 0 and not made.row("w:pied")[1:].any()

"""The thematic course draws true extents and tells proposals from decisions; the tree writes every count beside its label."""

import sys
from pathlib import Path

import pytest
from matplotlib.colors import to_hex

sys.path.insert(0, str(Path(__file__).parents[1] / "analysis"))

from analysis_corpus import BOOK, CODINGS, CORPUS, frame, made, span

from peerqual.analysis import code_tree, positions, theme_frequencies, turn_positions
from peerqual.codebook import Codebook
from peerqual.model import Corpus
from peerqual.reporting import figures
from peerqual.reporting.figures.course import ANSWERS, ASKS, MOST, PALE
from peerqual.reporting.palette import mix, palette

TALK = made(
    "E9",
    "interview",
    ("Q", "interviewer", "un deux", None),
    ("R", "respondent", "trois quatre cinq six sept huit", "p1"),
    ("Q", "interviewer", "neuf dix", None),
)
MARK = palette(BOOK)["espoir"].mark


def course(codings, corpus, **options):
    return figures.thematic_course(positions(codings, corpus), turn_positions(corpus), codebook=BOOK, **options)


def boxes(figure, colour):
    return [patch for patch in figure.axes[0].patches if to_hex(patch.get_facecolor()) == colour]


def words(figure):
    return [text.get_text() for text in figure.axes[0].texts]


def coded(first, last, status="accepted"):
    start = TALK.text.index(first)
    return span(TALK, start, TALK.text.index(last) + len(last), "espoir", status)


def test_a_mark_covers_the_share_of_words_that_is_coded_and_turns_are_to_scale():
    figure = course(frame(coded("trois", "sept")), Corpus((TALK,)))
    (whole,), (mark,) = boxes(figure, ANSWERS), boxes(figure, MARK)
    assert mark.get_width() / whole.get_width() == pytest.approx(5 / 10)
    assert (mark.get_x() - whole.get_x()) / whole.get_width() == pytest.approx(2 / 10)
    asked = [((box.get_x() - whole.get_x()) / whole.get_width(), box.get_width() / whole.get_width()) for box in boxes(figure, ASKS)]
    assert asked == [pytest.approx((0.0, 0.2)), pytest.approx((0.8, 0.2))]


def test_proposals_are_paler_and_lower_than_what_a_person_decided():
    figure = course(frame(coded("trois", "quatre"), coded("six", "sept", "proposed")), Corpus((TALK,)))
    (decided,), (proposed,) = boxes(figure, MARK), boxes(figure, mix(MARK, "#ffffff", PALE))
    assert proposed.get_height() == pytest.approx(decided.get_height() / 2)
    assert "proposition de la machine" in " ".join(words(figure))
    assert "proposition" not in " ".join(words(course(frame(coded("trois", "quatre")), Corpus((TALK,)))))


def test_a_rejected_coding_is_not_drawn_and_one_interview_can_be_drawn_alone():
    figure = course(frame(coded("trois", "quatre", "rejected")), Corpus((TALK,)))
    assert not boxes(figure, MARK) and "Aucun passage codé." in words(figure)
    turns = turn_positions(CORPUS)
    alone = figures.thematic_course(positions(CODINGS, CORPUS), turns[turns["document"] == "E1"], codebook=BOOK)
    assert "E1" in words(alone) and not {"E2", "G1"} & set(words(alone))


def test_documents_left_out_are_said():
    many = Corpus(tuple(made(f"E{i}", "interview", ("R", "respondent", "oui", f"p{i}")) for i in range(MOST + 3)))
    said = " ".join(words(course(frame(), many)))
    assert f"{MOST} des {MOST + 3} documents" in said.replace("\u00a0", " ") and f"E{MOST} " not in said


def test_the_tree_writes_labels_whole_and_counts_with_totals():
    table = code_tree(BOOK, theme_frequencies(CODINGS, CORPUS, codebook=BOOK, branches=True))
    said = [word.replace("\u00a0", " ") for word in words(figures.theme_tree(table, codebook=BOOK))]
    counted = table.dropna(subset="passages")
    for row in counted[counted["participants_total"] > 0].itertuples():
        assert f"{row.participants} des {row.participants_total}" in said and str(row.passages) in said
    assert {"Parcours", "Souffrance", "Espoir", "Entretiens", "Groupes"} <= set(said) and "–" in said
    assert not any("ajouté depuis" in word for word in said)


def test_the_tree_alone_has_labels_without_counts_and_marks_what_was_added():
    book = Codebook.from_text("""
peerqual: 1
codes:
  - {id: espoir, label: {fr: Espoir}, definition: {fr: "…"}}
  - {id: galere, parent: espoir, label: {fr: Galère}, definition: {fr: "…"}}
history:
  - {action: freeze, at: "2026-01-05", noted: {espoir: "0"}}
  - {action: new, code: galere, at: "2026-02-01", why: x}
""")
    said = words(figures.theme_tree(code_tree(book), codebook=book))
    assert "Espoir" in said and "Galère\u00a0+" in said and any("ajouté depuis" in word for word in said)
    assert not any("Nombre en gras" in word for word in said)

"""Codings of a corrected transcript: those of untouched words move exactly, the others are doubted with their reason, none is lost."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.coding.moving import Correction
from peerqual.model import Coding
from peerqual.transcripts import read

TALK = """Enquêtrice : Comment ça va ?
Maëlle : Ça va mieux. J'ai plus peur de rechuter. Je dors, je mange.
Enquêtrice : Et au groupe ?
Maëlle : Au groupe je parle. On rit beaucoup.
"""


@pytest.fixture
def corrected(tmp_path):
    """Return a function: from the corrected text, a passage and its supporting words to what became of them."""

    def move(new: str, passage: str, *support: str, old: str = TALK):
        transcripts = []
        for name, text in (("old", old), ("new", new)):
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / "e.txt").write_text(text, encoding="utf-8")
            transcripts.append(read(tmp_path / name)[0])
        start = old.index(passage)
        evidence = tuple((old.index(words), old.index(words) + len(words)) for words in support)
        moved = Correction(*transcripts).move(
            Coding("e", start, start + len(passage), "espoir", "rule", "r", 0.5, evidence=evidence, status="accepted")
        )
        after = moved.after
        assert (after.code, after.status, after.score) == ("espoir", "accepted", 0.5)
        assert 0 <= after.start < after.end <= len(new)
        return new[after.start : after.end], [new[a:b] for a, b in after.evidence], moved.verdict, moved.reasons

    return move


def edited(*pairs: tuple[str, str]) -> str:
    text = TALK
    for old, new in pairs:
        assert text.count(old) == 1
        text = text.replace(old, new)
    return text


PEUR = "J'ai plus peur de rechuter."


@pytest.mark.parametrize(
    "pairs, passage, support, words, kept, verdict, reasons",
    [
        # the sentence beside is corrected
        ([("Ça va mieux.", "Ça va beaucoup mieux.")], PEUR, ["peur"], PEUR, ["peur"], "unchanged", ()),
        ([("Je dors, je mange.", "Je dors.")], PEUR, ["peur"], PEUR, ["peur"], "unchanged", ()),
        ([("Enquêtrice : Comment ça va ?\n", "")], PEUR, ["peur"], PEUR, ["peur"], "unchanged", ()),
        # words of the passage, of what supports it
        ([("rechuter", "chuter")], PEUR, ["peur"], "J'ai plus peur de chuter.", ["peur"], "doubtful", ("words",)),
        ([("plus peur", "plus peur du tout")], PEUR, ["peur"], "J'ai plus peur du tout de rechuter.", ["peur"], "doubtful", ("words",)),
        ([("peur", "espoir")], PEUR, ["peur", "rechuter"], "J'ai plus espoir de rechuter.", ["espoir", "rechuter"], "doubtful", ("words", "support")),
        ([("plus peur", "plus")], PEUR, ["peur", "rechuter"], "J'ai plus de rechuter.", ["rechuter"], "doubtful", ("words", "support")),
        # supporting words in the turn before
        ([("Comment", "Alors")], "Ça va mieux.", ["Comment", "mieux"], "Ça va mieux.", ["Alors", "mieux"], "doubtful", ("support",)),
        # words that come in at the edge of the sentence are its words
        ([(PEUR, f"Bon, {PEUR}")], PEUR, [], f"Bon, {PEUR}", [], "doubtful", ("words",)),
        ([(PEUR, "J'ai plus peur de rechuter, voilà.")], PEUR, [], "J'ai plus peur de rechuter, voilà.", [], "doubtful", ("words",)),
        # a sentence of its own is none of its words
        ([(PEUR, f"Bon. {PEUR}")], PEUR, [], PEUR, [], "unchanged", ()),
        ([(PEUR, f"{PEUR} Voilà.")], PEUR, [], PEUR, [], "unchanged", ()),
        # cut, joined
        ([("Je dors, je mange.", "Je dors. Je mange.")], "Je dors, je mange.", [], "Je dors. Je mange.", [], "doubtful", ("words", "sentence")),
        ([("Ça va mieux. J'ai", "Ça va mieux, j'ai")], "Ça va mieux.", [], "Ça va mieux,", [], "doubtful", ("words", "sentence")),
        # a part of a sentence is not asked to be whole
        ([("Je dors, je", "Oui, je dors, je")], "je mange", [], "je mange", [], "unchanged", ()),
        # said by somebody else; a label that is corrected everywhere
        ([("Maëlle : Au", "Enquêtrice : Au")], "On rit beaucoup.", [], "On rit beaucoup.", [], "doubtful", ("speaker",)),
        # deleted: at the nearest word, and never on a label
        ([(f" {PEUR}", "")], PEUR, ["peur"], "Je", [], "no_place", ("deleted",)),
        ([("Maëlle : Au groupe je parle. On rit beaucoup.\n", "")], "On rit beaucoup.", [], "groupe", [], "no_place", ("deleted",)),
        # at another place of the text
        ([(f" {PEUR}", ""), ("beaucoup.", f"beaucoup. {PEUR}")], PEUR, ["peur"], PEUR, ["peur"], "doubtful", ("elsewhere",)),
    ],
)
def test_moves(corrected, pairs, passage, support, words, kept, verdict, reasons):
    assert corrected(edited(*pairs), passage, *support) == (words, kept, verdict, reasons)


def test_a_label_corrected_everywhere_is_the_same_voice(corrected):
    new = TALK.replace("Maëlle :", "Maelle K. :")
    assert corrected(new, PEUR, "peur")[2] == "unchanged"


def test_another_sentence_of_the_same_words_is_not_the_one_that_moved(corrected):
    old = TALK.replace("On rit beaucoup.", "On rit beaucoup. Ça va mieux.")
    new = old.replace("Maëlle : Ça va mieux. J'ai", "Maëlle : J'ai")
    assert corrected(new, "Ça va mieux.", old=old)[2:] == ("no_place", ("deleted",))


def test_a_text_without_turns(corrected):
    old, new = "Compte rendu. On a parlé du cadre.\n", "Compte rendu. On a reparlé du cadre.\n"
    assert corrected(new, "On a parlé du cadre.", "cadre", old=old) == ("On a reparlé du cadre.", ["cadre"], "doubtful", ("words",))


SENTENCES = st.lists(
    st.lists(st.sampled_from(["je", "dors", "bien", "peur", "groupe", "mal"]), min_size=1, max_size=5).map(
        lambda words: " ".join(words).capitalize() + "."
    ),
    min_size=1,
    max_size=4,
)
TALKS = st.lists(SENTENCES.map(" ".join), min_size=1, max_size=5).map(
    lambda turns: "".join(f"{'Maëlle' if n % 2 else 'Camille'} : {words}\n" for n, words in enumerate(turns, 1))
)


@settings(max_examples=60, deadline=None)
@given(TALKS, TALKS, st.data())
def test_nothing_is_lost_whatever_was_corrected(tmp_path_factory, old, new, data):
    folder = tmp_path_factory.mktemp("talks")
    (folder / "a").mkdir()
    (folder / "b").mkdir()
    (folder / "a" / "e.txt").write_text(old, encoding="utf-8")
    (folder / "b" / "e.txt").write_text(new, encoding="utf-8")
    before, after = read(folder / "a")[0], read(folder / "b")[0]
    start = data.draw(st.integers(0, len(old) - 1))
    end = data.draw(st.integers(start + 1, len(old)))
    support = data.draw(st.integers(start, end - 1))
    moved = Correction(before, after).move(Coding("e", start, end, "espoir", "rule", "r", 1.0, evidence=((support, end),)))
    assert 0 <= moved.after.start < moved.after.end <= len(new)
    assert all(0 <= a < b <= len(new) for a, b in moved.after.evidence)
    if moved.verdict == "unchanged":
        assert new[moved.after.start : moved.after.end].split() == old[start:end].split()
        assert len(moved.after.evidence) == 1
    if old == new:
        assert moved.after == moved.before

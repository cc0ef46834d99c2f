"""Whatever the mentions: outside edits nothing changes, positions go there and back, nothing of what was replaced remains."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.anonymization import anonymize, codings_to_original, replace_diagnoses
from peerqual.anonymization.edits import apply
from peerqual.anonymization.troubles import STYLES
from peerqual.model import LABELS, Coding, Corpus, Edit, Mention, Transcript, Turn

PIECES = tuple("Anne|d'|une |grosse |dépression| et |l’|la |de |TOC|\n|A : |je suis |bipolaire|, | 12 |É|😀|“".split("|"))
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join)
FAST = settings(max_examples=120, deadline=None)


@st.composite
def marked(draw):
    text = draw(TEXTS)
    place = st.tuples(st.integers(0, len(text) - 1), st.integers(1, 12))
    spans = [(a, min(len(text), a + n)) for a, n in draw(st.lists(place, max_size=8))]
    mentions = [Mention("d", a, b, draw(st.sampled_from(LABELS)), draw(st.sampled_from(("auto", "review"))), "") for a, b in spans]
    cuts = sorted(draw(st.sets(st.integers(0, len(text)), max_size=6)))
    turns = []
    for a, b in zip(cuts[::2], cuts[1::2], strict=False):
        skips = ((a + 1, b - 1),) if b - a > 3 and draw(st.booleans()) else ()
        turns.append(Turn(text[a:b][:3], None, "respondent", a, b, skips))
    return Transcript("d", text, tuple(turns)), mentions


@FAST
@given(marked(), st.sampled_from(STYLES), st.sampled_from(("replace", "keep")), st.booleans())
def test_outside_edits_nothing_changes(case, style, review, numbered):
    transcript, mentions = case
    study = anonymize(Corpus((transcript,)), mentions, style=style, review=review, numbered=numbered)
    (new,) = study
    at = new_at = 0
    for edit in study.edits:
        gap = edit.start - at
        assert gap >= 0 and edit.text and edit.end > edit.start
        assert new.text[new_at : new_at + gap] == transcript.text[at : edit.start]
        assert new.text[new_at + gap : new_at + gap + len(edit.text)] == edit.text
        at, new_at = edit.end, new_at + gap + len(edit.text)
    assert new.text[new_at:] == transcript.text[at:]
    wanted = {(m.start, m.end) for m in mentions if review == "replace" or m.tier == "auto"}
    done = {(m.start, m.end) for edit in study.edits for m in edit.mentions}
    assert done == wanted
    assert all(edit.start <= m.start and m.end <= edit.end for edit in study.edits for m in edit.mentions)


@FAST
@given(marked())
def test_positions_go_there_and_back(case):
    transcript, mentions = case
    study = anonymize(Corpus((transcript,)), mentions)
    (new,) = study
    moved = study.maps[new.id]
    inside = [range(edit.start, edit.end + 1) for edit in study.edits]
    for position in range(len(transcript.text) + 1):
        if not any(position in span for span in inside):
            assert moved.to_original(moved.to_new(position)) == position
            assert moved.to_original(moved.to_new(position, "end"), "end") == position
    assert [turn.start for turn in new.turns] == sorted(turn.start for turn in new.turns)
    for turn, old in zip(new.turns, transcript.turns, strict=True):
        assert 0 <= turn.start <= turn.end <= len(new.text)
        assert all(turn.start <= a < b <= turn.end for a, b in turn.skips)
        if not any(old.start in span or old.end in span for span in inside):
            assert moved.span_to_original(turn.start, turn.end) == (old.start, old.end)
    codings = [Coding(new.id, turn.start, turn.end, "c", "rules", "r", 0.6) for turn in new.turns if turn.end > turn.start]
    for coding in codings_to_original(codings, study):
        assert coding.document == "d" and 0 <= coding.start <= coding.end <= len(transcript.text)


@FAST
@given(TEXTS, st.sampled_from(STYLES))
def test_replacing_disorders_is_idempotent(text, style):
    once = replace_diagnoses(text, style=style)
    assert replace_diagnoses(once, style=style) == once


@FAST
@given(st.text(max_size=40), st.data())
def test_edits_are_carried_out_like_cutting_and_pasting(text, data):
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    edits = [Edit("d", a, b, data.draw(st.text(max_size=4))) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    expected = text
    for edit in reversed(edits):
        expected = expected[: edit.start] + edit.text + expected[edit.end :]
    assert apply(text, edits)[0] == expected

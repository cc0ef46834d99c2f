"""Which word of a transcript is which word of its source: brute force on small sequences, near misses, and time on large ones."""

from __future__ import annotations

import random
import time
from itertools import chain, combinations, pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.model import Edit, Transcript, Turn
from peerqual.transcripts.writing.pieces import Source
from peerqual.transcripts.writing.rewrite import Rewrite
from peerqual.transcripts.writing.sequences import LABEL, SPOKEN, Words, align

SEQUENCES = st.lists(st.sampled_from("abc"), max_size=7)


def words(text, zone=0, weight=SPOKEN):
    parts = text.split()
    return Words(parts, [zone] * len(parts), [weight] * len(parts))


def joined(*parts):
    return Words(*(list(chain.from_iterable(getattr(part, name) for part in parts)) for name in ("words", "zones", "weights")))


def longest_common(a, b):
    """The length of the longest common subsequence, by trying all of them."""
    for size in range(min(len(a), len(b)), 0, -1):
        mine, others = ({tuple(one[i] for i in at) for at in combinations(range(len(one)), size)} for one in (a, b))
        if mine & others:
            return size
    return 0


@settings(max_examples=150, deadline=None)
@given(SEQUENCES, SEQUENCES)
def test_as_many_words_as_can_be_are_paired(a, b):
    pairs = align(Words(a, range(len(a)), [SPOKEN] * len(a)), Words(b, range(len(b)), [SPOKEN] * len(b)))
    assert all(a[i] == b[j] for i, j in pairs)
    assert all(i < k and j < m for (i, j), (k, m) in pairwise(pairs))
    assert len(pairs) == longest_common(a, b)


def test_words_of_speech_come_before_a_label_that_the_reader_made():
    text = joined(words("Anne :", 1, LABEL), words("Anne est là", 2))
    assert align(text, words("Anne est là")) == [(2, 0), (3, 1), (4, 2)]


def test_a_label_that_comes_back_is_left_out():
    text = joined(words("Marc :", 1, LABEL), words("je Marc dis", 2))
    source = joined(words("Marc :", 0, LABEL), words("je", 0), words("Marc :", 1, LABEL), words("Marc dis", 1))
    assert align(text, source) == [(0, 0), (1, 1), (2, 2), (3, 5), (4, 6)]


def test_ten_thousand_words_with_labels_everywhere_take_a_moment():
    chance = random.Random(3)
    vocabulary = [f"mot{n}" for n in range(400)]
    said = [[chance.choice(vocabulary) for _ in range(7)] for _ in range(1500)]
    text = joined(*(words(" ".join(cue), n // 5) for n, cue in enumerate(said)))
    source = joined(*(joined(words("Marc :", n, LABEL), words(" ".join(cue), n)) for n, cue in enumerate(said)))
    start = time.perf_counter()
    pairs = align(text, source)
    assert time.perf_counter() - start < 5
    assert [j for _, j in pairs] == [n * 9 + 2 + k for n in range(1500) for k in range(7)]


def carried(text, edits, pieces, speakers=()):
    """Carry `edits` (start, end, words) of a transcript of one turn a line out on `pieces`, (unit, words); return the pieces."""
    lines, at, turns = text.split("\n"), 0, []
    for line, speaker in zip(lines, speakers, strict=False):
        turns.append(Turn(speaker, None, "", at + len(f"{speaker} : "), at + len(line)))
        at += len(line) + 1
    new = text
    for start, end, words_ in sorted(edits, reverse=True):
        new = new[:start] + words_ + new[end:]
    names = dict(zip(speakers, (line.partition(" : ")[0] for line in new.split("\n")), strict=False))
    again = tuple(Turn(names[turn.speaker], None, "", turn.start, turn.end) for turn in turns)
    rewrite = Rewrite(Transcript("A", text, tuple(turns)), Transcript("B", new, again), [Edit("A", *edit) for edit in edits])
    made = [words_ for _, words_ in pieces]
    source = Source()
    for n, (unit, words_) in enumerate(pieces):
        source.add(words_, lambda new, n=n: made.__setitem__(n, new), unit)
    source.carry(rewrite)
    return made


def test_an_edit_over_several_runs_goes_to_the_first():
    text = "Marc : je vois Anne Durand ici"
    made = carried(text, [(15, 26, "Julie Morel")], [(0, "Marc : je vois An"), (0, "ne "), (0, "Durand ici")], ["Marc"])
    assert made == ["Marc : je vois Julie Morel", "", " ici"]


def test_an_edit_over_several_cues_leaves_each_a_word():
    text = "Marc : je vois Anne Durand"
    assert carried(text, [(15, 26, "Julie Morel")], [(0, "Marc: je vois Anne"), (1, "Durand")], ["Marc"]) == ["Marc: je vois Julie", "Morel"]
    assert carried(text, [(15, 26, "Luc")], [(0, "Marc: je vois Anne"), (1, "Durand")], ["Marc"]) == ["Marc: je vois Luc", ""]


def test_invisible_marks_do_not_hide_a_name():
    assert carried("Marc : Durand", [(7, 13, "Morel")], [(0, "Marc : Du\xadra\u200bnd")], ["Marc"]) == ["Marc : Morel"]


def test_words_that_the_reader_did_not_give():
    text = "Marc : bonjour\nMaëlle : oui"
    edits = [(15, 21, "Nadine")]
    pieces = "Locuteur|Marc :|bonjour|(Rires)|MAËLLE :|oui|vue à Lacoste|[00:12:31]|(à Lacoste)|06 12 34|17|0:12 - 3:01".split("|")
    made = carried(text, edits, list(enumerate(pieces)), ["Marc", "Maëlle"])
    assert "|".join(made) == "Locuteur|Marc :|bonjour|(Rires)|Nadine :|oui|[retiré]|[00:12:31]|(retiré)|[retiré]|17|0:12 - 3:01"

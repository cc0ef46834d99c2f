"""A text and the one corrected from it: every place is found again, what changed is told, nothing is lost."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.transcripts.revision import revise


def place(old: str, new: str, words: str) -> tuple[str, bool]:
    """Return the words that stand in `new` for `words` of `old`, and whether they changed."""
    revision = revise(old, new)
    start = old.index(words)
    at, to = revision.place(start, start + len(words))
    return new[at:to], revision.is_changed(start, start + len(words))


@pytest.mark.parametrize(
    "old, new, passage, expected, changed",
    [
        # what stands beside a correction is not touched by it
        ("Je dors. J'ai peur.", "Je dors mal. J'ai peur.", "J'ai peur.", "J'ai peur.", False),
        ("Je dors. J'ai peur.", "Je dors. Oui. J'ai peur.", "Je dors.", "Je dors.", False),
        ("Je dors. J'ai peur.", "Je dors. Oui. J'ai peur.", "J'ai peur.", "J'ai peur.", False),
        # words inside: changed, come in, gone, marks too
        ("Je dors. J'ai peure. Bon.", "Je dors. J'ai peur. Bon.", "J'ai peure.", "J'ai peur.", True),
        ("Je dors. J'ai peur. Bon.", "Je dors. J'ai très peur. Bon.", "J'ai peur.", "J'ai très peur.", True),
        ("Je dors. J'ai très peur. Bon.", "Je dors. J'ai peur. Bon.", "J'ai très peur.", "J'ai peur.", True),
        ("Il vient. Bon.", "Il vient ? Bon.", "Il vient.", "Il vient ?", True),
        ("On est marie. Bon.", "On est marié. Bon.", "On est marie.", "On est marié.", True),
        # the same words, written otherwise
        ("Bon. L'hôpital, j'y vais.", "Bon. L’hôpital, j’y vais.", "L'hôpital, j'y vais.", "L’hôpital, j’y vais.", False),
        ("Bon. C'est long. Oui.", "Bon.\nC'est\u00a0long. Oui.", "C'est long.", "C'est\u00a0long.", False),
        # a word cut or joined
        ("Elle a peure Jai repris.", "Elle a peur. J'ai repris.", "Elle a peure", "Elle a peur.", True),
        ("Elle a peure Jai repris.", "Elle a peur. J'ai repris.", "Jai repris.", "J'ai repris.", True),
        # gone altogether
        ("Je dors. J'ai peur. Bon.", "Je dors. Bon.", "J'ai peur.", "", True),
        ("Je dors. J'ai peur. Bon.", "Je dors. Bon.", "Je dors.", "Je dors.", False),
        # all words replaced: they stand where the others stood
        ("Je dors. J'ai peur. Bon.", "Je dors. Elle rit. Bon.", "J'ai peur.", "Elle rit.", True),
        # a full stop is nobody's anchor
        ("On rit bien. Je dors mal. Bon.", "Je dors peu. Elle crie. Bon.", "Je dors mal.", "Je dors peu. Elle crie.", True),
        # sentences that begin or end alike: the deleted one is the whole of it
        ("Je vois. Je dors. Je mange.", "Je vois. Je mange.", "Je mange.", "Je mange.", False),
        ("Je vois. Je dors. Je mange.", "Je vois. Je mange.", "Je dors.", "", True),
        ("Je vois ça. Je dors ça. Bon.", "Je vois ça. Bon.", "Je vois ça.", "Je vois ça.", False),
        ("Je vois. Je mange.", "Je vois. Je dors. Je mange.", "Je mange.", "Je mange.", False),
    ],
)
def test_places(old, new, passage, expected, changed):
    assert place(old, new, passage) == (expected, changed)


def test_accents_in_two_characters_are_the_same_words():
    old = "Bon. Une soirée à l'hôpital. Oui."
    new = unicodedata.normalize("NFD", old)
    revision = revise(old, new)
    assert not revision.changed
    assert unicodedata.normalize("NFC", new[slice(*revision.place(5, 28))]) == old[5:28]


def test_what_came_in_is_told_from_what_changed():
    revision = revise("Je dors. J'ai peur.", "Je dors. Bon, j'ai peur.")
    assert revision.new[9:13] == "Bon,"
    assert revision.is_new(9, 14)
    assert not revision.is_new(9, 16)
    assert not revision.is_new(0, 14)


# --- properties -------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["je", "oui", "non", "j'ai", "dors", "peur", "l’eau", "été", "là"])
ENDS = st.sampled_from([" ", " ", " ", ", ", ". ", " ?\n", "\n\n"])
TEXTS = st.lists(st.tuples(WORDS, ENDS), max_size=40).map(lambda parts: "".join(word + end for word, end in parts))


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS)
def test_the_map_makes_the_new_text_of_the_old_one(old, new):
    revision = revise(old, new)
    parts, at = [], 0
    for start, end, new_start, new_end in revision.map.segments:
        assert at <= start <= end
        parts += [old[at:start], new[new_start:new_end]]
        assert sum(map(len, parts)) == new_end
        at = end
    assert "".join([*parts, old[at:]]) == new


def tokens(text: str) -> list[str]:
    return re.findall(r"\w+|[^\w\s]", text.replace("’", "'"))


@settings(max_examples=150, deadline=None)
@given(TEXTS, TEXTS, st.data())
def test_places_keep_their_order_and_their_words(old, new, data):
    revision = revise(old, new)
    a, b, c = sorted(data.draw(st.tuples(*[st.integers(0, len(old))] * 3)))
    (at, to), (at2, to2) = revision.place(a, b), revision.place(b, c)
    assert 0 <= at <= to <= len(new)
    assert at <= max(at2, at) and to2 >= min(to, to2)
    if not revision.is_changed(a, b) and not re.search(r"\w\Z", old[:a]) and not re.match(r"\w", old[b:]):
        assert tokens(new[at:to]) == tokens(old[a:b])


@st.composite
def corrections(draw):
    """Sentences of words that come once, and each as it is corrected: None where it is deleted, [] where a new one comes before it."""
    sizes = draw(st.lists(st.integers(2, 7), min_size=1, max_size=12))
    names = iter(f"m{n}" for n in range(sum(sizes)))
    old = [[next(names) for _ in range(size)] for size in sizes]
    made = []
    for n, words in enumerate(old):
        kind = draw(st.sampled_from(["same", "same", "same", "word", "gone", "in", "out", "before"]))
        at = draw(st.integers(1, len(words) - 1))
        if kind == "before":
            made.append((None, [f"z{n}a", f"z{n}b"]))
        new = {"word": [*words[:at], f"y{n}", *words[at + 1 :]], "in": [*words[:at], f"x{n}", *words[at:]], "out": words[:at] + words[at + 1 :]}
        made.append((words, None if kind == "gone" else new.get(kind, words)))
    return made


@settings(max_examples=150, deadline=None)
@given(corrections())
def test_sentences_nobody_touched_are_found_to_the_character(made):
    sentence = " ".join
    old = " ".join(sentence(words) + "." for words, _ in made if words)
    new = " ".join(sentence(words) + "." for _, words in made if words)
    revision = revise(old, new)
    for words, corrected in made:
        if words is None:
            continue
        start = old.index(sentence(words) + ".")
        at, to = revision.place(start, start + len(sentence(words)) + 1)
        if corrected == words:
            assert not revision.is_changed(start, start + len(sentence(words)) + 1)
            assert new[at:to] == sentence(words) + "."
        else:
            assert revision.is_changed(start, start + len(sentence(words)) + 1)
            left = [word for word in corrected or [] if word in words]
            assert set(left) <= set(re.findall(r"\w+", new[at:to]))


def test_a_long_text_is_compared_whole():
    """200 kB of few different words, each tenth sentence corrected: all others are found to the character."""
    sentences = [f"On est {n % 7} à dire que le {n % 11} du {n} on va voir le {n % 13}." for n in range(4000)]
    corrected = [sentence.replace("voir", "revoir") if n % 10 == 3 else sentence for n, sentence in enumerate(sentences)]
    old, new = " ".join(sentences), " ".join(corrected)
    assert len(old) > 180_000
    revision = revise(old, new)
    at = 0
    for n, sentence in enumerate(sentences):
        assert revision.is_changed(at, at + len(sentence)) == (n % 10 == 3)
        assert new[slice(*revision.place(at, at + len(sentence)))] == corrected[n]
        at += len(sentence) + 1


@pytest.mark.parametrize(
    "old, new", [("oui " * 4000, "oui non " * 2000), ("a b " * 3000, "b a a " * 2000), ("x" * 9000, "y" * 9000), ("", "a"), ("a", "")]
)
def test_texts_that_repeat_themselves_take_no_longer(old, new):
    revision = revise(old, new)
    assert revision.place(0, len(old))[1] <= len(new)

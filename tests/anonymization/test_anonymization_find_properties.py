"""Properties of finding: spans in the text, in order, apart; the same twice; offsets that a shift moves; time that grows as the text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from peerqual.anonymization.find import find, find_in_text
from peerqual.anonymization.finders import numerals
from peerqual.anonymization.finders.candidates import Candidate, resolve
from peerqual.anonymization.finders.contacts import nir_key
from peerqual.anonymization.finders.manner import manner, settle
from peerqual.model import Corpus, Transcript

PIECES = st.sampled_from(
    "Nadine;d'Anne;à Tulle;l'hôpital Bel-Air;06 12 34 56 78;le 12 mars;en 85;j'ai 54 ans;M. D.;J.-P.;bipolaire;n@ex.org;www.ex.org;"
    "12 rue X;GEM;?;. ;\n; ;«;»;’;@;2 55 08 14 168 025 38;é;İ;🙂;--".split(";")
)
TEXTS = st.one_of(st.text(max_size=80), st.lists(PIECES, max_size=12).map(" ".join), st.lists(PIECES, max_size=12).map("".join))


@settings(max_examples=150, deadline=None)
@given(TEXTS)
@example("")
@example("@")
@example("\u2011\u00a0’’''")
def test_mentions_lie_in_the_text_in_order_and_apart(text):
    mentions = find_in_text(text)
    at = 0
    for mention in mentions:
        assert at <= mention.start < mention.end <= len(text)
        at = mention.end
    assert mentions == find_in_text(text)


@settings(max_examples=40, deadline=None)
@given(TEXTS, TEXTS)
def test_a_corpus_keeps_its_documents_apart(one, other):
    mentions = find(Corpus((Transcript("A", one), Transcript("B", other))))
    lengths = {"A": len(one), "B": len(other)}
    assert all(m.end <= lengths[m.document] for m in mentions)
    assert [m.document for m in mentions] == sorted(m.document for m in mentions)


def test_processes_change_nothing():
    corpus = Corpus(tuple(Transcript(f"T{i}", f"J'ai vu Wenceslas et Nadine à Tulle en 20{i:02}.") for i in range(4)))
    assert find(corpus, jobs=2) == find(corpus)


def test_a_long_text_is_cut_where_nothing_is_lost():
    sentence = "On a vu Wenceslas à Tulle. "
    mentions = find_in_text(sentence * 12_000)
    assert len(mentions) == 24_000
    assert {m.start % len(sentence) for m in mentions} == {8, 20}


REPEATED = "mot ;Mot ;M;1 ;a@;0;d';A. ;zéro ;vingt-;quatre-vingt ;Saint-;de la ;(;www.;\n; ;.;«".split(";")


@pytest.mark.parametrize("piece", REPEATED)
def test_time_grows_as_the_text(piece):
    def seconds(size: int) -> float:
        text = piece * (size // len(piece))
        find_in_text(text)
        best = float("inf")
        for _ in range(3):
            begin = time.perf_counter()
            find_in_text(text)
            best = min(best, time.perf_counter() - begin)
        return best

    assert seconds(160_000) < 24 * seconds(20_000) + 0.2  # eight times the text; quadratic time would be sixty-four times


ROWS = st.tuples(st.integers(0, 30), st.integers(1, 8), st.sampled_from(["PER", "LOC"]), st.booleans(), st.sampled_from(["title", "capital"]))


@given(st.lists(ROWS))
def test_overlaps_are_settled_for_the_longest(rows):
    candidates = [Candidate(start, start + length, *rest) for start, length, *rest in rows]
    kept = resolve(candidates)
    assert all(a.end <= b.start for a, b in pairwise(kept))
    assert set(kept) <= set(candidates)
    longest = max((c.end - c.start for c in candidates), default=0)
    assert not candidates or longest == max(c.end - c.start for c in kept)


UNITS = "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept dix-huit dix-neuf".split()
TENS = {2: "vingt", 3: "trente", 4: "quarante", 5: "cinquante", 6: "soixante"}


def spoken(n: int) -> str:
    """A number below 10,000 as it is said in France: the oracle, written the other way round."""
    if n < 20:
        return UNITS[n]
    if n < 70:
        tens, unit = divmod(n, 10)
        return TENS[tens] + ("" if not unit else "-et-un" if unit == 1 else f"-{UNITS[unit]}")
    if n < 80:
        return "soixante" + ("-et-onze" if n == 71 else f"-{UNITS[n - 60]}")
    if n < 100:
        return "quatre-vingts" if n == 80 else f"quatre-vingt-{UNITS[n - 80]}"
    if n < 1000:
        hundreds, rest = divmod(n, 100)
        return ("" if hundreds == 1 else f"{UNITS[hundreds]} ") + "cent" + (f" {spoken(rest)}" if rest else "")
    thousands, rest = divmod(n, 1000)
    return ("" if thousands == 1 else f"{UNITS[thousands]} ") + "mille" + (f" {spoken(rest)}" if rest else "")


def test_numbers_in_words_against_an_oracle():
    for n in (*range(0, 1000), 1000, 1871, 1985, 1999, 2000, 2012, 9999):
        assert numerals.value(tuple(spoken(n).replace("é", "e").replace("-", " ").split())) == n
    for words in (("dix", "vingt"), ("cent", "mille", "mille"), ("et",), (), ("trois", "quatre")):
        assert numerals.value(words) == -1


DEPARTMENTS = st.sampled_from(["01", "75", "2A", "2B", "97"])


@given(st.integers(1, 2), st.integers(0, 99), st.integers(1, 12), DEPARTMENTS, st.integers(1, 990), st.integers(1, 999))
def test_the_key_of_a_social_security_number(sex, year, month, department, town, order):
    body = f"{sex}{year:02}{month:02}{department}{town:03}{order:03}"
    key = 97 - int(body.replace("2A", "19").replace("2B", "18")) % 97
    assert nir_key(f"{body}{key:02}")
    assert not nir_key(f"{body}{(key % 97) + 1:02}")
    assert not nir_key(body)


def test_how_capitals_are_used():
    assert manner([]) == "sentences"
    assert manner(["Oui. Non. Je vois Paul."]) == "sentences"
    assert manner(["euh je vois Paul\net puis voilà quoi"]) == "names"
    assert manner(["euh je vois paul et puis voilà quoi"]) == "none"
    assert settle(["names", "none", "names"]) == ["names"] * 3
    assert settle(["none"]) == ["none"]

"""The thematic course's places, the tree's rows and the sample drawn, each against a count made the slow way."""

import re
import sys
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))

from analysis_corpus import BOOK, CODINGS, CORPUS, made

from peerqual.analysis import code_tree, draw_sample, positions, theme_frequencies, turn_positions
from peerqual.codebook import Codebook
from peerqual.errors import PeerqualError
from peerqual.model import Corpus, Participant

WORDS = re.compile(r"\w[\w\u0300-\u036f'’-]*")


# --- turns along a document --------------------------------------------------------------------------------------------

SAYING = st.lists(st.sampled_from(["oui", "l'espoir", "peut-être", "…", "—", "j’y crois", "?"]), min_size=0, max_size=5).map(" ".join)
TALK = st.lists(st.tuples(st.sampled_from([("Q", "interviewer", None), ("R", "respondent", "p1")]), SAYING), min_size=1, max_size=7)


@settings(max_examples=60, deadline=None)
@given(st.lists(TALK, min_size=1, max_size=3))
def test_shares_of_turns_are_counted_words(talks):
    corpus = Corpus(tuple(made(f"E{i}", "interview", *((who[0], who[1], said, who[2]) for who, said in talk)) for i, talk in enumerate(talks)))
    table = turn_positions(corpus)
    slow = []
    for transcript in corpus:
        counts = [len(WORDS.findall(transcript.text[turn.start : turn.end])) for turn in transcript.turns]
        for i, turn in enumerate(transcript.turns):
            if counts[i]:
                at, width = Fraction(sum(counts[:i]), sum(counts)), Fraction(counts[i], sum(counts))
                slow.append((transcript.id, turn.role, turn.start, turn.end, pytest.approx(float(at)), pytest.approx(float(width))))
    assert table[["document", "role", "start", "end", "at", "width"]].values.tolist() == [list(row) for row in slow]


def test_turns_and_codings_stand_on_one_axis():
    turns, places = turn_positions(CORPUS), positions(CODINGS, CORPUS)
    for row in places.itertuples():
        own = turns[(turns["document"] == row.document) & (turns["start"] <= row.start) & (turns["end"] >= row.end)]
        if len(own) == 1:
            inside = own.iloc[0]
            assert inside["at"] - 1e-9 <= row.at and row.at + row.width <= inside["at"] + inside["width"] + 1e-9
    assert turns.groupby("document")["width"].sum().round(9).eq(1).all()


def test_no_document_has_no_turns():
    assert turn_positions(Corpus(())).empty and list(turn_positions(Corpus(())).columns) == list(turn_positions(CORPUS).columns)


# --- the tree ----------------------------------------------------------------------------------------------------------


def test_the_tree_puts_each_code_after_its_parent_whatever_the_order_of_the_file():
    book = Codebook.from_text("""
peerqual: 1
codes:
  - {id: a1, parent: a, label: {fr: A1}, definition: {fr: "…"}}
  - {id: b, assignable: false, label: {fr: B}, definition: {fr: "…"}}
  - {id: a, label: {fr: A}, definition: {fr: "…"}}
  - {id: b1, parent: b, label: {fr: B1}, definition: {fr: "…"}}
  - {id: a2, parent: a, label: {fr: A2}, definition: {fr: "…"}}
  - {id: a11, parent: a1, label: {fr: A11}, definition: {fr: "…"}}
""")
    table = code_tree(book)
    assert table[["code", "depth"]].values.tolist() == [["b", 0], ["b1", 1], ["a", 0], ["a1", 1], ["a11", 2], ["a2", 1]]
    assert table["passages"].isna().all() and not table["assignable"].tolist()[0]


def test_counts_of_the_tree_are_those_of_frequencies():
    counts = theme_frequencies(CODINGS, CORPUS, codebook=BOOK, branches=True)
    table = code_tree(BOOK, counts)
    assert len(table) == len(counts)
    keys = ["code", "material", "passages", "participants", "participants_total"]
    assert sorted(table[keys].values.tolist()) == sorted(counts[keys].values.tolist())
    assert code_tree(BOOK, counts.iloc[:0])["code"].tolist() == code_tree(BOOK)["code"].tolist(), "a tree stands where nothing may be counted"
    without = code_tree(BOOK, theme_frequencies(CODINGS, CORPUS, codebook=BOOK))
    assert without.loc[~without["assignable"], "passages"].isna().all() and without.loc[without["assignable"], "passages"].notna().all()


def test_what_was_added_to_a_frozen_codebook_has_its_date():
    book = Codebook.from_text("""
peerqual: 1
codes:
  - {id: espoir, label: {fr: Espoir}, definition: {fr: "…"}}
  - {id: galeres, label: {fr: Galères}, definition: {fr: "…"}}
  - {id: avant, label: {fr: Avant}, definition: {fr: "…"}}
history:
  - {action: new, code: avant, at: "2026-01-01"}
  - {action: freeze, at: "2026-01-05", noted: {espoir: "0", avant: "0"}}
  - {action: new, code: galere, at: "2026-02-01", why: x}
  - {action: rename, code: galere, into: [galeres], at: "2026-02-02", why: x}
  - {action: new, code: demain, at: "2026-02-03", why: x}
  - {action: merge, code: demain, into: [espoir], at: "2026-02-04", why: x}
""")
    assert dict(code_tree(book)[["code", "added"]].values.tolist()) == {"espoir": "", "galeres": "2026-02-01", "avant": ""}


# --- the sample --------------------------------------------------------------------------------------------------------


def corpus_of(counts, people=()):
    documents = [
        made(f"{material[0].upper()}{i}", material, ("R", "respondent", "Oui.", f"{material[0]}{i}"))
        for material, n in counts.items()
        for i in range(n)
    ]
    return Corpus(tuple(documents), tuple(people))


COUNTS = st.fixed_dictionaries({"interview": st.integers(0, 9), "group": st.integers(0, 4), "field_notes": st.integers(0, 3)})
SHARES = st.sampled_from([0.1, 0.2, 0.25, 0.5, 0.75, 1.0])


@settings(max_examples=60, deadline=None)
@given(COUNTS, SHARES, SHARES, st.integers(0, 50), st.randoms())
def test_each_stratum_gives_its_share_whatever_the_order_of_files(counts, share, other, seed, random):
    corpus = corpus_of(counts)
    table = draw_sample(corpus, share=share, seed=seed)
    for material, n in counts.items():
        assert int(table.loc[table["material"] == material, "drawn"].sum()) == (max(1, int(n * share + 0.5)) if n else 0)
    drawn = set(table.loc[table["drawn"], "document"])
    mixed = list(corpus)
    random.shuffle(mixed)
    again = draw_sample(Corpus(tuple(mixed)), share=share, seed=seed)
    assert set(again.loc[again["drawn"], "document"]) == drawn
    wider = draw_sample(corpus, share=max(share, other), seed=seed)
    assert drawn <= set(wider.loc[wider["drawn"], "document"])


def test_seeds_draw_each_document_about_as_often():
    corpus = corpus_of({"interview": 8})
    times = sum(draw_sample(corpus, share=0.25, seed=seed)["drawn"].to_numpy().astype(int) for seed in range(200))
    assert times.sum() == 400 and times.min() > 25 and times.max() < 75


def test_strata_of_an_attribute_are_told_by_who_speaks():
    people = [Participant(f"i{i}", {"association": "A" if i < 4 else "B"}) for i in range(6)]
    table = draw_sample(corpus_of({"interview": 8}, people), share=0.5, by="association")
    assert table.groupby("stratum")["drawn"].agg(["size", "sum"]).to_dict("index") == {
        "interview, A": {"size": 4, "sum": 2},
        "interview, B": {"size": 2, "sum": 1},
        "interview, —": {"size": 2, "sum": 1},
    }


@pytest.mark.parametrize("options", [{"share": 0}, {"share": -0.5}, {"share": 1.01}, {"share": float("nan")}, {"by": "taille"}])
def test_what_cannot_be_drawn_is_said(options):
    with pytest.raises(PeerqualError):
        draw_sample(corpus_of({"interview": 2}), **options)


def test_an_empty_corpus_gives_an_empty_sample():
    assert draw_sample(Corpus(())).empty

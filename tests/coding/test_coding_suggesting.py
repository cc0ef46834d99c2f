"""Terms that tell a code: the statistic beside a brute-force oracle, what is counted, what is never suggested, rules that can be copied."""

import json
import math

import pytest
from coding_books import book, conversation
from hypothesis import given
from hypothesis import strategies as st

from peerqual.cli import run_command_line
from peerqual.codebook import Codebook
from peerqual.coding import code as find_codings
from peerqual.coding import codings_table
from peerqual.coding.coder import coder
from peerqual.coding.suggesting import SUGGESTION_COLUMNS, suggest
from peerqual.coding.suggesting.odds import scores
from peerqual.errors import PeerqualError
from peerqual.model import Coding, Corpus

# --- the statistic ------------------------------------------------------------------------------------------------------

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 40), max_size=8)


@given(COUNTS, COUNTS, st.floats(0.5, 500))
def test_scores_are_those_of_the_formula_written_out(here, there, prior):
    """The oracle expands every word of both sides and counts again."""
    got = scores(here, there, prior)
    first, second = ([word for word, n in side.items() for _ in range(n)] for side in (here, there))
    for word in {*here, *there}:
        if not first or not second:
            assert got[word] == 0
            continue
        share = (first + second).count(word) / len(first + second)
        if share in (0, 1):  # said nowhere, or the only word of all: it tells nothing
            assert got[word] == 0
            continue
        a, b = first.count(word) + prior * share, second.count(word) + prior * share
        rest_a, rest_b = len(first) + prior - a, len(second) + prior - b
        delta = math.log(a / rest_a) - math.log(b / rest_b)
        assert got[word] == pytest.approx(delta / math.sqrt(1 / a + 1 / b), abs=1e-6)


@given(COUNTS, COUNTS)
def test_the_other_side_has_the_opposite_score(here, there):
    other = scores(there, here)
    for word, z in scores(here, there).items():
        assert z == pytest.approx(-other[word], abs=1e-9)


# --- the suggestions ----------------------------------------------------------------------------------------------------

BOOK = book(("chute", [{"lemmas": "replonger"}]), ("autre", [{"phrase": "jamais"}]))


def talk(id, *sentences, other=("Il fait beau dehors.", "On a mangé au groupe avec Maëlle à Lyon.")):
    turns = [(("B", "respondent", words)) for pair in zip(sentences, other * len(sentences), strict=False) for words in pair]
    return conversation(("Q", "interviewer", "Vous avez dégringolé souvent, non ?"), *turns, id=id)


CORPUS = Corpus(
    (
        talk("e1", "J'ai dégringolé en mars.", "J'ai dégringolé avec Maëlle.", "J'ai rechuté, replongé avec [lieu 1]."),
        talk("e2", "J'ai encore dégringolé.", "J'ai replongé, rechuté, dégringolé.", "La zizanie."),
        talk("e3", "La zizanie, la zizanie."),
    )
)


def accepted(*words, status="accepted", name="chute"):
    found = []
    for transcript in CORPUS:
        for turn in transcript.turns:
            if turn.role != "interviewer" and any(word in transcript.text[turn.start : turn.end] for word in words):
                found.append(Coding(transcript.id, turn.start, turn.end, name, "person", "", 1.0, status=status))
    return codings_table(found, CORPUS)


def suggested(table, name="chute", **asked):
    return suggest(table, CORPUS, BOOK, name, **asked).set_index(["kind", "term"])


def test_what_tells_a_code_comes_first_with_counts_places_and_a_rule():
    table = suggested(accepted("dégringol", "replong"))
    assert list(table.reset_index().columns.sort_values()) == sorted(SUGGESTION_COLUMNS)
    row = table.loc[("lemma", "dégringoler")]
    assert (row.passages, row.elsewhere, row.participants, row.documents) == (4, 0, 2, 2), "what the interviewer asks is not counted"
    assert row.rule == '- lemmas: "dégringoler"' and not row.few and not row.known and row.z > 0
    for document, start, end in json.loads(row.places):
        assert "dégringolé" in CORPUS.by_id()[document].text[start:end]
    assert list(table.z) == sorted(table.z, reverse=True)
    assert ("lemma", "manger") not in table.index and ("lemma", "beau") not in table.index


def test_what_a_rule_finds_already_is_marked_and_a_term_of_one_person_too():
    table = suggested(accepted("dégringol", "replong"))
    assert table.loc[("lemma", "replonger")].known and not table.loc[("pair", "avoir dégringoler")].known
    one = suggested(accepted("dégringolé en", "dégringolé avec"))
    assert one.loc[("lemma", "dégringoler")].few and one.loc[("lemma", "dégringoler")].elsewhere == 2
    assert suggested(accepted("zizanie"), "chute").loc[("lemma", "zizanie")].passages == 2, "a term said twice in a passage counts once"


def test_names_and_what_stands_for_them_are_never_suggested():
    names = ("maëlle", "lyon", "lieu", "mars")
    for words in (("Maëlle",), ("Maëlle", "[lieu 1]", "dégringol")):
        terms = " ".join(term for _, term in suggested(accepted(*words)).index)
        assert not [name for name in names if name in terms.lower().split()], terms


def test_fields_are_suggested_by_name_and_every_rule_can_be_copied():
    table = suggested(accepted("dégringol", "replong"))
    assert table.loc[("field", "rechute")].rule == "- lemmas: {champ: rechute}"
    for row in table.itertuples():
        text = f'peerqual: 1\ncodes:\n  - id: c\n    label: {{fr: C}}\n    definition: {{fr: "…"}}\n    rules:\n      {row.rule}\n'
        one = coder(Codebook.from_text(text))
        for document, start, end in json.loads(row.places):
            assert one.code_words(CORPUS.by_id()[document].text[start:end]), row.rule


def test_only_what_people_hold_counts_unless_asked():
    proposed = accepted("dégringol", status="proposed")
    with pytest.raises(PeerqualError) as caught:
        suggested(proposed)
    assert caught.value.key == "suggest.no_passage"
    assert ("lemma", "dégringoler") in suggested(proposed, statuses=("proposed",)).index
    with pytest.raises(PeerqualError):
        suggested(accepted("dégringol"), "nulle_part")


def test_limit_and_proposals_of_a_codebook():
    assert len(suggested(accepted("dégringol", "replong"), limit=1)) == 1
    table = codings_table(find_codings(CORPUS, BOOK), CORPUS)
    assert ("lemma", "replonger") in suggested(table, statuses=("proposed",)).index


def test_the_command_shows_words_and_writes_none(tmp_path, capsys):
    (tmp_path / "t").mkdir()
    for transcript in CORPUS:
        (tmp_path / "t" / f"{transcript.id}.txt").write_text(transcript.text.replace("Q :", "Enquêtrice :").replace("B :", "Béa :"), encoding="utf-8")
    (tmp_path / "c.yaml").write_text(
        'peerqual: 1\ncodes: [{id: chute, label: {fr: C}, definition: {fr: "…"}, rules: [{lemmas: "dégringoler|replonger"}]}]\n', encoding="utf-8"
    )
    places = ["--transcripts", str(tmp_path / "t"), "--codebook", str(tmp_path / "c.yaml")]
    assert run_command_line(["code", str(tmp_path / "t"), "--codebook", str(tmp_path / "c.yaml"), "--out", str(tmp_path / "c.csv")], "fr") == 0
    asked = ["codebook", "suggest", "chute", "--codings", str(tmp_path / "c.csv"), *places]
    assert run_command_line(asked, "fr") == 1
    assert "--status all" in capsys.readouterr().err
    assert run_command_line([*asked, "--status", "all", "--out", str(tmp_path / "s.csv")], "fr") == 0
    out = capsys.readouterr().out
    assert "dégringoler" in out and "J'ai dégringolé en mars." in out and '- lemmas: "dégringoler"' in out
    assert "en mars" not in (tmp_path / "s.csv").read_text(encoding="utf-8")

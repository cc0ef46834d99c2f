"""What was coded and decided on a code is read as what became of it; a code that is lost is an error with its name."""

import json

import pandas as pd
import pytest

from peerqual.codebook import Codebook, check
from peerqual.codebook_history import CarriedCodes, carried, carried_table, renamed, successor, to_reread
from peerqual.errors import PeerqualError
from peerqual.model import Decision

pytestmark = pytest.mark.filterwarnings("ignore::peerqual.codebook_history.CarriedCodes")


def book(codes, *history):
    changes = [{"at": f"2026-01-0{i}T00:00:00+00:00", **change} for i, change in enumerate(history, 1)]
    made = [{"id": code, "label": {"fr": code}, "definition": {"fr": "…"}} for code in codes]
    return Codebook.from_text(json.dumps({"peerqual": 1, "codes": made, "history": changes}))


def change(action, code, *into):
    return {"action": action, "code": code, "into": list(into)}


def decision(code, verdict="accept", coder="A", at="2025-12-01", start=0):
    return Decision("e1", "h", start, start + 5, code, verdict, coder, at)


CHAIN = book("cd", change("rename", "a", "b"), change("merge", "b", "c"), change("move", "d", "c"))


def test_what_became_of_a_code():
    assert [successor(CHAIN, code) for code in "abcd"] == ["c", "c", "c", "d"]
    assert renamed("abcd", CHAIN) == {"a": "c", "b": "c"}
    back = book("a", change("rename", "a", "b"), change("rename", "b", "a"))
    assert successor(back, "a") == successor(back, "b") == "a"


def test_a_lost_code_is_named():
    assert [one.code for one in carried([decision("x")], CHAIN)] == ["x"], "decisions: told all at once by `decisions.replayed`"
    for call in (lambda: successor(CHAIN, "x"), lambda: carried_table(table(("x", "proposed")), CHAIN)):
        with pytest.raises(PeerqualError) as caught:
            call()
        assert caught.value.key == "codebook.lost_code" and caught.value.where == "x"


def test_decisions_are_read_as_the_code_of_today():
    judged = decision("", "judged")
    got = carried([decision("a"), decision("d", "reject"), judged, decision("c", "add", start=9)], CHAIN)
    assert [(one.code, one.verdict) for one in got] == [("c", "accept"), ("d", "reject"), ("", "judged"), ("c", "add")]


@pytest.mark.parametrize(
    "given, expected",
    [
        ([("a", "accept"), ("c", "reject")], ["accept"]),  # one of the two was given: the passage carries what they have become
        ([("c", "reject"), ("a", "accept")], ["accept"]),
        ([("a", "reject"), ("c", "reject")], ["reject", "reject"]),
        ([("a", "accept"), ("a", "reject")], ["accept", "reject"]),  # a change of mind on one code
        ([("a", "accept"), ("a", "reject"), ("c", "reject")], ["accept", "reject", "reject"]),
        ([("a", "reject")], ["reject"]),
    ],
)
def test_a_passage_that_carries_one_of_two_merged_codes_carries_the_merged_one(given, expected):
    decisions = [decision(code, verdict, at=f"2025-12-0{i}") for i, (code, verdict) in enumerate(given, 1)]
    assert [one.verdict for one in carried(decisions, CHAIN)] == expected
    other = [decision("c", "reject", coder="B", at="2025-12-09")]
    assert [one.verdict for one in carried(decisions + other, CHAIN)] == [*expected, "reject"], "another coder's refusal is theirs"


def table(*rows):
    return pd.DataFrame([{"document": "e1", "start": 0, "end": 5, "code": code, "status": status, "rule": code} for code, status in rows])


def test_codings_are_read_as_the_code_of_today_once():
    got = carried_table(table(("a", "proposed"), ("c", "accepted"), ("d", "rejected")), CHAIN)
    assert list(got.itertuples(index=False, name=None)) == [("e1", 0, 5, "c", "accepted", "c"), ("e1", 0, 5, "d", "rejected", "d")]
    same = table(("c", "proposed"))
    assert carried_table(same, CHAIN) is same


def test_what_is_read_as_another_is_said():
    with pytest.warns(CarriedCodes, match=r"\ba\b.*\bc\b"):
        carried([decision("a"), decision("d")], CHAIN)
    with pytest.warns(CarriedCodes) as said:
        carried_table(table(("b", "proposed"), ("d", "proposed")), CHAIN)
    assert len(said) == 1


def test_what_is_to_be_read_again_after_a_split():
    split = book(("a", "b"), change("rename", "z", "a"), change("split", "a", "b"))
    before, after = "2026-01-01T12:00:00+00:00", "2026-01-03T00:00:00+00:00"
    told = [
        decision("z", at=before),
        decision("a", at=before, start=9),
        decision("a", "reject", at=before, start=18),
        decision("b", at=before, start=27),
    ]
    assert [one.start for one in to_reread(told, split)] == [0, 9]
    assert [one.start for one in to_reread([*told, decision("a", at=after)], split)] == [9], "looked at again"
    assert [one.start for one in to_reread([*told, decision("a", "reject", at=after, start=9)], split)] == [0]


@pytest.mark.parametrize(
    "codes, changes, key",
    [
        ("b", [change("rename", "a", "x")], "history_lost"),
        ("ab", [change("merge", "a", "b")], "history_alive"),
        ("b", [change("rename", "a")], "history_into"),
        ("b", [change("merge", "a", "b", "b")], "history_into"),
        ("b", [change("new", "b", "b")], "history_into"),
        ("b", [change("drop", "a", "b")], "expected_choice"),
        ("b", [{**change("rename", "a", "b"), "who": "me"}], "unknown_key"),
        ("b", ["rename"], "expected_mapping"),
    ],
)
def test_faults_of_a_history(codes, changes, key, tmp_path):
    head = "peerqual: 1\ncodes:\n" + "".join(f'  - {{id: {code}, label: {{fr: x}}, definition: {{fr: "…"}}}}\n' for code in codes) + "history:\n"
    text = head + "".join(f"  - {json.dumps({'at': '2026', **one} if isinstance(one, dict) else one)}\n" for one in changes)
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    (fault,) = check(tmp_path / "c.yaml")
    assert (fault.line, fault.key) == (head.count("\n") + 1, f"codebook.{key}")
    assert all(fault.render(lang) for lang in ("fr", "en"))

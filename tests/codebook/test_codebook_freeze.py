"""A frozen codebook: no change without its reason, what is changed by hand is seen, and the history tells what was added and when."""

import json
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from peerqual import codebook_edit as edit
from peerqual.cli import run_command_line
from peerqual.codebook import Codebook
from peerqual.codebook_freeze import fingerprints, frozen
from peerqual.errors import CodebookError, PeerqualError
from peerqual.reporting.html.found import thematised
from peerqual.reporting.html.words import Words

BOOK = """peerqual: 1
codes:
  - {id: vie, assignable: false, label: {fr: "La vie"}, definition: {fr: "Tout."}}
  - id: espoir
    parent: vie
    label: {fr: "Espoir"}
    definition: {fr: "Croire que ça ira."}
    include: {fr: ["un projet"]}
    exclude: {fr: ["un vœu poli"]}
    rules: [{phrase: "ça ira"}]
  - {id: avenir, parent: vie, label: {fr: "Avenir"}, definition: {fr: "La suite."}, rules: [{phrase: "plus tard"}]}
"""


@pytest.fixture
def path(tmp_path):
    (tmp_path / "codebook.yaml").write_text(BOOK, encoding="utf-8")
    return tmp_path / "codebook.yaml"


def rewritten(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return frozen(Codebook.load(path))


CHANGES = {
    "new": lambda path, why: edit.new(path, "galere", label="Galère", why=why),
    "rename": lambda path, why: edit.rename(path, "espoir", "esperance", why=why),
    "merge": lambda path, why: edit.merge(path, "avenir", "espoir", why=why),
    "split": lambda path, why: edit.split(path, "avenir", ["proche", "lointain"], why=why),
    "move": lambda path, why: edit.move(path, "avenir", None, why=why),
}


@pytest.mark.parametrize("action", CHANGES)
def test_a_frozen_codebook_changes_with_a_reason_and_not_without(path, action):
    edit.freeze(path)
    before = path.read_bytes()
    for why in ("", "  "):
        with pytest.raises(PeerqualError) as caught:
            CHANGES[action](path, why)
        assert caught.value.key == "codebook.frozen" and path.read_bytes() == before
    CHANGES[action](path, "dit trois fois")
    since = frozen(Codebook.load(path))
    assert [change.action for change in since.changes] == [action] and since.by_hand == ()
    assert [code for code, _ in since.added] == {"new": ["galere"], "split": ["proche", "lointain"]}.get(action, [])


@pytest.mark.parametrize("action", CHANGES)
def test_before_it_is_frozen_no_reason_is_asked(path, action):
    CHANGES[action](path, "")
    assert frozen(Codebook.load(path)) is None


@pytest.mark.parametrize(
    ("old", "new", "seen"),
    [
        ("Croire que ça ira.", "Croire.", ("espoir",)),
        ("un projet", "un plan", ("espoir",)),
        ("un vœu poli", "un souhait", ("espoir",)),
        ('{fr: "La vie"}', '{fr: "Vie"}', ("vie",)),
        ('  - {id: avenir, parent: vie, label: {fr: "Avenir"}, definition: {fr: "La suite."}, rules: [{phrase: "plus tard"}]}\n', "", ("avenir",)),
        ("  - {id: avenir", '  - {id: sans, label: {fr: "Sans"}, definition: {fr: "x"}}\n  - {id: avenir', ("sans",)),
        ('[{phrase: "ça ira"}]', '[{phrase: "ça va aller"}]', ()),  # rules stay free
        ('{fr: "Croire que ça ira."}\n', '{fr: "Croire que ça ira."}   # relu\n', ()),
        ("parent: vie\n    label", "parent: vie\n    examples: [J'y crois.]\n    label", ()),
    ],
)
def test_what_is_changed_by_hand_is_seen_and_rules_are_free(path, old, new, seen):
    edit.freeze(path)
    assert rewritten(path, old, new).by_hand == seen


def test_freezing_again_takes_in_what_was_changed_by_hand_with_its_reason(path):
    first = edit.freeze(path)
    with pytest.raises(PeerqualError) as caught:
        edit.freeze(path, why="pour rien")
    assert caught.value.key == "codebook.frozen_already"
    assert rewritten(path, "La suite.", "Ce qui vient.").by_hand == ("avenir",)
    with pytest.raises(PeerqualError) as caught:
        edit.freeze(path)
    assert caught.value.key == "codebook.frozen"
    edit.freeze(path, why="trop vague")
    since = frozen(Codebook.load(path))
    assert since.by_hand == () and since.at == first.at and since.codes == 3
    assert [(change.action, change.why) for change in since.changes] == [("freeze", "trop vague")]


def test_a_code_added_since_is_defined_freely_and_frozen_only_when_defined(path):
    edit.new(path, "galere", label="Galère")
    with pytest.raises(PeerqualError) as caught:
        edit.freeze(path)
    assert caught.value.key == "codebook.not_defined" and caught.value.where == "galere"
    rewritten(path, "À définir.", "Les ennuis qui durent.")
    edit.freeze(path)
    edit.new(path, "humour", label="Humour", why="deux entretiens")
    assert rewritten(path, "À définir.", "Rire de soi.").by_hand == ()


def test_a_code_renamed_since_keeps_its_fingerprint_until_it_is_defined_otherwise(path):
    edit.freeze(path)
    edit.rename(path, "espoir", "esperance", why="plus juste")
    assert rewritten(path, "Croire que ça ira.", "Y croire.").by_hand == ("esperance",)


def test_a_draw_is_noted_once_and_asks_for_no_reason(path):
    noted = {"share": "0.25", "seed": "1", "by": "material", "drawn": "2", "total": "8"}
    edit.freeze(path)
    assert edit.note_draw(path, noted) == edit.note_draw(path, noted)
    book = Codebook.load(path)
    assert [change.action for change in book.history] == ["freeze", "draw"] and frozen(book).changes == ()
    edit.note_draw(path, noted | {"seed": "2"})
    assert len(Codebook.load(path).history) == 3


@pytest.mark.parametrize("entry", ["{action: freeze, code: espoir, at: x}", "{action: new, at: x}", "{action: draw, at: x, into: [espoir]}"])
def test_an_entry_that_does_not_hold_together_is_a_fault(entry):
    with pytest.raises(CodebookError):
        Codebook.from_text(f"{BOOK}history: [{entry}]\n")


STEPS = st.lists(st.sampled_from(["new", "rename", "move", "hand", "freeze"]), max_size=6)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_history_is_only_added_to_and_by_hand_is_what_no_entry_explains(path, steps):
    path.write_text(BOOK, encoding="utf-8")
    edit.freeze(path)
    name, added, hand, histories = "espoir", 0, False, [Codebook.load(path).history]
    for i, step in enumerate(steps):
        if step == "new":
            edit.new(path, f"n{i}", label="N", definition="x", why="w")
            added += 1
        elif step == "rename":
            edit.rename(path, name, f"r{i}", why="w")
            name = f"r{i}"
        elif step == "move":
            edit.move(path, "avenir", None if Codebook.load(path).get("avenir").parent else "vie", why="w")
        elif step == "hand":
            text = path.read_text(encoding="utf-8")
            path.write_text(text.replace("un projet", "un projet, un plan", 1), encoding="utf-8")
            hand = True
        elif hand:
            edit.freeze(path, why="w")
            hand = False
        histories.append(Codebook.load(path).history)
    since = frozen(Codebook.load(path))
    assert all(later[: len(earlier)] == earlier for earlier, later in pairwise(histories))
    assert len(since.added) == added and since.by_hand == ((name,) if hand else ())
    assert all(change.why for change in since.changes)


def test_fingerprints_are_those_of_definitions(path):
    book = Codebook.load(path)
    again = Codebook.from_text(BOOK.replace('ça ira"}', 'autre"}').replace("peerqual: 1", "peerqual: 1\nversion: 2"))
    assert book.hash != again.hash and fingerprints(book) == fingerprints(again)
    assert all(len(one) == 12 for one in fingerprints(book).values()) and len(set(fingerprints(book).values())) == 3


def test_the_report_says_how_many_were_added_and_when(path):
    said = lambda lang="fr": " ".join(thematised(Codebook.load(path), Words(lang))).replace("\u00a0", " ").replace("\u202f", " ")  # noqa: E731
    assert said() == ""
    edit.note_draw(path, {"share": "0.25", "seed": "1", "by": "material", "drawn": "4", "total": "16"})
    edit.note_draw(path, {"share": "0.25", "seed": "7", "by": "material", "drawn": "4", "total": "16"})
    assert said() == "", "a sample drawn without a freeze is no sequential thematisation yet"
    edit.freeze(path)
    assert "4 des 16 documents (part 0,25, graine 7, strates par matériau)" in said() and "dernier de 2 tirages" in said()
    assert "Aucun code n’a été ajouté depuis." in said() and "No code was added since." in said("en")
    change = edit.new(path, "galere", label="Galère", definition="x", why="dit trois fois")
    rewritten(path, "La suite.", "Ce qui vient.")
    assert f"1 (galere, {change.at[:10]})" in said() and "sans motif consigné : avenir." in said()


def test_commands_draw_freeze_and_show_the_tree(path, monkeypatch, capsys):
    monkeypatch.chdir(path.parent)
    (path.parent / "t").mkdir()
    for name in ("A", "B", "C", "D"):
        (path.parent / "t" / f"{name}.txt").write_text("Enquêteur : Ça va ?\nLou : Ça ira, je crois.\n", encoding="utf-8")

    def peerqual(*words):
        status = run_command_line(list(words), "fr")
        return status, capsys.readouterr().out.replace("\u00a0", " ")

    status, drawn = peerqual("codebook", "draw", "t", "--share", "0.5", "--seed", "4")
    assert status == 0 and "2 sur 4 (graine 4)" in drawn and drawn.count("(Entretien)") == 2
    assert peerqual("codebook", "draw", "t", "--share", "1.5")[0] == 1
    assert peerqual("codebook", "freeze")[0] == 0
    assert peerqual("codebook", "new", "galere", "--label", "Galère", "--parent", "espoir")[0] == 1
    assert peerqual("codebook", "new", "galere", "--label", "Galère", "--parent", "espoir", "--why", "dit trois fois")[0] == 0
    lines = peerqual("codebook", "tree")[1].splitlines()
    assert [line.split("  ")[0].rstrip() for line in lines] == [
        "La vie",
        "├─ Espoir",
        "│",
        "└─ Avenir",
        "+ : ajouté depuis que le livre de codes est gelé.",
    ]
    assert "│  └─ Galère +" in lines[2] and lines[2].endswith("galere")
    assert peerqual("code", "t", "--codebook", "codebook.yaml", "--model", "none", "--out", "c.csv")[0] == 0
    assert peerqual("codebook", "tree", "--codings", "c.csv")[0] == 2
    counted = peerqual("codebook", "tree", "--codings", "c.csv", "--transcripts", "t")[1]
    assert "entre parenthèses, participant·es" in counted and "4 (4 des 4)" in counted.splitlines()[1] and "0 (0 des 4)" in counted.splitlines()[4]
    history = peerqual("codebook", "history")[1]
    assert (
        "tirage : 2 des 4 documents (part 0,5, graine 4, par matériau)" in history
        and "Depuis : codes ajoutés, 1\u202f; autres changements consignés, 0." in history
    )
    told = json.loads(peerqual("codebook", "history", "--json")[1])
    assert [one["action"] for one in told["history"]] == ["draw", "freeze", "new"] and told["frozen"]["codes"] == 3
    assert {"A", "B", "C", "D"}.isdisjoint(json.dumps(told["history"][0]).replace('"', " ").split()), "the codebook travels: no document in it"


def test_the_packaged_codebook_is_not_frozen():
    assert frozen(Codebook.load()) is None

"""Renaming, merging, splitting, moving and adding codes: one place of the file changes, the rest stays to the character, the history tells it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual import codebook_edit as edit
from peerqual.codebook import Codebook, check
from peerqual.errors import CodebookError, PeerqualError

TEXT = """# Mon livre de codes
peerqual: 1   # version du format
language: fr
fields:
  bas: ["au plus bas",   "au tapis"]   # à compléter
codes:
  # --- la vie
  - id: vie
    assignable: false
    label: {fr: "La vie"}
    definition: {fr: "Tout."}

  # l'espoir, vu d'ici
  - id: espoir   # le cœur
    parent: vie
    label: {fr: "Espoir"}
    definition:
      fr: >-
        Croire que ça ira,
        un jour.
    examples:
      - "J'y crois."
    rules:
      # ce qui se dit souvent
      - id: croire
        lemmas: ["croire",
                 "y croire"]
        weight: 0.7   # sûr
      - {phrase: "ça ira"}

  - id: avenir
    parent: vie
    label: {fr: "Avenir"}
    definition: {fr: "La suite."}
    rules:
    - id: croire
      phrase: "plus tard"

  - {id: projet, parent: avenir, label: {fr: "Projet"}, definition: {fr: "…"}, rules: [{phrase: "j'ai un projet"}]}
  # fin
"""


@pytest.fixture
def path(tmp_path):
    (tmp_path / "codebook.yaml").write_text(TEXT, encoding="utf-8", newline="")
    return tmp_path / "codebook.yaml"


def lines(path):
    """Return the lines that went and those that came, without the history."""
    new = path.read_text(encoding="utf-8").split("history:")[0].splitlines()
    old = TEXT.splitlines()
    return [line for line in old if line not in new], [line for line in new if line not in old]


def test_rename_touches_the_id_and_the_parents_of_its_children(path):
    edit.rename(path, "avenir", "suite")
    gone, come = lines(path)
    assert [line.strip() for line in gone][:1] == ["- id: avenir"] and len(gone) == len(come) == 2
    book = Codebook.load(path)
    assert book.get("projet").parent == "suite" and book.get("suite").rules[0].id == "croire"
    (change,) = book.history
    assert (change.action, change.code, change.into) == ("rename", "avenir", ("suite",))


def test_move_to_another_parent_to_the_top_and_back(path):
    edit.move(path, "projet", "espoir")
    edit.move(path, "espoir", None, why="il tient seul")
    assert Codebook.load(path).get("espoir").parent is None and lines(path)[0][0] == TEXT.splitlines()[-2]
    edit.move(path, "espoir", "vie")
    edit.move(path, "projet", None)
    edit.move(path, "projet", "avenir")
    assert lines(path) == ([], []), "back where it was, the file is as it was, but for its history"
    assert [change.into for change in Codebook.load(path).history] == [("espoir",), (), ("vie",), (), ("avenir",)]
    assert Codebook.load(path).history[1].why == "il tient seul"


def test_a_new_code_stands_after_its_family_and_keeps_its_words(path):
    edit.new(path, "galere", label="« c'est la galère »", parent="avenir", in_vivo=True)
    edit.new(path, "autre", label="Autre", definition="Le reste.")
    book = Codebook.load(path)
    assert [code.id for code in book.codes] == ["vie", "espoir", "avenir", "projet", "galere", "autre"]
    assert book.get("galere").in_vivo and not book.get("autre").in_vivo
    assert book.label("galere") == "« c'est la galère »" and book.get("autre").definition == {"fr": "Le reste."}
    assert lines(path)[0] == [] and "  # fin" in path.read_text(encoding="utf-8")


def test_split_keeps_the_code_above_the_new_ones(path):
    edit.split(path, "espoir", ["espoir_pour_soi", "espoir_pour_autrui"])
    book = Codebook.load(path)
    assert book.children("espoir") == ("espoir_pour_soi", "espoir_pour_autrui") and len(book.get("espoir").rules) == 2
    assert lines(path)[0] == []


def test_merge_takes_rules_with_their_comments_examples_and_children(path):
    edit.merge(path, "espoir", "avenir")
    book, text = Codebook.load(path), path.read_text(encoding="utf-8")
    assert [code.id for code in book.codes] == ["vie", "avenir", "projet"]
    assert [rule.id for rule in book.get("avenir").rules] == ["croire", "espoir_croire", "phrase2"]
    assert book.get("avenir").rules[1].body == ("croire", "y croire") and book.get("avenir").examples[0].text == "J'y crois."
    assert "# ce qui se dit souvent" in text and "# --- la vie" in text
    assert book.history[0].was == {"fr": "Espoir"}


def test_merge_of_a_parent_and_into_a_code_written_in_braces(path):
    edit.merge(path, "espoir", "projet")
    assert [rule.body for rule in Codebook.load(path).get("projet").rules] == [("j'ai un projet",), ("croire", "y croire"), ("ça ira",)]
    edit.merge(path, "projet", "avenir")
    book = Codebook.load(path)
    assert [code.id for code in book.codes] == ["vie", "avenir"] and len(book.get("avenir").rules) == 4


def test_merge_gives_the_children_too(path):
    edit.merge(path, "avenir", "espoir")
    book = Codebook.load(path)
    assert book.get("projet").parent == "espoir"
    assert [rule.id for rule in book.get("espoir").rules] == ["croire", "phrase1", "avenir_croire"]


@pytest.mark.parametrize(
    "call, key",
    [
        (lambda path: edit.rename(path, "espoir", "avenir"), "id_used"),
        (lambda path: edit.rename(path, "espoir", "Été"), "bad_id"),
        (lambda path: edit.rename(path, "espoirs", "a"), "not_this_code"),
        (lambda path: edit.new(path, "vie", label="Vie"), "id_used"),
        (lambda path: edit.new(path, "a", label="A", parent="b"), "unknown_code"),
        (lambda path: edit.move(path, "avenir", "projet"), "into_itself"),
        (lambda path: edit.move(path, "avenir", "avenir"), "into_itself"),
        (lambda path: edit.move(path, "avenir", "nulle_part"), "unknown_code"),
        (lambda path: edit.merge(path, "avenir", "projet"), "into_itself"),
        (lambda path: edit.merge(path, "avenir", "vie"), "branch_merged"),
        (lambda path: edit.merge(path, "avenir", "avenir"), "into_itself"),
        (lambda path: edit.split(path, "avenir", ["espoir"]), "id_used"),
    ],
)
def test_what_cannot_be_done_is_named_and_nothing_is_written(path, call, key):
    with pytest.raises(PeerqualError) as caught:
        call(path)
    assert caught.value.key == f"codebook.{key}" and path.read_text(encoding="utf-8") == TEXT
    assert all(caught.value.render(lang) for lang in ("fr", "en"))


def test_an_id_that_was_used_is_never_given_again(path):
    edit.rename(path, "avenir", "suite")
    for call in (lambda: edit.new(path, "avenir", label="A"), lambda: edit.rename(path, "espoir", "avenir")):
        with pytest.raises(PeerqualError, match="avenir"):
            call()


def test_a_faulty_codebook_is_not_touched(path):
    path.write_text(TEXT.replace("weight: 0.7", "weight: 7"), encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(CodebookError):
        edit.rename(path, "avenir", "suite")
    assert path.read_bytes() == before and [one.name for one in path.parent.iterdir()] == ["codebook.yaml"]


def test_windows_line_ends_and_byte_order_mark_stay(path):
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode())
    edit.merge(path, "espoir", "avenir")
    edit.new(path, "a", label="A")
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf") and raw.count(b"\n") == raw.count(b"\r\n") and check(path) == []


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["new", "rename", "move", "split", "merge"]), st.integers(0, 9), st.integers(0, 9)), max_size=6))
def test_any_row_of_changes_leaves_a_codebook_whose_history_tells_them(tmp_path_factory, changes):
    path = tmp_path_factory.mktemp("book") / "codebook.yaml"
    path.write_text(TEXT, encoding="utf-8")
    done = []
    for n, (action, i, j) in enumerate(changes):
        ids = [code.id for code in Codebook.load(path).codes]
        code, other = ids[i % len(ids)], ids[j % len(ids)]
        calls = {
            "new": lambda n=n, other=other: edit.new(path, f"n{n}", label="N", parent=other),
            "rename": lambda n=n, code=code: edit.rename(path, code, f"r{n}"),
            "move": lambda code=code, other=other: edit.move(path, code, other),
            "split": lambda n=n, code=code: edit.split(path, code, [f"s{n}", f"t{n}"]),
            "merge": lambda code=code, other=other: edit.merge(path, code, other),
        }
        rules = sorted(repr(rule.body) for one in Codebook.load(path).codes for rule in one.rules)
        try:
            done.append(calls[action]())
        except PeerqualError as error:
            assert error.key in ("codebook.into_itself", "codebook.branch_merged")
        assert check(path) == []
        assert sorted(repr(rule.body) for one in Codebook.load(path).codes for rule in one.rules) == rules, "no rule is lost"
    assert list(Codebook.load(path).history) == done
    assert path.read_text(encoding="utf-8").startswith(TEXT.split("codes:")[0])

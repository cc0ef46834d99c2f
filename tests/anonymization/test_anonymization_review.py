"""Review of names by type: one row an entity, decisions in the key, replayed and taken back."""

from __future__ import annotations

import json

import pytest
from anonymization_marks import corpus_of

from peerqual import Key
from peerqual.anonymization import anonymize
from peerqual.anonymization.planning import plan
from peerqual.anonymization.review import log
from peerqual.anonymization.review.commands import decide_names, name_decisions, undo_names
from peerqual.anonymization.review.table import COLUMNS, entities_table
from peerqual.errors import PeerqualError, UsageError

MARKED = {
    "E01": "Moi : Je vois [[PER:Maëlle Kervandec]] et [[PER:Maëlle]] dit que [[PER?:Rose]] sent bon. [[PER:Maëlle]], à [[LOC:Tréguin]], oui.\n"
    "Autre : [[PER:Bruno Kervandec]] aussi, à [[LOC:Tréguin]]. La {dépression}, à [[AGE:34 ans]], c'est [[ORG:Tilleuls]].\n",
    "E02": "Moi : [[PER:Maëlle]] vient. [[PER?:Rose]] est là, [[PER:Bruno]] vit à [[LOC:Tréguin]], à [[AGE:40 ans]].\n",
}


class Study:
    """A key, a corpus whose mentions are marked, and the table of its entities."""

    def __init__(self, key, marked):
        self.key, self.marked = key, marked

    def table(self, **more):
        corpus, mentions = corpus_of(self.marked)
        made = plan(corpus, mentions, key=self.key)
        return entities_table(corpus, made, tuple(log.standing(self.key.assignments).values()), **{"each": 1, **more})

    def row(self, form, **more):
        table = self.table(settled=True, **more)
        return table.index[table["forms"].str.contains(f"« {form} »", regex=False)][0]

    def decide(self, form, **cells):
        """Fill the cells of the row that holds `form`; return how many decisions are new."""
        table = self.table(settled=True)
        for name, value in cells.items():
            table.loc[table["forms"].str.contains(f"« {form} »", regex=False), name] = value
        return decide_names(table, key=self.key)

    def texts(self):
        corpus, mentions = corpus_of(self.marked)
        return {self.originals(study)[t.id]: t.text for study in [anonymize(corpus, mentions, key=self.key)] for t in study}

    @staticmethod
    def originals(study):
        return study.originals


@pytest.fixture
def study(tmp_path):
    return Study(Key.create(tmp_path / "study.key", passphrase="x"), MARKED)


@pytest.fixture
def alone(tmp_path):
    """The same with one document: nobody shares a first name with anybody."""
    return Study(Key.create(tmp_path / "alone.key", passphrase="x"), {"E01": MARKED["E01"]})


def test_one_row_an_entity_doubtful_first_then_risk_by_count(study):
    table = study.table()
    assert tuple(table.columns) == COLUMNS
    assert table.loc[0, "tier"] == "review" and table.loc[0, "forms"] == "« Rose »"
    sure = table[table["tier"] == "auto"]
    weights = list(sure["risk"] * sure["count"])
    assert weights == sorted(weights, reverse=True)
    mentions = corpus_of(MARKED)[1]
    assert table["count"].sum() == len(mentions)
    ids = [id for cell in table["entity"] for id in cell.split()]
    assert len(ids) == len(set(ids))


def test_contexts_mark_the_form_and_come_from_different_forms(study):
    row = study.table().loc[study.row("Maëlle Kervandec")]
    assert "« Maëlle Kervandec »" in row["context1"] + row["context2"] + row["context3"]
    assert row["context1"].startswith(("E01 · ", "E02 · "))
    assert all("\n" not in row[name] for name in ("context1", "context2", "context3"))
    assert len(json.loads(row["address"])["places"]) == 3


def test_sure_and_seldom_said_shares_a_row_doubtful_never(study):
    few = study.table(each=4)
    assert len(few) < len(study.table())
    assert few[few["tier"] == "review"]["forms"].tolist() == ["« Rose »"]
    numbers = few[few["label"] == "AGE"]
    assert len(numbers) == 1 and len(numbers.iloc[0]["entity"].split()) == 2
    assert few["count"].sum() == study.table()["count"].sum()


def test_a_shared_row_is_split_into_rows(study):
    table = study.table(each=4)
    table.loc[table["label"] == "AGE", "decision"] = "séparer"
    assert decide_names(table, key=study.key) == 1
    assert len(study.table(each=4)) == len(table) + 1


def test_reject_shows_the_word_again_and_it_is_not_asked_again(study):
    assert "Rose" not in "".join(study.texts().values())
    assert study.decide("Rose", decision="rejeter") == 1
    texts = study.texts()
    assert "que Rose sent bon" in texts["E01"] and "Rose est là" in texts["E02"]
    assert not study.table(settled=True)["forms"].str.contains("Rose").any()
    assert not any("Rose" in forms for forms in study.key.assignments.forms.values())  # the audit looks for it no more


def test_reject_in_one_document_and_at_one_place(study):
    table = study.table()
    n = study.row("Rose")
    documents = [place[0] for place in json.loads(table.loc[n, "address"])["places"]]
    study.decide("Rose", decision="reject", scope=f"document {documents.index('E02') + 1}")
    assert "Rose" in study.texts()["E02"] and "Rose" not in study.texts()["E01"]
    undo_names(study.key)
    places = json.loads(study.table(settled=True).loc[study.row("Tréguin"), "address"])["places"]
    study.decide("Tréguin", decision="reject", scope=f"ici {1 + [place[0] for place in places].index('E02')}")
    texts = study.texts()
    assert texts["E02"].count("Tréguin") == 1 and "Tréguin" not in texts["E01"]


def test_a_form_that_others_have_is_rejected_in_the_rows_documents_only(tmp_path):
    marked = {
        "E01": "[[PER:Rose Kervandec]] fane. [[PER:Rose]] !",
        "E02": "[[PER:Rose]] parle. [[PER:Rose Abgrall]] rit.",
        "E03": "Ah, [[PER:Rose]].",
    }
    study = Study(Key.create(tmp_path / "k.key", passphrase="x"), marked)
    study.decide("Rose Kervandec", decision="reject")
    texts = study.texts()
    assert texts["E01"].startswith("Rose Kervandec fane. Rose !")
    assert "Rose" not in texts["E02"] and "Rose" not in texts["E03"]


def test_label_changes_what_stands_in_its_place(study):
    before = study.texts()["E01"]
    assert "[organisation A]" in before
    study.decide("Tilleuls", new_label="loc")
    after = study.texts()["E01"]
    assert "[organisation A]" not in after and "Tilleuls" not in after and after.count("[lieu") == 3
    study.decide("Rose", new_label="LOC")
    assert "[lieu" in study.texts()["E02"].split("vient.")[1][:12]
    undo_names(study.key)
    undo_names(study.key)
    assert study.texts()["E01"] == before


def test_a_place_that_is_a_person_is_read_as_a_name(study):
    study.decide("Tréguin", new_label="PER")
    assert "[lieu" not in "".join(study.texts().values())
    assert "[personne]" not in "".join(study.texts().values())


def test_rename_keeps_the_way_each_mention_is_written_and_the_surname_shared(alone):
    alone.decide("Maëlle Kervandec", new_replacement="Gwenola Stervinou")
    text = alone.texts()["E01"]
    assert "Je vois Gwenola Stervinou et Gwenola dit" in text
    assert "Stervinou aussi" in text  # Bruno bears the same surname


def test_rename_to_a_code_is_put_as_it_is(alone):
    alone.decide("Maëlle Kervandec", decision="renommer", new_replacement="P07")
    assert alone.texts()["E01"].startswith("Moi : Je vois P07 et P07 dit")


def test_rename_of_a_thing(study):
    study.decide("Tréguin", new_replacement="[une petite ville]")
    assert "vit à [une petite ville]" in study.texts()["E02"]


@pytest.mark.parametrize(("words", "fault"), [("Bruno", "name_is_real"), ("Gwenola Rose", "name_is_real")])
def test_a_replacement_that_is_a_real_name_is_refused(alone, words, fault):
    with pytest.raises(PeerqualError) as told:
        alone.decide("Maëlle Kervandec", new_replacement=words)
    assert told.value.key == f"review.{fault}" and "Bruno" not in str(told.value)
    assert alone.key.assignments.decided == []


def test_a_replacement_of_somebody_else_is_refused(study):
    given = study.table().loc[study.row("Rose"), "replacement"].split(" · ")[0]
    with pytest.raises(PeerqualError, match=r"quelqu’un d’autre"):
        study.decide("Tréguin", new_replacement=given)


def test_a_group_of_one_first_name_is_merged_or_left_apart(study):
    table = study.table()
    n = study.row("Maëlle Kervandec")
    ids = table.loc[n, "entity"].split()
    assert len(ids) == 2
    with pytest.raises(PeerqualError, match="groupe"):
        study.decide("Maëlle Kervandec", decision="rename", new_replacement="Gwenola")
    apart = study.texts()
    assert apart["E01"].split("Je vois ")[1].split()[0] != apart["E02"].split("Moi : ")[1].split()[0]
    study.decide("Maëlle Kervandec", decision="fusionner")
    one = study.texts()
    assert one["E01"].split("Je vois ")[1].split()[0] == one["E02"].split("Moi : ")[1].split()[0]


def test_merge_and_rename_in_one_row(study):
    study.decide("Maëlle Kervandec", decision="merge", new_replacement="Gwenola")
    assert "Moi : Gwenola vient" in study.texts()["E02"]


def test_a_merge_counts_where_only_the_second_speaks(study):
    study.decide("Maëlle Kervandec", decision="merge")
    both = study.texts()["E02"]
    alone = Study(study.key, {"E02": MARKED["E02"]})
    assert alone.texts()["E02"] == both


def test_merge_with_a_form_and_with_an_id(study):
    study.decide("Tilleuls", merge_with="« Tréguin »")
    text = study.texts()["E01"]
    assert text.count("[organisation A]") == 3
    undo_names(study.key)
    id = study.table().loc[study.row("Tréguin"), "entity"]
    study.decide("Tilleuls", merge_with=id)
    assert study.texts()["E01"] == text


def test_merged_spellings_get_one_surname(tmp_path):
    marked = {"E01": "[[PER:Maëlle Kervandec]] et [[PER:Maëlle Kervandek]] parlent."}
    study = Study(Key.create(tmp_path / "k.key", passphrase="x"), marked)
    study.decide("Maëlle Kervandek", decision="merge", merge_with="Maëlle Kervandec")
    one, other = study.texts()["E01"].removesuffix(" parlent.").split(" et ")
    assert one == other


def test_split_by_form_and_by_document(tmp_path):
    marked = {"E01": "[[PER:Maëlle Kervandec]] et [[PER:M. K.]] sont là.", "E02": "Ah, [[PER:Maëlle Kervandec]] rit."}
    study = Study(Key.create(tmp_path / "k.key", passphrase="x"), marked)
    whole = study.texts()
    assert whole["E02"].split(", ")[1].split()[0] in whole["E01"]
    study.decide("Maëlle Kervandec", decision="split", merge_with="M. K.")
    assert len(study.table(settled=True)) == 2
    undo_names(study.key)
    n = [place[0] for place in json.loads(study.table().loc[0, "address"])["places"]].index("E02") + 1
    study.decide("Maëlle Kervandec", decision="split", scope=f"document {n}")
    parted = study.texts()
    assert parted["E01"] == whole["E01"]
    assert parted["E02"].split(", ")[1].split()[0] not in parted["E01"]


def test_undo_brings_back_every_text_to_the_character(study):
    before = study.texts()
    steps = [
        ("Rose", {"decision": "reject"}),
        ("Maëlle Kervandec", {"decision": "merge", "new_replacement": "Gwenola Stervinou"}),
        ("Tilleuls", {"new_label": "LOC"}),
        ("Tréguin", {"new_replacement": "[une ville]"}),
    ]
    seen = [before]
    for form, cells in steps:
        study.decide(form, **cells)
        seen.append(study.texts())
    assert len({tuple(texts.items()) for texts in seen}) == len(seen)
    while log.standing(study.key.assignments):
        undo_names(study.key)
    assert study.texts() == before
    assert len(study.key.assignments.decided) == 2 * 5  # it only grows
    with pytest.raises(UsageError):
        undo_names(study.key)


def test_undo_by_number_leaves_what_came_later(study):
    study.decide("Rose", decision="reject")
    study.decide("Tréguin", new_replacement="[une ville]")
    study.decide("Tréguin", new_replacement="[un bourg]")
    assert undo_names(study.key, 2) == 2
    texts = study.texts()
    assert "[un bourg]" in texts["E01"] and "Rose" in texts["E01"]
    assert name_decisions(study.key)["number"].tolist() == [1, 3]
    with pytest.raises(UsageError):
        undo_names(study.key, 2)


def test_only_what_is_new_is_asked(study):
    assert decide_names(study.table(), key=study.key, accept_rest=True) == len(study.table(settled=True))
    assert study.table().empty
    later = Study(study.key, MARKED | {"E03": "Moi : [[PER:Yaya]] et [[LOC:Tréguin]], la {dépression} de [[PER:Maëlle Kervandec]].\n"})
    assert later.table()["forms"].tolist() == ["« Yaya »"]


def test_the_same_table_twice_says_nothing_new(study):
    assert study.decide("Rose", decision="reject") == 1
    table = study.table(settled=True)
    table.loc[0, "decision"] = "accept"
    assert decide_names(table, key=study.key) == 1
    assert decide_names(table, key=study.key) == 0


def test_accepted_is_no_longer_doubtful(study):
    study.decide("Rose", decision="oui")
    assert set(study.table(settled=True)["tier"]) == {"auto"}


def test_decisions_lie_in_the_key_and_are_encrypted(study, tmp_path):
    study.decide("Rose", decision="reject")
    texts = study.texts()
    path = tmp_path / "study.key"
    assert b"rose" not in path.read_bytes().lower()
    again = Study(Key.open(path, passphrase="x"), MARKED)
    assert again.texts() == texts
    assert name_decisions(again.key).loc[0, ["verdict", "forms", "scope"]].tolist() == ["reject", "rose", "corpus"]


def test_without_the_key_nothing_is_decided(study):
    study.decide("Rose", decision="reject")
    corpus, mentions = corpus_of(MARKED)
    assert "Rose" not in "".join(t.text for t in anonymize(corpus, mentions))


@pytest.mark.parametrize(
    ("cells", "fault"),
    [
        ({"decision": "peut-être"}, "bad_decision"),
        ({"decision": "reject", "scope": "ailleurs"}, "bad_scope"),
        ({"decision": "reject", "scope": "document 9"}, "bad_scope"),
        ({"decision": "reject", "scope": "here", "address": "{"}, "bad_address"),
        ({"new_label": "PERS"}, "bad_label"),
        ({"decision": "label"}, "no_label"),
        ({"decision": "rename"}, "no_replacement"),
        ({"decision": "reject", "new_label": "LOC"}, "contradiction"),
        ({"decision": "merge"}, "merge_alone"),
        ({"merge_with": "Personne"}, "merge_unknown"),
        ({"merge_with": "Maëlle"}, "merge_several"),
    ],
)
def test_a_row_that_cannot_be_read_is_told_by_its_line_and_nothing_is_written(study, cells, fault):
    table = study.table()
    table.loc[0, "decision"] = "accept"
    for name, value in cells.items():
        table.loc[study.row("Tilleuls"), name] = value
    with pytest.raises(PeerqualError) as told:
        decide_names(table, key=study.key, where="names.csv")
    assert told.value.key == f"review.{fault}" and told.value.line == study.row("Tilleuls") + 2
    assert "Tilleuls" not in told.value.render("fr") + told.value.render("en")
    assert study.key.assignments.decided == []

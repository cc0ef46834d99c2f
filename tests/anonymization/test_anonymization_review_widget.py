"""The notebook's review, driven by its widgets' values."""

from __future__ import annotations

import sys

import pytest
from anonymization_marks import corpus_of

from peerqual import Key
from peerqual.anonymization import anonymize
from peerqual.anonymization.planning import plan
from peerqual.anonymization.review.commands import name_decisions
from peerqual.anonymization.review.table import entities_table
from peerqual.anonymization.review.widget import NamesWidget
from peerqual.errors import UsageError

MARKED = {"E01": "Moi : [[PER?:Rose]] <b>dort</b>, [[PER:Yaya]] et [[LOC:Tréguin]].\n"}


@pytest.fixture
def made(tmp_path):
    key = Key.create(tmp_path / "study.key", passphrase="x")
    corpus, mentions = corpus_of(MARKED)
    table = entities_table(corpus, plan(corpus, mentions, key=key), each=1)
    return NamesWidget(table, key, lang="fr"), key, list(table["forms"])


def test_buttons_decide_and_save_writes(made):
    widget, key, forms = made
    assert [verdict.value for verdict in widget.verdicts] == ["", "", ""]
    widget.verdicts[forms.index("« Rose »")].value = "reject"
    widget.replacements[forms.index("« Yaya »")].value = "Wassim"
    assert widget.verdicts[forms.index("« Yaya »")].value == "rename"
    widget.button.click()
    assert "2" in widget.said.value
    assert sorted(name_decisions(key)["verdict"]) == ["reject", "rename"]
    corpus, mentions = corpus_of(MARKED)
    assert anonymize(corpus, mentions, key=key)[0].text.startswith("Moi : Rose <b>dort</b>, Wassim et [lieu")


def test_merging_labels_splitting_and_scope_are_the_tables(made):
    widget, key, forms = made
    rose, yaya, town = (forms.index(f"« {name} »") for name in ("Rose", "Yaya", "Tréguin"))
    widget.cells["merge_with"][yaya].value = "« Rose »"
    widget.cells["new_label"][town].value = "ORG"
    widget.cells["scope"][town].value = "document"
    assert [widget.verdicts[n].value for n in (rose, yaya, town)] == ["", "merge", "label"]
    filled = widget.table.loc[[yaya, town], ["decision", "merge_with", "new_label", "scope"]].to_numpy().tolist()
    assert filled == [["merge", "« Rose »", "", "corpus"], ["label", "", "ORG", "document"]]
    assert widget.save() == 2 and sorted(name_decisions(key)["verdict"]) == ["label", "merge"]
    widget.cells["new_label"][town].value = ""  # taken back before it is saved
    assert widget.verdicts[town].value == ""
    corpus, mentions = corpus_of(MARKED)
    text = anonymize(corpus, mentions, key=key)[0].text
    assert "[organisation A]" in text and "Yaya" not in text


def test_what_cannot_be_done_is_said_and_nothing_is_written(made):
    widget, key, forms = made
    widget.replacements[forms.index("« Yaya »")].value = "Rose"
    assert widget.save() == 0
    assert "Rose" not in widget.said.value and widget.said.value
    assert name_decisions(key).empty


def test_words_of_a_transcript_are_escaped(made):
    widget, _, forms = made
    shown = widget.box.children[forms.index("« Rose »")].children[0].value
    assert "&lt;b&gt;dort" in shown and "<b>dort" not in shown


def test_without_ipywidgets_it_says_what_to_install(made, monkeypatch):
    monkeypatch.setitem(sys.modules, "ipywidgets", None)
    with pytest.raises(UsageError, match="notebook"):
        NamesWidget(made[0].table, made[1])

"""The vote of a trained model: a tiny pipeline, made here and saved as a spaCy model is, stands for it."""

from __future__ import annotations

import pytest
import spacy

from peerqual.anonymization.find import find
from peerqual.errors import UsageError
from peerqual.model import Corpus, Transcript, Turn


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    nlp = spacy.blank("fr")
    rules = nlp.add_pipe("entity_ruler")
    rules.add_patterns([{"label": "PER", "pattern": "mirabelle"}, {"label": "ORG", "pattern": "la ruche"}, {"label": "MISC", "pattern": "café"}])
    rules.add_patterns([{"label": "DATE", "pattern": "demain"}, {"label": "PER", "pattern": "Kermadec"}])
    nlp.to_disk(tmp_path_factory.mktemp("model") / "fr_tiny")
    return str(tmp_path_factory.getbasetemp() / "model0" / "fr_tiny")


def corpus(*words):
    text, turns = "", []
    for one in words:
        text += "E : "
        turns.append(Turn("E", None, "respondent", len(text), len(text) + len(one)))
        text += one + "\n"
    return Corpus((Transcript("T", text, tuple(turns)),))


def found(corpus_, **options):
    return [(m.label, corpus_[0].text[m.start : m.end], m.tier, m.source) for m in find(corpus_, **options)]


def test_entities_come_before_a_person_turn_by_turn(model):
    talk = corpus("Tu prends un café ?", "Demain, la ruche, avec mirabelle.")
    assert found(talk) == []
    assert found(talk, spacy_model=model) == [("ORG", "la ruche", "review", "model.entity"), ("PER", "mirabelle", "review", "model.entity")]


def test_a_vote_confirms_what_is_doubtful_and_takes_nothing_away(model):
    talk = corpus("Alors Kermadec, il vient ?", "J'ai 34 ans.")
    before, after = found(talk), found(talk, spacy_model=model)
    assert [one[:2] for one in before] == [one[:2] for one in after]
    assert dict((one[1], one[2]) for one in after)["Kermadec"] == "auto"


def test_a_model_that_is_not_installed_is_named():
    with pytest.raises(UsageError, match="fr_no_such_model"):
        find(corpus("Bonjour."), spacy_model="fr_no_such_model")

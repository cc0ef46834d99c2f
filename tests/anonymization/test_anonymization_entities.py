"""Who is who: full names over the corpus, first names in their document, initials, participants.csv."""

from __future__ import annotations

import pytest
from anonymization_marks import corpus_of, person

from peerqual.anonymization import plan
from peerqual.anonymization.assignments import Assignments
from peerqual.anonymization.names import gender, norm, parse, relation_before, title_before


def entities(marked, participants=()):
    """Return for each mention « document:words » its entity."""
    corpus, mentions = corpus_of(marked, participants)
    texts = {transcript.id: transcript.text for transcript in corpus}
    return [(f"{m.document}:{texts[m.document][m.start : m.end]}", m.entity) for m in plan(corpus, mentions).mentions]


def same(marked, one, other, participants=()):
    ids = dict(entities(marked, participants))
    return ids[one] == ids[other]


@pytest.mark.parametrize(
    "surface, first, last",
    [
        ("Maëlle Kervandec", "maelle", "kervandec"),
        ("KERVANDEC Maëlle", "maelle", "kervandec"),
        ("Kervandec Maëlle", "maelle", "kervandec"),
        ("Marie Thérèse Dupont", "marie therese", "dupont"),
        ("Jean-Loup", "jean loup", ""),
        ("Jean de La Fontaine", "jean", "de la fontaine"),
        ("Mme Kervandec", "", "kervandec"),
        ("Dr Bertrand Ollivaud", "bertrand", "ollivaud"),
        ("YH", "y", "h"),
        ("Y.H.", "y", "h"),
        ("J.-P.", "j", ""),
        ("M. D.", "", "d"),
        ("JPQ", "j", "q"),
        ("Le Bihan", "", "le bihan"),
        ("Maëlle K.", "maelle", "k"),
        ("LÉA", "lea", ""),
        ("la Grande", "la grande", ""),
        ("Ousmane N'Diaye", "ousmane", "n'diaye"),
    ],
)
def test_names_are_read(surface, first, last):
    name = parse(surface)
    assert (name.first, name.last) == (first, last)
    assert "".join(text for text, _ in name.pieces) == surface


@pytest.mark.parametrize(
    "surface, written",
    [
        ("MAËLLE KERVANDEC", "JULIE MORVAN"),
        ("KERVANDEC Maëlle", "MORVAN Julie"),
        ("maëlle", "julie"),
        ("YH", "JM"),
        ("y. h.", "j. m."),
        ("J.-P. D.", "J. M."),
        ("JPQ", "JM"),
        ("Maëlle  K.", "Julie  M."),
        ("Monsieur Kervandec", "Monsieur Morvan"),
    ],
)
def test_names_are_written_as_they_were(surface, written):
    assert parse(surface).written("Julie", "Morvan") == written


def test_gender_of_names_titles_and_relations():
    assert (gender(norm("Maëlle")), gender("yacine"), gender("camille"), gender("jean loup"), gender("xyz")) == ("f", "m", "x", "m", "x")
    assert title_before("voir Mme Diallo", 9) == "f" and title_before("le docteur Diallo", 11) == "" and title_before("voir Diallo", 5) is None
    assert title_before("Mlle. Diallo", 6) == "f" and title_before("non, mademoiselle.\nDiallo : Si.", 19) is None
    assert relation_before("ma sœur Wiwi", 8) == "f" and relation_before("mon frère, Wiwi", 11) == "m" and relation_before("à Wiwi", 2) == ""


def test_a_full_name_is_one_over_the_corpus():
    marked = {"A": "[[PER:Maëlle Kervandec]] dort.", "B": "J'ai vu [[PER:KERVANDEC Maëlle]]."}
    assert same(marked, "A:Maëlle Kervandec", "B:KERVANDEC Maëlle")


def test_a_bare_first_name_is_one_in_its_document():
    marked = {"A": "[[PER:Sonia]] dort. [[PER:SONIA]] rêve.", "B": "[[PER:Sonia]] dort."}
    assert same(marked, "A:Sonia", "A:SONIA")
    assert not same(marked, "A:Sonia", "B:Sonia")


def test_merges_are_proposed_where_surnames_allow():
    corpus, mentions = corpus_of({"A": "[[PER:Sonia]] et [[PER:Paul Abc]]", "B": "[[PER:Sonia Diallo]] et [[PER:Paul Def]]", "C": "[[PER:Zoé]]"})
    made = plan(corpus, mentions)
    assert made.merges == (tuple(m.entity for m in made.mentions if m.start == 0 and m.document in "AB"),)


def test_participants_merge_documents_nicknames_and_initials():
    marked = {
        "A": "[[PER:Yacine]] : Oui.",
        "B": "[[PER:Yaya]] : Non.\n[[PER:Paul]] : Si.",
        "C": "[[PER:YH]] : Bon.\nJe vois [[PER:Yacine]].",
    }
    one = [person("P1", "A:Yacine", "B:Yaya", "C:YH")]
    assert not same(marked, "A:Yacine", "B:Yaya")
    assert same(marked, "A:Yacine", "B:Yaya", one) and same(marked, "A:Yacine", "C:YH", one)
    assert not same(marked, "A:Yacine", "B:Paul", one)


@pytest.mark.parametrize("part", ["Maëlle", "Kervandec", "M. K.", "MK", "Maëlle K.", "K."])
def test_parts_join_the_full_name_of_their_document(part):
    title = "Mme " if part == "K." else ""
    marked = {"A": f"[[PER:Maëlle Kervandec]] et {title}[[PER:{part}]]."}
    joined = same(marked, "A:Maëlle Kervandec", f"A:{part}")
    assert joined == (part != "M. K.")  # « M. K. » is a man's title and initial


def test_a_part_of_two_names_joins_neither():
    marked = {"A": "[[PER:Maëlle Kervandec]], [[PER:Maëlle Diallo]] et [[PER:Maëlle]]."}
    ids = dict(entities(marked))
    assert len(set(ids.values())) == 3


def test_a_title_of_the_other_gender_joins_nobody():
    marked = {"A": "[[PER:Maëlle Kervandec]], puis monsieur [[PER:Kervandec]], son mari."}
    assert not same(marked, "A:Maëlle Kervandec", "A:Kervandec")


def test_a_family_is_called_by_its_surname():
    marked = {"A": "Les [[PER:Tanguy]], enfin madame [[PER:Tanguy]], et les [[PER:Le Gall]]."}
    corpus, mentions = corpus_of(marked)
    new = list(plan(corpus, mentions).replacements.values())
    assert new[0] == new[1] != new[2] and " " not in new[2]


def test_surname_alone_is_one_over_documents_where_nobody_bears_it_whole():
    marked = {"A": "Le docteur [[PER:Ollivaud]].", "B": "Chez le docteur [[PER:Ollivaud]]."}
    assert same(marked, "A:Ollivaud", "B:Ollivaud")


def test_things_are_one_without_article_and_type():
    marked = {"A": "[[HOSP:hôpital Verlaincourt]], [[ORG:Les Voix du Lierre]]", "B": "[[HOSP:Verlaincourt]], les [[ORG:Voix du lierre]]"}
    assert same(marked, "A:hôpital Verlaincourt", "B:Verlaincourt")
    assert same(marked, "A:Les Voix du Lierre", "B:Voix du lierre")


def test_a_short_name_is_the_only_longer_one_that_begins_so():
    marked = {"A": "[[ORG:La Passerelle Bleue]], [[ORG:La Passerelle]], [[LOC:Saint-Aubry]], [[LOC:Saint-Aubry-sur-Lierne]]"}
    assert same(marked, "A:La Passerelle Bleue", "A:La Passerelle") and same(marked, "A:Saint-Aubry", "A:Saint-Aubry-sur-Lierne")
    marked = {"A": "[[LOC:Paris]], [[LOC:Paris Plage]], [[ORG:Les Voix]], [[ORG:Voix du Nord]], [[ORG:Voix du Sud]], [[ORG:université de Paris]]"}
    assert len({entity for _, entity in entities(marked)}) == 6


def test_one_name_is_one_thing_whatever_it_was_taken_for():
    marked = {"A": "[[LOC:Port-Hadrien]], [[ORG:Port-Hadrien]], [[LOC:Port-Hadrien]], [[ORG:université de Port-Hadrien]]"}
    corpus, mentions = corpus_of(marked)
    made = plan(corpus, mentions)
    assert list(made.replacements.values()) == ["[lieu 1]"] * 3 + ["[université A]"]


def test_ids_are_stable_when_an_interview_is_added():
    assignments = Assignments()

    class Holder:
        pass

    key = Holder()
    key.assignments = assignments
    first, found = corpus_of({"B": "[[PER:Anne Morel]] et [[LOC:Lyon]]."})
    before = {(m.label, m.start): m.entity for m in plan(first, found, key=key).mentions}
    more, found = corpus_of({"A": "[[PER:Zoé]] à [[LOC:Nice]].", "B": "[[PER:Anne Morel]] et [[LOC:Lyon]]."})
    after = {(m.label, m.start): m.entity for m in plan(more, found, key=key).mentions if m.document == "B"}
    assert before == after


def test_a_merge_that_is_taken_back_parts_two_entities():
    class Holder:
        assignments = Assignments()

    marked = {"A": "[[PER:Yacine]] : Oui.", "B": "[[PER:Yaya]] : Non."}
    corpus, mentions = corpus_of(marked, [person("P1", "A:Yacine", "B:Yaya")])
    assert len({m.entity for m in plan(corpus, mentions, key=Holder).mentions}) == 1
    corpus, mentions = corpus_of(marked)
    assert len({m.entity for m in plan(corpus, mentions, key=Holder).mentions}) == 2

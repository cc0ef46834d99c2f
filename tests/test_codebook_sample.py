"""The codebook of Sainte-Anne: the ids that CODEBOOK.md fixes, texts in two languages, examples that its own rules meet."""

from __future__ import annotations

import pytest

from conftest import ROOT
from peerqual.codebook import Codebook, check
from peerqual.coding import check_examples, code
from peerqual.coding.coder import coder
from peerqual.language import lexicons
from peerqual.model import Corpus, Transcript

PATH = ROOT / "codebook.yaml"

# What CODEBOOK.md prints, in its order: branches first, children after their parent.
TREE = {
    "pratiques": None,
    "informer": "pratiques",
    "donner_espoir": "pratiques",
    "integrer_pairs": "pratiques",
    "attitude_active": "pratiques",
    "attitude_active_reproche": "attitude_active",
    "parcours": None,
    "souffrance": "parcours",
    "souffrance_trouble": "souffrance",
    "souffrance_soins": "souffrance",
    "souffrance_sociale": "souffrance",
    "retablissement": "parcours",
    "retablissement_rupture": "retablissement",
    "fragilite": "parcours",
    "espoir": "parcours",
    "role": None,
    "savoir_experientiel": "role",
    "parrainage": "role",
    "horizontalite": "role",
    "benefices_personnels": "role",
    "cadre_formation": "role",
    "reserves_critiques": "role",
}
BRANCHES = {"pratiques", "parcours", "role"}
CODES = [name for name in TREE if name not in BRANCHES]


@pytest.fixture(scope="module")
def book():
    return Codebook.load(PATH)


def carried(book, text, **given):
    found = {coding.code for coding in coder(book).code_words(text, **given)}
    return found.union(*(book.ancestors(one) for one in found))


def test_it_has_no_fault():
    assert [fault.message for fault in check(PATH)] == []


def test_its_codes_are_those_of_the_grid_in_its_order(book):
    assert {one.id: one.parent for one in book.codes} == TREE
    assert [one.id for one in book.codes] == list(TREE)
    assert set(book.assignable) == set(CODES)


@pytest.mark.parametrize("name", TREE)
def test_each_entry_is_told_in_both_languages(book, name):
    one = book.get(name)
    for texts in (one.label, one.definition):
        assert set(texts) == {"fr", "en"}
        assert texts["fr"] != texts["en"]
    if name in CODES:
        for lists in (one.include, one.exclude):
            assert set(lists) == {"fr", "en"}
            assert len(lists["fr"]) == len(lists["en"]) >= 1


@pytest.mark.parametrize("name", CODES)
def test_each_code_has_examples_counter_examples_and_rules(book, name):
    one = book.get(name)
    assert len(one.examples) >= 4
    assert len(one.counter_examples) >= 3
    assert one.rules
    assert all(0.3 <= rule.weight <= 0.95 for rule in one.rules)


def test_branches_have_no_rules(book):
    assert not any(book.get(name).rules for name in BRANCHES)


def test_its_examples_are_coded_and_its_counter_examples_are_not(book):
    assert [(result.code, result.kind, result.index) for result in check_examples(book) if not result.passed] == []


def test_every_field_serves(book):
    text = PATH.read_text(encoding="utf-8")
    assert [name for name in book.fields if f"{{field: {name}}}" not in text] == []


def strings(body):
    """Return the expressions in a rule's body, however deep."""
    if isinstance(body, str):
        return [body]
    return [text for part in body for text in strings(part)] if isinstance(body, (list, tuple)) else []


def test_no_disorder_and_no_drug_is_named_in_a_rule(book):
    bodies = [*book.fields.values(), *(rule.body for one in book.codes for rule in one.rules)]
    written = {word for text in strings(bodies) for word in text.replace("|", " ").replace("?", " ").split()}
    nouns = {form for form, kind in lexicons.rows("disorders") if kind == "noun"}
    assert not (nouns | {form for form, _ in lexicons.rows("drugs")}) & written


@pytest.mark.parametrize(
    ("told", "pseudonymized"),
    [
        ("Mon frère il est schizophrène, il a fait une grosse crise.", "Mon frère il est [trouble], il a fait une grosse crise."),
        ("Je leur explique à quoi sert le lithium.", "Je leur explique à quoi sert le [médicament 1]."),
        ("À l'UNAFAM on se comprend, on est pas tout seuls.", "À l'[association A] on se comprend, on est pas tout seuls."),
    ],
)
def test_a_pseudonymized_sentence_is_coded_alike(book, told, pseudonymized):
    assert carried(book, told) == carried(book, pseudonymized) != set()


def test_hope_that_is_lost_is_negative(book):
    text = "J'avais plus d'espoir."
    assert {coding.polarity for coding in coder(book).code_words(text) if coding.code == "espoir"} == {"-"}
    assert {coding.polarity for coding in coder(book).code_words("J'ai retrouvé de l'espoir.") if coding.code == "espoir"} == {"+"}


def test_an_answer_to_a_confession_brings_in_among_peers(book):
    assert "integrer_pairs" in carried(book, "Moi aussi.", before="J'osais plus sortir de chez moi, j'avais honte.")


@pytest.mark.parametrize("text", ["Le café est à cinquante centimes.", "On est jeudi, salle quatre.", "Mon père était maçon.", "Oui, oui, voilà."])
def test_ordinary_talk_carries_no_code(book, text):
    assert code(Corpus((Transcript("D", text),)), book) == []

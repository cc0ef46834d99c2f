"""A codebook that is right: what is read, in which order, with which defaults; its hash and its tree."""

import pickle

import pytest

from peerqual.codebook import Codebook, check
from peerqual.codebook_expressions import BadExpression, FieldRef, Word, parse
from peerqual.errors import PeerqualError

TEXT = """
peerqual: 1
title: {fr: "Essai", en: "Trial"}
version: 2
language: fr
fields:
  chute: ["rechute|rechuter", {field: bas}]
  bas: "au plus bas"
codes:
  - id: vie
    assignable: false
    label: {fr: "La vie", en: "Life"}
    definition: {fr: "Tout."}
  - id: espoir
    parent: vie
    label: {fr: "Espoir"}
    definition: {fr: "Croire que ça ira."}
    include: {fr: ["l’attente"]}
    examples:
      - "J'y crois."
      - {text: "Moi aussi.", before: "J'y crois.", before_role: respondent, role: facilitator}
    rules:
      - phrase: "j'y crois"
      - phrase: ["non", "on", "yes"]
        weight: 1
        role: respondent
      - lemmas: ["croire", {field: chute}]
        id: croyance
        qualifiers: negated
        polarity: "-"
      - near: ["dire|taire", [{field: bas}, "espoir"]]
        ordered: true
        unless: "toc toc"
      - pattern: [{LEMMA: croire}, {OP: "?"}]
      - pattern: [[{LOWER: oui}], [{LOWER: si}]]
  - {id: petit_espoir, parent: espoir, label: {fr: "Petit espoir"}, definition: {fr: "…"}}
"""


@pytest.fixture(scope="module")
def book():
    return Codebook.from_text(TEXT)


def test_codes_and_their_tree(book):
    assert [code.id for code in book.codes] == ["vie", "espoir", "petit_espoir"]
    assert book.assignable == ("espoir", "petit_espoir")
    assert book.ancestors("petit_espoir") == ("espoir", "vie")
    assert book.children("vie") == ("espoir",) and book.children("petit_espoir") == ()
    assert (book.label("vie", "en"), book.label("espoir", "en")) == ("Life", "Espoir")
    assert (book.version, book.language, book.title["en"]) == ("2", "fr", "Trial")
    with pytest.raises(PeerqualError, match="vi"):
        book.get("vi").label  # noqa: B018


def test_rules_ids_bodies_and_defaults(book):
    rules = book.get("espoir").rules
    assert [rule.id for rule in rules] == ["phrase1", "phrase2", "croyance", "near1", "pattern1", "pattern2"]
    phrase, words, lemmas, near, pattern, patterns = rules
    assert (phrase.body, phrase.weight, phrase.polarity, phrase.conditions) == (("j'y crois",), 0.6, "auto", {})
    assert words.body == ("non", "on", "yes"), "YAML 1.2: no word of French is a truth value"
    assert words.conditions == {"role": ("respondent",)} and words.weight == 1
    assert lemmas.body == ("croire", FieldRef("chute")) and lemmas.conditions == {"qualifiers": ("negated",)}
    assert near.body == (("dire|taire",), (FieldRef("bas"), "espoir"))
    assert near.conditions == {"within": 8, "ordered": True, "unless": ("toc toc",)}
    assert len(pattern.body) == 1 and len(patterns.body) == 2
    assert TEXT.splitlines()[near.line - 1].lstrip().startswith("- near")
    assert book.fields == {"chute": ("rechute|rechuter", FieldRef("bas")), "bas": ("au plus bas",)}


def test_examples(book):
    first, second = book.get("espoir").examples
    assert (first.text, first.before, first.role) == ("J'y crois.", "", "respondent")
    assert (second.before, second.role) == ("J'y crois.", "facilitator")


def test_hash_tells_content_and_nothing_else(book):
    assert Codebook.from_text("# a comment\n" + TEXT.replace('"Essai"', "'Essai'")).hash == book.hash
    assert Codebook.from_text(TEXT) == book and hash(Codebook.from_text(TEXT)) == hash(book)
    assert Codebook.from_text(TEXT.replace("weight: 1", "weight: 0.9")).hash != book.hash
    assert pickle.loads(pickle.dumps(book)) == book


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path, book):
    (tmp_path / "c.yaml").write_text("\ufeff" + TEXT, encoding="utf-8")
    assert check(tmp_path / "c.yaml") == []
    assert Codebook.load(tmp_path / "c.yaml") == book


def test_expressions():
    assert parse("être pas? seul|seules") == (Word((("être", False),)), Word((("pas", False),), True), Word((("seul", False), ("seules", False))))
    assert parse("aid* … soi-même") == (Word((("aid", True),)), Word((("soi-même", False),), gap=True))
    assert parse("aid* ... soi-même") == parse("aid* … soi-même")


BAD = {
    "alternative": ("a||b", "|a", "?", "a?|b", "*"),
    "prefix": ("a*", "ai*d"),
    "gap": ("… a", "a …", "a … … b", "…"),
    "nothing": ("a? b?", ""),
}


@pytest.mark.parametrize("why, expression", [(why, expression) for why, expressions in BAD.items() for expression in expressions])
def test_bad_expressions(why, expression):
    with pytest.raises(BadExpression, match=why):
        parse(expression)

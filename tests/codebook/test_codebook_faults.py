"""Every fault of a codebook is named with its line, its cause and what to do, in both languages, all of them at once."""

import pickle

import pytest

from peerqual.codebook import Codebook, check
from peerqual.errors import CodebookError

HEAD = """peerqual: 1
language: fr
fields:
  bas: ["au plus bas"]
codes:
  - id: vie
    assignable: false
    label: {fr: "Vie"}
    definition: {fr: "…"}
  - id: espoir
    parent: vie
    label: {fr: "Espoir"}
    definition: {fr: "…"}
    rules:
"""
END = HEAD.count("\n") + 1  # the line after it


def faults(text, tmp_path):
    path = tmp_path / "codebook.yaml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    found = check(path)
    for fault in found:
        for lang in ("fr", "en"):
            line = fault.render(lang)
            assert "\n" not in line and line.startswith(str(path)) and "; " in line.replace("\u202f", " ")
    return [(fault.line, fault.key.removeprefix("codebook.")) for fault in found]


def with_rule(rule):
    return HEAD + f"      - {rule}\n"


def test_the_codebook_without_faults_has_none(tmp_path):
    assert faults(with_rule("phrase: a"), tmp_path) == []


def test_faults_of_a_small_file(tmp_path):
    assert faults("peerqual: 1\ncolour: red\ncodes: []\n", tmp_path) == [(2, "unknown_key"), (3, "no_code")]


@pytest.mark.parametrize(
    "rule, key",
    [
        ("colour: red", "unknown_key"),
        ("weight: 0.5", "empty_rule"),
        ("{phrase: a, lemmas: b}", "two_kinds"),
        ("phrase: []", "expected_filled"),
        ("phrase: [12]", "expected_text"),
        ('phrase: ["  "]', "expected_text"),
        ("lemmas: [[a]]", "expected_expression"),
        ("lemmas: {feld: bas}", "expected_expression"),
        ("lemmas: {field: haut}", "no_field"),
        ("near: [a, [b, {field: haut}]]", "no_field"),
        ("{phrase: a, before: {field: haut}}", "no_field"),
        ("{phrase: a, unless: [b, {field: haut}]}", "no_field"),
        ('lemmas: "a||b"', "bad_alternative"),
        ('lemmas: "a*"', "bad_prefix"),
        ('near: [a, "b …"]', "bad_gap"),
        ('lemmas: "seul?"', "bad_nothing"),
        ('phrase: "pas euh tout seul"', "bad_unheard"),
        ('phrase: "[ oui"', "bad_unheard"),
        ('lemmas: "seul|Euh"', "bad_unheard"),
        ("near: a", "expected_list"),
        ("{near: [a, b], within: 0}", "expected_range"),
        ("{near: [a, b], within: many}", "expected_whole"),
        ("{near: [a, b], ordered: yes}", "expected_bool"),
        ("{lemmas: a, within: 3}", "only_near"),
        ("{phrase: a, ordered: true}", "only_near"),
        ("pattern: seul", "expected_pattern"),
        ("pattern: [{LOWER: a, OP: x}]", "bad_pattern"),
        ('pattern: [{LOWER: {REGEX: "("}}]', "bad_pattern"),
        ("pattern: [{LOWER: {INN: [a]}}]", "bad_pattern"),
        ("pattern: []", "bad_pattern"),
        ("pattern: [{POS: VERB}]", "pattern_attribute"),
        ("{phrase: a, weight: 1.5}", "expected_range"),
        ("{phrase: a, weight: strong}", "expected_number"),
        ("{phrase: a, polarity: minus}", "expected_choice"),
        ("{phrase: a, qualifiers: [negatd]}", "expected_choice"),
        ("{phrase: a, not_qualifiers: asked}", "expected_choice"),
        ("{phrase: a, role: nurse}", "expected_choice"),
        ("{phrase: a, id: Été}", "expected_id"),
        ("{phrase: a, phrase: b}", "same_key"),
        ("un mot", "expected_mapping"),
    ],
)
def test_a_faulty_rule(rule, key, tmp_path):
    assert faults(with_rule(rule), tmp_path) == [(END, key)]


def code(id="b", label='{fr: "B"}', definition='{fr: "…"}', more=""):
    return with_rule("phrase: a") + f"  - id: {id}\n    label: {label}\n    definition: {definition}\n{more}"


@pytest.mark.parametrize(
    "text, expected",
    [
        (code("espoir"), (END + 1, "same_id")),
        (code("Espoir"), (END + 1, "expected_id")),
        (code(label='{en: "B"}'), (END + 2, "no_text")),
        (code(label='{fr: ""}'), (END + 2, "expected_text")),
        (code(label='{de: "B"}'), (END + 2, "expected_choice")),
        (code(definition="court"), (END + 3, "expected_mapping")),
        (code(more="    parent: nulle_part\n"), (END + 4, "no_parent")),
        (code(more="    parent: b\n"), (END + 4, "parent_cycle")),
        (code(more="    assignable: false\n    rules: [{phrase: a}]\n"), (END + 5, "rules_on_branch")),
        (code(more="    rules: [{phrase: a, id: x}, {phrase: b, id: x}]\n"), (END + 4, "same_id")),
        (code(more="    examples: [{txt: a}]\n"), (END + 4, "unknown_key")),
        (code(more="    examples:\n      - {before: a}\n"), (END + 5, "missing_key")),
        (code(more="    examples: [{text: a, role: nurse}]\n"), (END + 4, "expected_choice")),
        (code(more="    colour: red\n"), (END + 4, "unknown_key")),
        (code(more="    include: {fr: un}\n"), (END + 4, "expected_list")),
    ],
)
def test_a_faulty_code(text, expected, tmp_path):
    assert expected in faults(text, tmp_path)


def test_a_code_without_definition(tmp_path):
    text = with_rule("phrase: a") + "  - id: b\n    label: {fr: B}\n"
    assert faults(text, tmp_path) == [(END + 1, "no_text")]


def test_cycles_are_told_for_each_code_and_field_in_them(tmp_path):
    text = HEAD.replace('  bas: ["au plus bas"]', "  bas: {field: haut}\n  haut: [a, {field: bas}]\n  loin: {field: bas}")
    text += "      - phrase: a\n" + "".join(f"  - {{id: {a}, parent: {b}, label: {{fr: a}}, definition: {{fr: a}}}}\n" for a, b in ("xy", "yx", "zx"))
    assert faults(text, tmp_path) == [(4, "field_cycle"), (5, "field_cycle"), (END + 3, "parent_cycle"), (END + 4, "parent_cycle")]


@pytest.mark.parametrize(
    "text, expected",
    [
        ("", (1, "not_a_codebook")),
        ("- a\n", (1, "not_a_codebook")),
        ("peerqual: 1\ncodes: [\n", (3, "not_yaml")),
        ("peerqual: 1\n\tcodes: []\n", (2, "not_yaml")),
        ("peerqual: 1\ncodes: a: b\n", (2, "not_yaml")),
        (b"peerqual: 1\ntitle: {fr: \xe9t\xe9}\n", (2, "not_utf8")),
        ("peerqual: 1\ntitle: 'a\x00'\n", (2, "not_yaml")),
        ("peerqual: 1\ncodes: " + "[" * 5000, (1, "not_yaml")),
        ("peerqual: 2\ncodes: []\n", (1, "expected_choice")),
        ("codes: []\n", (1, "missing_key")),
        ("peerqual: 1\n", (1, "missing_key")),
        ("peerqual: 1\ncodes: {a: b}\n", (2, "expected_list")),
        ("peerqual: 1\ncodes: []\ncodes: []\n", (3, "same_key")),
        ("peerqual: 1\nfields: &x {a: [b]}\ncodes: []\ntitle: *x\n", (4, "alias")),
        ("peerqual: 1\nfields: &x [*x]\ncodes: []\n", (2, "alias")),
        ("peerqual: 1\nlanguage: de\ncodes: []\n", (2, "expected_choice")),
    ],
)
def test_a_faulty_file(text, expected, tmp_path):
    assert expected in faults(text, tmp_path)


def test_no_such_file(tmp_path):
    assert [fault.key for fault in check(tmp_path / "none.yaml")] == ["codebook.no_file"]
    with pytest.raises(CodebookError):
        Codebook.load(tmp_path / "none.yaml")


def test_one_fault_hides_no_other_and_the_error_says_how_many(tmp_path):
    text = code("Espoir", more="    rules:\n      - weight: 2\n      - phrase: a\n        colour: red\n")
    text = text.replace("peerqual: 1", "peerqual: 1\ncolour: red")
    assert len(faults(text, tmp_path)) == 4
    with pytest.raises(CodebookError) as caught:
        Codebook.from_text(text, "mine.yaml")
    error = pickle.loads(pickle.dumps(caught.value))
    assert len(error.faults) == 4
    assert error.render("en").startswith("mine.yaml:2: unknown key") and "(and 3 more" in error.render("en")
    assert "\n" not in error.render("fr")

"""Rules that ask under what a sentence stands and after whom, and fields of the package used by name."""

import pytest
from coding_books import book, codings, conversation, rule

from peerqual.codebook import Codebook, check
from peerqual.codebook_fields import fields
from peerqual.coding import check_examples, code
from peerqual.coding.coder import coder
from peerqual.coding.sections import Sections, headings, is_theme
from peerqual.errors import CodebookError
from peerqual.model import Transcript, Turn

# --- fields of the package ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["field", "champ"])
def test_a_field_of_the_package_by_name(key):
    one = rule(lemmas={key: "rechute"})
    assert coder(one).code_words("J'ai rechuté en mars.") and not coder(one).code_words("J'ai mangé en mars.")
    assert one.fields["rechute"] == fields()["rechute"]


def test_a_field_of_the_codebook_comes_first():
    one = book(("c", [{"lemmas": {"champ": "rechute"}}]), fields={"rechute": ["dégringoler"]})
    assert coder(one).code_words("J'ai dégringolé.") and not coder(one).code_words("J'ai rechuté.")


def test_a_field_may_hold_one_of_the_package():
    one = book(("c", [{"lemmas": {"field": "bas"}}]), fields={"bas": ["au tapis", {"field": "rechute"}]})
    assert coder(one).code_words("J'étais au tapis.") and coder(one).code_words("J'ai rechuté.")


def test_no_such_field_is_a_fault_and_unused_ones_change_nothing():
    with pytest.raises(CodebookError) as caught:
        rule(lemmas={"champ": "rechutes_du_chat"})
    assert caught.value.key == "codebook.no_field"
    assert rule(lemmas="a").fields == {}


def test_the_hash_tells_what_the_borrowed_fields_hold(monkeypatch):
    before, plain = rule(lemmas={"field": "rechute"}).hash, rule(lemmas="a").hash
    monkeypatch.setattr("peerqual.codebook_build.packaged_fields", lambda: {"rechute": ("autre chose",)})
    assert rule(lemmas={"field": "rechute"}).hash != before and rule(lemmas="a").hash == plain


# --- who spoke before ---------------------------------------------------------------------------------------------------

REPLY = rule(phrase=["pareil", "moi aussi"], before_role=["respondent", "other"])


def test_a_reply_to_another_participant_is_no_answer_to_the_interviewer():
    group = conversation(("A", "respondent", "J'osais plus sortir."), ("B", "respondent", "Pareil."), material="group")
    assert codings(group, REPLY) == [("Pareil.", "c", ["Pareil"])]
    asked = conversation(("Q", "interviewer", "Vous osiez sortir ?"), ("B", "respondent", "Pareil."))
    assert not codings(asked, REPLY)
    assert not codings(conversation(("B", "respondent", "Pareil.")), REPLY), "nobody spoke before"


def test_an_answer_is_said_after_the_interviewer():
    answer = rule(phrase="oui", before_role="interviewer", before="rechuter")
    talk = conversation(
        ("Q", "interviewer", "Vous avez rechuté ?"), ("B", "respondent", "Oui."), ("A", "other", "Rechuté ?"), ("B", "respondent", "Oui.")
    )
    assert len(codings(talk, answer)) == 1


# --- sections -----------------------------------------------------------------------------------------------------------

GROUP = rule(phrase="bien", section=["groupe", "parole|parler ensemble"])


def test_under_the_last_question_whatever_short_ones_follow():
    talk = conversation(
        ("Q", "interviewer", "Et le groupe, vous y venez depuis quand ?"),
        ("B", "respondent", "Je suis bien là."),
        ("Q", "interviewer", "Oui ?"),
        ("B", "respondent", "Très bien."),
        ("Q", "interviewer", "Et votre travail, ça se passe comment ?"),
        ("B", "respondent", "Bien aussi."),
    )
    assert [words for words, _, _ in codings(talk, GROUP)] == ["Je suis bien là.", "Très bien."]


def test_under_a_heading_in_a_document_without_turns():
    text = "# Notes\n\nElle va bien.\n\n## Le groupe\n\nIl fait bien chaud.\n\n## La sortie\n\nTout va bien.\n"
    found = code(Transcript("d", text, material="document"), GROUP)
    assert [text[c.start : c.end].strip() for c in found] == ["Il fait bien chaud."]


def test_a_heading_ends_what_a_question_began():
    text = "Q : Et le groupe, vous y venez souvent ?\nB : C'est bien.\n\nThème 2 : le travail\n\nB : C'est bien.\n"
    first, second = (i for i in range(len(text)) if text.startswith("C'est", i))
    turns = (
        Turn("Q", None, "interviewer", 4, 40),
        Turn("B", None, "respondent", first, first + 11),
        Turn("B", None, "respondent", second, second + 11),
    )
    assert [c.start for c in code(Transcript("e", text, turns, material="interview"), GROUP)] == [first]


@pytest.mark.parametrize("line", ["## Le groupe", "Thème 3 : le groupe", "BLOC B – Le groupe", "Partie II. Le groupe", "  # Le groupe"])
def test_headings(line):
    ((at, text),) = headings(f"Bonjour.\n{line}\nOui.")
    assert at == 9 and text.endswith("groupe") and not text.startswith("#")


@pytest.mark.parametrize("line", ["Le groupe", "Un bloc 3 : non", "Partie de cartes : non", "#groupe", "Thème : le groupe"])
def test_no_headings(line):
    assert not headings(f"Bonjour.\n{line}\nOui.")


def test_what_opens_a_theme():
    assert is_theme("Et le groupe, vous aimez ça ?", "interviewer") and is_theme("On parle du groupe, ce soir ?", "facilitator")
    assert not is_theme("Oui, et donc ?", "interviewer") and not is_theme("Moi le groupe, j'y vais souvent.", "respondent")
    assert Sections(((5, "a"), (50, "b")), "q", 10).at(20) == ("a", "q") and Sections(((5, "a"), (50, "b")), "q", 10).at(60) == ("b",)
    assert Sections().at(3) == ()


def test_examples_tell_section_and_who_spoke_before():
    rules = [{"phrase": "bien", "section": "groupe"}, {"phrase": "pareil", "before_role": "respondent", "before": "sortir"}]
    told = {"text": "Pareil.", "before": "J'osais plus sortir."}
    good = [{"text": "Bien.", "section": "Le groupe"}, told]
    bad = ["Bien.", {"text": "Bien.", "section": "Le travail"}, {**told, "before_role": "interviewer"}]
    results = check_examples(book({"id": "c", "rules": rules, "examples": good, "counter_examples": bad}))
    assert len(results) == 5 and all(result.passed for result in results)


@pytest.mark.parametrize(
    "given, key", [('section: "a||b"', "bad_alternative"), ("section: []", "expected_filled"), ("before_role: nurse", "expected_choice")]
)
def test_faults(given, key, tmp_path):
    text = f'peerqual: 1\ncodes:\n  - id: c\n    label: {{fr: C}}\n    definition: {{fr: "…"}}\n    rules:\n      - {{phrase: a, {given}}}\n'
    (tmp_path / "c.yaml").write_text(text, encoding="utf-8")
    assert [(fault.line, fault.key) for fault in check(tmp_path / "c.yaml")] == [(7, f"codebook.{key}")]
    with pytest.raises(CodebookError):
        Codebook.load(tmp_path / "c.yaml")

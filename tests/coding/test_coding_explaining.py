"""What `codebook explain` tells: the words that a rule found, every condition that blocked it, what the model weighed."""

import json

import numpy as np
import pytest
from coding_books import book, rule

from peerqual.cli import run_command_line
from peerqual.codebook import Codebook
from peerqual.coding import check_examples
from peerqual.coding.coder import coder
from peerqual.coding.explaining import Blocked, explain
from peerqual.errors import PeerqualError
from peerqual.resources import model_path


def told(codebook, text, code="c", **said):
    (one,) = explain(codebook, code, text, **said)
    return one


def test_a_rule_that_holds_and_one_that_finds_nothing():
    one = told(book(("c", [{"lemmas": "avoir … espoir"}, {"phrase": "demain"}])), "J'ai un peu d'espoir.")
    held, nothing = one.rules
    assert held.holds and held.words == ("ai", "espoir") and (held.code, held.rule, held.weight) == ("c", "lemmas1", 0.6)
    assert not nothing.holds and nothing.words == nothing.missing == nothing.blocked == ()
    assert (one.decision, one.proposed, one.weighed) == ("rule", ("c",), None)


@pytest.mark.parametrize(
    "given, text, said, blocked",
    [
        ({"not_qualifiers": "negated"}, "J'ai plus d'espoir.", {}, Blocked("not_qualifiers", ("negated",))),
        ({"qualifiers": ["negated", "question"]}, "J'ai plus d'espoir.", {}, Blocked("qualifiers", ("question",))),
        ({"min_words": 9}, "J'ai de l'espoir.", {}, Blocked("min_words", ("9", "3"))),
        ({"unless": ["un film"]}, "L'espoir, c'est un film.", {}, Blocked("unless", ("un film",))),
        ({"role": "facilitator"}, "J'ai de l'espoir.", {}, Blocked("role", ("facilitator",))),
        ({"before": ["rechuter", {"field": "rechute"}]}, "De l'espoir.", {"before": "Bonjour."}, Blocked("before", ("rechuter, {champ: rechute}",))),
        ({"before_role": "interviewer"}, "De l'espoir.", {"before": "Bonjour."}, Blocked("before_role", ("interviewer",))),
        ({"before_role": "interviewer"}, "De l'espoir.", {}, Blocked("before_role", ("interviewer",))),
        ({"section": "groupe"}, "De l'espoir.", {"section": "Le travail"}, Blocked("section", ("groupe",))),
    ],
)
def test_what_blocks_a_rule(given, text, said, blocked):
    one = told(rule(lemmas="espoir", **given), text, **said)
    assert one.rules[0].blocked == (blocked,) and not one.rules[0].holds
    assert "espoir" in one.rules[0].words[0] and one.decision == "no_rule"


def test_every_block_is_told_at_once():
    one = told(rule(lemmas="espoir", min_words=9, not_qualifiers="negated", role="other"), "Plus d'espoir.")
    assert [why.why for why in one.rules[0].blocked] == ["min_words", "role", "not_qualifiers"]


def test_a_hit_that_is_meant_otherwise_blocks_nothing():
    one = told(rule(lemmas="espoir", not_qualifiers="negated"), "J'avais plus d'espoir, et là j'ai de l'espoir.")
    assert one.rules[0].holds and not one.rules[0].blocked


def test_what_is_missing_to_a_near_rule():
    near = rule(near=["peur|craindre", ["rechuter", {"field": "rechute"}]], within=3)
    assert told(near, "J'ai peur du noir.").rules[0].missing == ("rechuter, {champ: rechute}",)
    assert told(near, "J'ai peur, tu sais, un peu, de rechuter.").rules[0].blocked == (Blocked("within", ("3",)),)
    assert told(near, "J'ai peur de rechuter.").rules[0].holds
    nothing = told(near, "Bonjour.").rules[0]
    assert nothing.words == nothing.missing == ()


def test_a_parents_rules_are_told_and_a_child_takes_the_place():
    family = book({"id": "a", "rules": [{"phrase": "mal"}]}, {"id": "b", "parent": "a", "rules": [{"phrase": "très mal"}]})
    assert [one.code for one in told(family, "Très mal.", "b").rules] == ["b", "a"]
    assert told(family, "Très mal.", "a").decision == "child" and told(family, "Mal.", "a").decision == "rule"
    assert told(family, "Mal.", "b").decision == "no_rule"


def test_each_sentence_is_told():
    assert [one.decision for one in explain(rule(phrase="oui"), "c", "Oui. Non. Oui.")] == ["rule", "no_rule", "rule"]
    assert explain(rule(phrase="oui"), "c", " ") == []
    with pytest.raises(PeerqualError):
        explain(rule(phrase="oui"), "d", "Oui.")


# --- the model ----------------------------------------------------------------------------------------------------------

TALK = "Au groupe j'ai compris que j'étais pas tout seul. Les autres aussi, ils entendaient des voix."


@pytest.mark.parametrize("code", ["integrer_pairs", "souffrance_soins", "espoir"])
@pytest.mark.parametrize("before", ["", "Et le groupe, qu'est-ce que ça vous apporte ?"])
def test_the_parts_of_the_model_sum_up_to_its_margin_and_its_decision_is_the_coders(code, before):
    packaged, model = Codebook.load(), model_path("default")
    learned = coder(packaged, model)
    heard, other = learned.hear(TALK, "respondent", before, "interviewer", "")
    margins = learned.learned.model.margins(heard.units, other.units if other else ())
    column = learned.learned.model.codes.index(code)
    given = learned.code_words(TALK, "respondent", before, "interviewer")
    for i, one in enumerate(explain(packaged, code, TALK, before=before, before_role="interviewer", model=model)):
        assert np.isclose(sum(part.value for part in one.weighed.parts) + one.weighed.bias, margins[i, column], atol=1e-3)
        assert (one.decision == "model") == any(coding.code == code and coding.start <= TALK.index(one.text) < coding.end for coding in given)
        assert 0 < one.weighed.chance < 1 and (one.weighed.chance >= one.weighed.asked or one.decision != "model")
        values = [part.value for part in one.weighed.parts]
        assert values == sorted(values, reverse=True)
        assert all(part.value > 0 for part in one.weighed.speaking()) and all(part.value < 0 for part in one.weighed.speaking(against=True))


def test_a_code_that_the_model_does_not_know_is_left_to_its_rules():
    one = told(rule(phrase="oui"), "Oui.", model=model_path("default"))
    assert one.weighed is None and one.decision == "rule"


# --- the command --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang, expected", [("fr", "mais c’est : nié"), ("en", "but it is negated")])
def test_the_command_tells_it_in_words(tmp_path, capsys, lang, expected):
    path = tmp_path / "c.yaml"
    rules = "[{lemmas: espoir, not_qualifiers: negated}, {near: [avoir, demain]}]"
    path.write_text(f'peerqual: 1\ncodes: [{{id: c, label: {{fr: C}}, definition: {{fr: "…"}}, rules: {rules}}}]\n', encoding="utf-8")
    asked = ["codebook", "explain", "c", "J'ai plus d'espoir.", "--codebook", str(path), "--lang", lang]
    assert run_command_line(asked, lang) == 0
    out = capsys.readouterr().out.replace("\u00a0", " ").replace("\u202f", " ")
    assert expected in out and "demain" in out
    assert run_command_line([*asked, "--json"], lang) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["rules"][0]["blocked"] == [{"why": "not_qualifiers", "what": ["negated"]}] and row["decision"] == "no_rule"


def test_the_command_on_the_packaged_codebook_names_what_the_model_weighs(capsys):
    assert run_command_line(["codebook", "explain", "fragilite", "Je sais que je peux retomber.", "--lang", "fr"], "fr") == 0
    out = capsys.readouterr().out
    assert "parlent pour" in out and "champ rechute" in out and "est proposé par le modèle" in out
    assert run_command_line(["codebook", "explain", "fragilite", "", "--lang", "fr"], "fr") == 1
    assert run_command_line(["codebook", "explain", "nulle_part", "Oui."], "fr") == 1


def test_examples_may_be_tried_with_a_model():
    packaged = Codebook.load()
    alone, whole = check_examples(packaged), check_examples(packaged, model=model_path("default"))
    assert len(alone) == len(whole) and [one.got for one in alone] != [one.got for one in whole]

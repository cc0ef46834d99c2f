"""What rules mean, on French as it is spoken: kinds, conditions, polarity, score, roles, the turn before, time codes."""

import pytest
from coding_books import book, coded, codings, conversation, rule, support

from peerqual.coding import check_examples, code
from peerqual.coding.coder import coder
from peerqual.model import Corpus, Transcript, Turn

# --- kinds --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text", ["T'es pas tout seul, tu sais.", "Pas tout seul !", "On est pas, enfin pas tout seul.", "PAS TOUT SEUL", "pas euh tout heu seul"]
)
def test_a_phrase_is_literal_and_folded(text):
    assert coded(text, rule(phrase="pas tout seul"))


@pytest.mark.parametrize("text", ["pas toute seule", "pas du tout seul", "pas tout, seul", "pas tout. Seul."])
def test_a_phrase_is_nothing_else(text):
    assert not coded(text, rule(phrase="pas tout seul"))


@pytest.mark.parametrize("written", ["C’est à l’hôpital qu’on m’a aidée.", "C'est a l'hopital qu'on m'a aidee."])
@pytest.mark.parametrize("phrase", ["à l'hôpital qu'on", "A L’HOPITAL QU’ON"])
def test_accents_case_and_apostrophes_do_not_matter(written, phrase):
    assert support(written, rule(phrase=phrase)) == [[written[6:23]]]


def test_signs_of_expressions_are_literal_in_a_phrase():
    assert coded("Et alors ?", rule(phrase="alors ?"))
    assert not coded("Et alors", rule(phrase="alors ?"))


@pytest.mark.parametrize(
    "expression, text, words",
    [
        ("redonner … espoir", "Ça leur redonnait un peu d'espoir, quoi.", ["redonnait", "espoir"]),
        ("donner de l'espoir", "On donne de l’espoir aux gens.", ["donne de l’espoir"]),
        ("être pas? seul", "J'étais seule.", ["étais seule"]),
        ("être pas? seul", "On est pas seuls.", ["est pas seuls"]),
        ("aid* … soi-même", "On s'aide un peu soi-même.", ["aide", "soi-même"]),
        ("vivre la même|pareille chose", "Ils ont vécu la même chose.", ["vécu la même chose"]),
        ("s'en sortir", "Elle s'en est pas sortie.", None),
        ("s'en … sortir", "Elle s'en est pas sortie.", ["s'en", "sortie"]),
        ("redonner … espoir", "Ça leur redonne un tout petit peu d'espoir.", None),  # six words between
        ("sœur", "ma soeur", ["soeur"]),
        ("aider", "Une aide.", ["aide"]),  # a noun or a verb: both
        ("rencontrer", "Je rencontre des gens.", ["rencontre"]),
        ("venir", "Elle est venue.", ["venue"]),
        ("pair aidant", "Des paires aidantes, des pairs aidants.", ["pairs aidants"]),
        ("aidant", "Les aidantes.", ["aidantes"]),
        ("chose|personner", "Une personne.", None),
        ("aujourd'hui", "Aujourd’hui ça va.", ["Aujourd’hui"]),
    ],
)
def test_expressions(expression, text, words):
    assert support(text, rule(lemmas=expression)) == ([words] if words else [])


def test_near_in_any_order_within_so_many_words_of_one_sentence():
    one = rule(near=["dire|expliquer", ["nouveau", "nouveaux"], "s'en sortir"], within=10)
    assert support("Aux nouveaux, je leur dis qu'on s'en sort.", one) == [["nouveaux", "dis", "s'en sort"]]
    assert not coded("Aux nouveaux, je leur dis, enfin j'essaie, qu'on s'en sort.", one)
    assert not coded("Je le dis aux nouveaux. On s'en sort.", one)
    ordered = rule(near=["dire", "nouveau"], ordered=True)
    assert coded("Je dis ça aux nouveaux.", ordered) and not coded("Aux nouveaux je dis ça.", ordered)


def test_a_spacy_pattern_sees_lemmas_and_words():
    one = rule(pattern=[{"LEMMA": "être"}, {"LOWER": {"IN": ["pas", "plus"]}}, {"LOWER": "tout", "OP": "?"}, {"LOWER": "seul"}])
    assert support("Je suis pas tout seul ici.", one) == [["suis pas tout seul"]]
    assert not coded("Je suis seul.", one)
    assert support("Alors 115, oui.", rule(pattern=[{"IS_DIGIT": True}])) == [["115"]]
    assert support("Alors oui, non.", rule(pattern=[[{"LOWER": "oui"}], [{"LOWER": {"REGEX": "^n.n$"}}]])) == [["oui"]]


def test_fields_hold_fields():
    fields = {"chute": ["rechuter", {"field": "bas"}], "bas": ["toucher le fond"]}
    one = book(("c", [{"near": ["peur", {"field": "chute"}]}]), fields=fields)
    assert coded("J'ai peur de rechuter.", one) and coded("J'avais peur de toucher le fond.", one) and not coded("J'ai peur.", one)


# --- conditions ----------------------------------------------------------------------------------------------------------


def test_qualifiers_that_must_or_may_not_hold():
    lost = rule(lemmas="espoir", qualifiers=["negated"])
    assert coded("J'ai plus d'espoir.", lost) and not coded("J'ai de l'espoir.", lost)
    told = rule(lemmas="espoir", not_qualifiers=["question", "hypothetical"])
    assert coded("J'ai de l'espoir.", told)
    assert not coded("Vous avez de l'espoir ?", told) and not coded("Si j'avais de l'espoir…", told)


def test_one_hit_that_meets_the_conditions_is_enough():
    one = rule(lemmas="espoir", not_qualifiers=["negated"])
    assert support("J'avais plus d'espoir, et là j'ai de l'espoir.", one) == [["espoir"]]


@pytest.mark.parametrize("polarity, expected", [("auto", ("-", "+")), ("+", ("+", "+")), ("-", ("-", "-"))])
def test_polarity(polarity, expected):
    one = coder(rule(lemmas="espoir", polarity=polarity))
    assert tuple(one.code_words(text)[0].polarity for text in ("J'ai plus d'espoir.", "J'ai de l'espoir.")) == expected


def test_qualifiers_are_told_on_the_coding():
    (coding,) = coder(rule(lemmas="espoir")).code_words("Est-ce qu'elle a plus d'espoir ?")
    assert coding.qualifiers == ("negated", "other_person", "question")


def test_a_negation_of_the_rules_own_does_not_deny_but_one_in_a_gap_does():
    own, gap = coder(rule(lemmas="pas seul")), coder(rule(lemmas="rendre … espoir"))
    assert own.code_words("Je suis pas seul.")[0].polarity == "+"
    assert gap.code_words("Ça rend pas l'espoir.")[0].polarity == "-"


def test_unless_blocks_in_the_same_sentence_only():
    one = book(("c", [{"lemmas": "rechuter", "unless": ["si … un jour", {"field": "jeu"}]}]), fields={"jeu": ["jeu vidéo"]})
    assert coded("J'ai rechuté.", one)
    assert not coded("Si un jour je rechute.", one) and not coded("J'ai rechuté dans un jeu vidéo.", one)
    assert coded("J'aime un jeu vidéo. J'ai rechuté.", one)


def test_min_words_asks_for_a_sentence_of_so_many_words():
    assert coded("Oui je crois que ça va.", rule(lemmas="croire", min_words=6)) and not coded(
        "Je crois que ça va.", rule(lemmas="croire", min_words=6)
    )
    assert not coded("Je crois. Et puis on verra bien demain matin.", rule(lemmas="croire", min_words=6))


# --- score, parents, order -----------------------------------------------------------------------------------------------


def test_rules_combine_by_noisy_or_and_the_strongest_is_named():
    one = book(
        (
            "c",
            [
                {"phrase": "espoir"},
                {"phrase": "de l'espoir", "weight": 0.9, "id": "fort"},
                {"phrase": "jamais"},
                {"phrase": "y croire", "weight": 0.9},
            ],
        )
    )
    (coding,) = coder(one).code_words("J'ai de l'espoir, espoir d'y croire.")
    assert coding.score == pytest.approx(1 - 0.4 * 0.1 * 0.1)
    assert coding.rule == "c.fort" and coding.origin == "rule" and coding.status == "proposed"
    assert len(coding.evidence) == 2, "each rule supports by its first hit; « espoir » lies in « de l'espoir »"


def test_a_child_stands_for_its_parent():
    family = book(
        {"id": "a", "rules": [{"phrase": "mal"}]},
        {"id": "b", "parent": "a", "rules": [{"phrase": "très mal"}]},
        {"id": "c", "parent": "b", "rules": [{"phrase": "très mal dormi"}]},
        {"id": "d", "rules": [{"phrase": "dormi"}]},
    )
    found = [coding.code for coding in coder(family).code_words("J'ai mal. J'ai très mal. J'ai très mal dormi.")]
    assert found == ["a", "b", "c", "d"]


def test_codings_are_one_for_each_sentence_and_code_in_order():
    two = book(("z", [{"phrase": "oui"}]), ("a", [{"phrase": ["oui", "oui oui"]}]))
    talk = conversation(("A", "respondent", "Oui oui. Non. Oui, oui."), ("B", "other", "Oui."))
    assert [(words, name) for words, name, _ in codings(talk, two)] == [(w, c) for w in ("Oui oui.", "Oui, oui.", "Oui.") for c in "az"]


# --- who speaks ------------------------------------------------------------------------------------------------------------

ROLES = ("interviewer", "respondent", "facilitator", "researcher", "other")


@pytest.mark.parametrize("material, expected", [("interview", "BCE"), ("group", "BCE"), ("field_notes", "ABCDE")])
def test_who_is_coded(material, expected):
    talk = conversation(*((name, role, f"Oui, moi {name}.") for name, role in zip("ABCDE", ROLES, strict=True)), material=material)
    assert "".join(words[-2] for words, _, _ in codings(talk, rule(phrase="oui"))) == expected


def test_a_rule_for_some_roles():
    talk = conversation(("A", "respondent", "Oui un."), ("B", "facilitator", "Oui deux."), ("C", "other", "Oui trois."))
    assert [words for words, _, _ in codings(talk, rule(phrase="oui", role=["respondent", "other"]))] == ["Oui un.", "Oui trois."]
    assert coded("Oui.", rule(phrase="oui", role="facilitator"), role="facilitator")


def test_a_text_without_turns_is_coded_whole_and_has_no_role_to_fail():
    text = "Un titre\n\nOui, j'y crois.\n"
    for material in ("document", "interview"):
        found = code(Transcript("d", text, material=material), rule(phrase="oui", role="respondent"))
        assert [text[c.start : c.end] for c in found] == ["Oui, j'y crois."]
    assert not code(Transcript("d", text, material="field_notes"), rule(phrase="oui", role="respondent"))


# --- the turn before -----------------------------------------------------------------------------------------------------------

LIKE = book(("c", [{"phrase": ["pareil", "moi aussi"], "before": ["oser … sortir", {"field": "peur"}]}]), fields={"peur": ["peur de mourir"]})


def test_an_answer_is_coded_through_the_turn_before():
    talk = conversation(("A", "respondent", "Bonjour. J'osais plus sortir de chez moi."), ("B", "respondent", "Pareil."))
    assert codings(talk, LIKE) == [("Pareil.", "c", ["osais", "sortir", "Pareil"])]
    assert not codings(conversation(("A", "respondent", "Je sortais."), ("B", "respondent", "Pareil.")), LIKE)
    assert not codings(conversation(("B", "respondent", "Pareil.")), LIKE)


def test_the_turn_before_is_another_speakers_and_may_be_a_question():
    mine = conversation(("A", "respondent", "Peur de mourir."), ("A", "respondent", "Pareil."))
    assert not codings(mine, LIKE)
    cut = conversation(("Q", "interviewer", "Vous aviez peur de mourir ?"), ("B", "respondent", "Alors."), ("B", "respondent", "Moi aussi."))
    assert codings(cut, LIKE) == [("Moi aussi.", "c", ["peur de mourir", "Moi aussi"])]
    far = conversation(("Q", "respondent", "Peur de mourir."), ("A", "respondent", "Ah bon."), ("B", "respondent", "Moi aussi."))
    assert not codings(far, LIKE)


def test_before_in_examples():
    assert coded("Pareil pour moi.", LIKE, before="J'osais plus sortir.") and not coded("Pareil pour moi.", LIKE)


# --- time codes ----------------------------------------------------------------------------------------------------------------


def test_time_codes_are_no_words():
    text = "A : On est pas [00:12:03] tout seul. [00:12:09]\nEt voilà [00:13] non."
    skips = tuple((i, text.index("]", i) + 1) for i in range(len(text)) if text[i] == "[")
    talk = Transcript("e", text, (Turn("A", None, "respondent", 4, len(text), skips),), material="interview")
    found = codings(talk, book(("c", [{"phrase": "pas tout seul"}]), ("d", [{"phrase": "et voilà non"}])))
    assert found == [
        ("On est pas [00:12:03] tout seul.", "c", ["pas [00:12:03] tout seul"]),
        ("Et voilà [00:13] non.", "d", ["Et voilà [00:13] non"]),
    ]


def test_lines_that_an_editor_wrapped_are_read_on():
    assert support("On est\n  pas tout\nseul.", rule(phrase="est pas tout seul")) == [["est\n  pas tout\nseul"]]


# --- examples, processes ---------------------------------------------------------------------------------------------------------


def test_examples_and_counter_examples():
    family = book(
        {"id": "a", "examples": ["Mal.", "Très mal.", "Bien."], "counter_examples": ["Bien.", "Très mal."], "rules": [{"phrase": "mal"}]},
        {"id": "b", "parent": "a", "examples": [{"text": "Très mal.", "role": "other", "before": "Ça va ?"}], "rules": [{"phrase": "très mal"}]},
    )
    results = [(r.code, r.kind, r.index, r.passed, r.got) for r in check_examples(family)]
    assert results == [
        ("a", "example", 0, True, ("a",)),
        ("a", "example", 1, True, ("b",)),
        ("a", "example", 2, False, ()),
        ("a", "counter_example", 0, True, ()),
        ("a", "counter_example", 1, False, ("b",)),
        ("b", "example", 0, True, ("b",)),
    ]


def test_jobs_change_nothing():
    one = rule(phrase="oui")
    corpus = Corpus(tuple(conversation(("A", "respondent", "Oui. Non. Oui."), id=f"e{i:02}") for i in range(20)))
    found = code(corpus, one)
    assert len(found) == 40 and code(corpus, one, jobs=2) == found == code(corpus, one)
    assert code(corpus[3], one) == found[6:8]
    assert code(Corpus(), one) == []

"""No code is lost because a disorder became « trouble » or a drug « [médicament 1] »."""

import pytest
from coding_books import book, coded, rule, support

from peerqual.coding.coder import coder

AVOIR = rule(lemmas="avoir un|le|mon|des? trouble")


@pytest.mark.parametrize(
    "text, words",
    [
        ("J'ai un trouble.", "ai un trouble"),
        ("J'ai un [trouble].", "ai un [trouble"),
        ("J'ai un trouble bipolaire.", "ai un trouble bipolaire"),
        ("On m'a dit : tu as le trouble de la personnalité borderline.", "as le trouble de la personnalité borderline"),
        ("J'ai un TOC.", "ai un TOC"),
        ("J'ai des phobies sociales, quoi.", "ai des phobies sociales"),
        ("J'ai des troubles anxieux.", "ai des troubles anxieux"),
    ],
)
def test_a_disorder_is_one_word_that_counts_as_trouble(text, words):
    assert support(text, AVOIR) == [[words]]


@pytest.mark.parametrize(
    "text", ["Ah j'ai toc toc à la porte.", "J'ai un toc.", "J'ai une dépression tropicale.", "J'ai de l'anxieux.", "J'ai un vélo."]
)
def test_figures_of_speech_and_words_that_look_like_acronyms_do_not(text):
    assert not coded(text, AVOIR)


@pytest.mark.parametrize(
    "text", ["Je prends de l'Abilify.", "Je prends du lithium.", "Je prends le [médicament 1] matin et soir.", "Je prends des antidépresseurs."]
)
def test_a_drug_counts_as_medicine(text):
    assert coded(text, rule(near=["prendre", "médicament"], within=4))


def test_the_number_of_a_stand_in_is_no_word():
    after = rule(lemmas="médicament le soir")
    for text in ("du Xanax le soir", "du [médicament 2] le soir", "du médicament 2 le soir"):
        assert coded(text, after)
    assert not coded("2 le soir", after)


def test_literal_phrases_too_in_singular_and_plural():
    for text in ("mes troubles", "mes [troubles]", "mes psychoses", "mes trouble"):
        assert coded(text, rule(phrase="mes troubles")) and coded(text, rule(phrase="mes trouble"))


def test_a_name_still_counts_as_itself():
    assert coded("Ma schizophrénie.", rule(lemmas="schizophrénie")) and coded("Ma schizophrénie.", rule(pattern=[{"LOWER": "trouble"}]))


def test_other_brackets_are_read_through():
    assert coded("On est [rires] pas tout seul.", rule(phrase="est rires pas tout seul"))
    assert support("On est pas [tout] seul.", rule(phrase="pas tout seul")) == [["pas [tout] seul"]]


def test_a_name_inside_a_sentence_carries_no_theme():
    one = rule(lemmas=["entraide", "voix", "pair aidant"])
    for text in ("Je vais à Bipol'Entraide.", "On va aux Voix, le soir.", "chez les Entraide"):
        assert not coded(text, one)
    for text in ("L'entraide.", "Entraide et amitié.", "On est : Entraide, amitié.", "J'ENTENDS DES VOIX", "les Pairs Aidants", "des voix"):
        assert coded(text, one), text
    assert coded("J'ai pris le Valium.", rule(lemmas="prendre le médicament")) and coded("C'est un Schizophrène.", rule(lemmas="un trouble"))


def test_the_index_of_a_replaced_name_is_no_word():
    assert support("au [lieu 2] le soir, à l'[association A] souvent", rule(lemmas=["lieu le soir", "association souvent"])) == [["lieu 2] le soir"]]
    assert coded("à l'[association A] souvent", rule(lemmas="association souvent")) and not coded("A] souvent", rule(lemmas="a souvent"))


PAIRS = [
    ("Je suis bipolaire et je vis avec.", "Je suis [trouble] et je vis avec."),
    ("J'ai pas accepté ma schizophrénie paranoïde.", "J'ai pas accepté mon trouble."),
    ("Le Dr Marchand m'a dit : c'est une dépression. Moi je voulais pas.", "Le Dr P. m'a dit : c'est un trouble. Moi je voulais pas."),
    ("Avec M. Dulac on prenait un café, il avait plus d'espoir.", "Avec M. D. on prenait un café, il avait plus d'espoir."),
    ("Ils ont dit schizophrénie.", "Ils ont dit [trouble]."),
    ("Le Risperdal, ça m'assommait, j'avais plus d'espoir.", "Le [médicament 3], ça m'assommait, j'avais plus d'espoir."),
    ("Si j'arrête l'Abilify je rechute, j'ai peur.", "Si j'arrête le [médicament 1] je rechute, j'ai peur."),
    ("Les personnes bipolaires ont de l'espoir aussi ?", "Les personnes [trouble] ont de l'espoir aussi ?"),
]
BOOK = book(
    ("vivre", [{"lemmas": "vivre avec"}, {"near": ["accepter", "trouble"]}]),
    ("nom", [{"lemmas": ["être trouble", "ce un trouble", "dire trouble"]}]),
    ("cafe", [{"lemmas": "prendre un café"}]),
    ("espoir", [{"lemmas": "espoir"}]),
    ("soins", [{"near": ["médicament", "assommer|arrêter"]}]),
    ("vouloir", [{"phrase": "je voulais"}]),
)


@pytest.mark.parametrize("original, pseudonymized", PAIRS)
def test_the_same_codes_and_meaning_before_and_after(original, pseudonymized):
    def told(text):
        found = coder(BOOK).code_words(text)
        sentences = sorted({(coding.start, coding.end) for coding in found})
        return [(sentences.index((c.start, c.end)), c.code, c.polarity, c.qualifiers) for c in found]

    assert told(original) and told(original) == told(pseudonymized)

"""Every name of a disorder in the lexicon, under every determiner, with elision, in the plural, with adjectives: what holds of each sentence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.anonymization import replace_diagnoses
from peerqual.anonymization.forms import is_feminine, is_plural
from peerqual.anonymization.grammar import begins_with_vowel
from peerqual.anonymization.troubles import STYLES
from peerqual.language import lexicons

FORMS = sorted({form for form, kind in lexicons.rows("disorders") if kind in ("noun", "acronym")})
PERSONS = sorted({form for form, kind in lexicons.rows("disorders") if kind == "adj"})
SINGULAR = ("le", "un", "mon", "ce", "quel", "aucun", "tout", "notre", "leur", "chaque", "de", "du", "au")
PLURAL = ("les", "des", "mes", "ces", "leurs", "plusieurs", "quelques", "deux", "tous les", "toutes mes", "certains", "aux", "de")
FEMININE = {
    "le": "la",
    "un": "une",
    "mon": "ma",
    "ce": "cette",
    "quel": "quelle",
    "aucun": "aucune",
    "tout": "toute",
    "du": "de la",
    "au": "à la",
    "tous les": "toutes les",
    "toutes mes": "toutes mes",
    "certains": "certaines",
}
BEFORE_VOWEL = {"le": "l'", "la": "l'", "ma": "mon", "ce": "cet", "du": "de l'", "au": "à l'", "de la": "de l'", "à la": "à l'", "de": "d'"}
ADJECTIVES = (("gros", "grosse"), ("vieux", "vieille"), ("nouveau", "nouvelle"), ("premier", "première"), ("long", "longue"), ("foutu", "foutue"))
WRONG = (
    r"\b(?:le|un|mon|ce|du|au|aucun|chaque|notre|leur|quel|cet) troubles\b",
    r"\b(?:les|des|mes|ces|leurs|plusieurs|quelques|deux|certains|tous|aux) trouble\b",
    r"['’]\[?troubles?\b",
    r"\b(?:de|à) les?\b",
    r"\b(?:cet|bel|vieil|nouvel|la|une|ma|cette|quelle|aucune|toute|toutes|certaines) troubles?\b",
    r"\btroubles? (?:de |du |des )?\[?troubles?\b",
)
KEEP_THEIR_HEAD = re.compile(r"(?:épisode|phase|accès|virage|décompensation|état)s? (?!limite|de )")  # « ma phase [trouble] »


def phrase(form, determiner, adjective=None, after=None):
    """Return the noun phrase that French makes of these, before it is replaced."""
    feminine, many = is_feminine(form), is_plural(form)
    words = [form]
    if adjective is not None:
        words.insert(0, adjective[feminine] if not many else adjective[feminine].removesuffix("s") + "s")
    if words[0] in ("vieux", "nouveau", "vieuxs", "nouveaus") and (many or begins_with_vowel(form)):
        words[0] = {"vieux": "vieil", "nouveau": "nouvel", "vieuxs": "vieux", "nouveaus": "nouveaux"}[words[0]]
    if words[0] == "gross":
        words[0] = "gros"
    said = FEMININE.get(determiner, determiner) if feminine else determiner
    if begins_with_vowel(words[0]) and not (many and said != "de"):
        said = BEFORE_VOWEL.get(said, said)
    if after is not None:
        words.append(after[feminine])
    return f"{said}{'' if said.endswith(chr(39)) else ' '}{' '.join(words)}"


def determiners(form):
    return PLURAL if is_plural(form) else SINGULAR


@st.composite
def sentences(draw):
    form = draw(st.sampled_from(FORMS))
    adjective = draw(st.none() | st.sampled_from(ADJECTIVES))
    determiner = draw(st.sampled_from(determiners(form)))
    return form, determiner, adjective, f"Il y a eu {phrase(form, determiner, adjective)}, voilà."


def agrees(form, determiner, adjective, replaced):
    if KEEP_THEIR_HEAD.match(form):
        return "[trouble]" in replaced
    many = is_plural(form)
    word = {"toutes mes": "tous mes"}.get(determiner, determiner)
    described = ""
    if adjective is not None:
        described = {"gros": "gros", "vieux": "vieux", "nouveau": "nouveaux"}.get(adjective[0], f"{adjective[0]}s") if many else adjective[0]
        described += " "
    return f"{word} {described}trouble{'s' if many else ''}" in replaced


def test_the_lexicon_is_large():
    assert len(FORMS) + len(PERSONS) >= 500


def test_each_form_agrees_under_each_determiner():
    for form in FORMS:
        for determiner in determiners(form):
            before = f"Il y a eu {phrase(form, determiner)}, voilà."
            after = replace_diagnoses(before)
            assert agrees(form, determiner, None, after), (before, after)
            assert not any(re.search(wrong, after, re.IGNORECASE) for wrong in WRONG), (before, after)


@settings(max_examples=300, deadline=None)
@given(sentences(), st.sampled_from(STYLES))
def test_adjectives_agree_and_replacing_twice_is_replacing_once(made, style):
    form, determiner, adjective, before = made
    once = replace_diagnoses(before, style=style)
    assert replace_diagnoses(once, style=style) == once
    if style == "study":
        assert agrees(form, determiner, adjective, once), (before, once)
        assert not any(re.search(wrong, once, re.IGNORECASE) for wrong in WRONG), (before, once)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from([form for form in FORMS if is_feminine(form) and not is_plural(form) and " " not in form]))
def test_what_takes_a_feminine_noun_up_agrees(form):
    named = phrase(form, "mon").capitalize()
    for before, after in (
        (f"{named}, elle est revenue.", "Mon trouble, il est revenu."),
        (f"{named} a été soignée.", "Mon trouble a été soigné."),
        (f"{named}, je la connais.", "Mon trouble, je le connais."),
        (f"{named}, on l'a jamais comprise.", "Mon trouble, on l'a jamais compris."),
        (f"Je la connais, {named.lower()}.", "Je le connais, mon trouble."),
        (f"{named}, elle en parle pas.", "Mon trouble, elle en parle pas."),
    ):
        assert replace_diagnoses(before) == after


@pytest.mark.parametrize("form", [*PERSONS[::3], "toc", "TDAH"])
def test_persons_keep_their_sentence(form):
    for before in (f"Je suis {form}.", f"Les {form}s du groupe.", f"Mon frère est {form} et alors ?"):
        after = replace_diagnoses(before)
        assert replace_diagnoses(after) == after
        assert not re.search(WRONG[2], after), (before, after)

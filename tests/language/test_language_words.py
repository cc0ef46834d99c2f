"""Folding, lemmas, lexicons, typography and the pipeline."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from peerqual.errors import UsageError
from peerqual.language import lexicons, typography
from peerqual.language.fold import fold
from peerqual.language.lemmas import lemma
from peerqual.language.pipeline import french

TEXT = st.text(max_size=60) | st.text(alphabet="aàâçéèêëîïôœùÿŒÀÉİßﬁ’‘\u00a0\u202f .!?«»\n-'", max_size=60)


@settings(deadline=None)
@given(TEXT)
def test_folding_keeps_every_offset(text):
    folded = fold(text)
    assert len(folded) == len(text)
    assert [fold(char) for char in text] == list(folded)
    assert fold(folded) == folded


@pytest.mark.parametrize(
    ("text", "folded"),
    [("L’été à Œuvre", "l'ete a œuvre"), ("DÉJÀ\u00a0là", "deja la"), ("garçon", "garcon"), ("a\nb", "a\nb"), ("«\u202fOui\u202f»", "« oui »")],
)
def test_folding(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("forms", "base"),
    [
        ("suis es est sommes êtes sont été étais", "être"),
        ("ai as a ont eu avait", "avoir"),
        ("vais va allé", "aller"),
        ("vécu vis vivait", "vivre"),
        ("cru crois croyait", "croire"),
        ("médocs médicaments Médoc", "médicament"),
        ("hospitalisé hospitalisée hospitaliser", "hospitaliser"),
        ("rechuté rechutait rechuter", "rechuter"),
        ("psys", "psy"),
        ("seule seuls", "seul"),
        ("souffert souffre souffrait", "souffrir"),
        ("m' m’ M'", "me"),
    ],
)
def test_lemmas_of_speech(forms, base):
    assert {lemma(form) for form in forms.split()} == {base}


def test_the_pipeline_is_built_once_and_sets_lemmas():
    assert french() is french()
    assert [token.lemma_ for token in french()("J’avais pris mes médocs, c'était dur.")] == "je avoir prendre mon médicament , ce être dur .".split()


def test_a_model_that_is_not_installed_is_told_in_one_line():
    with pytest.raises(UsageError) as caught:
        french("fr_no_such_model")
    assert caught.value.status == 2
    for lang in ("fr", "en"):
        assert "fr_no_such_model" in caught.value.render(lang) and "\n" not in caught.value.render(lang)


@settings(deadline=None)
@given(TEXT)
def test_any_text_gets_lemmas(text):
    assert all(token.lemma_ for token in french()(text))


def test_lexicons():
    assert "jamais" in lexicons.lexicon("negation_before")
    assert ("vécu", "vivre") in lexicons.rows("lemmas")
    assert "ou" in lexicons.words("clause_breaks")
    with pytest.raises(FileNotFoundError):
        lexicons.rows("no_such_list")


def test_numbers():
    assert typography.number(1234.5, "fr", 1) == "1\u202f234,5"
    assert typography.number(1234.5, "en", 1) == "1,234.5"
    assert typography.number(-3) == "\u22123"
    assert typography.percent(0.125) == "12,5\u00a0%"
    assert typography.percent(0.125, "en") == "12.5%"


def test_counts_and_plurals():
    assert typography.count_of(5, 8, "fr", "entretien").replace("\u00a0", " ") == "5 des 8 entretiens"
    assert typography.count_of(1, 1, "fr", "entretien").replace("\u00a0", " ") == "1 de 1 entretien"
    assert typography.count_of(5, 8, "en", "interview") == "5 of 8 interviews"
    assert typography.count_of(0, 8, "en", "child", "children") == "0 of 8 children"
    assert [typography.plural(n, "code") for n in (0, 1, 2)] == ["code", "code", "codes"]
    assert [typography.plural(n, "code", lang="en") for n in (0, 1, 2)] == ["codes", "code", "codes"]


def test_quotes():
    assert typography.quote("oui") == "«\u00a0oui\u00a0»"
    assert typography.quote("yes", "en") == "“yes”"

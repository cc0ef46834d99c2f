"""The package's other codebooks: complete, without faults, every example coded and no counter-example, found by their name."""

import pytest

from conftest import ROOT
from peerqual.cli import run_command_line
from peerqual.codebook import Codebook, check
from peerqual.coding import check_examples
from peerqual.errors import PeerqualError

CODES = {
    "professionnels": """
        representation_meconnaissance representation_information representation_mediation representation_plainte representation_suppleance
        benefice_information benefice_vie_possible benefice_lien_social benefice_sante benefice_retour_soin
        risque_eloignement_soin risque_substitution risque_arret_traitement limite_organisation
        indication_isolement indication_alcool indication_conscience_partielle indication_distance_equipe assimilation_familles
    """,
    "cooperation": """
        acteur_usagers_proches acteur_professionnels acteur_institutions acteur_associations
        partenariat_gouvernance partenariat_accompagnement partenariat_formation partenariat_plaidoyer
        frein_moyens frein_reconnaissance frein_coordination frein_culturel frein_statut
        levier_coconstruction levier_formation levier_interface levier_financement levier_outils levier_ancrage_local levier_plaidoyer
        benefice_usagers benefice_proches benefice_professionnels benefice_institutions chiffre_source
    """,
}


@pytest.fixture(scope="module", params=CODES)
def name(request):
    return request.param


@pytest.fixture(scope="module")
def book(name):
    return Codebook.load(name)


def test_the_codes_are_those_of_the_study(name, book):
    assert list(book.assignable) == CODES[name].split()


def test_every_code_is_complete(name, book):
    assert not check(name)
    for code in book.codes:
        assert set(code.label) == set(code.definition) == {"fr", "en"}, code.id
        if code.assignable:
            assert code.rules and set(code.include) == set(code.exclude) == {"fr", "en"}, code.id
            assert len(code.examples) >= 3 and len(code.counter_examples) >= 3, code.id


def test_every_example_holds(book):
    failed = [(result.code, result.kind, result.index + 1) for result in check_examples(book) if not result.passed]
    assert not failed


def test_examples_are_of_our_own_making(name):
    """No example stands in the sample's interviews or articles, which the rules were looked at on."""
    texts = " ".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tools" / "sample").glob("P*.txt")))
    texts += " ".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "corpus_sample" / "documents").iterdir()))
    for code in Codebook.load(name).codes:
        for example in code.examples + code.counter_examples:
            assert len(example.text) < 35 or example.text not in texts, example.text


def test_a_file_of_that_name_goes_before_the_package(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert len(Codebook.load("cooperation").codes) > 20
    (tmp_path / "cooperation").write_text('peerqual: 1\ncodes:\n  - {id: a, label: {fr: "A"}, definition: {fr: "…"}}\n', encoding="utf-8")
    assert [code.id for code in Codebook.load("cooperation").codes] == ["a"]
    with pytest.raises(PeerqualError):
        Codebook.load("cooperations")
    with pytest.raises(PeerqualError):
        Codebook.load("dossier/professionnels")


def test_the_command_line_takes_the_name(capsys):
    assert run_command_line(["codebook", "check", "professionnels", "--lang", "fr"], "fr") == 0
    assert "Aucune faute" in capsys.readouterr().out
    assert run_command_line(["codebook", "check", "professionnel", "--lang", "fr"], "fr") == 3


def test_who_is_asked_matters():
    """« L'UNAFAM » answers a question on users' associations wrongly, one on families rightly."""
    from peerqual.coding.coder import coder

    told = coder(Codebook.load("professionnels"), "")

    def codes(question):
        return {one.code for one in told.code_words("L'UNAFAM, je les vois souvent.", "respondent", question, "interviewer", question)}

    assert "assimilation_familles" in codes("Connaissez-vous des associations d'usagers ?")
    assert "assimilation_familles" not in codes("Connaissez-vous des associations de familles ?")

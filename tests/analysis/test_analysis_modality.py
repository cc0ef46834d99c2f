"""Modality of practices: hits beside near misses, what was judged by hand, counts by hand, a person's word before the machine's."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import peerqual as pq
from peerqual.analysis.example import _made
from peerqual.analysis.modalities import modality_of, practices, with_modality
from peerqual.codebook import Codebook
from peerqual.coding import codings_from_table, codings_table
from peerqual.errors import PeerqualError
from peerqual.language.lexicons import lexicon
from peerqual.language.stance import holds_right, of_people, tells_of
from peerqual.model import MODALITIES, Coding, Corpus, Participant

DATA = Path(__file__).parent / "data"
BOOK = Codebook.from_text("""
peerqual: 1
codes:
  - {id: pratiques, assignable: false, label: {fr: Pratiques, en: Practices}, definition: {fr: "…"}}
  - {id: informer, parent: pratiques, label: {fr: Informer, en: Informing}, definition: {fr: "…"}}
  - {id: informer_droits, parent: informer, label: {fr: Droits}, definition: {fr: "…"}}
  - {id: espoir, label: {fr: Espoir}, definition: {fr: "…"}}
""")
CORPUS = Corpus(
    (
        _made(
            "E01",
            "interview",
            ("Q", "interviewer", "", "Et alors ?"),
            ("A", "respondent", "P1", "Je leur montre la carte. C'est utile de savoir ça."),
        ),
        _made("E02", "interview", ("B", "respondent", "P2", "On devrait donner la carte à tout le monde.")),
        _made(
            "G01",
            "group",
            ("A", "respondent", "P1", "Prends la carte. L'autre jour je lui ai donné la mienne."),
            ("B", "respondent", "P2", "Elle sert."),
        ),
    ),
    (Participant("P1", {}), Participant("P2", {})),
)


def coded(document, words, code="informer", polarity="+", qualifiers=(), status="proposed"):
    start = CORPUS[document].text.index(words)
    return Coding(CORPUS[document].id, start, start + len(words), code, "rule", "", 0.6, polarity, qualifiers, (), status)


CODINGS = codings_table(
    [
        coded(0, "Je leur montre la carte."),
        coded(0, "C'est utile de savoir ça.", "informer_droits", status="accepted"),
        coded(1, "On devrait donner la carte à tout le monde."),
        coded(2, "Prends la carte."),
        coded(2, "Prends la carte.", "espoir"),
        coded(2, "L'autre jour je lui ai donné la mienne.", status="added"),
        coded(2, "Elle sert.", polarity="-"),
    ],
    CORPUS,
)


@pytest.mark.parametrize(
    ("material", "text", "modality"),
    [
        ("group", "Prenez rendez-vous, et dites-lui tout.", "accompli"),
        ("group", "Il faut que tu lui en parles.", "accompli"),
        ("group", "Faudrait qu’ils expliquent ça aux nouveaux, à l’accueil.", "prôné"),
        ("group", "L'autre jour je lui ai dit d'y retourner.", "rapporté"),
        ("field_notes", "Maëlle donne l'adresse à la dame.", "accompli"),
        ("interview", "Je dis toujours qu'il faut poser ses questions.", "rapporté"),
        ("interview", "Il faut que les gens posent leurs questions.", "prôné"),
        ("interview", "faut leur donner l'adresse c'est tout", "prôné"),
        ("interview", "Faut dire que je lui donnais l'adresse.", "rapporté"),
        ("interview", "S'il faut, on y va à deux.", "rapporté"),
        ("interview", "Il m'avait expliqué : « il faut dormir »", "rapporté"),
        ("interview", "Mieux vaut savoir ce qu'on a.", "prôné"),
        ("document", "Le livret donne les adresses.", "rapporté"),
    ],
)
def test_hits_and_near_misses(material, text, modality):
    assert modality_of(text, material=material, code="informer") == modality


def test_a_reproach_of_nobody_present_holds_the_contrary_right():
    text = "Y en a qui attendent que ça passe."
    assert modality_of(text, material="interview", code="attitude_active_reproche") == "prôné"
    assert modality_of(text, material="interview", code="attitude_active") == "rapporté"
    assert modality_of("Toi t'es de ceux qui attendent.", material="group", code="attitude_active_reproche") == "accompli"


def test_passages_judged_by_hand():
    with (DATA / "modality_dev.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader((line for line in file if not line.startswith("#")), delimiter="\t"))
    assert len(rows) >= 120 and {row["modality"] for row in rows} == set(MODALITIES)
    right = [modality_of(row["text"], material=row["material"], code=row["codes"].split()[-1]) == row["modality"] for row in rows]
    assert sum(right) / len(rows) >= 0.95


def test_counts_by_hand():
    table = pq.modality_table(CODINGS, CORPUS, BOOK)
    assert set(table["code"]) == {"informer", "informer_droits"}
    rows = {(row.code, row.material, row.modality): row for row in table.itertuples()}
    held, told = rows["informer", "interview", "prôné"], rows["informer", "interview", "rapporté"]
    assert (held.passages, held.documents, held.documents_total, held.participants, held.participants_total) == (2, 2, 2, 2, 2)
    assert (held.proposed, held.accepted, held.added) == (1, 1, 0)
    assert (told.passages, told.documents, told.participants) == (1, 1, 1)
    assert rows["informer", "interview", "accompli"].passages == 0
    in_group = {modality: rows["informer", "group", modality].passages for modality in (*MODALITIES, "")}
    assert in_group == {"accompli": 1, "rapporté": 1, "prôné": 0, "": 1}
    assert rows["informer", "group", "rapporté"].added == 1
    assert ("informer_droits", "interview", "") not in rows, "no negative polarity, no row for it"


def test_what_a_person_writes_counts_more_and_is_read_back():
    corrected = CODINGS.assign(qualifiers=["past prôné", *[""] * 6])
    assert with_modality(corrected, CORPUS, BOOK)["modality"].tolist()[0] == "prôné"
    assert codings_from_table(corrected, CORPUS)[0].qualifiers == ("past", "prôné")
    assert "prôné" not in set(pq.qualifier_table(corrected, CORPUS, BOOK)["qualifier"])
    with pytest.raises(PeerqualError):
        codings_from_table(CODINGS.assign(qualifiers="fait"), CORPUS)


@given(st.lists(st.booleans(), min_size=len(CODINGS), max_size=len(CODINGS)))
def test_modalities_part_the_passages_of_each_code(kept):
    codings = CODINGS[kept]
    table = pq.modality_table(codings, CORPUS, BOOK)
    whole = pq.theme_frequencies(codings, CORPUS, codebook=BOOK).set_index(["code", "material"])
    for (code, material), part in table.groupby(["code", "material"]):
        assert part["passages"].sum() == whole.loc[(code, material), "passages"]
        assert (part[["proposed", "accepted", "added"]].sum(axis=1) == part["passages"]).all()
        assert (part["participants"] <= part["participants_total"]).all()


def test_without_practices_there_is_nothing_to_count():
    none = Codebook.from_text('peerqual: 1\ncodes:\n  - {id: espoir, label: {fr: Espoir}, definition: {fr: "…"}}\n')
    assert practices(none) == () and pq.modality_table(CODINGS[CODINGS["code"] == "espoir"], CORPUS, none).empty
    assert pq.modality_table(CODINGS.iloc[:0], CORPUS, BOOK).empty
    with pytest.raises(PeerqualError):
        pq.modality_table(CODINGS.assign(code="inconnu"), CORPUS, BOOK)


def test_the_studys_practices():
    assert practices() == ("informer", "donner_espoir", "integrer_pairs", "attitude_active", "attitude_active_reproche")


def test_labels_in_english():
    assert set(pq.modality_table(CODINGS, CORPUS, BOOK, lang="en")["label"]) >= {"Informing"}


@pytest.mark.parametrize("entry", lexicon("stance_told"))
def test_every_cue_of_telling_tells(entry):
    assert tells_of(f"Et puis {entry} quelque chose.") and not tells_of("Et puis quelque chose.")


@pytest.mark.parametrize("entry", lexicon("stance_duty_not"))
def test_no_duty_in_asides(entry):
    assert not holds_right(f"Enfin {entry} ça.", present=False)


def test_of_people_and_of_somebody_there():
    assert of_people("Y a ceux qui attendent.") and not of_people("Vous êtes de ceux qui attendent.")
    assert isinstance(pq.modality_table(CODINGS, CORPUS, BOOK), pd.DataFrame)

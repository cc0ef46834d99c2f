"""The audit finds what is planted, and nothing certain in what is clean."""

from __future__ import annotations

import base64
import random
import re
import shutil

import pytest
from audit_plants import KINDS, bare
from hypothesis import given, settings
from hypothesis import strategies as st

import peerqual as pq
from peerqual import study
from peerqual.anonymization.audit import COLUMNS, listed, report
from peerqual.anonymization.audit.originals import Originals
from peerqual.anonymization.audit.pieces import PROSE, Piece
from peerqual.anonymization.audit.words import cut, masked, words_of
from peerqual.errors import PeerqualError
from peerqual.study_folder import DEMO_PASSPHRASE, StudyFolder

KEEP = ("UNAFAM", "GEM", "MDU")


@pytest.fixture(scope="module")
def key(sample_run):
    return pq.Key.open(StudyFolder.open(sample_run).key, passphrase=DEMO_PASSPHRASE)


@pytest.fixture(scope="module")
def planted(sample_run, tmp_path_factory, key):
    """What was planted into a copy of what `run` wrote, by kind, and the certain findings there."""
    folder = tmp_path_factory.mktemp("planted") / "out"
    shutil.copytree(sample_run / "reports", folder, ignore=shutil.ignore_patterns("*.png", "pos*.svg", "codes_by_doc*.svg", "codings.csv", "tables"))
    made = {kind: list(plant(folder)) for kind, plant in KINDS.items()}
    return made, certain(pq.audit(folder, key=key, keep=KEEP))


@pytest.fixture(scope="module")
def originals(small):
    return Originals.of(small, ())


def graded(text, originals):
    """The graded forms in one text that people read."""
    return list(report._graded(Piece("a.txt", "", text, PROSE), cut(text), originals))


def certain(found):
    return found[found["certainty"] == "certain"]


def letters(text):
    return "".join(words_of(text))


@pytest.mark.parametrize("kind", KINDS)
def test_every_planted_leak_is_found(kind, planted):
    made, found = planted
    assert len(made[kind]) == 10
    for file, form in made[kind]:
        here = [letters(text) for text in found[found["file"] == file]["text"]]
        assert any(text in letters(form) or letters(form) in text for text in here), (file, here)


def test_what_was_not_planted_is_not_certain(planted):
    made, found = planted
    assert sum(map(len, made.values())) >= 200
    assert set(found["file"]) == {file for leaks in made.values() for file, _ in leaks}


def words_in(folder):
    return sum(len(path.read_text(encoding="utf-8").split()) for path in (folder / "pseudonymized").glob("*.txt"))


def test_what_run_and_report_write_is_clean(sample_run, key):
    found = pq.audit(sample_run / "reports", key=key, keep=KEEP)
    assert list(found.columns) == list(COLUMNS)
    assert certain(found).empty, listed(certain(found)).to_string()
    assert len(found) <= 20 * words_in(sample_run / "reports") / 10_000


def test_what_is_written_in_the_sources_own_format_is_clean(sample_run, key, tmp_path):
    out = tmp_path / "same"
    copy = pq.Key(tmp_path / "copy.key", key.assignments, key.originals, key.maps, key.replaced, key._salt, key._keys)
    study.anonymize_to(
        sample_run / "transcripts", out, participants=sample_run / "participants.csv", key=copy, keep=KEEP, format="same", overwrite=True
    )
    assert certain(pq.audit(out, key=copy, keep=KEEP)).empty


def test_originals_are_full_of_leaks(sample_run, key):
    found = certain(pq.audit(sample_run / "transcripts", key=key, keep=KEEP))
    assert set(found["file"]) == {path.name for path in (sample_run / "transcripts").iterdir()}
    assert len(found) > 500


# One key of a small invented corpus, for what is certain beside what is not.
TEXT = """Enquêteur : Bonjour, je suis Bastien Kerjouan.
Rose : Moi c'est Rose Aldebert, j'habite Plouvénec, au 12 rue des Sabliers. Mon 06 39 98 55 21 marche, ou rose.aldebert@petite-rive.example.
Enquêteur : Vous êtes bipolaire, m'a dit Clémence Taillefer de La Petite Rive. On vous soigne depuis mars 1997 ?
Rose : Oui, en 1997, le 14 mars 1997. J'ai connu Jean-Marc et Mai Lafontaine. Et Clémence, à quarante-sept ans. Schizophrène, non. Rose va bien.
"""


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    corpus = pq.Transcript("E01_Aldebert", TEXT)
    key = pq.Key.create(tmp_path_factory.mktemp("small") / "small.key", passphrase="x")
    pq.anonymize(pq.Corpus((corpus,)), _mentions(TEXT), key=key)
    return key


MARKED = {
    "PER": ("Bastien Kerjouan", "Rose Aldebert", "Clémence Taillefer", "Jean-Marc", "Mai Lafontaine"),
    "LOC": ("Plouvénec", "12 rue des Sabliers"),
    "CONTACT": ("06 39 98 55 21", "rose.aldebert@petite-rive.example"),
    "ORG": ("La Petite Rive",),
    "DATE": ("mars 1997", "1997", "14 mars 1997"),
    "DIAG": ("bipolaire", "Schizophrène"),
    "AGE": ("quarante-sept ans",),
}


def _mentions(text):
    found = []
    taken = set()
    for label, forms in MARKED.items():
        for form in sorted(forms, key=len, reverse=True):
            at = text.find(form)
            while at >= 0:
                if taken.isdisjoint(range(at, at + len(form))):
                    taken |= set(range(at, at + len(form)))
                    found.append(pq.Mention("E01_Aldebert", at, at + len(form), label, "auto", "test"))
                at = text.find(form, at + 1)
    return found


def audited(small, tmp_path, text, name="a.txt", keep=(), encoding="utf-8"):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / name).write_bytes(text.encode(encoding))
    return pq.audit(folder, key=small, keep=keep)


LEAKS = (
    "avec <kerjouan> hier",
    "avec <KERJOUAN Bastien> hier",
    "l'ami d'<Aldebert>",
    "<Plouvenec>, au nord",
    "vers <Plou-\nvénec>",
    "<bkerjouan> est son identifiant",
    "écris à <rose point aldebert arobase petite tiret rive point example>",
    "au <+33 6 39 98 55 21>",
    "le <0639985521>",
    "le <zéro six, trente-neuf, quatre-vingt-dix-huit, cinquante-cinq, vingt et un>",
    "né le <14/03/1997>",
    "le <1997-03-14>",
    "le <quatorze mars mille neuf cent quatre-vingt-dix-sept>",
    "en <mars 1997>",
    "c'était en <1997>, je crois",
    "<rue des sabliers>, toujours",
    "je connais <Rose>, elle rit",
    "<Rose> : Oui.",
    "à la <petite rive> comme à <La Petite Rive>",
    "elle est <bipolaire>",
    "de <Jean Marc> et de <jeanmarc>",
    "un <Lafontaine>",
    "\u00abKer\u00adjouan\u00bb",
)
NO_LEAKS = (
    "une rose rouge, la fontaine coule",
    "au mois de mai, la clémence du temps",
    "c'est schizophrène, cette réunion",
    "1997 personnes, 12 rues, 11997 pas, 0.1997",
    "à la Sainte-Rose, on fête",
    "le 06 39 98 55 22",
    "depuis quarante-sept ans",
    "une petite rivière, la petite",
    "la rue, des sabliers",
    "x=639985521.5, 63998552100",
    "[14 mars 1994]",
    "Marc et Jean, pas ensemble",
    "on a vu Lafontain. E à la fin",
)


@pytest.mark.parametrize("text", LEAKS)
def test_a_leak_in_another_writing(text, small, tmp_path):
    bare = text.replace("<", "").replace(">", "")
    found = certain(audited(small, tmp_path, f"Avant.\n{bare}\nAprès."))
    assert not found.empty
    assert set(found["file"]) == {"a.txt"}


SURE = ("Kerjouan", "Bastien Kerjouan", "Plouvénec", "Jean-Marc", "rose.aldebert@petite-rive.example", "12 rue des Sabliers", "Clémence Taillefer")


@given(
    form=st.sampled_from(SURE),
    case=st.sampled_from((str.lower, str.upper, str.title, str)),
    accents=st.booleans(),
    joint=st.sampled_from((" ", "-", "\u00a0", "_", "\n", " - ", "\u2011", ".")),
    before=st.sampled_from(("avec ", "d'", "qu’", "«\u202f", "(", "\n", "E01_", ">", '"', "[[")),
    after=st.sampled_from(("", ".", " :", ",", "»", "\n", "_2", "</w:t>", '"', "’s")),
)
@settings(max_examples=200, deadline=None)
def test_an_original_is_found_however_it_is_written(form, case, accents, joint, before, after, originals):
    written = re.sub(r"[ -]", lambda _: joint, case(form if accents else bare(form)))
    text = f"Et puis {before}{written}{after}"
    assert "certain" in {certainty for _, certainty in graded(text, originals)}, text


@given(text=st.text(alphabet="abeiloru st'é-.,:\n[]0123456789AKPR", max_size=120))
@settings(max_examples=150, deadline=None)
def test_nothing_is_found_that_the_letters_do_not_spell(originals, text):
    for hit, _ in graded(text, originals):
        assert letters(text[hit.start : hit.end]) == "".join(hit.form.words)


def test_short_names_in_binary_noise_are_none(small, tmp_path):
    noise = random.Random(4).randbytes(300_000)
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "weights.bin").write_bytes(noise)
    (folder / "page.html").write_text(f'<img src="data:x;base64,{base64.b64encode(noise).decode()}">', encoding="utf-8")
    assert certain(pq.audit(folder, key=small)).empty


@pytest.mark.parametrize("text", NO_LEAKS)
def test_a_near_miss_is_not_certain(text, small, tmp_path):
    assert certain(audited(small, tmp_path, f"Avant.\n{text}\nAprès.")).empty


DOUBTS = {
    "initials": "demandez à B. K. demain",
    "near": "avec kerjouhan hier",
    "capital": "je vois Zorblax le mardi",
    "digits": "reçue le 03/04/2001 chez eux",
    "contact": "écrivez à qui@ailleurs.example ce soir",
    "spelled": "le zéro quatre douze treize quatorze",
    "PER": "Oui. Rose dort.",
    "AGE": "à quarante-sept ans",
}


@pytest.mark.parametrize("kind", DOUBTS)
def test_a_doubt_is_listed_and_not_certain(kind, small, tmp_path):
    found = audited(small, tmp_path, DOUBTS[kind])
    assert kind in set(found["kind"])
    assert certain(found).empty


NO_DOUBTS = (
    "mille trois cent soixante-dix fois",
    "le 14 juillet, le 1er mai",
    "version 3.8.18",
    "au XIXe siècle",
    "pendant quarante-sept ans",
    "une rose",
)


@pytest.mark.parametrize("text", NO_DOUBTS)
def test_what_is_no_doubt(text, small, tmp_path):
    assert audited(small, tmp_path, f"alors {text}, voilà").empty


def test_doubts_written_alike_are_one_row(small, tmp_path):
    found = audited(small, tmp_path, "je vois Zorblax ici\n" * 7)
    assert list(zip(found["kind"], found["count"], found["line"], strict=True)) == [("capital", 7, 1)]


def test_offsets_and_lines_lead_to_the_words(small, tmp_path):
    text = "Avant.\nOui, Kerjouan est là, et Plouvénec.\n"
    for row in audited(small, tmp_path, text).itertuples():
        assert text[row.start : row.end] == row.text
        assert row.line == 2
        assert row.masked == masked(row.text) != row.text


def test_a_public_name_is_no_leak(small, tmp_path):
    assert certain(audited(small, tmp_path, "à Plouvénec, à la Petite Rive", keep=("Plouvénec", "La Petite Rive", "Petite Rive"))).empty


def test_a_name_inside_a_public_name_is_no_leak(small, tmp_path):
    found = certain(audited(small, tmp_path, "le Foyer Kerjouan, et Kerjouan", keep=("Foyer Kerjouan",)))
    assert list(found["start"]) == [22]


def test_a_name_that_begins_with_a_public_name_is_a_leak(small, tmp_path):
    assert list(certain(audited(small, tmp_path, "au 12 rue des Sabliers", keep=("12 rue",)))["text"]) == ["12 rue des Sabliers"]


def test_the_gravest_come_first(small, tmp_path):
    found = audited(small, tmp_path, "je vois Zorblax, en mars 1997, au 0639985521, avec Kerjouan, Kerjouan, Kerjouan")
    assert list(found["certainty"]) == sorted(found["certainty"])
    assert found["kind"].iloc[0] == "PER"
    assert found["kind"].iloc[-1] == "capital"


def test_a_key_in_the_folder_is_told(small, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    shutil.copy(small.path, folder / "x.bin")
    assert list(pq.audit(folder, key=small)["kind"]) == ["key"]


def test_what_cannot_be_opened_is_told(small, tmp_path):
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "broken.zip").write_bytes(b"PK\x03\x04" + b"\0" * 40 + b"Kerjouan ici")
    found = pq.audit(folder, key=small)
    assert "unread" in set(found["kind"])
    assert set(certain(found)["kind"]) == {"PER"}


def test_a_folder_that_is_not_there(small, tmp_path):
    with pytest.raises(PeerqualError, match=r"n’existe pas"):
        pq.audit(tmp_path / "nowhere", key=small)


def test_a_key_that_knows_no_forms(small, tmp_path):
    from dataclasses import replace

    old = replace(small, assignments=replace(small.assignments, forms={}))
    with pytest.raises(PeerqualError, match="pseudonymisez encore une fois"):
        pq.audit(tmp_path, key=old)


def test_the_forms_are_in_the_key_that_was_saved(small):
    again = pq.Key.open(small.path, passphrase="x")
    assert again.assignments.forms == small.assignments.forms
    assert "Bastien Kerjouan" in set().union(*again.assignments.forms.values())


@pytest.mark.parametrize(("leak", "status"), [("rien", 0), ("avec Kerjouan", 3)])
def test_the_command(leak, status, small, tmp_path, capsys, monkeypatch):
    from peerqual.cli import run_command_line

    monkeypatch.setenv("PEERQUAL_PASSPHRASE", "x")
    folder = tmp_path / "out"
    folder.mkdir()
    (folder / "a.txt").write_text(leak, encoding="utf-8")
    assert run_command_line(["audit", str(folder), "--key", str(small.path)], "fr") == status
    assert ("Kerjouan" in capsys.readouterr().out) == (status == 3)
    assert run_command_line(["audit", str(folder), "--key", str(small.path), "--json"], "fr") == status
    assert "Kerjouan" not in capsys.readouterr().out

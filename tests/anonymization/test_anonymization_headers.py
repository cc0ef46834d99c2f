"""Words that formats and our own readers write (keys of headers, roles, codes of voices) are no identifiers; the values beside them are."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

import peerqual as pq
from peerqual.anonymization import find, replace_diagnoses
from peerqual.anonymization.finders import headers
from peerqual.language import lexicons
from peerqual.model import Corpus, Transcript, Turn

REAL = Path(__file__).parents[1] / "transcripts" / "real"
CASES = (str, str.capitalize, str.upper)
SHORT_TIERS = {"ipu", "mot", "ort", "mau", "kan", "pos", "tag", "f0"}  # with a capital they are somebody's label


def transcript(head, lines):
    """Return a transcript as readers build it: header lines, then « Label : words »."""
    text, turns = head + "\n\n", []
    for label, words in lines:
        text += f"{label} : "
        turns.append(Turn(label, None, "", len(text), len(text) + len(words)))
        text += words + "\n"
    return Transcript("d", text, tuple(turns))


def found(made):
    return [made.text[m.start : m.end] for m in find(Corpus((made,)))]


@pytest.mark.parametrize("key", lexicons.lexicon("header_keys"))
def test_keys_of_headers_stay(key):
    for case in CASES:
        made = transcript(f"{case(key)} : voir la fiche\nLangue : fr", [("Enquêtrice", "Bonjour."), ("P3", "Oui, merci.")])
        assert found(made) == []


@pytest.mark.parametrize("key", ["Thèmes", "Personnes", "Lieu", "Participants", "Situation", "Présentes", "Ville", "Auteure"])
def test_values_beside_keys_are_found(key):
    made = transcript(f"{key} : Soizic Kervella, Plougastel", [("Enquêtrice", "Bonjour."), ("P3", "Oui, merci.")])
    assert " ".join(found(made)).split() == ["Soizic", "Kervella", "Plougastel"]


@pytest.mark.parametrize("role", lexicons.lexicon("chat_roles"))
def test_roles_of_chat_stay_and_names_beside_them_go(role):
    said = [("INV", "Bonjour."), ("CHI", "Oui, merci."), (role, "Ah bon.")]
    for shown in (role, role.replace("_", " ")):
        made = transcript(f"Langue : fra\nPersonnes : INV (Camille, {shown}), CHI (Zoé, {shown}, female), MOT ({shown})", said)
        assert found(made) == ["Camille", "Zoé"]


@pytest.mark.parametrize("code", lexicons.lexicon("voice_codes"))
def test_codes_of_roles_stay(code):
    assert found(transcript(f"Personnes : {code} (Adult), {code}2 (Hubert, Adult)", [(code, "Bonjour."), (f"{code}2", "Oui.")])) == ["Hubert"]


@pytest.mark.parametrize("code", ["LEO", "ODI", "Camille", "Kan", "Mau"])
def test_codes_made_of_names_go(code):
    assert code in found(transcript("Langue : fra", [("INV", "Bonjour."), (code, "Oui.")]))


@pytest.mark.parametrize("name", lexicons.lexicon("tier_names"))
def test_names_of_tiers_stay(name):
    for case in (str,) if name in SHORT_TIERS else CASES:
        assert found(transcript("Type : entretien", [(case(name), "oui bonjour"), ("S1", "merci")])) == []


@pytest.mark.parametrize("role", lexicons.lexicon("voice_roles"))
def test_roles_of_voices_stay(role):
    for case in CASES:
        made = transcript(f"Type : entretien\nPersonnes : {case(role)} (Zoé)", [(case(role), "oui bonjour"), (f"{case(role)} 2", "merci")])
        assert found(made) == ["Zoé"]


@pytest.mark.parametrize("label", ["Dr Kervella", "Enquêtrice Soizic", "Mme K.", "Psy Anne"])
def test_a_name_beside_a_role_is_found(label):
    assert any(
        name in " ".join(found(transcript("Langue : fr", [(label, "Bonjour."), ("P3", "Oui.")]))) for name in ("Kervella", "Soizic", "K.", "Anne")
    )


@pytest.mark.parametrize("file, names", [("interview.cha", 3), ("latin.trs", 2), ("teicorpo_clan.xml", 1), ("nested.trs", 1), ("sppas.TextGrid", 0)])
def test_headers_that_readers_make(file, names):
    made = pq.read(REAL / file)[0]
    stays = {
        fold for fold in ("Personnes", "Langue", "Thèmes", "Lieu", "Investigator", "Participant", "Mother", "Target Child", "INV", "MOT", "female")
    }
    there = {made.text[m.start : m.end] for m in find(Corpus((made,)))}
    assert not there & stays and len({word for word in there if made.text.find(word) < made.turns[-1].start}) >= names


def test_a_disorder_as_a_key_goes_and_the_body_is_no_header():
    assert found(transcript("Dépression : oui\nGroupe Les Embellies : séance 3", [("Enq", "Bonjour.")])) == ["Dépression", "Groupe Les Embellies"]
    assert "Justice" not in found(Transcript("d", "Date : lundi\nThème : la justice\n\nHier, on m'a parlé."))
    assert replace_diagnoses("Le psychothérapeute m'écoute.") == "Le psychothérapeute m'écoute."


def test_words_of_the_frame_are_found_in_order_and_apart():
    made = transcript("Date : lundi\nPersonnes : MOT (Mother), LEO (Léo)", [("MOT", "Bonjour."), ("LEO", "Maman : MOT.")])
    spans = headers.spans(made)
    assert [made.text[a:b] for a, b in spans] == ["Date", "Personnes", "MOT", "Mother", "MOT"]
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))


def test_keys_stay_in_lines_that_are_turns_of_nobody():
    lines = ["Lieu : local de l'association", "Animation : Wenceslas Quentric"]
    text, turns = "Langue : fr\n\n", []
    for line in lines:
        turns.append(Turn("", None, "other", len(text), len(text) + len(line)))
        text += f"{line}\n"
    text += "Wenceslas : Bonjour."
    turns.append(Turn("Wenceslas", None, "respondent", len(text) - 8, len(text)))
    assert found(Transcript("d", text, tuple(turns))) == ["Wenceslas Quentric", "Wenceslas"]

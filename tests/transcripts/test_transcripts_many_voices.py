"""Labels that may be one voice, several voices in one label or one turn, voices without a name, and why each has its role."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from transcripts_reading import doubts, read_one, roles, said, written

from peerqual.model import Turn
from peerqual.transcripts import doubts_table, merges_table, overview, read
from peerqual.transcripts.labels import key
from peerqual.transcripts.merging import MAX_VOICES, is_alike, is_slip, proposals
from peerqual.transcripts.roles import several

# --- a label in lower case --------------------------------------------------------------------------------------------


def lower(word, *, turns):
    """Speech recognition: no capitals, several lines a turn, the interviewer named by her role."""
    lines = "".join(f"intervieweuse: et puis {n}\n{word}: ben voilà {n}\nj'étais là {n}\non parlait {n}\nfin {n}\n" for n in range(turns))
    return f"1 h 07\n\n{lines}"


def test_a_word_in_lower_case_is_a_voice_when_it_opens_very_many_lines(tmp_path):
    assert roles(read_one(tmp_path, lower("wilhelmine", turns=12))) == {"intervieweuse": "interviewer", "wilhelmine": "respondent"}
    # Near miss: as often as a word of speech may.
    assert set(roles(read_one(tmp_path, lower("wilhelmine", turns=11)))) == {"intervieweuse"}


# --- labels that may be one voice ------------------------------------------------------------------------------------

ALIKE = [
    ("Enq.", "Enquêtrice"),
    ("E", "Enquêtrice"),
    ("E", "Enq."),
    ("Itv", "Intervieweur"),
    ("Int.", "Interviewer"),
    ("Ch", "Chercheuse"),
    ("Anim", "Animatrice"),
    ("Psy", "Psychologue"),
    ("P", "Participante"),
    ("Enq. 1", "Enquêtrice 1"),
    ("Maëlle", "Maelle K."),
    ("M", "Maëlle"),
    ("M", "Maëlle K."),
    ("MK", "Maëlle Kerdoncuff"),
    ("M. K.", "Maëlle Kerdoncuff"),
    ("Sorel", "Dr Sorel"),
    ("Aubin", "Mme Aubin"),
]
APART = [
    ("P1", "P2"),
    ("Enq. 1", "Enq. 2"),
    ("Enq.", "Enquêtrice 2"),
    ("Enquêtrice", "Enquêtée"),
    ("E", "Enquêtée"),
    ("Enquêtrice", "Chercheuse"),
    ("Jean", "Jean-Noël"),
    ("Paul", "Paule"),
    ("Marie K.", "Marie D."),
    ("M. Aubin", "Mme Aubin"),
    ("Mère", "Père"),
    ("Une femme", "Une femme âgée"),
    ("Femme", "Une femme"),
    ("IB", "YH"),
    ("MK", "ML"),
    ("Maëlle", "Odile"),
]


@pytest.mark.parametrize("one, other", ALIKE)
def test_labels_that_may_be_one_voice(one, other):
    assert is_alike(one, other) and is_alike(other, one)


@pytest.mark.parametrize("one, other", APART)
def test_labels_that_are_two(one, other):
    assert not is_alike(one, other) and not is_alike(other, one)


SLIPS = [("maelle", "maelel"), ("maelle", "maele"), ("maelle", "maellle"), ("maelle", "naelle"), ("maelle", "maella")]


@pytest.mark.parametrize("meant, typed", SLIPS)
def test_slips_of_the_keyboard(meant, typed):
    assert is_slip(meant, typed) and is_slip(typed, meant)


@pytest.mark.parametrize("meant, typed", [("maelle", "maelle"), ("maelle", "maelleke"), ("maelle", "malele x"), ("participant", "participants")])
def test_what_is_no_slip(meant, typed):
    assert not is_slip(meant, typed)


def edits(word):
    """All words one slip away, by brute force."""
    letters = "abcdexz"
    gone = {word[:i] + word[i + 1 :] for i in range(len(word))}
    more = {word[:i] + letter + word[i:] for i in range(len(word) + 1) for letter in letters}
    other = {word[:i] + letter + word[i + 1 :] for i in range(len(word)) for letter in letters}
    swapped = {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    return (gone | more | other | swapped) - {word}


@settings(max_examples=100, deadline=None)
@given(st.text("abcdez", min_size=1, max_size=6), st.text("abcdez", min_size=1, max_size=6))
def test_slips_are_those_that_brute_force_finds(a, b):
    assert is_slip(a, b) == (b in edits(a))


def dialogue(*speakers):
    return [Turn(speaker, None, "", n, n + 1) for n, speaker in enumerate(speakers)]


def merged(*speakers):
    return {merge.speaker: merge.same_as for merge in proposals(dialogue(*speakers))}


def test_who_changes_label_is_proposed_under_the_more_frequent_one():
    talk = ["Enquêtrice", "Maëlle K.", "Enq.", "Maëlle", *["E", "M"] * 10]
    assert merged(*talk) == {"Enquêtrice": "E", "Enq.": "E", "Maëlle K.": "M", "Maëlle": "M"}


def test_voices_that_answer_each_other_are_two():
    assert merged("E", "Maëlle", "Léa", "Maëlle", "E", "M", "Léa", "E", "M", "Léa") == {"M": "Maëlle"}
    assert merged("E", "Maëlle", "M", "Maëlle", "E", "M", "Maëlle", "E", "M", "Maëlle") == {}


def test_one_label_that_may_be_two_others_is_nobody():
    assert merged(*["E", "Marc", "E", "Maëlle"] * 3, "E", "M", "E") == {}
    assert merged(*["E", "Marie"] * 5, "E", "Marie K.", "E", "Marie D.") == {}


def test_a_slip_is_rare():
    assert merged(*["E", "Maëlle"] * 10, "E", "Maelel") == {"Maelel": "Maëlle"}
    assert merged(*["E", "Maëlle"] * 4, *["E", "Maelel"] * 4) == {}


def test_two_voices_are_never_one():
    assert merged(*["Enq.", "Enquêtrice"] * 5) == {}
    assert merged("E", "Enquêtrice") == {}


def test_in_a_crowd_nothing_is_proposed():
    crowd = [f"Voix{n:02}é" for n in range(MAX_VOICES)]
    assert merged("Maëlle", *crowd, "Maëlle K.") == {}


CHANGING = "Enquêtrice : Où ?\nMaëlle : Là.\nE : Depuis ?\nMAELLE : Deux ans.\nE : Et ?\nMaëlle : Oui.\nE : Ah ?\nMaelle K. : Oui.\n"


def test_proposals_are_said_with_line_and_turn_and_merge_nothing(tmp_path):
    corpus = read(written(tmp_path, "Date : mardi\n\n" + CHANGING))
    assert [turn.speaker for turn in corpus[0].turns] == ["Enquêtrice", "Maëlle", "E", "Maëlle", "E", "Maëlle", "E", "Maelle K."]
    proposed = [(doubt.line, doubt.values) for doubt in corpus[0].doubts if doubt.key.endswith("same_voice")]
    assert proposed == [(3, {"turn": 1, "other": 3}), (10, {"turn": 8, "other": 2})]
    assert merges_table(corpus).to_numpy().tolist() == [["T01", "Enquêtrice", "E"], ["T01", "Maelle K.", "Maëlle"]]
    assert roles(corpus[0])["E"] == "interviewer"


def test_spellings_that_are_read_as_one_voice_are_said(tmp_path):
    assert [doubt.line for doubt in read_one(tmp_path, CHANGING).doubts if doubt.key.endswith("spellings")] == [4]
    for n, alike in enumerate(("P 3", "P.3", "P3")):
        assert "spellings" not in doubts(read_one(tmp_path, f"E : Où ?\nP3 : Là.\nE : Ah ?\n{alike} : Oui.\n", f"A{n}.txt"))


def test_a_proposal_that_the_table_settles_is_said_no_more(tmp_path):
    (tmp_path / "t").mkdir()
    written(tmp_path / "t", CHANGING)
    table = "document,speaker,participant,role\nT01,Maëlle,P1,respondent\nT01,Maelle K.,P1,respondent\n"
    corpus = read(tmp_path / "t", participants=written(tmp_path, table, "participants.csv"))
    assert [doubt.values["turn"] for doubt in corpus[0].doubts if doubt.key.endswith("same_voice")] == [1]
    assert merges_table(corpus)["speaker"].tolist() == ["Enquêtrice"]
    assert [participant.voices for participant in corpus.participants] == [(("T01", "Maëlle"), ("T01", "Maelle K."))]


# --- several voices --------------------------------------------------------------------------------------------------

TOGETHER = {
    "Maëlle et Odile": ("Maëlle", "Odile"),
    "A/B": ("A", "B"),
    "A / B": ("A", "B"),
    "A + B": ("A", "B"),
    "A & B": ("A", "B"),
    "Maëlle, Odile et Léa": ("Maëlle", "Odile", "Léa"),
    "P1/P2": ("P1", "P2"),
    "M. et Mme Aubin": ("M.", "Mme Aubin"),
    "Enquêtrice et Maëlle": ("Enquêtrice", "Maëlle"),
    "Interviewer/Interviewee": ("Interviewer", "Interviewee"),
    "Mère et père": ("Mère", "père"),
}
ALONE = ["Maëlle", "Enquêteur/rice", "Enquêteur/trice", "Enquêteur/Enquêtrice", "Enquêté/e", "Camille, enquêtrice", "Camille, Enquêtrice"]
ALONE += ["Jean-Noël de La Tour", "Et Maëlle", "Maëlle et", "A/", "/B", "", "Maëlle et moi", "Dr. X", "Un homme et une femme"]


@pytest.mark.parametrize("label", TOGETHER)
def test_a_label_that_names_several_voices(label):
    assert several(label) == TOGETHER[label]


@pytest.mark.parametrize("label", ALONE)
def test_a_label_that_names_one(label):
    assert several(label) == ()


def test_voices_together_are_another_voice_than_their_initials():
    assert key("A/B") == key("B et A") == key("A / B") != key("AB")


@pytest.mark.parametrize("label", ["Maëlle et Léa", "Maëlle/Léa", "Léa / Maëlle", "Maëlle, Léa", "Maëlle + Léa", "LÉA & MAËLLE", "M/L"])
def test_several_voices_in_a_turn_are_coded_for_nobody_and_said(label, tmp_path):
    names = ("M", "L") if label == "M/L" else ("Maëlle", "Léa")
    body = "".join(f"E : Et {n} ?\n{names[0]} : Oui.\n{names[1]} : Non.\nEnfin bon.\n" for n in range(3))
    transcript = read_one(tmp_path, f"{body}{label} : Voilà !\nE : Bien.\n")
    assert said(transcript)[-2:] == [(label, "Voilà !"), ("E", "Bien.")]
    assert roles(transcript) == {"E": "interviewer", names[0]: "respondent", names[1]: "respondent", label: "other"}
    assert [doubt.line for doubt in transcript.doubts if doubt.key.endswith("role_several")] == [13]


@pytest.mark.parametrize("line", ["Paris/Lyon : deux heures.", "Oui, Non : je ne sais pas.", "Pour/Contre : rien.", "Lundi et mardi : rien."])
def test_words_with_a_stroke_are_no_voices(line, tmp_path):
    text = "".join(f"E : Et {n} ?\nMaëlle : Oui.\n" for n in range(4)) + f"{line}\nE : Ah ?\nMaëlle : Bon.\n"
    assert set(roles(read_one(tmp_path, text))) == {"E", "Maëlle"}


def test_another_voice_inside_a_turn_is_said(tmp_path):
    text = "E : Où ?\nMaëlle : Là (E : mh) et là [E : ah bon].\nE : Ah ?\nMaëlle : Oui (rire : fort) (Odile : tiens) (Maëlle : rit).\n"
    transcript = read_one(tmp_path, text)
    assert [(doubt.line, doubt.values) for doubt in transcript.doubts if doubt.key.endswith("voice_inside")] == [(2, {"n": 2})]
    assert said(transcript)[1] == ("Maëlle", "Là (E : mh) et là [E : ah bon].")


# --- voices without a name, and reasons -----------------------------------------------------------------------------

UNNAMED = [
    "Une femme",
    "Un homme",
    "Voix d'homme",
    "Voix d’homme",
    "Voix de femme",
    "Voix off",
    "Voix masculine",
    "Une autre femme",
    "Un homme au fond",
]
UNNAMED += ["Plusieurs", "Quelqu'un", "Inconnu", "Participant non identifié", "Intervenante non identifiée"]


@pytest.mark.parametrize("label", UNNAMED)
def test_voices_without_a_name_are_voices_of_nobody(label, tmp_path):
    text = "".join(f"RÉMI : Un {n}.\nLÉA : Deux.\nZOÉ : Trois.\n" for n in range(3)) + f"{label} : Attendez !\nRÉMI : Oui.\n"
    transcript = read_one(tmp_path, text, material="group")
    assert (label, "Attendez !") in said(transcript)
    assert roles(transcript)[label] == "other"


def test_numbered_voices_may_ask(tmp_path):
    assert roles(read_one(tmp_path, "– Vous prenez le bus ?\n– Le tram.\n– Depuis longtemps ?\n– Deux ans.\n")) == {
        "Voix 1": "interviewer",
        "Voix 2": "respondent",
    }


LABELS = {
    "Enquêteur": "interviewer",
    "Enquêtrice 2": "interviewer",
    "Enquêt.": "interviewer",
    "Enq": "interviewer",
    "Animat.": "facilitator",
    "Co-animatrice": "facilitator",
    "Psy": "facilitator",
    "Psychologue clinicienne": "facilitator",
}


@pytest.mark.parametrize("label", LABELS)
def test_roles_by_label_in_a_group(label, tmp_path):
    text = f"{label} : On commence.\nMARC : Oui.\n" * 3
    corpus = read(written(tmp_path, text), material="group")
    assert roles(corpus[0])[label.rstrip(".")] == LABELS[label]
    assert overview(corpus, "en")["reason"].tolist() == ["its label says so", "by default"]


def test_an_abbreviation_of_who_asks_that_asks_nothing_answers(tmp_path):
    talk = "Enquêtrice : Où ?\nE : Là.\nEnquêtrice : Ah ?\nE : Oui.\nMaëlle : Moi aussi.\n"
    assert roles(read_one(tmp_path, talk)) == {"Enquêtrice": "interviewer", "E": "respondent", "Maëlle": "respondent"}


REASONS = {
    "questions": ("IB : Où ?\nYH : Là-bas, au fond.\nIB : Ah ?\nYH : Oui oui, c'est ça.\n", ["asks most questions", "by default"]),
    "header": ("Entretien : 3\nEnquêtrice : Inès Bau\n\nIB : Bon.\nYH : Oui.\nIB : Ah.\nYH : Voilà.\n", ["the header says so", "by default"]),
    "several": ("A : Un.\nB : Deux.\nA : Un.\nB : Deux.\nA/B : Trois.\n", ["by default", "by default", "several voices"]),
    "notes": ("---\nmaterial: field_notes\n---\nJe suis arrivée tôt.\n", ["field notes"]),
}


@pytest.mark.parametrize("name", REASONS)
def test_reasons_of_roles(name, tmp_path):
    text, reasons = REASONS[name]
    corpus = read(written(tmp_path, text))
    assert overview(corpus, "en")["reason"].tolist() == reasons
    assert not set(overview(corpus, "fr")["reason"]) & set(reasons)


def test_reasons_from_a_table_and_from_a_format(tmp_path):
    (tmp_path / "t").mkdir()
    written(tmp_path / "t", "speaker,role,text\nCamille,interviewer,Bon.\nOdile,,Oui.\n", "A.csv")
    written(tmp_path / "t", "Camille : Bon.\nOdile : Oui.\nCamille : Ah.\nOdile : Oui.\n", "B.txt")
    table = written(tmp_path, "document,speaker,participant,role\nB,Camille,R1,interviewer\nB,Odile,P1,\n", "participants.csv")
    rows = overview(read(tmp_path / "t", participants=table), "en")
    assert rows[["document", "speaker", "role", "reason"]].to_numpy().tolist() == [
        ["A", "Camille", "interviewer", "the format says so"],
        ["A", "Odile", "respondent", "by default"],
        ["B", "Camille", "interviewer", "participants.csv says so"],
        ["B", "Odile", "respondent", "by default"],
    ]


def test_doubts_on_voices_hold_no_names(tmp_path):
    read_one(tmp_path, CHANGING + "Maëlle et E : Oui.\nMaëlle : (E : mh) Bon.\n")
    for lang in ("fr", "en"):
        told = " ".join(doubts_table(read(tmp_path), lang)["doubt"])
        assert "Maëlle" not in told and "Enquêtrice" not in told


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["E", "Enq.", "Enquêtrice", "Maëlle", "M", "Maelle K.", "Marc", "P1", "P2", "Une femme", "A/B", ""]), max_size=30))
def test_proposals_are_voices_each_once_never_a_chain(speakers):
    found = proposals(dialogue(*speakers))
    mine = [merge.speaker for merge in found]
    assert len(set(mine)) == len(mine) and set(mine) <= set(speakers) - {""}
    assert not {merge.same_as for merge in found} & set(mine)
    for merge in found:
        assert speakers.count(merge.speaker) <= speakers.count(merge.same_as)

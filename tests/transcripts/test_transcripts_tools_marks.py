"""The marks of CHAT, the names of tiers, the pieces that readers of tools share: each beside its near miss."""

from __future__ import annotations

import pytest

from peerqual.transcripts import read
from peerqual.transcripts.building import Said
from peerqual.transcripts.chat import spoken
from peerqual.transcripts.persons import is_role, role_of
from peerqual.transcripts.segments import in_order, turns
from peerqual.transcripts.tiers import Tier, kind, speech

CHAT = {
    "<je sais> [/] je sais pas .": "je sais je sais pas.",
    "il [//] elle vient .": "il elle vient.",
    "j(e) viens d(e) là .": "je viens de là.",
    "(ou)i": "oui",
    "j' ai (une) montre": "j'ai (une) montre",  # a word left out, not letters
    "un+peu d'+air": "un peu d'air",
    "à+côté 3+2": "à côté 3 2",
    "&-euh ben &+fr fraise": "euh ben fr- fraise",
    "R&D": "R&D",
    "&=rit": "[rit]",
    "&=imite:chien ouah": "[imite chien] ouah",
    "voilà [=! en riant] .": "voilà [en riant].",
    "gonna [: going to] partir": "gonna partir",
    "le chat [= animal] dort": "le chat dort",
    "mots [*] faux [* s:ur] [?]": "mots faux",
    "<tu vois> [>] oui [<1]": "tu vois oui",
    "et là +...": "et là…",
    "et là +/.": "et là…",
    "tu crois +/?": "tu crois…?",
    "+< oui .": "oui.",
    '+" viens .': "viens.",
    "plus + ou moins": "plus + ou moins",
    "xxx et yyy": "xxx et yyy",
    "0 .": ".",
    "0ne sais pas": "sais pas",
    "20 ans , 10 mois .": "20 ans, 10 mois.",
    "pause (.) puis (1.5) encore (..)": "pause (.) puis (1.5) encore (..)",
    "pause # puis #0_5 encore": "pause (.) puis (.) encore",
    "le n#1": "le n#1",
    "no::n ba:by": "non baby",
    "bonjour@s:eng i@fs": "bonjour i",
    "moi @ toi": "moi @ toi",
    "&*INV:mhm oui": "[INV mhm] oui",
    "c'est ça #?": "c'est ça ?",
    "New_York": "New York",
    "l' eau qu' il": "l'eau qu'il",
    "les profs' amis": "les profs' amis",
    "‡ maman , viens „ hein ?": ", maman, viens, hein ?",
    "un [% il montre la porte] seul": "un [il montre la porte] seul",
    "ouvert [ sans fin": "ouvert [ sans fin",
}


@pytest.mark.parametrize("utterance", CHAT)
def test_words_of_chat(utterance):
    assert spoken(utterance) == CHAT[utterance]


def test_what_is_read_reads_the_same_again():
    for words in CHAT.values():
        if "[" not in words:
            assert spoken(words) == words


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Maëlle", ""),
        ("Motte", ""),
        ("Enquêtrice", ""),
        ("ortho", "speech"),
        ("Maëlle-ortho", "speech"),
        ("mots", "words"),
        ("Anna - phones", "other"),
        ("Commentaires (chercheuse)", "other"),
        ("SYLL", "other"),
        ("", ""),
    ],
)
def test_what_a_tier_holds(name, told):
    assert kind(name) == told


def tiers(*names: str) -> list[Tier]:
    return [Tier(name, "", (Said("", "oui"),)) for name in names]


@pytest.mark.parametrize(
    ("names", "speakers", "aside"),
    [
        (("Rose", "Paul"), ["Rose", "Paul"], 0),
        (("Rose", "Rose-phono", "gestes"), ["Rose"], 2),
        (("Rose ortho", "Rose mots"), ["Rose"], 1),
        (("Rose [mots]", "Rose [phones]"), ["Rose"], 1),
        (("phones", "syll"), ["phones", "syll"], 0),
        (("ortho",), ["ortho"], 0),
    ],
)
def test_tiers_of_speech(names, speakers, aside):
    chosen, left = speech(tiers(*names))
    assert ([tier.speaker for tier in chosen], left) == (speakers, aside)


def test_an_empty_tier_is_neither_read_nor_left_aside():
    assert speech([*tiers("Rose"), Tier("gestes", "", ()), Tier("Paul", "", (Said("", "  "),))])[1] == 0


def test_two_tiers_of_one_participant_are_voices_of_their_own_and_said(tmp_path):
    value = "<ALIGNABLE_ANNOTATION><ANNOTATION_VALUE>mot {0}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>"
    tier = f'<TIER PARTICIPANT="Rose" TIER_ID="{{0}}"><ANNOTATION>{value}</ANNOTATION></TIER>'
    (tmp_path / "a.eaf").write_text(f"<ANNOTATION_DOCUMENT>{tier.format('L1')}{tier.format('L2')}</ANNOTATION_DOCUMENT>", encoding="utf-8")
    transcript = read(tmp_path / "a.eaf")[0]
    assert [turn.speaker for turn in transcript.turns] == ["L1", "L2"]
    assert "readers.one_participant" in {doubt.key for doubt in transcript.doubts}


def test_events_of_chat_in_tei(tmp_path):
    (tmp_path / "a.xml").write_text(
        '<TEI><application ident="Clan"/><u who="A">oui <incident><desc>rit fort</desc></incident> [/] oui #.</u></TEI>', encoding="utf-8"
    )
    transcript = read(tmp_path / "a.xml")[0]
    assert transcript.text == "A : oui [rit fort] oui.\n"


def test_order_of_time_keeps_what_has_no_time_behind_its_own_voice():
    first = [Said("A", "un", (0.0, 1.0)), Said("A", "deux"), Said("A", "cinq", (5.0, 6.0))]
    other = [Said("B", "trois", (2.0, 3.0)), Said("B", "quatre")]
    assert [one.words for one in in_order([first, other])] == ["un", "deux", "trois", "quatre", "cinq"]


def test_segments_without_voices_part_at_pauses_and_those_with_voices_do_not():
    def said(speaker):
        return [
            Said(speaker, "un", (0.0, 1.0)),
            Said(speaker, "deux", (2.9, 3.0)),
            Said(speaker, "trois", (5.0, 6.0)),
            Said(speaker, "…", (90.0, 91.0)),
        ]

    assert [one.words for one in turns(said(""))] == ["un deux", "trois"]
    assert [one.words for one in turns(said("A"))] == ["un deux trois"]


def test_roles_of_chat():
    assert [role_of(word) for word in ("Investigator", "target child", "Observateur", "Mother", "Laetitia")] == [
        "interviewer",
        "respondent",
        "interviewer",
        "",
        "",
    ]
    assert [is_role(word) for word in ("Mother", "Laetitia")] == [True, False]

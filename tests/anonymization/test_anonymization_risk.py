"""Who could recognise whom: cues beside near misses, combinations against brute force, and words that promise nothing."""

from __future__ import annotations

import itertools
import os
import re
import tomllib
from importlib.resources import files

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from peerqual.anonymization import anonymize
from peerqual.anonymization.risk import HIDDEN, KINDS, READERS, markdown, risk
from peerqual.anonymization.risk.combinations import alone, generalised, shared
from peerqual.anonymization.risk.cues import _patterns, cues
from peerqual.anonymization.risk.readers import readers_of
from peerqual.cli import run_command_line
from peerqual.errors import PeerqualError, UsageError
from peerqual.model import Corpus, Participant, Transcript, Turn

# What gives something away is marked « [kind:words] »; the others are near misses.
LINES = """
C'est ma [family:jumelle] qui a appelé les [event:pompiers].
[press:Le maire] est passé, j'étais [press:dans le journal].
J'ai fait une [event:tentative de suicide], [event:sur le toit].
[relation:J'ai fondé] le groupe avec [relation:mon voisin].
[job:J'étais infirmière], maintenant [job:la retraite].
J’ai [event:divorcé], et [family:mon ex-mari] a [event:disparu].
Il m'a dit : [dialogue:« tu ne reviendras jamais ici »].
On est tous frères dans ce groupe, c'est une grande famille.
J'ai enlevé mon manteau, ça m'a frappée, et le journal traînait.
Je suis sorti du garage par le toit, c'est tuant, un violon traînait.
Les parents d'élèves, les frères ennemis, la mer, une fratrie : rien à dire.
"""
MARK = re.compile(r"\[(\w+):([^\]]+)\]")


def gold(line):
    text, spans, at = "", [], 0
    for hit in MARK.finditer(line):
        text += line[at : hit.start()]
        spans.append((hit[1], hit[2]))
        text += hit[2]
        at = hit.end()
    return text + line[at:], spans


@pytest.mark.parametrize(
    "line", [line for line in LINES.strip().splitlines() if "plainte" not in line and "père" not in line and "triplés" not in line]
)
def test_what_gives_something_away(line):
    text, spans = gold(line)
    corpus = Corpus((Transcript("d", text, (Turn("A", "P1", "respondent", 0, len(text)),)),))
    found = [cue for cue in cues(corpus, ()) if cue.kind != "dialogue" or "«" in cue.words]
    assert [(cue.kind, cue.words) for cue in found if not (cue.kind == "dialogue" and "m'a dit" in cue.words)] == spans
    for cue in found:
        assert " ".join(text[cue.start : cue.end].split()) == cue.words


def corpus(*turns, people=()):
    """One document « d » of turns (participant, role, words)."""
    text, made = "", []
    for who, role, words in turns:
        text += f"{who} : "
        made.append(Turn(who, who, role, len(text), len(text) + len(words)))
        text += words + "\n"
    return Corpus((Transcript("d", text, tuple(made)),), tuple(people))


TALK = corpus(
    ("I", "interviewer", "Vous avez été en prison ?"),
    ("P1", "respondent", "Ma jumelle Maëlle Kervandec a mis le feu à la grange."),
    ("P2", "respondent", "Je prends du lithium."),
    ("P3", "respondent", "Oui."),
)


def test_each_person_has_a_line_for_each_reader_even_when_nothing_was_noticed():
    people = risk(TALK).people
    assert [tuple(row) for row in people[["participant", "reader"]].itertuples(index=False)] == [
        (who, reader) for who in ("P1", "P2", "P3") for reader in READERS
    ]
    told = {(row.participant, row.reader): (row.left, row.replaced) for row in people.itertuples()}
    assert told["P1", "family"] == ("event 1, family 1", "name 1")
    assert told["P1", "stranger"] == ("", "name 1")
    assert told["P2", "carer"] == ("", "health 1") and told["P2", "member"] == ("", "")
    assert told["P3", "member"] == ("", "")


def test_the_interviewers_words_are_nobodys():
    assert "prison" not in " ".join(risk(TALK).excerpts["words"]) and "I" not in set(risk(TALK).people["participant"])


def test_pseudonymized_texts_keep_their_stories():
    study = anonymize(TALK)
    made = risk(study)
    assert set(made.people["replaced"]) == {""}
    assert {"event 1, family 1"} <= set(made.people["left"])


def test_excerpts_are_the_passages_asked_for():
    text = TALK[0].text
    place = text.index("a mis le feu")
    wanted = pd.DataFrame([("d", place, place + 12), ("d", text.index("Oui."), text.index("Oui.") + 4)], columns=["document", "start", "end"])
    first, second = risk(TALK, excerpts=wanted).excerpts.to_dict("records")
    assert first["left"] == "event 1" and first["readers"].split() == list(readers_of(["event"])) and first["participant"] == "P1"
    assert second["left"] == second["replaced"] == second["readers"] == "" and second["participant"] == "P3"
    for row in (("x", 0, 1), ("d", 0, len(text) + 1), ("d", 5, 2)):
        with pytest.raises(PeerqualError) as fault:
            risk(TALK, excerpts=pd.DataFrame([row], columns=["document", "start", "end"]))
        assert fault.value.key == "risk.unknown_excerpt"


def test_rare_events_that_one_person_alone_tells_come_first():
    made = corpus(("P1", "respondent", "J'étais en prison."), ("P2", "respondent", "Moi aussi, en prison. Et un incendie."))
    assert risk(made).rare[["participant", "words", "participants"]].values.tolist() == [
        ["P2", "un incendie", 1], ["P1", "en prison", 2], ["P2", "en prison", 2],
    ]  # fmt: skip


def test_every_kind_has_readers_and_every_cue_a_kind():
    assert set(_patterns()) | {"dialogue"} == set(KINDS) - set(HIDDEN)
    assert {kind for known in READERS.values() for kind in known} == set(KINDS)
    for kind in KINDS:
        assert readers_of([kind])


# --- combinations -----------------------------------------------------------------------------------------------------

people_of = st.lists(
    st.fixed_dictionaries({"sex": st.sampled_from("fm"), "band": st.sampled_from(["18-24", "25-34", "35-44", ""]), "town": st.sampled_from("abc")}),
    max_size=7,
).map(lambda rows: [Participant(f"P{n}", row) for n, row in enumerate(rows)])


@given(people_of)
def test_combinations_are_those_that_one_counts_by_hand(people):
    names = ["sex", "band", "town"]
    got = {(attributes, values): (n, who) for attributes, values, n, who in shared(people, names)}
    wanted = {}
    for size in (1, 2, 3):
        for chosen in itertools.combinations(names, size):
            for person in people:
                if all(person.attributes[name] for name in chosen):
                    alike = [o.id for o in people if all(o.attributes[name] == person.attributes[name] for name in chosen)]
                    values = " · ".join(person.attributes[name] for name in chosen)
                    wanted[" × ".join(chosen), values] = (len(alike), alike[0] if len(alike) == 1 else "")
    assert got == wanted


@given(people_of)
def test_a_broader_category_makes_nobody_more_alone(people):
    names = ["sex", "band", "town"]
    for _, change, before, after in generalised(people, names):
        assert after <= before and change in ("dropped", "broader", "two_groups")
    rows = [person.attributes for person in people]
    assert alone(rows) == sum(rows.count(row) == 1 for row in rows)


def test_bands_join_in_their_order():
    people = [Participant(f"P{n}", {"band": band}) for n, band in enumerate(("18-24", "25-34", "35-44", "9-17"))]
    assert list(generalised(people, ["band"])) == [("band", "dropped", 4, 0), ("band", "broader", 4, 0)]
    assert [after for _, change, _, after in generalised(people[:3], ["band"]) if change == "broader"] == [1]


def test_an_attribute_that_is_none_is_told():
    with pytest.raises(UsageError) as fault:
        risk(TALK, attributes=["shoe"])
    assert fault.value.key == "risk.unknown_attribute"


# --- the page and the command -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_page_promises_nothing(lang):
    people = [Participant("P1", {"sex": "f"}, {}, (("d", "P1"),)), Participant("P2", {"sex": "m"}, {}, (("d", "P2"),))]
    page = markdown(risk(Corpus(TALK.transcripts, tuple(people))), lang)
    assert ("Peu de personnes parmi peu" if lang == "fr" else "Few people among few") in page
    assert page.count("- [ ]") == 3 * len(READERS) and "P3" in page and "mis le feu" in page
    assert not re.search(r"\bsafe\b|sans risque|aucun risque|no risk|anonym", page, re.IGNORECASE)


def test_no_text_of_the_room_says_safe():
    catalogue = tomllib.loads((files("peerqual") / "messages" / "risk.toml").read_text(encoding="utf-8"))
    texts = " ".join(text for entry in catalogue.values() for text in entry.values())
    assert not re.search(r"\bsafe|sans risque|sûr\b|anonym", texts, re.IGNORECASE)


def peerqual(*words, lang="en"):
    return run_command_line([str(word) for word in words], lang)


@pytest.fixture
def talk(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "E01.txt").write_text("Enquêtrice : Alors ?\nMaëlle : Ma jumelle a mis le feu à la grange.\n", encoding="utf-8")
    return tmp_path / "in"


def test_risk_command_writes_for_its_owner_alone(talk, tmp_path, capsys):
    assert peerqual("risk", talk, "--out", tmp_path / "out", lang="fr") == 0
    out = capsys.readouterr().out
    assert "Peu parmi peu" in out and "événements rares 1" in out
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "risk.md", "people.csv", "excerpts.csv", "rare.csv", "combinations.csv", "generalisations.csv",
    }  # fmt: skip
    table = (tmp_path / "out" / "excerpts.csv").read_text(encoding="utf-8")
    assert table.startswith("document,start,end,participant,left,replaced,readers,words\n") and "jumelle · mis le feu" in table
    if os.name == "posix":
        assert oct((tmp_path / "out" / "risk.md").stat().st_mode)[-3:] == "600"
    assert peerqual("risk", talk, "--out", tmp_path / "out") == 1  # never over something


def test_risk_command_refuses_folders_of_results(talk, tmp_path, capsys):
    (tmp_path / "manifest.json").write_text("{}")
    assert peerqual("risk", talk, "--out", tmp_path / "out") == 2
    err = capsys.readouterr().err
    assert err.count("\n") == 1 and "jumelle" not in err and not (tmp_path / "out").exists()

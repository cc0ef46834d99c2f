"""A corpus of three invented interviews and a group, and its codings: what the examples of this room are run on."""

from __future__ import annotations

import pandas as pd

from peerqual.codebook import Codebook
from peerqual.coding.tables import codings_table
from peerqual.model import Coding, Corpus, Participant, Transcript, Turn

BOOK = Codebook.from_text("""
peerqual: 1
codes:
  - {id: vecu, assignable: false, label: {fr: Vécu}, definition: {fr: "…"}}
  - {id: espoir, parent: vecu, label: {fr: Espoir}, definition: {fr: "…"}}
  - {id: entraide, parent: vecu, label: {fr: Entraide}, definition: {fr: "…"}}
""")


def _made(id: str, material: str, *turns: tuple[str, str, str, str]) -> Transcript:
    text, spoken = "", []
    for speaker, role, participant, words in turns:
        text += f"{speaker} : "
        spoken.append(Turn(speaker, participant, role, len(text), len(text) + len(words)))
        text += words + "\n"
    return Transcript(id, text, tuple(spoken), material=material)


CORPUS = Corpus(
    (
        _made(
            *("E01", "interview"),
            ("Q", "interviewer", "", "Et maintenant ?"),
            ("Maud", "respondent", "P1", "J’y crois, à la suite. Au groupe on se serre les coudes."),
        ),
        _made("E02", "interview", ("Ali", "respondent", "P2", "Je dors mal.")),
        _made(
            *("G01", "group"),
            ("Maud", "respondent", "P1", "On s’appelle le soir, entre nous."),
            ("Ali", "respondent", "P2", "Oui. Ça redonne envie."),
        ),
    ),
    (Participant("P1", {"association": "A"}), Participant("P2", {"association": "B"})),
)


def _coded(document: int, words: str, code: str) -> Coding:
    start = CORPUS[document].text.index(words)
    return Coding(CORPUS[document].id, start, start + len(words), code, "rule", f"{code}.1", 0.6)


CODINGS: pd.DataFrame = codings_table(
    [
        _coded(0, "J’y crois, à la suite.", "espoir"),
        _coded(0, "Au groupe on se serre les coudes.", "entraide"),
        _coded(2, "On s’appelle le soir, entre nous.", "entraide"),
        _coded(2, "Ça redonne envie.", "espoir"),
    ],
    CORPUS,
)

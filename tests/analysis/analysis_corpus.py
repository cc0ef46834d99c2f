"""A small corpus whose counts were made by hand, and a codebook with the same methods as the real one."""

from __future__ import annotations

import json

import pandas as pd

from peerqual.model import Code, Corpus, Participant, Transcript, Turn

COLUMNS = [
    *("document", "start", "end", "code", "origin", "rule", "score", "polarity", "qualifiers", "evidence", "status"),
    *("participant", "speaker", "role", "material", "text_hash", "text"),
]


class Book:
    """As much of a `Codebook` as tables and figures use."""

    def __init__(self, *codes: Code) -> None:
        self.codes = codes

    def get(self, id: str) -> Code:
        return next(code for code in self.codes if code.id == id)

    def ancestors(self, id: str) -> tuple[str, ...]:
        parent = self.get(id).parent
        return (parent, *self.ancestors(parent)) if parent else ()

    def label(self, id: str, lang: str = "fr") -> str:
        return self.get(id).label[lang]


def entry(id: str, parent: str | None = None, assignable: bool = True, label: str = "") -> Code:
    return Code(id, parent, assignable, {"fr": label or id.capitalize(), "en": (label or id) + " (en)"}, {"fr": "", "en": ""})


BOOK = Book(
    entry("parcours", assignable=False),
    entry("souffrance", "parcours"),
    entry("souffrance_soins", "souffrance"),
    entry("souffrance_sociale", "souffrance"),
    entry("espoir", "parcours"),
    entry("role", assignable=False),
    entry("parrainage", "role"),
)


def made(id: str, material: str, *turns: tuple[str, str, str, str | None]) -> Transcript:
    """Build a transcript from (speaker, role, words, participant)."""
    text, spoken = "", []
    for speaker, role, words, participant in turns:
        text += f"{speaker} : "
        spoken.append(Turn(speaker, participant, role, len(text), len(text) + len(words)))
        text += words + "\n"
    return Transcript(id, text, tuple(spoken), material=material)


E1 = made(
    "E1",
    "interview",
    ("Q", "interviewer", "Comment allez-vous aujourd'hui ?", None),
    ("R", "respondent", "Les cachets m'assommaient. J'y crois encore, vraiment.", "p1"),
    ("Q", "interviewer", "Et vos amis ?", None),
    ("R", "respondent", "Ils sont tous partis.", "p1"),
)
E2 = made("E2", "interview", ("R", "respondent", "J'ai plus d'espoir. On boit un café chaque mardi.", "p2"), ("A", "other", "Bonjour à tous.", None))
G1 = made(
    "G1",
    "group",
    ("Anim", "facilitator", "On commence doucement.", "p3"),
    ("Z", "respondent", "Moi aussi, plus personne ne venait.", None),
    ("R", "respondent", "J'y crois.", "p1"),
)
N1 = made("N1", "field_notes", ("Notes", "researcher", "Il dit que l'hôpital l'a cassé.", None))
CORPUS = Corpus(
    (E1, E2, G1, N1),
    (Participant("p1", {"association": "A", "sexe": "F"}), Participant("p2", {"association": "B"}), Participant("p3", {"association": "A"})),
)


def coding(document: Transcript, words: str, code: str, status: str = "proposed", polarity: str = "+", score: float = 0.8) -> dict[str, object]:
    """Code `words` where they stand in `document`."""
    start = document.text.index(words)
    return span(document, start, start + len(words), code, status, polarity, score)


def span(
    document: Transcript, start: int, end: int, code: str, status: str = "proposed", polarity: str = "+", score: float = 0.8
) -> dict[str, object]:
    """Code a span of `document`."""
    at = document.turn_at(start)
    turn = document.turns[at] if at is not None else Turn("", None, "other", 0, 0)
    values = (document.id, start, end, code, "rule", f"{code}.1", score, polarity, "", json.dumps([[start, end]]), status)
    more = (turn.participant or f"{document.id}:{turn.speaker}", turn.speaker, turn.role, document.material, document.text_hash)
    return dict(zip(COLUMNS, (*values, *more, document.text[start:end]), strict=True))


def frame(*rows: dict[str, object]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=COLUMNS)


CODINGS = frame(
    coding(E1, "Les cachets m'assommaient.", "souffrance_soins"),  # 3 words
    coding(E1, "Les cachets m'assommaient.", "souffrance", "accepted"),
    coding(E1, "J'y crois encore, vraiment.", "espoir"),  # 4
    coding(E1, "Ils sont tous partis.", "souffrance_sociale", "added"),  # 4
    coding(E2, "J'ai plus d'espoir.", "espoir", "accepted", "-"),  # 3
    coding(E2, "On boit un café chaque mardi.", "parrainage", "rejected"),
    coding(G1, "Moi aussi, plus personne ne venait.", "souffrance_sociale"),  # 6
    coding(G1, "J'y crois.", "espoir"),  # 2
    coding(N1, "Il dit que l'hôpital l'a cassé.", "souffrance_soins"),  # 6
)

"""What the other forms of the report are made of in tests: the corpus of reports, and one whose words mean harm to spreadsheets, LaTeX and XML."""

from __future__ import annotations

from functools import cache

import pandas as pd
from reporting_corpus import BOOK, CODINGS, COLUMNS, CORPUS, Book, entry, made

from peerqual.model import Corpus, Participant
from peerqual.reporting.html import ReportData
from peerqual.study_results import gather

LINK = '=HYPERLINK("http://a.example","cliquez")'
COMMAND = r"\input{/etc/passwd} & 50 % de #1_x ^2 ~ $y$ {"
RAW = "fin\x0b\x00\x1f de la ligne"
_HARM = (
    ("=2+3", "respondent", "p1", f"⟪{LINK} ⟦dit-il⟧.⟫(espoir) Puis rien."),
    ("@SUM(A1)", "respondent", "p2", f"⟪{COMMAND} ⟦voilà⟧.⟫(parrainage) Le café était froid."),
    ("+33", "respondent", "p3", f"⟪http://a.example -- {RAW}.⟫(espoir,parrainage)"),
)
_PARTS = made("=cmd", "interview", *_HARM)
HARM = Corpus((_PARTS[0],), tuple(Participant(f"p{n}", {"association": value}) for n, value in enumerate((LINK, COMMAND, RAW), 1)))
HARM_CODINGS = pd.DataFrame(_PARTS[1], columns=COLUMNS)
HARM_BOOK = Book(
    entry("parcours", COMMAND, COMMAND, assignable=False),
    entry("espoir", LINK, LINK, "parcours"),
    entry("parrainage", COMMAND, COMMAND, "parcours"),
    entry("jamais", "Jamais employé", "Never used"),
)


@cache
def usual(lang: str = "fr", profile: str = "") -> ReportData:
    """The corpus of reports, by association."""
    return gather(CODINGS, CORPUS, BOOK, lang=lang, by=("association",), profile=profile or None)


@cache
def harmful() -> ReportData:
    """One interview whose words, names and labels mean harm."""
    return gather(HARM_CODINGS, HARM, HARM_BOOK, lang="fr", by=("association",))


@cache
def bare() -> ReportData:
    """One document, no coding."""
    return gather(CODINGS.iloc[:0], Corpus(CORPUS[:1]), BOOK, lang="fr")

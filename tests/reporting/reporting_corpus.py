"""A small corpus for reports, with words that mean harm to a page, and a codebook; codings are marked in the sentences.

``⟪words⟫(code,!code,+code,code-)`` codes words; ``!`` is accepted, ``+`` added, ``-`` of negative polarity; ``⟦…⟧`` are supporting words.
"""

from __future__ import annotations

import json
import re

import pandas as pd

from peerqual.model import Code, Corpus, Participant, Transcript, Turn

COLUMNS = [
    *("document", "start", "end", "code", "origin", "rule", "score", "polarity", "qualifiers", "evidence", "status"),
    *("participant", "speaker", "role", "material", "text_hash", "text"),
]
STATUS = {"": "proposed", "!": "accepted", "+": "added"}
HOSTILE = (
    "</script><script>document.title='pris'</script>",
    '"><img src=x onerror="document.title=\'pris\'">',
    "{{ 7 * 7 }} {% raw %} ${1}",
    "</mark></p></details></style><style>body{display:none}</style>",
    "&lt;b&gt; <!-- ]]> -->",
)


class Book:
    """As much of a `Codebook` as reports use."""

    def __init__(self, *codes: Code) -> None:
        self.codes = codes
        self.title = {"fr": "La pair-aidance, livre d’essai", "en": "Peer support, trial codebook"}
        self.version, self.hash, self.language = "1", "0123456789abcdef" * 4, "fr"

    def get(self, id: str) -> Code:
        return next(code for code in self.codes if code.id == id)

    def ancestors(self, id: str) -> tuple[str, ...]:
        parent = self.get(id).parent
        return (parent, *self.ancestors(parent)) if parent else ()

    def children(self, id: str) -> tuple[str, ...]:
        return tuple(code.id for code in self.codes if code.parent == id)

    def label(self, id: str, lang: str = "fr") -> str:
        return self.get(id).label[lang]


def entry(id: str, fr: str, en: str, parent: str | None = None, assignable: bool = True, definition: str = "") -> Code:
    """Make a code; its definition and bounds are in French, and in English after « (en) »."""
    said = definition or f"Ce qui se dit de : {fr.lower()}."
    bounds = {"fr": (f"ce qui relève de « {fr.lower()} »",), "en": (f"what belongs to “{en.lower()}”",)}
    return Code(id, parent, assignable, {"fr": fr, "en": en}, {"fr": said, "en": f"(en) {said}"}, bounds, {"fr": ("le reste",), "en": ("the rest",)})


BOOK = Book(
    entry("parcours", "Parcours", "Paths", assignable=False),
    entry("souffrance", "Souffrance", "Suffering", "parcours"),
    entry("souffrance_soins", "Souffrance liée aux soins", "Suffering from care", "souffrance"),
    entry("espoir", "Espoir <i>toujours</i>", "Hope <i>always</i>", "parcours", definition="Confiance </p><script>document.title='pris'</script>."),
    entry("fragilite", "Fragilité", "Fragility", "parcours"),
    entry("role", "Être pair-aidant", "Being a peer helper", assignable=False),
    entry("parrainage", "Parrainage", "Sponsoring", "role"),
    entry("cadre_formation", "Cadre et formation", "Frame and training", "role"),
)


Row = dict[str, object]


def made(id: str, material: str, *turns: tuple[str, str, str | None, str], head: str = "", **metadata: str) -> tuple[Transcript, list[Row]]:
    """Build a transcript of (speaker, role, participant, marked words), and the rows of its codings."""
    text, spoken, codings = head, [], []
    for speaker, role, participant, marked in turns:
        text += f"{speaker} : " if speaker else ""
        words, found = _unmarked(marked, len(text))
        turn = Turn(speaker, participant, role, len(text), len(text) + len(words))
        spoken.append(turn)
        text += words + "\n\n"
        codings += [(turn, *rest) for rest in found]
    transcript = Transcript(id, text, tuple(spoken), metadata, material)
    return transcript, [_row(transcript, *coding) for coding in codings]


def _unmarked(marked: str, at: int) -> tuple[str, list[tuple[int, int, str, list[list[int]]]]]:
    words, found, start, evidence = "", [], 0, []
    for token in re.findall(r"⟪|⟫\([^)]*\)|⟦|⟧|[^⟪⟫⟦⟧]+", marked):
        here = at + len(words)
        if token == "⟪":
            start, evidence = here, []
        elif token == "⟦":
            evidence.append([here, here])
        elif token == "⟧":
            evidence[-1][1] = here
        elif token.startswith("⟫"):
            found += [(start, here, code, evidence) for code in token[2:-1].split(",")]
        else:
            words += token
    return words, found


def _row(transcript: Transcript, turn: Turn, start: int, end: int, code: str, evidence: list[list[int]]) -> Row:
    mark, name, minus = re.fullmatch(r"([!+]?)(\w+)(-?)", code).groups()
    score = "" if mark == "+" else 0.6
    origin, rule = ("person", "") if mark == "+" else ("rules", f"{name}.phrase1")
    values = (transcript.id, start, end, name, origin, rule, score, minus or "+", "negated" if minus else "")
    more = (turn.participant or f"{transcript.id}:{turn.speaker}", turn.speaker, turn.role, transcript.material, transcript.text_hash)
    return dict(zip(COLUMNS, (*values, json.dumps(evidence), STATUS[mark], *more, transcript.text[start:end]), strict=True))


E1 = made(
    "E01",
    "interview",
    ("Enquêtrice", "interviewer", None, "Comment ça se passait, avant ?"),
    (
        "Jeanne",
        "respondent",
        "p1",
        "Ben, avant… ⟪Les cachets, ils ⟦m'assommaient⟧, je dormais debout.⟫(souffrance_soins,!souffrance) On habitait au-dessus du garage. "
        "⟪Et puis un matin ⟦j'y ai cru⟧ de nouveau.⟫(espoir) " + HOSTILE[0],
    ),
    ("Enquêtrice", "interviewer", None, "Et aujourd'hui ?"),
    (
        "Jeanne",
        "respondent",
        "p1",
        "⟪Aujourd'hui je fais attention, ⟦ça peut revenir⟧, mais ⟦j'y crois⟧.⟫(fragilite,espoir,parrainage,cadre_formation) "
        "⟪On boit un ⟦café⟧ le mardi avec une jeune.⟫(!parrainage) Sa sœur, elle ne comprend pas. " + HOSTILE[1],
    ),
    head="Corpus fictif : oui\nDate : un mardi\n\n",
    Corpus="fictif : tout est inventé",
)
E2 = made(
    'E02 "le <second>"',
    "interview",
    ("Idriss", "interviewer", None, "Vous avez suivi une formation ?"),
    (
        "Marc",
        "respondent",
        "p2",
        "⟪⟦J'ai plus d'espoir⟧, moi.⟫(espoir-) " + HOSTILE[2] + " ⟪La ⟦formation⟧, elle m'a posé.⟫(cadre_formation) Le café était froid, ce jour-là.",
    ),
    ("Marc", "respondent", "p2", "⟪Je l'accompagne ⟦depuis un an⟧.⟫(+parrainage) " + HOSTILE[3]),
    Corpus="Fictif",
)
G1 = made(
    "G01",
    "group",
    ("ANIM", "facilitator", "p3", "On commence doucement."),
    ("ZOÉ", "respondent", None, "⟪Moi aussi, ⟦les piqûres⟧, plus jamais.⟫(souffrance_soins) " + HOSTILE[4]),
    ("JEANNE", "respondent", "p1", "⟪⟦J'y crois⟧.⟫(espoir)"),
    Corpus="fictif",
)
N1 = made(
    "N01",
    "field_notes",
    ("", "researcher", None, "Il pleut, la salle est pleine.\n\n⟪Un homme dit que l'hôpital ⟦l'a cassé⟧.⟫(souffrance_soins)\n\nLe café coule."),
    Corpus="fictif",
)
PARTS = (E1, E2, G1, N1)
CORPUS = Corpus(tuple(transcript for transcript, _ in PARTS), (Participant("p1", {"association": "A"}), Participant("p2", {"association": "<b>B"})))
CODINGS = pd.DataFrame([row for _, rows in PARTS for row in rows], columns=COLUMNS)

# What Jeanne answers to Zoé rests on Zoé's words too.
_said = CORPUS[2].text.index("les piqûres")
_answer = CODINGS.index[(CODINGS["document"] == "G01") & (CODINGS["code"] == "espoir")][0]
CODINGS.loc[_answer, "evidence"] = json.dumps([[_said, _said + len("les piqûres")], *json.loads(CODINGS.loc[_answer, "evidence"])])

MENTIONS = {"auto": {"PER": 12, "DIAG": 3}, "review": {"LOC": 2}}
BY = ("association",)
VERSIONS = {"peerqual": "0.1.0", "spacy": "3.8.7"}


def page(codings: pd.DataFrame = CODINGS, corpus: Corpus = CORPUS, book: Book = BOOK, lang: str = "fr", by: tuple[str, ...] = BY) -> str:
    """Make the report's page as `study` does."""
    from peerqual import analysis
    from peerqual.reporting import html

    tables = {"frequencies": analysis.theme_frequencies(codings, corpus, codebook=book, lang=lang)}
    tables |= {f"frequencies_{name}": analysis.theme_frequencies(codings, corpus, codebook=book, by=name, lang=lang) for name in by}
    tables["code_by_document"] = analysis.code_by_document(codings, corpus, book)
    tables["cooccurrence"] = analysis.cooccurrence(codings, corpus, codebook=book)
    tables["positions"] = analysis.positions(codings, corpus)
    tables["verbatims"] = analysis.verbatims(codings, corpus, book)
    facts = analysis.summary(codings, corpus, book)
    drawn = html.draw(tables, corpus, book, facts, lang=lang)
    return html.render(html.ReportData.of(codings, corpus, book, tables, facts, drawn, mentions=MENTIONS, versions=VERSIONS), lang=lang)

"""The sheets of the course that come from the sample: an interview to print, forty passages to judge blind, the closed questions."""

from __future__ import annotations

import csv
import hashlib
import html
import io
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import peerqual as pq

if TYPE_CHECKING:
    import pandas as pd

SAMPLE = Path(__file__).resolve().parents[1] / "corpus_sample"
INTERVIEW = "E01_Kervandec"
NEAR = 12  # sentences
FOUR = ("E05_Loubassou", "E06_Jaubertie", "E07", "E08_entretien")
BLIND = "integrer_pairs"  # the code that two people judge blind: in all of the four interviews
COLUMNS = ["n", "oui_ou_non", "passage", "juste_avant", "pourquoi", "document", "debut", "fin"]
_PAGE = """<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<title>Entretien à imprimer (corpus fictif)</title>
<style>
body {{ font: 12pt/1.6 Georgia, "Times New Roman", serif; max-width: 17cm; margin: 1.5cm auto; padding-right: 5cm; color: #111; }}
h1 {{ font-size: 16pt; }}
.head {{ font-size: 10pt; border: 1px solid #555; padding: .6em 1em; }}
.q {{ font-style: italic; margin: 1.2em 0 .3em; }}
.s {{ margin: 0; padding-left: 3em; position: relative; break-inside: avoid; }}
.s b {{ position: absolute; left: 0; width: 2.4em; text-align: right; font: 9pt/2.1 Arial, sans-serif; color: #555; }}
.codes {{ break-before: page; font-size: 10pt; line-height: 1.4; margin-right: -5cm; }}
dt {{ font-weight: bold; margin-top: .6em; }}
dd {{ margin: 0 0 0 1em; }}
dt code {{ font-weight: normal; }}
@page {{ size: A4; margin: 1.8cm 1.5cm; }}
@media print {{ body {{ margin: 0; max-width: none; padding-right: 5.5cm; }} }}
</style>
</head>
<body>
<h1>Un entretien à lire, crayon en main</h1>
<p class="head"><strong>Corpus fictif</strong> : cette personne, cet hôpital, ces paroles sont inventés. La marge de droite est à vous.
Chaque phrase de la personne rencontrée porte un numéro ; les questions de l’enquêtrice n’en ont pas, on ne les code pas.
Lisez tout, puis codez les phrases 28 à 84. Les codes sont à la fin.</p>
{body}
<div class="codes">
<h1>Les codes</h1>
<p>Un code décalé est plus fin que celui qui le précède : employez le plus fin dont vous êtes sûr·e.</p>
<dl>
{codes}
</dl>
</div>
</body>
</html>
"""


def interview() -> pq.Transcript:
    """Return the interview that is coded by hand."""
    return pq.read(SAMPLE / "transcripts" / f"{INTERVIEW}.txt", participants=SAMPLE / "participants.csv")[0]


def page(transcript: pq.Transcript) -> str:
    """Return the page to print: each sentence that may be coded under its number, from 1, as `verifications.phrases` counts them."""
    from peerqual.language.sentences import split

    lines, n = [], 0
    for turn in transcript.turns:
        words = transcript.text[turn.start : turn.end]
        if turn.role == "interviewer":
            lines.append(f'<p class="q">{html.escape(words)}</p>')
            continue
        for start, end in split(words):
            n += 1
            lines.append(f'<p class="s"><b>{n}</b> {html.escape(words[start:end])}</p>')
    return _PAGE.format(body="\n".join(lines), codes="\n".join(_definitions()))


def _definitions() -> list[str]:
    codes = [code for code in pq.Codebook.load(SAMPLE.parent / "codebook.yaml").codes if code.assignable]
    ids, lines = {code.id for code in codes}, []
    for code in codes:
        aside = ' style="margin-left: 2em"' if code.parent in ids else ""
        lines.append(f"<dt{aside}>{html.escape(code.label['fr'])} <code>{code.id}</code></dt>")
        lines.append(f"<dd{aside}>{html.escape(code.definition['fr'])}</dd>")
    return lines


def forty() -> str:
    """Return forty sentences of the interviews `FOUR`, as a CSV to fill: some that one of two blind readers gave `BLIND`, others near them."""
    import pandas as pd

    units = pd.read_csv(SAMPLE / "gold" / "units.csv", keep_default_na=False)
    readings = pd.concat([pd.read_csv(SAMPLE / "gold" / f"pass_{one}.csv", keep_default_na=False) for one in "ab"])
    given = set(readings.loc[readings["code"] == BLIND, ["document", "start"]].itertuples(index=False, name=None))
    rows: list[list[object]] = []
    for document in FOUR:
        here = units[units["document"] == document].sort_values("start").reset_index(drop=True)
        (path,) = (SAMPLE / "transcripts").glob(f"{document}.*")
        read = pq.read(path, participants=SAMPLE / "participants.csv")[0]
        held = [i for i, start in enumerate(here["start"]) if (document, start) in given]
        near = {i for at in held for i in range(max(at - NEAR, 0), min(at + NEAR, len(here)))} - set(held)
        yes = _lots(held, here, 5)
        for i in sorted([*yes, *_lots(near, here, 10 - len(yes))]):
            start = here.loc[i, "start"]
            words = " ".join(here.loc[i, "text"].split())
            rows.append([len(rows) + 1, "", words, _before(read, start), "", document, start, here.loc[i, "end"]])
    told = io.StringIO()
    csv.writer(told, delimiter=";", lineterminator="\n").writerows([COLUMNS, *rows])
    return "\ufeff" + told.getvalue()  # the mark by which spreadsheets know UTF-8


def _before(read: pq.Transcript, place: int, most: int = 20) -> str:
    # The last words of the same turn, else of the turn before: often the question.
    at = read.turn_at(place)
    assert at is not None
    words = read.text[read.turns[at].start : place].split()
    if not words and at:
        words = ["—", *read.text[read.turns[at - 1].start : read.turns[at - 1].end].split()[-most:]]
    return " ".join(words[-most - 1 :])


def _lots(places: Iterable[int], here: pd.DataFrame, most: int) -> list[int]:
    # At random, but always the same; sentences of four words or fewer say too little alone.
    long = [i for i in places if len(here.loc[i, "text"].split()) > 4]
    return sorted(long, key=lambda i: hashlib.sha256(here.loc[i, "text"].encode()).hexdigest())[:most]


def sheets() -> dict[str, str]:
    """Return the name and the text of each sheet."""
    questions = (Path(__file__).parent / "sample" / "variables.yaml").read_text(encoding="utf-8")
    return {"entretien_a_imprimer.html": page(interview()), "quarante_passages.csv": forty(), "questions_fermees.yaml": questions}

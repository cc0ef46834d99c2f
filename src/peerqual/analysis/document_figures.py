"""The figures of documents, each with what it counts, its unit, its year and who is named as its source; those without a source are marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from peerqual.analysis.ground import spoken
from peerqual.language.attributions import attributions
from peerqual.language.counted import counted, inherits
from peerqual.language.quantities import Quantity, quantities, years
from peerqual.language.sentences import split
from peerqual.model import Corpus, Transcript

COLUMNS = ["document", "start", "end", "figure", "value", "upper", "unit", "what", "year", "source", "sourced"]
_FRONT_MATTER = re.compile(r"\A---\n.*?\n---\n", re.S)
_SINCE = re.compile(r"\b(?:depuis|dès|avant|après|d['’]ici(?: à)?|par rapport à|qu['’]en|jusqu['’]en)\s(?:\w+\s)?\Z", re.I)
_OF_A_YEAR = re.compile(r"\w+ (?:premi|derni)\w+ (?:jours|semaines|mois) de \d{4}")
_TABLE_SOURCE = re.compile(r"\A[\s*_>]*sources?\s*:\s*(?P<name>.+?)[\s*_.]*\Z", re.I)


def sourced_figures(corpus: Corpus) -> pd.DataFrame:
    """List the figures of a corpus, whatever its material, with what vouches for them.

    A figure counts or measures: numbers in digits or words, shares (« un tiers », « une famille sur cinq »), ranges. Dates, hours, people's ages,
    pages, numbers of things and phone numbers are none. Everything is taken from the words of its own sentence (a table's from the « Source : »
    line under it): nothing is inferred, and nothing tells whether the figure is right.

    Args:
        corpus: the documents.

    Returns:
        One row per figure, in the order of the texts: `document`, `start`, `end` (code points), `figure` (its words, « près de » and unit with it),
        `value` (in `unit`; shares in %), `upper` (the other bound of a range, else NaN), `unit` ("" when it counts), `what` (the words that say
        what is counted, "" when none could be told), `year` (<NA> when none is named), `source` (words of the text, "" when none), `sourced`.

    >>> from peerqual.model import Corpus, Transcript
    >>> table = sourced_figures(Corpus((Transcript("D", "Selon le CHU, 37,5 % des lits étaient fermés en 2022."),)))
    >>> table[["figure", "unit", "what", "source"]].values.tolist(), int(table["year"][0])
    ([['37,5 %', '%', 'lits', 'le CHU']], 2022)
    """
    rows = [row for transcript in corpus for row in _rows(transcript)]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.astype({"value": float, "upper": float, "year": "Int64", "sourced": bool})


def _rows(transcript: Transcript) -> Iterator[tuple[Any, ...]]:
    text = transcript.text
    front = _FRONT_MATTER.match(text)
    for turn in spoken(transcript):
        for begin, finish in turn.spans():
            begin = max(begin, front.end() if front else 0)
            rest = text[begin:finish] if begin < finish else ""
            for start, end in split(rest):
                yield from _of_sentence(transcript, begin + start, begin + end)


def _of_sentence(transcript: Transcript, start: int, end: int) -> Iterator[tuple[Any, ...]]:
    text = transcript.text
    sentence = text[start:end]
    last: tuple[str, str] = ("", "")
    found = quantities(sentence)
    sources = attributions(sentence)
    for i, quantity in enumerate(found):
        unit, set_against = quantity.unit, i > 0 and inherits(sentence, quantity)
        what = counted(sentence, quantity, floor=found[i - 1].end if i else 0, alone=set_against)
        what = what or _row_label(text, start)
        if set_against and not what and unit in ("", last[0]):
            unit, what = last
        last = (unit, what)
        source = _source(sentence, sources, found) or _under_table(text, start)
        year = _year(sentence, found, i, source, sources)
        figure = sentence[quantity.start : quantity.end]
        upper = float("nan") if quantity.upper is None else quantity.upper
        yield (transcript.id, start + quantity.start, start + quantity.end, figure, quantity.value, upper, unit, what, year, source, bool(source))


def _row_label(text: str, start: int) -> str:
    begin = text.rfind("\n", 0, start) + 1
    cells = text[begin : text.find("\n", start) % (len(text) + 1)].split("|")
    return cells[1].strip() if text.startswith("|", begin) and len(cells) > 2 else ""


def _source(sentence: str, sources: Sequence[tuple[int, int]], found: Sequence[Quantity]) -> str:
    # « Sept adhérents sur dix déclarent »: who is counted vouches for nothing.
    named = (span for span in sources if not any(span[0] < one.end and one.start < span[1] for one in found))
    return next((sentence[start:end].strip() for start, end in named), "")


def _under_table(text: str, start: int) -> str:
    begin = text.rfind("\n", 0, start) + 1
    if not text.startswith("|", begin):
        return ""
    for line in text[start:].split("\n"):
        if match := _TABLE_SOURCE.match(line):
            return match["name"]
        if line.strip() and "|" not in line:
            break
    return ""


def _year(sentence: str, found: Sequence[Quantity], i: int, source: str, sources: Sequence[tuple[int, int]]) -> int | None:
    named = [one for one in years(sentence) if not any(start <= one[0] < end for start, end in sources)]
    named = [one for one in named if not _SINCE.search(sentence, 0, one[0])]
    following = next((one.start for one in found[i + 1 :] if not _OF_A_YEAR.match(sentence, one.start)), len(sentence))
    after = [year for start, _, year in named if found[i].end <= start < following]
    if after and (len(named) > 1 or i + 1 == len(found)):
        return after[0]
    before = [year for start, _, year in named if start < found[i].start]
    if len({year for _, _, year in named}) == 1:
        return named[0][2]
    own = years(source)
    return before[-1] if before else own[-1][2] if own else None

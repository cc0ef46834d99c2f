"""The list of excerpts from which a person chooses: written as a draft, read back, followed to today's texts, with who could recognise whom."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import PeerqualError, message
from ..model import Corpus
from .outputs import read_csv, write_csv

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = ("keep", "code", "document", "participant", "speaker", "start", "end", "text", "recognised_by", "because_of", "cited_in", "text_hash")
ADDRESS = ("document", "start", "end", "code", "keep")
_WORDS = {"yes": "oui o yes y x 1 vrai true", "no": "non n no 0 faux false", "": ""}
KEEP = {word: answer for answer, words in _WORDS.items() for word in (words.split() or [""])}


def draft(verbatims: pd.DataFrame, corpus: Corpus, *, lang: str = "fr") -> pd.DataFrame:
    """Return the list to choose from: the excerpts of `verbatims`, with an empty column `keep`.

    Returns:
        `keep` (to be filled: oui, non, or nothing yet), `code`, `document`, `participant`, `speaker`, `start`, `end` (code points, half-open),
        `text` (the words), `recognised_by` and `because_of` (who could recognise the person, and by which words: what a list of cues noticed,
        no more), `cited_in` ("", to fill: the chapter), `text_hash` (of the transcript).
    """
    hashes = {transcript.id: transcript.text_hash for transcript in corpus}
    risks = recognised(verbatims, corpus, lang=lang)
    told = risks.set_index(["document", "start", "end"])[["recognised_by", "because_of"]]
    told = told[~told.index.duplicated()]
    made = verbatims.join(told, on=["document", "start", "end"]).assign(keep="", cited_in="", text_hash=verbatims["document"].map(hashes))
    texts = {transcript.id: transcript.text for transcript in corpus}
    made["text"] = [texts[d][int(a) : int(b)] for d, a, b in made[["document", "start", "end"]].itertuples(index=False)]
    return made[list(COLUMNS)]


def write_draft(path: Path, verbatims: pd.DataFrame, corpus: Corpus, *, lang: str = "fr", excel_fr: bool = False) -> None:
    """Write `draft` to the file `path`, which must not exist."""
    write_csv(draft(verbatims, corpus, lang=lang), path, excel_fr=excel_fr)


def read_chosen(path: str | Path, corpus: Corpus) -> pd.DataFrame:
    """Read which excerpts a person keeps: `document`, `start`, `end`, `code`, `keep` ("yes" or "no"); rows without an answer are left out.

    Where a text has changed since (its hash differs), an excerpt is looked for by its words; so it is in a row that has words and no place.

    Raises:
        PeerqualError: the file is no such table, or an answer is none; an excerpt to keep is in no document, or its words are not there, or twice.
    """
    table = read_csv(Path(path), ("keep", "code", "document", "start", "end"))
    texts = corpus.by_id()
    rows = []
    for line, row in enumerate(table.to_dict("records"), 2):
        keep = KEEP.get(str(row["keep"]).strip().casefold())
        if keep is None:
            raise PeerqualError("excerpts.bad_keep", path, line)
        if not keep:
            continue
        transcript = texts.get(str(row["document"]))
        place = _place(transcript.text, transcript.text_hash, row) if transcript is not None else None
        if place is not None:
            rows.append((row["document"], *place, row["code"], keep))
        elif keep == "yes":
            raise PeerqualError("excerpts.not_there" if transcript is not None else "excerpts.no_document", path, line, document=row["document"])
    import pandas as pd

    return pd.DataFrame(rows, columns=list(ADDRESS)).astype({"start": int, "end": int})


def _place(text: str, text_hash: str, row: Mapping[Any, Any]) -> tuple[int, int] | None:
    words, start, end = str(row.get("text") or ""), row["start"], row["end"]
    if start == start and end == end and (row.get("text_hash") or text_hash) == text_hash:  # NaN is not equal to itself
        at = int(str(start).split(".")[0]), int(str(end).split(".")[0])
        return at if 0 <= at[0] < at[1] <= len(text) else None
    found = text.find(words) if words else -1
    return (found, found + len(words)) if found >= 0 and text.find(words, found + 1) < 0 else None


def recognised(excerpts: pd.DataFrame, corpus: Corpus, *, lang: str = "fr") -> pd.DataFrame:
    """Return who could recognise the person in each of `excerpts` (`document`, `start`, `end`): a checklist, filled with what the words give away.

    Returns:
        `document`, `start`, `end`, `participant`, `recognised_by` (readers, in `lang`; "" where no cue was noticed) and `because_of` (words).
    """
    from ..anonymization.risk import risk

    if excerpts.empty:
        return excerpts.reindex(columns=["document", "start", "end", "participant", "recognised_by", "because_of"])
    found = risk(corpus, excerpts=excerpts, mentions=(), attributes=()).excerpts
    readers = [", ".join(message(f"risk.reader_{reader}", lang) for reader in row.split()) for row in found["readers"]]
    return found.assign(recognised_by=readers, because_of=found["words"])[["document", "start", "end", "participant", "recognised_by", "because_of"]]

"""From the table as a person has filled it to decisions and memos."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any

from ...codebook import Codebook
from ...codebook_history import renamed
from ...errors import PeerqualError
from ...language.fold import fold
from ...model import Corpus, Decision, Span, Transcript
from ...spreadsheet import RowFault, rows_of
from .log import JUDGED
from .memos import CodingMemo
from .passages import places

if TYPE_CHECKING:
    import pandas as pd

_WORDS = {
    "accept": "accept|accepter|accepte|acceptee|oui|ok|yes|o|a",
    "reject": "reject|rejeter|rejete|rejetee|non|no|n|r",
    "other": "other|other code|autre|autre code",
    "new": "new|new passage|passage|nouveau|nouveau passage|add|ajouter|ajoute",
}
_MEANT = {word: meant for meant, words in _WORDS.items() for word in words.split("|")}
_NONE = frozenset("- – — aucun none 0".split())


@dataclass
class Answers:
    """What a table says: `decisions`, and `memos` about passages."""

    decisions: list[Decision] = field(default_factory=list)
    memos: list[CodingMemo] = field(default_factory=list)


def answers_of(table: pd.DataFrame, corpus: Corpus, codebook: Codebook, *, at: str, coder: str = "", where: str = "table") -> Answers:
    """Return what is decided in `table` (of `codings_to_review` or `units_to_judge`, filled), `at` one time, by `coder` where a row names nobody.

    Raises `PeerqualError` where a row cannot be read or carried out, with its line in the file `where`.
    """
    blind = "codes" in table.columns
    missing = [name for name in ("document", "passage", *(() if blind else ("decision",))) if name not in table.columns]
    if missing:
        raise PeerqualError("review_codes.missing_columns", where=where, names=", ".join(missing))
    reader = _Reader(corpus, codebook, at, coder)
    for n, cells in rows_of(table):
        try:
            reader.read(cells, blind)
        except RowFault as fault:
            raise PeerqualError(f"review_codes.{fault}", where=where, line=n, **fault.values) from None
    return reader.answers


class _Reader:
    """Reads rows one after the other into `answers`."""

    def __init__(self, corpus: Corpus, codebook: Codebook, at: str, coder: str) -> None:
        self.answers = Answers()
        self._texts, self._codebook, self._at, self._coder = corpus.by_id(), codebook, at, coder
        self._codes = {fold(id): id for id in codebook.assignable}

    def read(self, cells: Mapping[str, str], blind: bool) -> None:
        """Read one row."""
        codes = cells.get("codes", "") if blind else ""
        if blind and not (codes or cells.get("memo")):
            return
        verdict = "" if blind else self._verdict(cells)
        if not (blind or verdict or cells.get("memo")):
            return
        transcript, span, told = self._place(cells)
        given = list(self._judged(codes) if blind else self._decided(verdict, cells))
        coder = cells.get("coder") or self._coder
        for code, what in given:
            marks = {"blind": blind, "final": bool(told.get("final")) and not blind}
            self.answers.decisions.append(Decision(transcript.id, transcript.text_hash, *span, code, what, coder, self._at, **marks))
        if cells.get("memo"):
            code = cells.get("code", "") or next((code for code, what in given if what != JUDGED), "")
            self.answers.memos.append(CodingMemo(transcript.id, transcript.text_hash, *span, code, coder, self._at, cells["memo"]))

    def _verdict(self, cells: Mapping[str, str]) -> str:
        said, other = cells["decision"], cells.get("other_code", "")
        verdict = _MEANT.get(fold(said).strip(" ."), "") if said else ""
        if said and not verdict:
            raise RowFault("bad_decision")
        if not cells.get("address"):  # a row that the person has added
            if verdict in ("reject", "other"):
                raise RowFault("bad_new")
            return "new" if verdict or other or cells.get("code") else ""
        if verdict == "new":
            raise RowFault("not_a_row_of_its_own")
        return "other" if other and verdict in ("", "reject") else verdict

    def _judged(self, codes: str) -> Iterator[tuple[str, str]]:
        if codes:
            for code in [] if codes.casefold() in _NONE else self._named(codes):
                yield code, "add"
            yield "", JUDGED

    def _decided(self, verdict: str, cells: Mapping[str, str]) -> Iterator[tuple[str, str]]:
        """Yield the codes of a row with the verdict on each: an accepted row's other code comes beside, else in its place."""
        code, others = self._today(cells.get("code", "")), self._named(cells.get("other_code", ""))
        if verdict == "other" and not others:
            raise RowFault("no_other")
        if verdict == "new":
            others = self._named(f"{code} {cells.get('other_code', '')}")
            if not others:
                raise RowFault("no_code")
        elif verdict:
            if verdict == "accept" and code not in self._codes.values():
                raise RowFault("code_gone", code=code)
            if code in others:
                raise RowFault("same_code", code=code)
            yield code, "accept" if verdict == "accept" else "reject"
        for other in others:
            yield other, "add"

    def _today(self, code: str) -> str:
        """Return what a code that the table names is called now."""
        return renamed([code], self._codebook).get(code, code)

    def _named(self, cell: str) -> list[str]:
        """Return the ids of the codes that are written in `cell`."""
        found: dict[str, None] = {}
        for word in re.split(r"[\s,;·|+]+", cell.strip()):
            if word and fold(word) not in self._codes:
                near = get_close_matches(fold(word), self._codes, 3, 0.6)
                key = "unknown_code" if near else "no_such_code"
                raise RowFault(key, code=word, near=", ".join(self._codes[one] for one in near))
            if word:
                found[self._codes[fold(word)]] = None
        return list(found)

    # --- where it stands -----------------------------------------------------------------------------------------------

    def _place(self, cells: Mapping[str, str]) -> tuple[Transcript, Span, dict[str, Any]]:
        transcript = self._texts.get(cells["document"])
        if transcript is None:
            raise RowFault("unknown_document", document=cells["document"] or "—")
        if not cells.get("address"):
            return transcript, self._found(transcript, cells), {}
        try:
            told = json.loads(cells["address"])
            span, text_hash = (int(told["start"]), int(told["end"])), told["text_hash"]
        except (ValueError, KeyError, TypeError):
            raise RowFault("bad_address") from None
        if text_hash != transcript.text_hash:
            raise RowFault("text_changed", document=transcript.id)
        if not 0 <= span[0] < span[1] <= len(transcript.text):
            raise RowFault("bad_address")
        return transcript, span, told

    def _found(self, transcript: Transcript, cells: Mapping[str, str]) -> Span:
        """Return the place of the words in the row; where they are said several times, the one that begins at its « start »."""
        found = places(transcript, cells.get("passage", ""))
        if len(found) > 1 and cells.get("start"):
            found = [span for span in found if str(span[0]) == cells["start"].partition(".")[0]] or found
        if len(found) != 1:
            raise RowFault("passage_several" if found else "passage_absent", document=transcript.id, n=len(found))
        return found[0]

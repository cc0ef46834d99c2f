"""The review of codings in a notebook: one passage at a time, by keyboard. Needs anywidget (extra ``notebook``)."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...codebook import Codebook
from ...errors import PeerqualError, UsageError, message
from ...model import Corpus, Span
from . import log
from .commands import decide_codes, undo_codes
from .passages import window

if TYPE_CHECKING:
    import pandas as pd

ACTIONS = ("accept", "reject", "other", "passage", "memo", "undo", "previous", "next")


class CodesWidget:
    """Shows the codings of `table` (of `review_codes`) one after the other; each decision goes to the log at `decisions` at once.

    Keys: a accept, r reject, o other code, n new passage (the words selected), m memo, u undo, ← → to move. Every action is a method too; `said`
    is what was told last. Raises `UsageError` when anywidget is not installed.

    >>> from peerqual.coding.review.widget import CodesWidget
    >>> CodesWidget(pq.review_codes(codings, corpus), corpus, decisions="decisions.jsonl", coder="AM")  # doctest: +SKIP
    """

    def __init__(
        self,
        table: pd.DataFrame,
        corpus: Corpus,
        codebook: Codebook | None = None,
        *,
        decisions: str | Path,
        memos_file: str | Path | None = None,
        coder: str = "",
        lang: str | None = None,
    ) -> None:
        self._rows: list[dict[str, Any]] = [{str(name): cell for name, cell in cells.items()} for cells in table.to_dict("records")]
        self._corpus, self._texts, self._codebook = corpus, corpus.by_id(), codebook or Codebook.load()
        self._coder, self._lang, self._decisions = coder, lang, Path(decisions)
        self._memos = Path(memos_file) if memos_file is not None else self._decisions.with_suffix(".memos.jsonl")
        self._n, self._done = 0, list[tuple[int, int]]()  # what was decided here: in which row, and its number in the log
        labels = {name: message(f"review_codes.widget_{name}", lang) for name in (*ACTIONS, "select")}
        book = self._codebook
        self.view = _view({**labels, "codes": [[id, book.label(id, lang or book.language)] for id in book.assignable]})
        self.view.on_msg(lambda view, content, buffers: self._asked(content))
        self._show()

    @property
    def said(self) -> str:
        """What was told last."""
        return str(self.view.said)

    def accept(self) -> None:
        """Accept the coding that is shown, and go to the next."""
        self._decide({**self._row, "decision": "accept"}, step=1)

    def reject(self) -> None:
        """Reject the coding that is shown, and go to the next."""
        self._decide({**self._row, "decision": "reject"}, step=1)

    def other(self, code: str) -> None:
        """Give the passage that is shown the code `code` in the place of its own, and go to the next."""
        self._decide({**self._row, "other_code": code}, step=1)

    def passage(self, start: int, end: int, code: str) -> None:
        """Give the code `code` to the words at ``[start, end)`` of the text that is shown."""
        transcript, (low, _) = self._texts[self._row["document"]], self._window
        words = transcript.text[low + start : low + end]
        begin = low + start + len(words) - len(words.lstrip())
        self._decide({"document": transcript.id, "passage": words, "code": code, "start": begin, "decision": ""})

    def memo(self, memo: str) -> None:
        """Keep a memo on the passage that is shown."""
        self._decide({**self._row, "memo": memo})

    def undo(self) -> None:
        """Take back what was decided last here, and show it again."""
        if not self._done:
            self._tell("review_codes.widget_nothing")
            return
        self._n, number = self._done.pop()
        undo_codes(self._decisions, number)
        self._show()
        self._tell("review_codes.widget_undone")

    def previous(self) -> None:
        """Show the coding before."""
        self._go(-1)

    def next(self) -> None:
        """Show the next coding."""
        self._go(1)

    # --- what happens behind -------------------------------------------------------------------------------------------

    @property
    def _row(self) -> dict[str, Any]:
        return {**self._rows[self._n], "decision": "", "other_code": "", "memo": "", "coder": self._coder}

    @property
    def _window(self) -> Span:
        row = self._row
        return window(self._texts[row["document"]], int(row["start"]), int(row["end"]))

    def _asked(self, content: dict[str, Any]) -> None:
        values = {name: value for name, value in content.items() if name != "do"}
        if content.get("do") in ACTIONS and self._rows:
            getattr(self, content["do"])(**values)

    def _decide(self, row: dict[str, Any], step: int = 0) -> None:
        import pandas as pd

        try:
            table = pd.DataFrame([row])
            n = decide_codes(table, self._corpus, self._codebook, decisions=self._decisions, memos_file=self._memos, coder=self._coder)
        except PeerqualError as error:
            self.view.said = message(error.key, self._lang, **error.values)
            return
        if n:
            self._done.append((self._n, max(log.last(log.standing(self._decisions)))))
        self._tell("review_codes.widget_kept")
        self._go(step)

    def _go(self, step: int) -> None:
        self._n = min(max(self._n + step, 0), len(self._rows) - 1)
        self._show()

    def _tell(self, key: str) -> None:
        self.view.said = message(key, self._lang)

    def _show(self) -> None:
        if not self._rows:
            self.view.shown = {"head": message("review_codes.widget_empty", self._lang), "text": "", "place": [0, 0], "support": [], "decided": False}
            return
        row, (low, high) = self._row, self._window
        verdicts = self._verdicts(row)
        told = (f"{self._n + 1}/{len(self._rows)}", row["document"], row["speaker"], f"{row['label']} ({row['code']})", row["score"], *verdicts)
        self.view.shown = {
            "head": " · ".join(str(one) for one in told if one),
            "text": self._texts[row["document"]].text[low:high],
            "place": [int(row["start"]) - low, int(row["end"]) - low],
            "support": [[a - low, b - low] for a, b in json.loads(row["address"]).get("support", ())],
            "decided": bool(verdicts),
        }

    def _verdicts(self, row: dict[str, Any]) -> list[str]:
        """Return what the coder decided on the passage: a verdict, and the codes beside."""
        stands = log.last(log.standing(self._decisions)).values() if self._decisions.exists() else ()
        place = self._coder, row["document"], int(row["start"]), int(row["end"])
        here = [one for one in stands if (one.coder, one.document, one.start, one.end) == place]
        own = [message(f"review_codes.widget_{one.verdict}", self._lang) for one in here if one.code == row["code"] and one.verdict in ACTIONS]
        return [*own, *(f"+ {one.code}" for one in here if one.code and one.code != row["code"] and one.verdict != "reject")]

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.view)


def _view(labels: dict[str, Any]) -> Any:
    """Return what the notebook shows, with the words `labels`."""
    try:
        import anywidget
        import traitlets
    except ImportError:
        raise UsageError("review_codes.widget_missing", where="anywidget") from None
    source = files("peerqual.coding.review")

    class CodesView(anywidget.AnyWidget):
        _esm = source.joinpath("widget.js").read_text(encoding="utf-8")
        _css = source.joinpath("widget.css").read_text(encoding="utf-8")
        labels = traitlets.Dict().tag(sync=True)
        shown = traitlets.Dict().tag(sync=True)
        said = traitlets.Unicode("").tag(sync=True)

    return CodesView(labels=labels)

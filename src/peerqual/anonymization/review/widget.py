"""The review of names in a notebook: a row of buttons for each entity, with its contexts. Needs ipywidgets (extra ``notebook``)."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from ...errors import PeerqualError, UsageError, message
from .commands import decide_names
from .table import CONTEXTS

if TYPE_CHECKING:
    import pandas as pd

    from ..key import Key

VERDICTS = ("", "accept", "reject", "rename")


class NamesWidget:
    """Shows `table` (of `review_names`) with buttons to accept, reject and rename each entity, and one to write the decisions into `key`.

    `save` writes what was decided so far, which the button does too. Raises `UsageError` when ipywidgets is not installed.

    >>> from peerqual.anonymization.review.widget import NamesWidget
    >>> NamesWidget(pq.review_names(corpus, key=key), key)  # doctest: +SKIP
    """

    def __init__(self, table: pd.DataFrame, key: Key, *, lang: str | None = None) -> None:
        try:
            import ipywidgets
        except ImportError:
            raise UsageError("review.widget_missing", where="ipywidgets") from None
        self._widgets, self._table, self._key, self._lang = ipywidgets, table, key, lang
        self.verdicts: list[Any] = []
        self.replacements: list[Any] = []
        rows = [self._row({str(name): cell for name, cell in cells.items()}) for cells in table.to_dict("records")]
        self.button = ipywidgets.Button(description=message("review.widget_save", lang), button_style="primary")
        self.button.on_click(lambda _: self.save())
        self.said = ipywidgets.HTML()
        self.box = ipywidgets.VBox([*rows, ipywidgets.HBox([self.button, self.said])])

    def _row(self, cells: dict[str, Any]) -> Any:
        contexts = "".join(f"<br>{escape(cells[name])}" for name in CONTEXTS if cells[name])
        told = f"{cells['label']} × {cells['count']} → {cells['replacement']}"
        head = f"<b>{escape(cells['forms'])}</b> {escape(told)} <i>{escape(cells['why'])}</i>"
        choices = [(message(f"review.widget_{verdict or 'later'}", self._lang), verdict) for verdict in VERDICTS]
        verdict = self._widgets.ToggleButtons(options=choices, value=cells["decision"] if cells["decision"] in VERDICTS else "")
        words = self._widgets.Text(value=cells["new_replacement"], placeholder=message("review.column_new_replacement", self._lang))
        words.observe(lambda change: setattr(verdict, "value", "rename" if change["new"] else ""), "value")
        self.verdicts.append(verdict)
        self.replacements.append(words)
        return self._widgets.VBox([self._widgets.HTML(head + contexts), self._widgets.HBox([verdict, words])])

    @property
    def table(self) -> pd.DataFrame:
        """The table with what was decided so far."""
        decided = [verdict.value for verdict in self.verdicts]
        words = [text.value if verdict == "rename" else "" for text, verdict in zip(self.replacements, decided, strict=True)]
        return self._table.assign(decision=decided, new_replacement=words)

    def save(self) -> int:
        """Write the decisions into the key and return how many are new; what cannot be carried out is said below, and nothing is written."""
        try:
            n = decide_names(self.table, key=self._key)
        except PeerqualError as error:
            self.said.value = escape(error.render(self._lang))
            return 0
        self.said.value = escape(message("review.widget_saved", self._lang, n=n))
        return n

    def _ipython_display_(self) -> None:
        from IPython.display import display

        display(self.box)

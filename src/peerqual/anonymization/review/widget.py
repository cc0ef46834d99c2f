"""The review of names in a notebook: a row of buttons for each entity, with its contexts. Needs ipywidgets (extra ``notebook``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from ...errors import PeerqualError, UsageError, message
from ...model import LABELS
from .commands import decide_names
from .log import SCOPES
from .table import CONTEXTS

if TYPE_CHECKING:
    import pandas as pd

    from ..key import Key

VERDICTS = ("", "accept", "reject", "rename", "label", "merge", "split")
_FILLED = {"new_replacement": "rename", "new_label": "label", "merge_with": "merge"}  # what is written there decides


class NamesWidget:
    """Shows `table` (of `review_names`), a row for each entity, with all that a person may decide on it, and a button to write that into `key`.

    Buttons accept, reject, rename, give another label, merge and split; beside them stand the new words, the label, the entity to merge with (one of
    its forms) and the scope (the corpus, these documents, the first place alone). `save` writes what was decided so far, as the button does.
    Raises `UsageError` when ipywidgets is not installed.

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
        self.cells: dict[str, list[Any]] = {name: [] for name in (*_FILLED, "scope")}
        rows = [self._row({str(name): cell for name, cell in cells.items()}) for cells in table.to_dict("records")]
        self.button = ipywidgets.Button(description=message("review.widget_save", lang), button_style="primary")
        self.button.on_click(lambda _: self.save())
        self.said = ipywidgets.HTML()
        self.box = ipywidgets.VBox([*rows, ipywidgets.HBox([self.button, self.said])])

    @property
    def replacements(self) -> list[Any]:
        """The fields of new words, a row each."""
        return self.cells["new_replacement"]

    def _row(self, cells: dict[str, Any]) -> Any:
        contexts = "".join(f"<br>{escape(cells[name])}" for name in CONTEXTS if cells[name])
        told = f"{cells['label']} × {cells['count']} → {cells['replacement']}"
        head = f"<b>{escape(cells['forms'])}</b> {escape(told)} <i>{escape(cells['why'])}</i>"
        choices = [(message(f"review.widget_{verdict or 'later'}", self._lang), verdict) for verdict in VERDICTS]
        verdict = self._widgets.ToggleButtons(options=choices, value=cells["decision"] if cells["decision"] in VERDICTS else "")
        made = {
            "new_replacement": self._widgets.Text(value=cells["new_replacement"], placeholder=message("review.column_new_replacement", self._lang)),
            "new_label": self._widgets.Dropdown(options=[(message("review.column_new_label", self._lang), ""), *((one, one) for one in LABELS)]),
            "merge_with": self._widgets.Combobox(
                options=list(self._table["forms"]), value=cells["merge_with"], placeholder=message("review.column_merge_with", self._lang)
            ),
            "scope": self._widgets.Dropdown(options=[(message(f"review.widget_{scope}", self._lang), scope) for scope in SCOPES]),
        }
        for name, meant in _FILLED.items():
            made[name].observe(partial(_decide, verdict, meant), "value")
        self.verdicts.append(verdict)
        for name, field in made.items():
            self.cells[name].append(field)
        return self._widgets.VBox([self._widgets.HTML(head + contexts), verdict, self._widgets.HBox(list(made.values()))])

    @property
    def table(self) -> pd.DataFrame:
        """The table with what was decided so far."""
        decided = [verdict.value for verdict in self.verdicts]
        filled = {
            name: [field.value if verdict == meant else "" for field, verdict in zip(self.cells[name], decided, strict=True)]
            for name, meant in _FILLED.items()
        }
        scopes = [scope.value if verdict else "" for scope, verdict in zip(self.cells["scope"], decided, strict=True)]
        return self._table.assign(decision=decided, scope=scopes, **filled)

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


def _decide(verdict: Any, meant: str, change: Mapping[str, Any]) -> None:
    verdict.value = meant if change["new"] else ""

"""What the report says, in one language: messages of ``messages/report.toml``, numbers, counts with their denominators, lists."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from peerqual.errors import message
from peerqual.language.typography import count_of, number, percent, plural, typeset
from peerqual.language.typography import quote as quoted


@dataclass(frozen=True)
class Words:
    """The report's words in `lang` ("fr" or "en"): `words("title")` is the text of a key; `texts`, a team's own, count more."""

    lang: str
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of `key`, `values` filled in."""
        own = self.texts.get(key, {}).get(self.lang)
        return message(f"report.{key}", self.lang, **values) if own is None else typeset(own.format(**values), self.lang)

    def number(self, x: float, decimals: int = 0) -> str:
        """Return a number as the language writes it."""
        return number(x, self.lang, decimals)

    def percent(self, share: float) -> str:
        """Return a share (0 to 1) as a percentage."""
        return percent(share, self.lang)

    def many(self, n: int, key: str) -> str:
        """Return « 3 passages »: the number, and `KEY_1` or `KEY_n` as it asks."""
        return f"{self.number(n)}\u00a0{self.agreed(n, key)}"

    def agreed(self, n: int, key: str, **values: object) -> str:
        """Return the text of `KEY_1` or `KEY_n`, as the number `n` asks."""
        return self(f"{key}_{plural(n, '1', 'n', self.lang)}", **values)

    def part(self, n: int, whole: int, key: str = "") -> str:
        """Return « 5 des 8 entretiens »; without `key`, « 5 des 8 »."""
        return count_of(n, whole, self.lang, *((self(f"{key}_1"), self(f"{key}_n")) if key else ()))

    def quote(self, text: str) -> str:
        """Return `text` between the language's quotation marks."""
        return quoted(text, self.lang)

    def series(self, items: Iterable[str]) -> str:
        """Return « a, b et c »."""
        listed = list(items)
        return ", ".join(listed[:-1]) + self("and") + listed[-1] if len(listed) > 1 else "".join(listed)

    def of(self, value: Any) -> Any:
        """Return what a text of the codebook, a mapping from language (or itself), says in this language, else in the other; "" for none."""
        if isinstance(value, Mapping):
            value = value.get(self.lang) or next((said for said in value.values() if said), "")
        if isinstance(value, list | tuple):
            return [typeset(one, self.lang) for one in value]
        return typeset(value or "", self.lang)

"""``codebook.yaml`` ⇄ `Codebook`: codes with their definitions, examples and rules; every fault with its line and what to do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from . import resources
from .codebook_expressions import Expression
from .codebook_history import Change
from .codebook_yaml import Source, parse, read
from .errors import CodebookError, PeerqualError, message
from .model import Code

__all__ = ["Codebook", "FaultyCodebook", "check"]


class FaultyCodebook(CodebookError):
    """A codebook that cannot be used: `faults` are all its faults; its line names the first and says how many more there are."""

    def __init__(self, faults: tuple[CodebookError, ...]) -> None:
        first = faults[0]
        super().__init__(first.key, first.where, first.line, faults, **first.values)

    def __reduce__(self):  # type: ignore[no-untyped-def]
        return (FaultyCodebook, (self.faults,))

    def render(self, lang: str | None = None) -> str:
        """Return the first fault and how many more there are, in one line."""
        text = super().render(lang)
        more = len(self.faults) - 1
        return f"{text} {message('codebook.more', lang, n=more)}" if more else text


@dataclass(frozen=True, eq=False)
class Codebook:
    """A codebook without faults. `codes` stand in the order of the file; `fields` are named lists of expressions that rules use, those of the
    package that they name among them.

    `history` tells what became of codes (`peerqual.codebook_history`).
    `hash` is the SHA-256 of the content (comments and layout do not change it): equal hashes, equal codebooks.
    """

    codes: tuple[Code, ...]
    fields: Mapping[str, tuple[Expression, ...]] = field(default_factory=dict)
    title: Mapping[str, str] = field(default_factory=dict)
    language: str = "fr"
    version: str = ""
    hash: str = ""
    history: tuple[Change, ...] = ()

    @classmethod
    def load(cls, path: str | Path | None = None) -> Codebook:
        """Read the codebook at `path` (None: the one in the package; "professionnels", "cooperation": the others there, unless such a file exists).

        Raises `CodebookError` with all faults in ``.faults`` (each with its line, cause and remedy) when there is one.

        >>> Codebook.load().label("espoir")  # doctest: +SKIP
        'Espoir'
        """
        return _built(read(resources.codebook_path(path)))

    @classmethod
    def from_text(cls, text: str, where: str = "codebook.yaml") -> Codebook:
        """Read a codebook from the YAML `text`; `where` names it in faults. Raises `CodebookError` as `load` does."""
        return _built(parse(text, where))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Codebook) and other.hash == self.hash

    def __hash__(self) -> int:
        return hash(self.hash)

    @cached_property
    def _by_id(self) -> dict[str, Code]:
        return {code.id: code for code in self.codes}

    def get(self, id: str) -> Code:
        """Return the code `id`. Raises `PeerqualError` when there is none, with the ids that are near it or whose label it is."""
        if id not in self._by_id:
            near = ", ".join(self._near(id))
            raise PeerqualError("codebook.not_this_code", id, near=near) if near else PeerqualError("codebook.unknown_code", id)
        return self._by_id[id]

    def _near(self, word: str) -> list[str]:
        from difflib import get_close_matches

        from .language.fold import fold

        names = {fold(name): code.id for code in self.codes for name in (*code.label.values(), code.id)}
        return list(dict.fromkeys(names[name] for name in get_close_matches(fold(word), names, 3, 0.6)))

    def ancestors(self, id: str) -> tuple[str, ...]:
        """Return the ids of the parent of `id`, of its parent and so on, nearest first."""
        parent = self.get(id).parent
        return (parent, *self.ancestors(parent)) if parent is not None else ()

    def children(self, id: str) -> tuple[str, ...]:
        """Return the ids of the codes whose parent is `id`, in order."""
        return tuple(code.id for code in self.codes if code.parent == id)

    def label(self, id: str, lang: str = "fr") -> str:
        """Return the label of the code `id` in `lang`, else in the other language."""
        texts = self.get(id).label
        return texts.get(lang) or texts[self.language]

    @property
    def assignable(self) -> tuple[str, ...]:
        """The ids of the codes that can be given to a passage, in order."""
        return tuple(code.id for code in self.codes if code.assignable)


def check(path: str | Path) -> list[CodebookError]:
    """Return every fault of the codebook at `path`, in the order of its lines; none when it can be used."""
    from .codebook_build import build

    source = read(resources.codebook_path(path))
    build(source)
    return list(_sorted(source))


def _built(source: Source) -> Codebook:
    from .codebook_build import build

    book = build(source)
    if book is None or source.faults:
        raise FaultyCodebook(_sorted(source))
    return book


def _sorted(source: Source) -> tuple[CodebookError, ...]:
    return tuple(sorted(source.faults, key=lambda fault: fault.line))

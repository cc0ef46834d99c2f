"""A team's template of the report: its own words, colours and order of sections, without code."""

from __future__ import annotations

import re
import string
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..errors import PeerqualError

SECTIONS = ("found", "codes", "comparisons", "frequencies", "figures", "transcripts", "method", "appendix")
_COLOUR = re.compile(r"--([\w-]+)\s*:\s*([^;{}<>@\\]+)(?:;|\Z|(?=\}))")


@dataclass(frozen=True)
class Template:
    """What a team changes: `texts` by key and language, `colours` by name (of ``report.css``), the order of `sections`."""

    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    colours: Mapping[str, str] = field(default_factory=dict)
    sections: tuple[str, ...] = SECTIONS

    @property
    def css(self) -> str:
        """The colours as a rule that follows the page's own."""
        return ":root { " + " ".join(f"--{name}: {value};" for name, value in self.colours.items()) + " }" if self.colours else ""


def load(folder: str | Path) -> Template:
    """Read the template in `folder`.

    ``template.toml`` has `sections` (those that come first) and `[texts.KEY]` with `fr` and `en`; ``colours.css`` has lines ``--name: colour;``.
    Either file may be missing. Raises `PeerqualError` where there is neither; on a key, a colour or a section that the report does not have; on a
    text whose {fields} are not those of the report's own; on a colour that would fetch something.
    """
    place = Path(folder)
    words, colours = place / "template.toml", place / "colours.css"
    if not words.is_file() and not colours.is_file():
        raise PeerqualError("template.none", where=folder)
    told = _read(words)
    sections = tuple(told.get("sections", SECTIONS))
    for name in sections:
        if name not in SECTIONS:
            raise PeerqualError("template.no_section", words, name=name, known=", ".join(SECTIONS))
    # Those that are not named follow: links lead to them.
    return Template(_texts(told.get("texts", {}), words), _colours(colours), tuple(dict.fromkeys((*sections, *SECTIONS))))


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise PeerqualError("template.bad_file", path) from None


def _texts(given: Mapping[str, Any], path: Path) -> dict[str, dict[str, str]]:
    own = _own_texts()
    for key, texts in given.items():
        if key not in own or not isinstance(texts, Mapping) or set(texts) - {"fr", "en"}:
            raise PeerqualError("template.no_text", path, name=key)
        for lang, text in texts.items():
            if _fields(str(text)) - _fields(own[key][lang]):
                raise PeerqualError("template.bad_fields", path, name=key, known=", ".join(sorted(_fields(own[key][lang]))) or "—")
    return {key: {lang: str(text) for lang, text in texts.items()} for key, texts in given.items()}


@cache
def _own_texts() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("peerqual") / "messages" / "report.toml").read_text(encoding="utf-8"))


def _fields(text: str) -> set[str]:
    try:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}
    except ValueError:
        return {text}  # a brace that closes nothing is no field of ours


def _colours(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    css = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.S)
    known = set(re.findall(r"--([\w-]+):", (Path(__file__).parent / "templates" / "report.css").read_text(encoding="utf-8")))
    made = {name: value.strip() for name, value in _COLOUR.findall(css)}
    for name, value in made.items():
        if name not in known and not re.fullmatch(r"k\d+", name):
            raise PeerqualError("template.no_colour", path, name=name)
        if re.search(r"url|image|import|expression", value, re.I):
            raise PeerqualError("template.bad_colour", path, name=name)
    return made

"""What a file says of itself before anybody speaks: YAML front matter, header lines « Date : … », a title, a legend of labels."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field

from ..language.fold import fold
from ..language.lexicons import words
from ..model import Doubt
from .roles import told_by

MAX_FRONT = 65536
MAX_LINES = 60  # a header is looked for in so many lines
_FRONT = re.compile(r"\ufeff?---[ \t]*\n(?P<yaml>.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
_YAML_LINE = re.compile(r"[\w-]{1,40}:(?:[ \t]|$)")
_KINDS = ("entretien", "interview", "groupe", "focus", "seance", "reunion", "notes", "journal", "carnet", "observation")
_LINE = re.compile(r"\s*(?:[-–•#>*]{1,6}\s*)?(?P<key>[^:=\n?!«»\"]{1,60})[:=][*_]*\s*(?P<value>[^\n]*)")
_SPOKEN = re.compile(r"(?:[?!…]|(?<![ \u00a0][A-ZÀ-Þ])\.)[\"» \u00a0)]*$")  # but « Odette P. » is a name


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header ends (code points), its metadata, and doubts."""

    end: int
    metadata: dict[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()


def read_header(text: str) -> Header:
    """Return the header of `text`; `end` is 0 when there is none."""
    end, metadata, doubts = _front_matter(text)
    blocks = [(start, stop, closed, _composed(text[start:stop])) for start, stop, closed in _blocks(text, end)]
    counts = [_header_lines(lines, closed) for _, _, closed, lines in blocks]
    if len(blocks) > 1 and counts[0] == 0 and (counts[1] or _is_heading(blocks[0][3])) and blocks[0][2] and _is_title(blocks[0][3]):
        counts[0] = len(blocks[0][3])
    for (start, stop, _, lines), count in zip(blocks, counts, strict=True):
        metadata |= {name: value for name, value in _entries(lines[:count]) if name not in metadata}
        if count < len(lines):
            return Header(_line_start(text, start, count) if count else end, metadata, doubts)
        end = stop
    return Header(end, metadata, doubts)


def _composed(paragraph: str) -> list[str]:
    """Return the lines of `paragraph` that are not blank; what they say is metadata, so that accents may be composed."""
    return [line for line in unicodedata.normalize("NFC", paragraph).split("\n") if line.strip()]


def _front_matter(text: str) -> tuple[int, dict[str, str], tuple[Doubt, ...]]:
    found = _FRONT.match(text[:MAX_FRONT])
    if found is None:
        return 0, {}, ()
    front = unicodedata.normalize("NFC", found["yaml"])
    from ruamel.yaml import YAML, YAMLError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # its warnings quote the file
            loaded = YAML(typ="safe", pure=True).load(front)
    except (YAMLError, ValueError, RecursionError, AttributeError, TypeError, KeyError):
        lines = [line for line in front.split("\n") if line.strip()]
        if sum(bool(_YAML_LINE.match(line)) for line in lines) <= len(lines) / 2:
            return 0, {}, ()  # two rules around ordinary text
        return found.end(), dict(filter(None, map(_pair, lines))), (Doubt(1, "transcripts.front_matter"),)
    if not isinstance(loaded, dict):
        return (found.end(), {}, ()) if loaded is None else (0, {}, ())
    return found.end(), {str(name): _plain(value) for name, value in loaded.items()}, ()


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(str(item) for item in value if not isinstance(item, list | dict))
    return "" if value is None or isinstance(value, dict) else str(value)


def _blocks(text: str, start: int) -> Iterator[tuple[int, int, bool]]:
    """Yield the paragraphs of the first lines: start, end, and whether a blank line closes it."""
    at, begin, seen = start, None, 0
    while at < len(text) and seen < MAX_LINES:
        stop = text.find("\n", at)
        stop = len(text) if stop < 0 else stop
        blank = not text[at:stop].strip()
        if blank and begin is not None:
            yield begin, at, True
            begin = None
        elif not blank and begin is None:
            begin = at
        seen += 1
        at = stop + 1
    if begin is not None:
        yield begin, min(at, len(text)), False


def _line_start(text: str, start: int, count: int) -> int:
    """Return where the line after the first `count` lines that are not blank begins."""
    at = start
    while count:
        stop = text.find("\n", at)
        count -= bool(text[at:stop].strip())
        at = stop + 1
    return at


def _pair(line: str) -> tuple[str, str] | None:
    found = _LINE.match(line[:2000]) if len(line) < 2000 else None
    return (found["key"].strip("*_ \t\u00a0"), found["value"].strip()) if found else None


def is_header_key(name: str) -> bool:
    """Tell whether `name` opens a header line: its first word is in ``header_keys.txt``."""
    parts = re.findall(r"n°|[\w-]+", fold(name))
    return bool(parts) and (parts[0] in words("header_keys") or parts[0].split("_")[0] in words("header_keys"))


def _header_lines(lines: list[str], closed: bool) -> int:
    """Return how many of a paragraph's first lines are header."""
    pairs = [_pair(line) for line in lines[:MAX_LINES]]
    known = [i for i, pair in enumerate(pairs) if pair and is_header_key(pair[0])]
    if not known:
        return len(lines) if closed and _is_legend(lines, pairs) else 0
    last = _last_known(lines, pairs, known)
    rest = lines[last:]
    if closed and rest and len(rest) <= 15 and last and _unspoken(rest, pairs[last:]):
        return len(lines)
    return last


def _last_known(lines: list[str], pairs: list[tuple[str, str] | None], known: list[int]) -> int:
    """Return the number of lines up to the last known key that is reached without a voice coming back or a long line."""
    reached, seen = 0, set()
    for i, pair in enumerate(pairs):
        if i in known:
            reached = i + 1
            continue
        name = fold(pair[0]) if pair else None
        if (name is not None and name in seen) or len(lines[i]) > 200 or (pair and told_by(pair[0]) and _SPOKEN.search(pair[1])):
            break
        if name is not None:
            seen.add(name)
    return reached


def _unspoken(lines: list[str], pairs: list[tuple[str, str] | None]) -> bool:
    names = [fold(pair[0]) for pair in pairs if pair]
    return len(set(names)) == len(names) and all(len(line) <= 400 and not _SPOKEN.search(line.rstrip()) for line in lines)


def _is_title(lines: list[str]) -> bool:
    plain = all(len(line) <= 120 and ":" not in line and not _SPOKEN.search(line.rstrip()) for line in lines)
    return plain and len(lines) <= 2 and not lines[0].lstrip().startswith(("-", "–", "—", "["))


def _is_heading(lines: list[str]) -> bool:
    return all(line.startswith("#") or line.isupper() or is_header_key(line) for line in lines)


def _is_legend(lines: list[str], pairs: list[tuple[str, str] | None]) -> bool:
    """« CR : enquêtrice », « MK : Maëlle »: short values without a full stop, one of them a role."""
    found = [pair for pair in pairs if pair]
    if len(found) < len(lines) or len(found) < 2 or not _unspoken(lines, pairs):
        return False
    return any(told_by(value.split(",")[0]) and len(value.split()) <= 4 for _, value in found) and all(len(value.split()) <= 6 for _, value in found)


def _entries(lines: list[str]) -> Iterator[tuple[str, str]]:
    for i, line in enumerate(lines):
        pair = _pair(line)
        if pair and pair[0]:
            yield pair
        elif i == 0 or fold(line).startswith(_KINDS):
            yield "title", line.strip().strip("#*_ ")

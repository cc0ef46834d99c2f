"""Read YAML 1.2 into plain values that know their lines; two equal keys, aliases and broken syntax are faults."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .errors import CodebookError

Place = tuple[str | int, ...]  # keys and indexes from the top of the file down to a value

_TAG = "tag:yaml.org,2002:"
_WORDS = {"true": True, "false": False}


@dataclass
class Source:
    """A YAML file as plain values: `lines` gives the 1-based line of each place, `faults` what was wrong so far."""

    where: str
    data: Any = None
    lines: dict[Place, int] = field(default_factory=dict)
    faults: list[CodebookError] = field(default_factory=list)

    def line(self, place: Place) -> int:
        """Return the line of `place`, or of the nearest place above it that stands in the file."""
        while place and place not in self.lines:
            place = place[:-1]
        return self.lines.get(place, 1)

    def fault(self, key: str, place: Place = (), **values: Any) -> None:
        """Note a fault at `place`; `key` is a message of the room codebook."""
        self.faults.append(CodebookError(f"codebook.{key}", self.where, self.line(place), **values))


def read(path: Path) -> Source:
    """Return the file at `path`, read as UTF-8; what cannot be read is a fault, never an exception."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError:
        source = Source(str(path))
        source.faults.append(CodebookError("codebook.no_file", path))
    except UnicodeDecodeError as error:
        source = Source(str(path), lines={(): error.object[: error.start].count(b"\n") + 1})
        source.fault("not_utf8")
    else:
        source = parse(text, str(path))
    return source


def parse(text: str, where: str) -> Source:
    """Return `text` as plain values with lines; `where` names it in faults."""
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    source = Source(where)
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        source.lines[()] = mark.line + 1 if mark else 1
        source.fault("not_yaml")
        return source
    except YAMLError as error:
        source.lines[()] = text.count("\n", 0, getattr(error, "position", 0)) + 1
        source.fault("not_yaml")
        return source
    except RecursionError:
        source.fault("not_yaml")
        return source
    if node is not None:
        source.data = _value(node, (), source, set())
    return source


def _value(node: Any, place: Place, source: Source, seen: set[int]) -> Any:
    source.lines.setdefault(place, node.start_mark.line + 1)
    if id(node) in seen:  # an alias: written once, standing twice
        source.fault("alias", place)
        return None
    seen.add(id(node))
    if node.id == "mapping":
        return _mapping(node, place, source, seen)
    if node.id == "sequence":
        return [_value(item, (*place, i), source, seen) for i, item in enumerate(node.value)]
    return _scalar(node.tag.removeprefix(_TAG), node.value)


def _mapping(node: Any, place: Place, source: Source, seen: set[int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = key_node.value if isinstance(key_node.value, str) else "?"
        at = (*place, key)
        if key in values:
            first = source.lines[at]
            source.lines[at] = key_node.start_mark.line + 1
            source.fault("same_key", at, name=key, first=first)
            source.lines[at] = first
            continue
        source.lines[at] = key_node.start_mark.line + 1
        values[key] = _value(value_node, at, source, seen)
    return values


def _scalar(tag: str, text: str) -> Any:
    if tag == "null":
        return None
    if tag == "bool":
        return _WORDS.get(text.lower(), text)
    if tag in ("int", "float"):
        try:
            return int(text) if tag == "int" else float(text)
        except ValueError:  # « 0x1F », « .inf »: nothing in a codebook is written so
            return text
    return text

"""A codebook's text changed at the places of its values: what is not touched keeps its words, layout and comments, to the character."""

from __future__ import annotations

import json
from typing import Any

Node = Any  # a node of ruamel.yaml


class Sheet:
    """The text of a YAML file, its nodes, and the changes noted so far; `result` makes them all."""

    def __init__(self, text: str) -> None:
        from ruamel.yaml import YAML

        self.text = text
        self.root: Node = YAML(typ="safe", pure=True).compose(text)
        self._line = "\r\n" if "\r\n" in text else "\n"
        self._changes: list[tuple[int, int, str]] = []

    def result(self) -> str:
        """Return the text with the changes."""
        text = self.text
        for start, end, words in reversed(sorted(self._changes, key=lambda one: one[0])):  # of two at one place, the first noted stands first
            text = text[:start] + words + text[end:]
        return text

    # --- looking -------------------------------------------------------------------------------------------------------

    def value(self, mapping: Node, key: str) -> Node:
        """Return the value of `key`, or None."""
        return next((value for name, value in mapping.value if name.value == key), None)

    def end(self, node: Node) -> int:
        """Return where the words of `node` end: spaces and comments after them are not its own."""
        if node.id == "scalar" or node.flow_style or not node.value:
            return len(self.text[: node.end_mark.index].rstrip())
        last = node.value[-1]
        return self.end(last[1] if isinstance(last, tuple) else last)

    def _end_of_line(self, at: int) -> int:
        end = self.text.find("\n", at)
        return len(self.text) if end < 0 else end - (self.text[end - 1] == "\r")

    def _start_of_line(self, at: int) -> int:
        return self.text.rfind("\n", 0, at) + 1

    # --- changing ------------------------------------------------------------------------------------------------------

    def replace(self, scalar: Node, word: str) -> None:
        """Put `word` in the place of a scalar."""
        self._changes.append((scalar.start_mark.index, self.end(scalar), word))

    def add_item(self, sequence: Node, value: dict[str, Any], *, after: Node | None = None, spaced: bool = False) -> None:
        """Add `value` to a sequence, after the item `after` (None: at its end); `spaced`: one key a line, after an empty line."""
        if sequence.flow_style:
            self._into_brackets(sequence, _flow(value))
            return
        dash = " " * sequence.start_mark.column
        keys = [f"{key}: {_flow(one)}" for key, one in value.items()] if spaced else [_flow(value)]
        lines = ["", *([""] if spaced else []), f"{dash}- {keys[0]}", *(f"{dash}  {key}" for key in keys[1:])]
        self._after_line(after if after is not None else sequence, lines)

    def add_key(self, mapping: Node, key: str, value: Any, *, after: str = "") -> None:
        """Add `key` to a mapping, after the key `after`, else at its end; a list is written one item a line where the mapping is not in braces."""
        beside = self.value(mapping, after)
        if mapping.flow_style:
            at = self.end(beside) if beside is not None else mapping.end_mark.index - 1
            self._changes.append((at, at, f", {key}: {_flow(value)}"))
            return
        indent = " " * mapping.start_mark.column
        lines = (
            [f"{indent}{key}:", *(f"{indent}  - {_flow(one)}" for one in value)] if isinstance(value, list) else [f"{indent}{key}: {_flow(value)}"]
        )
        self._after_line(beside if beside is not None else mapping, ["", *lines])

    def add_list(self, key: str, value: dict[str, Any]) -> None:
        """Add `value` to the list `key` at the top of the file; where there is none it begins on the last line."""
        written = self.value(self.root, key)
        if written is not None:
            self.add_item(written, value)
        elif self.root.flow_style:
            self.add_key(self.root, key, [value])
        else:
            begun = "" if self.text.endswith("\n") else self._line
            self._changes.append((len(self.text), len(self.text), begun + self._line.join([f"{key}:", f"  - {_flow(value)}", ""])))

    def cut_key(self, mapping: Node, key: str) -> None:
        """Take `key` out of a mapping that has others."""
        names = [name.value for name, _ in mapping.value]
        i = names.index(key)
        if i == 0:
            self._changes.append((mapping.value[0][0].start_mark.index, mapping.value[1][0].start_mark.index, ""))
        elif mapping.flow_style:
            self._changes.append((self.end(mapping.value[i - 1][1]), self.end(mapping.value[i][1]), ""))
        else:
            start = self._start_of_line(mapping.value[i][0].start_mark.index)
            self._changes.append((start, self._next_line(self.end(mapping.value[i][1])), ""))

    def cut_item(self, sequence: Node, i: int) -> None:
        """Take item `i` out of a sequence that has others."""
        items = sequence.value
        if sequence.flow_style:
            span = (items[i].start_mark.index, items[i + 1].start_mark.index) if i + 1 < len(items) else (self.end(items[i - 1]), self.end(items[i]))
            self._changes.append((*span, ""))
            return
        if i + 1 == len(items):
            self._changes.append((self._end_of_line(self.end(items[i - 1])), self._end_of_line(self.end(items[i])), ""))
            return
        end = self._next_line(self.end(items[i]))
        while end < len(self.text) and not self.text[end : self._end_of_line(end)].strip():
            end = self._next_line(end)
        self._changes.append((self._start_of_line(self.text.rfind("-", 0, items[i].start_mark.index)), end, ""))

    def copy_items(self, items: list[tuple[Node, Any, bool]], mapping: Node, key: str) -> None:
        """Write `items` at the end of the list `key` of a mapping: nodes of this text with their values, laid out as they are (True) or anew."""
        target = self.value(mapping, key)
        if target is None:
            self.add_key(mapping, key, [value for _, value, _ in items])
        elif target.flow_style:
            self._into_brackets(target, ", ".join(_flow(value) for _, value, _ in items))
        else:
            dash = " " * target.start_mark.column
            lines = [""]
            for node, value, as_it_is in items:
                lines += [dash + comment for comment in self._comments(node)]
                lines.append(f"{dash}- {self._moved(node, target.start_mark.column + 2) if as_it_is else _flow(value)}")
            self._after_line(target, lines)

    def _comments(self, item: Node) -> list[str]:
        """Return the comments on the lines just above an item."""
        found: list[str] = []
        start = self._start_of_line(self.text.rfind("-", 0, item.start_mark.index))
        while start and (line := self.text[(above := self._start_of_line(start - 1)) : start].strip()).startswith("#"):
            found.insert(0, line)
            start = above
        return found

    def _moved(self, node: Node, column: int) -> str:
        """Return the words of `node` as they are written, its further lines moved as far as its first."""
        end = self.end(node)
        line = self._end_of_line(end)
        first, *others = self.text[node.start_mark.index : line if self.text[end:line].lstrip().startswith("#") else end].split(self._line)
        by = column - node.start_mark.column
        return self._line.join([first, *((" " * by + line) if by > 0 else line[min(-by, len(line) - len(line.lstrip())) :] for line in others)])

    def _into_brackets(self, sequence: Node, words: str) -> None:
        at = sequence.end_mark.index - 1
        self._changes.append((at, at, f", {words}" if sequence.value else words))

    def _after_line(self, node: Node, lines: list[str]) -> None:
        at = self._end_of_line(self.end(node))
        self._changes.append((at, at, self._line.join(lines)))

    def _next_line(self, at: int) -> int:
        return min(self._end_of_line(at) + len(self._line), len(self.text))


def _flow(value: Any) -> str:
    """Return `value` on one line: keys plain, texts between double quotes, as people write them."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(one)}" for key, one in value.items()) + "}"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_flow, value)) + "]"
    if (
        isinstance(value, str)
        and value.isascii()
        and value.replace("_", "a").isalnum()
        and value[0].isalpha()
        and value not in ("true", "false", "null")
    ):
        return value
    return json.dumps(value, ensure_ascii=False)

"""Mutations for `fuzz.py`: of bytes, of a format's tokens, and of the trees inside (XML elements, JSON values), drawn from a seeded generator."""

# ruff: noqa: E501  # odd values stand in rows

from __future__ import annotations

import copy
import io
import json
import re
import zipfile
from dataclasses import dataclass, field
from functools import cached_property
from random import Random
from typing import Any

from lxml import etree

TOKEN = re.compile(
    rb"</?[^<>]{1,120}>|\"[^\"\n]{0,60}\"|\\[a-z]{1,20}-?\d{0,9}|\d+(?:[.:,]\d+)*|[A-Za-z_\x80-\xff]+|[ \t]+|\r?\n|[^\w\s]{1,4}", re.ASCII
)
ATTRIBUTE = re.compile(rb"\s[\w:.-]{1,60}=(?:\"[^\"<>]{0,200}\"|'[^'<>]{0,200}')")
TEXT = re.compile(rb"(?<=>)[^<>]{1,200}(?=<)")
ODD = [
    "", " ", "\0", "\x0b", "\x1f", "\r", "\n\n", "\t", "\x85", "\u2028", "\u00a0", "\u200b", "\ufeff", "\u202e", "e\u0301", "\U0001f600", "ÿ", "Ã©", "İ", "ß", "²", "٣",
    "0", "-1", "-0", "1e999", "NaN", "inf", "9" * 25, "2147483648", "99999999", "0.0000001", "00:00:00", "99:99:99", "1:2:3:4:5", "00:00:01,000 --> 00:00:00,000",
    ":", " : ", "::", "[", "]", "[[", "{", "}", "(", ")", "<", ">", "&", "&amp;", "&#0;", "&#xD800;", "&#99999999;", "&x;", "]]>", "<!--", "-->", "<![CDATA[", "<?x?>",
    "<!DOCTYPE x>", "<!ENTITY a 'b'>", '"', '""', "'", "\\", "\\u0000", "\\ud800", "\\'", "\\u-1?", "\\bin9 ", "\\uc9", "*", "**** *", "-*", "%", "%PDF-", "@", "*A:\t", "\x15", "#",
    "#00:00:01-1#", "---", "--- \n", "|", "||", ",", ";", "E : ", "Une femme : ", "?", "null", "true", "{}", "[]", "None", "a" * 300, "é" * 300, "(" * 60, "[" * 60, " " * 300,
]  # fmt: skip
ODD_BYTES = [one.encode("utf-8") for one in ODD] + [
    b"\xff",
    b"\xfe\xff",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xc3",
    b"\xed\xa0\x80",
    b"\x80",
    b"\x00a\x00",
]
LARGEST = 40_000  # bytes of a mutated input
PLAIN = [one for one in ODD if not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f]", one)]  # what XML can hold


@dataclass(frozen=True)
class Seed:
    """A file to mutate: its bytes, and the parts inside where it is an archive."""

    name: str
    data: bytes
    others: tuple[bytes, ...] = field(default=(), repr=False)  # what may be spliced in

    @cached_property
    def parts(self) -> dict[str, bytes]:
        if not self.data.startswith(b"PK"):
            return {}
        with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
            return {name: archive.read(name) for name in archive.namelist() if name.endswith((".xml", ".rels", "mimetype"))}

    @cached_property
    def weighed(self) -> list[str]:
        """The names of the parts, those of words twice as often."""
        names = [name for name in self.parts if name != "mimetype"]
        return names + [name for name in names if re.search(r"document\.xml$|content\.xml$|sheet1\.xml$", name)] * 3


def mutated(seed: Seed, draw: Random) -> tuple[bytes, bytes]:
    """Return a mutated file, and its bytes that hold words (the part that was mutated, where it is an archive)."""
    if not seed.parts or draw.random() < 0.1:
        data = changed(seed.data, seed.others, draw)
        return data, data
    name = draw.choice(seed.weighed)
    part = changed(seed.parts[name], tuple(seed.parts.values()), draw)
    return rezipped(seed.parts | {name: part}), part


def rezipped(parts: dict[str, bytes]) -> bytes:
    """Return an archive of `parts`, not compressed."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            archive.writestr(zipfile.ZipInfo(name), data)
    return out.getvalue()


def changed(data: bytes, others: tuple[bytes, ...], draw: Random) -> bytes:
    """Return `data` after one to some mutations, mostly few; a tree first, where it holds one."""
    if draw.random() < 0.5 and (made := _tree(data, draw)) is not None:
        data = made[:LARGEST]
        if draw.random() < 0.7:
            return data
    for _ in range(min(8, 1 + int(draw.expovariate(0.7)))):
        data = draw.choice(_STEPS)(data, others, draw)
    return data[:LARGEST]


def _place(data: bytes, draw: Random, longest: int = 40) -> tuple[int, int]:
    at = draw.randint(0, len(data))
    return at, min(len(data), at + draw.randint(0, longest))


def _flip(data: bytes, _: tuple[bytes, ...], draw: Random) -> bytes:
    at, _end = _place(data, draw)
    return data[:at] + bytes([draw.randrange(256)]) + data[at + 1 :]


def _delete(data: bytes, _: tuple[bytes, ...], draw: Random) -> bytes:
    at, end = _place(data, draw)
    return data[:at] + data[end:]


def _double(data: bytes, _: tuple[bytes, ...], draw: Random) -> bytes:
    at, end = _place(data, draw, 120)
    return data[:end] + data[at:end] * draw.choice((1, 1, 2, 30)) + data[end:]


def _splice(data: bytes, others: tuple[bytes, ...], draw: Random) -> bytes:
    other = draw.choice(others) if others else data
    (at, end), (first, last) = _place(data, draw), _place(other, draw, 400)
    return data[:at] + other[first:last] + data[end:]


def _cut(data: bytes, _: tuple[bytes, ...], draw: Random) -> bytes:
    at = draw.randint(0, len(data))
    return data[:at] if draw.random() < 0.7 else data[at:]


def _odd(data: bytes, _: tuple[bytes, ...], draw: Random) -> bytes:
    at, end = _place(data, draw, 4)
    return data[:at] + draw.choice(ODD_BYTES) + data[end if draw.random() < 0.5 else at :]


def _token(data: bytes, others: tuple[bytes, ...], draw: Random) -> bytes:
    """Replace, drop, repeat or move a token of the format (a tag, a quoted string, a number, a word, a sign)."""
    tokens = TOKEN.findall(data)
    if len(tokens) < 2:
        return data
    at, other = draw.randrange(len(tokens)), draw.choice(tokens)
    if draw.random() < 0.2 and others:
        other = draw.choice(TOKEN.findall(draw.choice(others)) or [b""])
    tokens[at] = draw.choice((b"", other, other, tokens[at] * 2, tokens[at] * 40, draw.choice(ODD_BYTES), tokens[at] + other))
    return b"".join(tokens)


def _line(data: bytes, others: tuple[bytes, ...], draw: Random) -> bytes:
    """Drop, repeat, swap or borrow a line."""
    lines = data.split(b"\n")
    at, to = draw.randrange(len(lines)), draw.randrange(len(lines))
    kind = draw.randrange(5)
    if kind == 0:
        del lines[at]
    elif kind == 1:
        lines.insert(to, lines[at])
    elif kind == 2:
        lines[at], lines[to] = lines[to], lines[at]
    elif kind == 3:
        lines[at] = lines[at].strip() if draw.random() < 0.5 else lines[at] + lines[to]
    else:
        lines.insert(to, draw.choice(draw.choice(others or (data,)).split(b"\n")))
    return b"\n".join(lines)


def _value(data: bytes, _: tuple[bytes, ...], draw: Random) -> bytes:
    """Drop an attribute or give it another value; give an element other words."""
    found = list(draw.choice((ATTRIBUTE, TEXT)).finditer(data))
    if not found:
        return _odd(data, (), draw)
    one = draw.choice(found)
    new = draw.choice(ODD_BYTES)
    if one[0][-1:] in b"\"'" and one.re is ATTRIBUTE:
        new = draw.choice((b"", one[0][: one[0].index(b"=") + 2] + new + one[0][-1:], draw.choice(found)[0]))
    return data[: one.start()] + new + data[one.end() :]


_STEPS = (_flip, _delete, _double, _splice, _cut, _odd, _odd, _token, _token, _token, _line, _line, _value, _value)


def _tree(data: bytes, draw: Random) -> bytes | None:
    start = data.lstrip()[:1]
    if start in (b"{", b"["):
        return _json(data, draw)
    return _xml(data, draw) if start == b"<" else None


def _json(data: bytes, draw: Random) -> bytes | None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    for _ in range(draw.randint(1, 4)):
        value = _other(value, draw, 0.6)
    return json.dumps(value).encode()


def _other(value: Any, draw: Random, deeper: float) -> Any:
    """Return `value` with one place changed: another kind of value, one less, one more."""
    keys = list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    if keys and draw.random() < deeper + 0.3:
        key, kind = draw.choice(keys), draw.random()
        if kind < 0.6:
            value[key] = _other(value[key], draw, deeper)
        elif kind < 0.75:
            del value[key]
        elif isinstance(value, list):
            value += [copy.deepcopy(value[key])] * draw.choice((1, 2, 20))
        else:
            value[draw.choice(keys)] = copy.deepcopy(value[key])
        return value
    return draw.choice(
        (None, True, 0, -1, 1e308, float("nan"), 10**30, [], {}, [value], {"text": value}, draw.choice(ODD), draw.choice(ODD), str(value))
    )


def _xml(data: bytes, draw: Random) -> bytes | None:
    try:
        root = etree.fromstring(data, etree.XMLParser(resolve_entities=False, no_network=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
    for _ in range(draw.randint(1, 5)):
        elements = [one for one in root.iter(etree.Element)]
        one, other = draw.choice(elements), draw.choice(elements)
        draw.choice(_GRAFTS)(one, other, draw)
    try:
        return etree.tostring(root, encoding=draw.choice(("utf-8", "utf-8", "utf-8", "iso-8859-1", "utf-16")))
    except UnicodeEncodeError:
        return None


def _drop(one: Any, other: Any, draw: Random) -> None:
    if one.getparent() is not None:
        one.getparent().remove(one)


def _copied(one: Any, other: Any, draw: Random) -> None:
    if len(one) < 30:
        for _ in range(draw.choice((1, 1, 1, 10))):
            other.append(copy.deepcopy(one))


def _renamed(one: Any, other: Any, draw: Random) -> None:
    one.tag = other.tag


def _attributes(one: Any, other: Any, draw: Random) -> None:
    for name in list(one.attrib):
        kind = draw.randrange(4)
        if kind == 0:
            del one.attrib[name]
        elif kind == 1:
            one.set(name, draw.choice(PLAIN))
        elif kind == 2:
            one.set(name, draw.choice([*other.attrib.values(), ""]))
    if other.attrib and draw.random() < 0.3:
        name = draw.choice(list(other.attrib))
        one.set(name, other.get(name))


def _worded(one: Any, other: Any, draw: Random) -> None:
    words = draw.choice((draw.choice(PLAIN), other.text or "", other.tail or ""))
    if draw.random() < 0.6:
        one.text = words
    else:
        one.tail = words


def _wrapped(one: Any, other: Any, draw: Random) -> None:
    inside = one
    for _ in range(draw.choice((1, 2, 40))):
        made = etree.SubElement(inside, other.tag, dict(other.attrib))
        inside = made
    inside.text = one.text


_GRAFTS = (_drop, _copied, _renamed, _attributes, _attributes, _attributes, _worded, _worded, _wrapped)

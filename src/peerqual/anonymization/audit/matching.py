"""Find the forms of the originals in a text: one look in a table a word, whatever stands between the words of a name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .numbers import digits_said, rows_of_numbers
from .originals import Form, Originals
from .words import PIECES, Cut, is_ordinary, words_of

_NARROW = re.compile("[\\s\\-_.'’‘ʼ/·~\\\\\"^`{}\u0300-\u036f\u00ad\u2010-\u2015\u200b-\u200f\u2060\ufeff]{0,4}")
_WIDEST = 4  # signs between two words of one name
_TELLING = 8  # letters that stand nowhere by chance
_BLOB = 100  # signs of base64 around
_BLOB_BEFORE, _BLOB_AFTER = re.compile(r"[A-Za-z0-9+/]*\Z"), re.compile(r"[A-Za-z0-9+/]*")
_GLUED = 5  # letters of a name that may stand against other letters


@dataclass(frozen=True, slots=True)
class Hit:
    """A form at ``[start, end)`` of a text. `exact`: its words are parted where those of the original are."""

    start: int
    end: int
    form: Form
    exact: bool


def matches(text: str, pieces: Sequence[Cut], originals: Originals) -> Iterator[list[Hit]]:
    """Yield what may stand at each place of `text`, cut into `pieces`, the longest first; nothing inside a public name of the keep list."""
    forms, prefixes, keep = originals.forms, originals.prefixes, originals.keep
    kept = 0
    for n, (word, start, end) in enumerate(pieces):
        if word not in prefixes:
            continue
        found: list[Hit] = []
        joined, at = word, n
        while True:
            if joined in keep:
                kept = max(kept, end)
            form = forms.get(joined)
            if form is not None:
                hit = _hit(text, start, end, form)
                found += [hit] if hit is not None else []
            at += 1
            if at == len(pieces) or pieces[at][1] - end > _WIDEST:
                break
            joined += pieces[at][0]
            end = pieces[at][2]
            if joined not in prefixes:
                break
        longest = [hit for hit in reversed(found) if hit.end > kept]
        if longest:
            yield longest


def said(text: str, pieces: Sequence[Cut], originals: Originals) -> Iterator[list[Hit]]:
    """Yield the numbers of the key that `text` says in words, whatever way they are said."""
    for start, end, words in rows_of_numbers(text, pieces):
        digits = "".join(group for groups in digits_said(words) for group in groups)
        form = next((form for number, form in originals.numbers.items() if number in digits), None)
        if form is not None:
            yield [Hit(start, end, form, True)]


def _hit(text: str, start: int, end: int, form: Form) -> Hit | None:
    """Return the hit when its borders and what stands between its words are those of a name."""
    inside = text[start:end]
    letters = sum(map(len, form.words))
    number = "".join(form.words).isdigit()
    before, after = text[start - 1 : start], text[end : end + 1]
    if number:
        parted = form.label != "DATE" or words_of(inside) == form.words or inside.isdigit()
        return Hit(start, end, form, True) if parted and _is_number(text, start, end, letters) else None
    if (before.isalpha() or after.isalpha()) and letters < _GLUED:
        return None
    if letters < _TELLING and _in_blob(text, start, end):
        return None
    said = words_of(inside)
    exact = said == form.words
    gaps = PIECES.split(inside)
    if not (form.label == "CONTACT" or form.words[0].isdigit() or all(map(_NARROW.fullmatch, gaps))):
        return None  # « il descend la rue, des sabliers … »
    if not exact:
        spaced = any(gap[-1:].isspace() for gap in gaps)
        if (letters < _GLUED and len(said) > 1) or (spaced and any(len(word) == 1 for word in said)):
            return None
        if len(said) > len(form.words) and all(is_ordinary(word) or len(word) < 3 for word in said) and spaced:
            return None  # « la fleur » is not Lafleur
    return Hit(start, end, form, exact)


def _in_blob(text: str, start: int, end: int) -> bool:
    """Tell whether a place lies in base64, where short words stand by chance."""
    around = _BLOB_BEFORE.search(text, max(0, start - _BLOB), start), _BLOB_AFTER.match(text, end, end + _BLOB)
    return sum(len(side[0]) for side in around if side is not None) > _BLOB


def _is_number(text: str, start: int, end: int, digits: int) -> bool:
    """Tell whether digits are a number of their own: neither decimals, nor part of a longer code."""
    before, after = text[max(0, start - 2) : start], text[end : end + 2]
    if before[-1:].isalnum() or after[:1].isalnum():
        return digits >= 8 and not before[-1:].isdigit() and not after[:1].isdigit()
    decimal = (len(before) == 2 and before[0].isdigit() and before[1] in ".,") or (len(after) == 2 and after[0] in ".," and after[1].isdigit())
    gaps = re.findall(r"\D+", text[start:end])
    return not decimal and not (len(gaps) == 1 and gaps[0] in (".", ",")) and all(_NARROW.fullmatch(gap) for gap in gaps)

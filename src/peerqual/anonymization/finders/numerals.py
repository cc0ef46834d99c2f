"""Numbers said in words: « quatre-vingt-cinq », « mille neuf cent douze »."""

from __future__ import annotations

from .view import View
from .words import DIGIT, NUMBER, NUMBERS

_JOINTS = frozenset((" ", "-", "\u2011", "\u00a0"))


def value_before(view: View, i: int) -> tuple[int, int]:
    """Return the index where the number that ends right before word `i` begins, and its value; ``(i, -1)`` when there is none."""
    j = i - 1
    if view.gap(i) not in _JOINTS:
        return i, -1
    if view.form(j).flags & DIGIT:
        return (j, int(view.forms[j].text)) if view.forms[j].text.isdecimal() else (i, -1)
    while j >= 0 and i - j < 10 and (view.forms[j].flags & NUMBER or (view.forms[j].folded == "et" and view.form(j - 1).flags & NUMBER)):
        if view.gap(j + 1) not in _JOINTS:
            break
        j -= 1
    j += 1
    return (j, value([form.folded for form in view.forms[j:i]])) if j < i else (i, -1)


def after(view: View, i: int) -> tuple[int, int]:
    """Return the index after the number in words that begins at word `i`, and its value; ``(i, -1)`` when there is none."""
    j = i
    while view.form(j).flags & NUMBER or (view.form(j).folded == "et" and j > i and view.form(j + 1).folded in ("un", "une", "onze")):
        if j > i and view.gap(j) not in _JOINTS:
            break
        j += 1
    return (j, value([form.folded for form in view.forms[i:j]])) if j > i else (i, -1)


def value(words: list[str]) -> int:
    """Return what a number in words is worth, -1 when the words are no number.

    >>> value(["quatre", "vingt", "cinq"]), value(["mille", "neuf", "cent", "soixante", "et", "onze"])
    (85, 1971)
    """
    total = part = 0
    for word in words:
        if word == "et":
            continue
        n = NUMBERS.get(word, -1)
        if n < 0:
            return -1
        if n == 1000:
            total, part = total + (part or 1) * 1000, 0
        elif n == 100:
            part = (part or 1) * 100
        elif n == 20 and part % 100 == 4:
            part += 76
        else:
            part += n
    return total + part

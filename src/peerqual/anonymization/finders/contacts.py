"""Mail addresses, handles, web addresses, phone numbers and numbers of persons: their form alone tells what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .candidates import Candidate
from .view import View
from .words import DIGIT

TRIGGER = DIGIT

_MAIL_LEFT = re.compile(r"[\w.+-]{1,64}\Z")
_MAIL_RIGHT = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_HANDLE = re.compile(r"[\w.-]{1,40}\w")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>()«»\"]{2,200}")
_PHONE = re.compile(
    r"(?:(?:\+|\b00)[ .]?\d{1,3}[ .-]?(?:\(0\)[ .-]?)?\d{1,3}(?:[ .\-/\u00a0\u202f]?\d{2,4}){2,5}"
    r"|0[1-9](?:[ .\-/_\u00a0\u202f]{0,2}\d{2}){4}"
    r"|0\d{1,3}[ /.-]\d{2,3}(?:[ .-]\d{2,3}){1,3}"
    r"|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}"
    r"|(?:\d[ .,-]{1,2}){7,13}\d)(?!\d)"
)
_NIR = re.compile(r"[12378][ ]?\d{2}[ ]?(?:0[1-9]|1[0-2]|[2-9]\d)[ ]?(?:\d{2}|2[ABab])[ ]?\d{3}[ ]?\d{3}(?:[ ]?(\d{2}))?(?!\d)")
_NUMBERED = frozenset(
    "dossier ipp iep nip nir numero n matricule secu secu identifiant adherent patient securite badge carte adeli rpps finess".split()
)
_LONG = re.compile(r"[A-Z]{0,3}\d[\d-]{3,14}(?!\w)")


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``contact.mail``, ``contact.handle``, ``contact.url``, ``contact.phone``, ``number.nir``, ``number.file``."""
    text, begin, end = view.text, view.starts[0], view.end(len(view.forms) - 1)
    yield from _at_signs(text, begin, end)
    for mark in ("http", "www."):
        place = text.find(mark, begin, end)
        while place >= 0:
            match = _URL.match(text, place)
            if match:
                yield Candidate(place, place + len(match[0].rstrip(".,;:!?")), "CONTACT", True, "contact.url")
            place = text.find(mark, match.end() if match else place + 1, end)
    done = 0
    for i in at:
        start = view.starts[i]
        if start >= done:
            for candidate in _number(view, i, start):
                done = candidate.end
                yield candidate


def _at_signs(text: str, begin: int, end: int) -> Iterator[Candidate]:
    place = text.find("@", begin, end)
    while place >= 0:
        left = _MAIL_LEFT.search(text[max(begin, place - 64) : place])
        right = _MAIL_RIGHT.match(text, place + 1)
        handle = _HANDLE.match(text, place + 1)
        if left and right:
            yield Candidate(place - len(left[0]), right.end(), "CONTACT", True, "contact.mail")
        elif handle:
            yield Candidate(place, handle.end(), "CONTACT", True, "contact.handle")
        place = text.find("@", place + 1, end)


def _number(view: View, i: int, start: int) -> Iterator[Candidate]:
    text, gap = view.text, view.gap(i)
    nir = _NIR.match(text, start)
    if nir:
        yield Candidate(start, nir.end(), "ID", nir_key(nir[0]), "number.nir")
        return
    lead = start - 1 if gap.endswith(("+", "(")) else start
    phone = _PHONE.match(text, lead) or (_PHONE.match(text, start) if lead < start else None)
    if phone:
        yield Candidate(phone.start(), phone.end(), "CONTACT", True, "contact.phone")
        return
    long = _LONG.match(text, start)
    if long and any(view.form(i - k).folded in _NUMBERED for k in (1, 2, 3)):
        yield Candidate(start, long.end(), "ID", True, "number.file")


def nir_key(number: str) -> bool:
    """Tell whether a French social security number carries its right key (97 less the rest of its division; Corsica 2A, 2B).

    >>> nir_key("2 55 08 14 168 025 38"), nir_key("2 55 08 14 168 025 39")
    (True, False)
    """
    digits = number.replace(" ", "").upper()
    if len(digits) != 15:
        return False
    body = digits[:13].replace("2A", "19").replace("2B", "18")
    return body.isdigit() and 97 - int(body) % 97 == int(digits[13:])

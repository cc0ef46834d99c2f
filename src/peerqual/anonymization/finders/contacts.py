"""Mail addresses, handles, web addresses, phone numbers and numbers of persons: their form alone tells what they are."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from . import context
from .candidates import Candidate
from .context import telling
from .numerals import number_words
from .view import View
from .words import CAP, DIGIT, NETWORK, UPPER

TRIGGER = DIGIT | NETWORK

_S = r"[ .\-/_\u00a0\u202f]"
_MAIL_LEFT = re.compile(r"[\w.+-]{1,64}\Z")
_DOMAIN = re.compile(r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_HANDLE = re.compile(r"[\w.-]{1,40}\w")
_URL = re.compile(r"(?:https?://|www\.)[^\s<>()«»\"]{2,200}")
_PHONE = re.compile(
    rf"(?:(?:\+|00)[ .]?\d{{1,3}}[ .-]?(?:\(0\)[ .-]?)?\d{{1,3}}(?:{_S}?\d{{2,4}}){{3,5}}"
    rf"|0[1-9](?P<gap>(?:{_S}|, ?){{0,2}})\d{{2}}(?:(?P=gap)\d{{2}}){{3}}"
    rf"|0[1-9](?:{_S}\d{{3}}){{2}}{_S}\d{{2}}"
    r"|0\d{3}[ .]\d{3}[ .]\d{3}"
    r"|0\d{1,3}[ /.]\d{2,3}(?:[ .]\d{2,3}){2,3}"
    r"|(?:1[ .-])?\(?[2-9]\d{2}\)?[ .-]\d{3}[ .-]\d{4}"
    r"|0(?:[ .,-]{1,3}\d){9})(?!\d)"
)
_NIR = re.compile(r"[12378][ ]?\d{2}[ ]?(?:0[1-9]|1[0-2]|[2-9]\d)[ ]?(?:\d{2}|2[ABab])[ ]?\d{3}[ ]?\d{3}(?:[ ]?(\d{2}))?(?!\d)")
_BADGE = re.compile(r"[A-Z]{1,3}\d{5,12}")
_LONG = re.compile(r"(?:[A-Z]{1,4}[ -]?)?\d(?:[ ./-]?[\dA-Z]){3,20}(?!\w)")
_PLATE = re.compile(r"[A-Z]{2}-\d{3}-[A-Z]{2}(?!\w)")
_IBAN = re.compile(r"[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_INSURED = re.compile(r"[A-Z]{4} ?\d{4} ?\d{4}(?!\w)")  # health insurance of Québec
_ACCOUNT = re.compile(r"[^\n.!?]{0,30}?(?<![\w.])((?=\w*(?:\d|_|\.\w))(?=[\w.]*[A-Za-z])\w+(?:\.\w+)*)(?!\w)")
_SPOKEN_MAIL = re.compile(r"[\w.-]+(?: (?:point|tiret|underscore) [\w.-]+){0,4}\Z", re.IGNORECASE)
_SPOKEN_DOMAIN = re.compile(r" [\w-]+(?: ?point ?| ?\. ?)[a-z]{2,4}\b", re.IGNORECASE)


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield ``contact.mail``, ``contact.handle``, ``contact.url``, ``contact.phone``, ``number.nir``, ``number.file``."""
    text, begin, end = view.text, view.starts[0], view.end(view.size - 1)
    yield from _signs(text, begin, end)
    done = begin
    for i in at:
        if view.starts[i] < done:
            continue
        flags = view.forms[i].flags
        found = _number(view, i) if flags & DIGIT else _spoken(view, i) or _network(view, i) or _account(view, i)
        if found:
            done = found.end
            yield found


def _signs(text: str, begin: int, end: int) -> Iterator[Candidate]:
    for sign, make in (("@", _at), ("http", _url), ("www.", _url)):
        place = text.find(sign, begin, end)
        while place >= 0:
            found = make(text, place)
            if found:
                yield found
            place = text.find(sign, max(place + 1, found.end if found else 0), end)


def _at(text: str, place: int) -> Candidate | None:
    left, right, handle = _MAIL_LEFT.search(text[max(0, place - 64) : place]), _DOMAIN.match(text, place + 1), _HANDLE.match(text, place + 1)
    if left and right:
        return Candidate(place - len(left[0]), right.end(), "CONTACT", True, "contact.mail")
    return Candidate(place, handle.end(), "CONTACT", True, "contact.handle") if handle else None


def _url(text: str, place: int) -> Candidate | None:
    match = _URL.match(text, place)
    return Candidate(place, place + len(match[0].rstrip(".,;:!?")), "CONTACT", True, "contact.url") if match else None


def _network(view: View, i: int) -> Candidate | None:
    start, text = view.starts[i], view.text
    if view.forms[i].folded == "arobase":
        left, right = _SPOKEN_MAIL.search(text[max(0, start - 80) : start].rstrip()), _SPOKEN_DOMAIN.match(text, view.end(i))
        if left and right:
            return Candidate(max(0, start - 80) + left.start(), right.end(), "CONTACT", True, "contact.mail")
    elif view.gap(i) == "." and view.form(i - 1).text:
        first = i - 1
        while view.gap(first) in (".", "-") and view.form(first - 1).text:
            first -= 1
        if "@" not in view.gap(first) and "/" not in view.gap(first):
            path = re.compile(r"(?:/[^\s<>()«»\",;]*)?").match(text, view.end(i))
            return Candidate(view.starts[first], path.end() if path else view.end(i), "CONTACT", True, "contact.url")
    return None


def _account(view: View, i: int) -> Candidate | None:
    """Return the name that a person bears on a network: « mon pseudo, c'était MouetteGrise31 »."""
    if view.forms[i].folded not in telling("account"):
        return None
    match = _ACCOUNT.match(view.text, view.end(i))
    return Candidate(match.start(1), match.end(1), "CONTACT", True, "contact.handle") if match else None


def _number(view: View, i: int) -> Candidate | None:
    text, start, gap = view.text, view.starts[i], view.gap(i)
    nir = _NIR.match(text, start)
    if nir:
        return Candidate(start, nir.end(), "ID", nir_key(nir[0]), "number.nir")
    lead = start - 1 if gap.endswith(("+", "(")) else start
    phone = _PHONE.match(text, lead) or (_PHONE.match(text, start) if lead < start else None)
    if phone:
        return Candidate(phone.start(), phone.end(), "CONTACT", True, "contact.phone")
    lettered = i - 1 if view.form(i - 1).flags & CAP and gap in ("-", " ") and len(view.form(i - 1).text) < 5 else i
    for form in (_PLATE, _IBAN, _INSURED):
        match = form.match(text, start) or form.match(text, view.starts[lettered])
        if match:
            return Candidate(match.start(), match.end(), "ID", True, "number.form")
    if _BADGE.fullmatch(view.forms[i].text):
        return Candidate(start, view.end(i), "ID", False, "number.file")
    lead = lettered if view.form(lettered).folded not in telling("numbered") and view.form(lettered).flags & UPPER else i
    long = _LONG.match(text, view.starts[lead])
    if long and sum(map(str.isdigit, long[0])) > 3 and context.near(view, lead, "numbered", 4):
        return Candidate(long.start(), long.end(), "ID", True, "number.file")
    return None


def _spoken(view: View, i: int) -> Candidate | None:
    """Return a phone number said in words: « zéro six, douze, trente-quatre… »."""
    if view.forms[i].folded != "zero":
        return None
    j = i + 1
    while (
        view.form(j).flags & DIGIT
        or view.form(j).folded in number_words()
        or (view.form(j).folded == "et" and view.form(j + 1).folded in ("un", "onze"))
    ):
        if view.gap(j).strip() not in ("", ",", "-", ".", "…", "..."):
            break
        j += 1
    return Candidate(view.starts[i], view.end(j - 1), "CONTACT", True, "contact.phone") if j - i >= 6 else None


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

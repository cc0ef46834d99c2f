"""Words with a capital: strong evidence in mid-sentence, weak where a capital is usual; the lexicons grade, context labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import context
from .candidates import Candidate
from .view import View
from .words import CAP, COMMON, DIGIT, FIRST, GENERIC, INITIAL, KNOWN, NAME, ORDINARY, PLACE, SURNAME, TITLE, UPPER, Form

TRIGGER = CAP

_JOINTS = frozenset((" ", "-", "'", "’", "\u00a0", "\u2011"))
_PARTICLES = frozenset("de du des d la le les l van von der den el al ben bin da dos di".split())
_CLITICS = frozenset("la ci je tu il elle on nous vous ils elles moi toi lui meme t y en ce".split())
_LISTED = KNOWN | COMMON | NAME | PLACE | GENERIC
_LETTERED = frozenset(
    "plan vitamine type groupe association lettre hepatite batiment escalier etage point cas serie bac categorie ligne formation hall porte".split()
)


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield names written with a capital: ``capital.mid_sentence``, ``capital.start``, ``lexicon.…``, ``title``, ``relation``."""
    done = 0
    for i in at:
        if i < done:
            continue
        form = view.forms[i]
        if form.folded in context.ELISIONS and view.gap(i + 1) in ("'", "’") and not (form.text == "N" and view.form(i + 1).flags & CAP):
            continue
        stop = done = _run(view, i)
        start, weak = _begin(view, i, stop)
        if start < stop:
            candidate = _initials(view, start, stop) if _all_initials(view, start, stop) else _name(view, start, stop, weak)
            if candidate:
                yield candidate


def _run(view: View, i: int) -> int:
    """Return the index after the capitalised words that belong together from `i` on."""
    j = i + 1
    while True:
        form, gap = view.form(j), view.gap(j)
        if gap in (".", ". ", ".-", ".\u00a0") and view.form(j - 1).flags & INITIAL and form.flags & CAP:
            j += 1
        elif gap not in _JOINTS:
            return j
        elif form.flags & CAP:
            if gap == " " and form.flags & COMMON and not form.flags & (NAME | PLACE):
                return j
            j += 1
        elif gap == "-" and form.text and (view.gap(j + 1) == "-" or form.folded not in _CLITICS):
            j += 1
        else:
            after = _particles(view, j)
            if not after:
                return j
            j = after


def _particles(view: View, j: int) -> int:
    """Return the index after « de la N… » from word `j` on, 0 when no name goes on."""
    for k in range(j, j + 3):
        form = view.form(k)
        if view.gap(k) not in _JOINTS:
            return 0
        if k > j and form.flags & CAP and len(form.text) > 1:
            place = form.flags & PLACE and not form.flags & NAME
            name = any(view.form(k - n).flags & NAME for n in (2, 3))
            return 0 if place or not (name or view.form(j - 1).flags & KNOWN) else k + 1
        if form.folded not in _PARTICLES:
            return 0
    return 0


def _begin(view: View, i: int, stop: int) -> tuple[int, bool]:
    """Return where the name begins, without the words before it whose capital says nothing, and whether its own capital is weak."""
    weak = view.weak(i)
    while i < stop:
        flags = view.forms[i].flags
        blank = flags & TITLE or (flags & COMMON and not flags & (NAME | PLACE))
        if blank or (weak and i + 1 < stop and flags & KNOWN and not flags & (NAME | PLACE) and view.gap(i + 1) == " "):
            i, weak = i + 1, False
        elif not flags & CAP:
            i += 1
        else:
            break
    return i, weak


def _all_initials(view: View, start: int, stop: int) -> bool:
    return all(view.forms[j].flags & INITIAL for j in range(start, stop))


def _initials(view: View, start: int, stop: int) -> Candidate | None:
    titled = context.titled(view, start)
    dotted = view.gap(stop).startswith(".")
    before = view.form(start - 1)
    if not titled and (not dotted or view.weak(start) or before.folded in _LETTERED or before.flags & (CAP | DIGIT)):
        return None
    if stop - start == 1 and not titled and view.gap(start) not in (" ", "'", "’"):
        return None
    return Candidate(view.starts[start], view.end(stop - 1) + dotted, "PER", titled, "title.initial" if titled else "capital.initials")


def _name(view: View, start: int, stop: int, weak: bool) -> Candidate | None:
    forms = [form for form in view.forms[start:stop] if form.flags & CAP]
    flags = 0
    for form in forms:
        flags |= form.flags
    titled = context.titled(view, start)
    grade = 2 if titled else _weak_grade(view, start, stop, forms) if weak else _strong_grade(view, start, forms)
    if not grade:
        return None
    label, reason = _label(view, start, stop, forms, flags)
    if reason == "capital":
        reason = "capital.start" if weak else "capital.mid_sentence"
    return Candidate(view.starts[start], view.end(stop - 1), label, grade == 2, reason)


def _weak_grade(view: View, start: int, stop: int, forms: list[Form]) -> int:
    """Return 0 (no name), 1 (doubtful) or 2 (sure) for a name whose capital would be there anyway."""
    first = forms[0].flags
    if len(forms) > 1:
        return 2 if any(form.flags & NAME for form in forms) else 1
    if first & (NAME | PLACE):
        if not first & ORDINARY:
            return 2 if first & (FIRST | PLACE) else 1
        return 1 if context.acts(view, start) and first & NAME else 0
    return 0 if first & (_LISTED | UPPER) or len(forms[0].text) < 3 else 1


def _strong_grade(view: View, start: int, forms: list[Form]) -> int:
    first = forms[0]
    if all(form.flags & (COMMON | GENERIC) and not form.flags & NAME for form in forms):
        return 0
    if first.flags & UPPER and all(form.flags & KNOWN and not form.flags & NAME for form in forms):
        return 0
    if any(form.flags & (NAME | PLACE) or not form.flags & _LISTED for form in forms):
        return 2
    return 1


def _label(view: View, start: int, stop: int, forms: list[Form], flags: int) -> tuple[str, str]:
    if context.titled(view, start):
        return "PER", "title"
    if context.related(view, start):
        return "PER", "relation"
    folded = [form.folded for form in view.forms[start:stop]]
    if folded[0] in ("saint", "sainte", "st", "ste") or (len(folded) > 2 and {"sur", "sous", "les", "en"} & set(folded)):
        return "LOC", "capital"
    placed = context.placed(view, start)
    if flags & PLACE and (placed or not forms[0].flags & FIRST):
        return "LOC", "lexicon.place"
    if forms[0].flags & FIRST:
        return "PER", "lexicon.first_name"
    if len(forms) == 1 and forms[0].flags & UPPER and not forms[0].flags & SURNAME:
        return "ORG", "capital.acronym"
    if placed:
        return "LOC", "capital"
    if forms[0].flags & SURNAME:
        return "PER", "lexicon.surname"
    before = view.form(start - 1).folded
    if before in context.DETERMINERS and view.gap(start) in _JOINTS:
        return ("ORG", "capital.common_noun") if forms[0].flags & KNOWN else ("LOC", "capital.after_article")
    if len(forms) > 1 and all(form.flags & KNOWN for form in forms):
        return "ORG", "capital.words"
    return "PER", "capital"

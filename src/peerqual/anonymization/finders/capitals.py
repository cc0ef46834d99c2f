"""Words with a capital: strong evidence in mid-sentence, weak where a capital is usual; the lexicons grade, context labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from . import context
from .candidates import Candidate
from .context import JOINTS, telling
from .view import View
from .words import (
    CAP,
    COMMON,
    DIGIT,
    FIRST,
    FUNCTION,
    GENERIC,
    HOUSE,
    INITIAL,
    INSTITUTION,
    KNOWN,
    LISTED,
    NAME,
    ORDINARY,
    PLACE,
    SURNAME,
    TITLE,
    UPPER,
    Form,
)

TRIGGER = CAP

_DOTS = frozenset((".", ". ", ".-", ".\u00a0"))
_ACRONYM = 6  # letters; longer words in capitals are shouted, not spelled
_SEEN = KNOWN | COMMON | LISTED | GENERIC


class Run(NamedTuple):
    """Capitalised words that belong together: ``view.forms[start:stop]``; `forms` are those with a capital, `weak` where it says little."""

    start: int
    stop: int
    forms: list[Form]
    weak: bool


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield names written with a capital: ``capital.…``, ``name.…``, ``title``, ``relation``."""
    done = 0
    for i in at:
        if i < done or _elided(view, i):
            continue
        done = _stop(view, i)
        run = _run(view, i, done)
        if run.forms:
            found = _initials(view, run) if all(form.flags & INITIAL for form in run.forms) else _name(view, run)
            if found:
                yield found


def _elided(view: View, i: int) -> bool:
    form = view.forms[i]
    return form.folded in telling("elision") and view.gap(i + 1) in ("'", "’") and not (form.text == "N" and view.form(i + 1).flags & CAP)


def _stop(view: View, i: int) -> int:
    """Return the index after the capitalised words that belong together from word `i` on."""
    j = i + 1
    while True:
        form, gap = view.form(j), view.gap(j)
        if gap in _DOTS and view.form(j - 1).flags & INITIAL and form.flags & CAP:
            j += 1
        elif gap not in JOINTS:
            return j
        elif form.flags & CAP:
            stranger = form.flags & FUNCTION and not form.flags & LISTED
            if gap == " " and stranger and not _initial(view, j):
                return j
            j += 1
        elif gap == "-" and form.text and (view.gap(j + 1) == "-" or form.folded not in telling("clitic")):
            j += 1
        else:
            after = _particles(view, j)
            if not after:
                return j
            j = after


def _initial(view: View, j: int) -> bool:
    """Tell whether word `j` is the initial of a surname (« Nadine D. »)."""
    return bool(view.forms[j].flags & INITIAL and view.forms[j - 1].flags & NAME and view.gap(j + 1) not in ("'", "’"))


def _particles(view: View, j: int) -> int:
    """Return the index after « de la N… » from word `j` on, 0 when no name goes on."""
    for k in range(j, j + 3):
        form = view.form(k)
        if view.gap(k) not in JOINTS:
            return 0
        if k > j and form.flags & CAP and len(form.text) > 1:
            before = view.form(j - 1).flags
            if form.flags & PLACE and not form.flags & NAME:
                return 0
            return k + 1 if before & NAME or (before & KNOWN and not before & COMMON) else 0
        if form.folded not in telling("particle"):
            return 0
    return 0


def _run(view: View, i: int, stop: int) -> Run:
    """Return the run in words `i` to `stop` without the words at its beginning whose capital says nothing."""
    weak = view.weak(i)
    while i < stop:
        if _silent(view, i, stop, weak):
            i, weak = i + 1, False
        elif not view.forms[i].flags & CAP:
            i += 1
        else:
            break
    return Run(i, stop, [form for form in view.forms[i:stop] if form.flags & CAP], weak)


def _silent(view: View, i: int, stop: int, weak: bool) -> bool:
    """Tell whether the capital of word `i`, first of a run, says nothing: a word of grammar, a title, the beginning of a sentence."""
    flags, alone = view.forms[i].flags, i + 1 == stop
    if flags & TITLE and not context.titled(view, i):
        return True
    if flags & INITIAL:
        return weak and not alone and view.gap(i + 1) == " "  # « A Paris », not « J. Martin »
    if not weak and not alone and view.forms[i].folded in telling("article"):
        return False  # « à La Passerelle »
    noun = not weak and bool(flags & INSTITUTION and view.form(i + 1).flags & CAP)  # « au Centre Bleu »
    employer = alone and not weak and not flags & FUNCTION  # « caissière à Auchan »
    if flags & COMMON and not noun and not employer and (not flags & LISTED or (weak and not alone)):
        return True
    return bool(weak and not alone and flags & KNOWN and not flags & LISTED and view.gap(i + 1) == " ")


def _initials(view: View, run: Run) -> Candidate | None:
    titled, dotted = context.titled(view, run.start), view.gap(run.stop).startswith(".")
    if not titled and not (dotted and _initials_stand(view, run)):
        return None
    end = view.end(run.stop - 1) + (dotted and view.gap(run.stop) != ".")
    return Candidate(view.starts[run.start], end, "PER", titled, "title.initial" if titled else "capital.initials")


def _initials_stand(view: View, run: Run) -> bool:
    """Tell whether initials with their dot stand where a name can stand (not « plan B. », « S. A. », the end of a sentence)."""
    before = view.form(run.start - 1)
    if view.weak(run.start):
        return context.acts(view, run.stop) or (view.gap(run.stop) == ". " and view.form(run.stop).folded in telling("subject_verb"))
    if before.folded in telling("lettered") or (before.flags & (CAP | DIGIT) and not before.flags & FUNCTION):
        return False
    return len(run.forms) > 1 or view.gap(run.start) in (" ", "'", "’")


def _name(view: View, run: Run) -> Candidate | None:
    label, reason = _label(view, run)
    named = reason in ("title", "relation")
    grade = _weak_grade(view, run) if run.weak and not named else _strong_grade(view, run, label, named)
    if not grade:
        return None
    if reason == "capital":
        reason = "capital.start" if run.weak else "capital.mid_sentence"
    return Candidate(view.starts[run.start], view.end(run.stop - 1) + _dot(view, run), label, grade == 2, reason)


def _dot(view: View, run: Run) -> int:
    """Return 1 when a dot that ends no sentence follows an initial (« Nadine D. ne »)."""
    gap, after = view.gap(run.stop), view.form(run.stop)
    return int(bool(run.forms[-1].flags & INITIAL) and gap[:1] == "." and len(gap) > 1 and (gap[1] == "," or after.text[:1].islower()))


def _weak_grade(view: View, run: Run) -> int:
    """Return 0 (no name), 1 (doubtful) or 2 (sure) for a name whose capital would be there anyway."""
    first = run.forms[0]
    if len(run.forms) > 1:
        if all(form.flags & (COMMON | GENERIC) for form in run.forms):
            return 0
        return 2 if any(form.flags & NAME for form in run.forms) else 0 if all(form.flags & KNOWN for form in run.forms) else 1
    if first.flags & (COMMON | GENERIC):
        return 0
    if first.flags & LISTED and not first.flags & ORDINARY:
        return 2 if first.flags & (FIRST | PLACE) else int(context.acts(view, run.stop))
    if first.flags & LISTED:
        return int(context.acts(view, run.stop))
    if first.flags & (_SEEN | UPPER) or len(first.text) < 3:
        return 0
    return int(context.acts(view, run.stop))


def _strong_grade(view: View, run: Run, label: str, named: bool) -> int:
    if all(form.flags & (COMMON | GENERIC) for form in run.forms):
        if named and run.forms[0].flags & NAME:
            return 2
        if label == "ORG" and len(run.forms) == 1 and context.near(view, run.start, "work"):
            return 1
        return int(len(run.forms) > 1 and not any(form.flags & (FUNCTION | GENERIC | TITLE) for form in run.forms))
    if named:
        return 2
    first = run.forms[0]
    if first.flags & UPPER and all(form.flags & KNOWN and not form.flags & NAME for form in run.forms):
        return 0
    if context.titles_work(view, run.start):
        return 0
    if any((form.flags & LISTED and not form.flags & COMMON) or not form.flags & _SEEN for form in run.forms):
        return 2
    return 2 if first.flags & HOUSE and context.determined(view, run.start) else 1


def _sounds_placed(form: Form) -> bool:
    """Tell whether an unknown word is built as towns are (« Plougonven », « Ranspach-le-Bas », « Mirebourg »)."""
    placed = form.folded.startswith(tuple(telling("place_beginning"))) or form.folded.endswith(tuple(telling("place_ending")))
    return placed and not form.flags & (LISTED | KNOWN)


def _label(view: View, run: Run) -> tuple[str, str]:
    start, forms = run.start, run.forms
    first, flags = forms[0].flags, 0
    for form in forms:
        flags |= form.flags
    if context.titled(view, start):
        return "PER", "title"
    if all(form.flags & (COMMON | GENERIC) for form in forms) and not context.related(view, start):
        return "ORG", "capital.common_noun"
    if context.related(view, start) and not (first & PLACE and not first & NAME):
        return "PER", "relation"
    if view.form(start - 1).folded == "chez" and not first & FIRST:
        return ("ORG", "capital.employer") if context.near(view, start, "work") else ("PER", "capital")
    joined = {view.form(k).folded for k in range(start, run.stop) if view.gap(k) == view.gap(k + 1) == "-"}
    placed = context.placed(view, start)
    if forms[0].folded in ("saint", "sainte", "st", "ste", "notre") or joined & {"sur", "sous", "les", "en"}:
        hospital = not first & PLACE and context.near(view, start, "hospitalised", 25)
        return "HOSP" if hospital else "LOC", "capital.saint"
    if (first & PLACE and (placed or not first & FIRST)) or (flags & PLACE and placed and not first & NAME):
        return "LOC", "name.place"
    if first & FIRST:
        return "PER", "name.first_name"
    if len(forms) == 1 and first & UPPER and not first & SURNAME and len(forms[0].text) <= _ACRONYM:
        return "ORG", "capital.acronym"
    if placed or _sounds_placed(forms[0]):
        return "LOC", "capital"
    if first & SURNAME and not (first & ORDINARY and context.determined(view, start)):
        return "PER", "name.surname"
    if context.determined(view, start):
        if forms[0].folded in telling("nickname"):
            return "PER", "capital.nickname"
        return ("ORG", "capital.common_noun") if first & KNOWN else ("LOC", "capital.after_article")
    if len(forms) > 1 and all(form.flags & KNOWN for form in forms):
        return "ORG", "capital.words"
    return "PER", "capital"

"""Words with a capital: strong evidence in mid-sentence, weak where a capital is usual; the lexicons grade, context labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from . import context
from .candidates import Candidate
from .context import telling
from .runs import Run, elided, run_of, stop_of
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

_ACRONYM = 6  # letters; longer words in capitals are shouted, not spelled
_LATIN = "\u017f"  # the last letter of those that Western and Central Europe write with
_SEEN = KNOWN | COMMON | LISTED | GENERIC


def find(view: View, at: Sequence[int]) -> Iterator[Candidate]:
    """Yield names written with a capital: ``capital.…``, ``name.…``, ``title``, ``relation``."""
    done = 0
    for i in at:
        if i < done or elided(view, i):
            continue
        done = stop_of(view, i)
        run = run_of(view, i, done)
        if run.forms:
            found = _initials(view, run) if all(form.flags & INITIAL for form in run.forms) else _name(view, run)
            if found:
                yield found


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
    if first.flags & (FIRST | PLACE) and not first.flags & ORDINARY:
        return 2
    if first.flags & FIRST and view.gap(run.stop).startswith(","):
        return 1  # « Capucine, elle vient »: a first name that is a word too
    if any(char > _LATIN for char in first.text):
        return 1
    if not first.flags & LISTED and (first.flags & (_SEEN | UPPER) or len(first.text) < 3):
        return 0
    return int(context.acts(view, run.stop))


def _strong_grade(view: View, run: Run, label: str, named: bool) -> int:
    """Return 0, 1 or 2 likewise for a name in a place where only names have a capital; `named`: a title or a relation stands before it."""
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
    """Return the label that context and lexicons give a run, and the reason: what stands before it tells more than the lists do."""
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
        return ("ORG", "capital.common_noun") if first & KNOWN and not view.sparse else ("LOC", "capital.after_article")
    if len(forms) > 1 and all(form.flags & KNOWN for form in forms):
        return "ORG", "capital.words"
    return "PER", "capital"

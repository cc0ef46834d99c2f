"""Words with a capital: strong evidence in mid-sentence, weak where a capital is usual; the lexicons grade, context labels."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...language.lemmas import lemma
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
    article = label != "PER" and view.form(run.start - 1).text == "L" and not view.weak(run.start - 1)  # « c'est L'Intervalle »
    stop = run.stop + (reason == "capital.organisation" and _adjective(view, run))
    return Candidate(view.starts[run.start - article], view.end(stop - 1) + _dot(view, run), label, grade == 2, reason)


def _adjective(view: View, run: Run) -> bool:
    """Tell whether an adjective in lower case ends the name (« bénévole au Fil rouge, »)."""
    form, after = view.form(run.stop), view.form(run.stop + 1)
    noun = len(run.forms) == 1 and run.forms[0].flags & KNOWN and view.gap(run.stop) == " " and context.determined(view, run.start)
    ends = view.gap(run.stop + 1).strip() != "" or after.flags & FUNCTION
    return bool(noun and ends and form.flags & KNOWN and not form.flags & (COMMON | CAP | FUNCTION))


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
    if not first.flags & KNOWN and context.settled(view, run.stop):
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
        if label == "ORG" and len(run.forms) == 1 and _employs(view, run):
            return 1
        return int(len(run.forms) > 1 and not any(form.flags & (FUNCTION | GENERIC | TITLE) for form in run.forms))
    if named:
        return 2
    first = run.forms[0]
    if first.flags & UPPER and all(form.flags & KNOWN and not form.flags & NAME for form in run.forms):
        return int(_spelled(view, run))
    if context.titles_work(view, run.start):
        return 0
    if any((form.flags & LISTED and not form.flags & COMMON) or not form.flags & _SEEN for form in run.forms):
        return 2
    return 2 if first.flags & HOUSE and context.determined(view, run.start) else 1


def _employs(view: View, run: Run) -> bool:
    """Tell whether somebody works at the ordinary word of the run; a country or a generic acronym is no firm, but after « chez »."""
    only = run.forms[0].flags & GENERIC or run.forms[0].folded in context.countries()
    if only and view.form(run.start - 1).folded != "chez":
        return False
    return context.worked(view, run.start) or context.employed(view, run.start)


def _spelled(view: View, run: Run) -> bool:
    """Tell whether a word in capitals that is a French form too is spelled and not shouted (« le CRIA »: no verb follows an article)."""
    word, before = run.forms[0].text.lower(), view.form(run.start - 1)
    alone = (
        len(run.forms) == 1
        and len(word) <= _ACRONYM
        and not (before.flags | view.form(run.stop).flags) & UPPER
        and not run.forms[0].flags & INSTITUTION
    )
    return alone and before.folded in ("le", "la", "l", "du", "au") and word not in (lemma(word), lemma(word).removesuffix("s"))


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
    acronym = len(forms) == 1 and first & UPPER and not first & NAME and 2 < len(forms[0].text) <= _ACRONYM
    if acronym and view.form(start - 1).folded in ("de", "d"):
        return "ORG", "capital.acronym"  # « au nom de la F… », « le patron de R… »
    if context.related(view, start) and not (first & PLACE and not first & NAME):
        return "PER", "relation"
    if view.form(start - 1).folded in ("chez", "pour") and not flags & FIRST and context.trade(view, start):
        return "ORG", "capital.employer"
    if len(forms) > 1 and not first & FIRST and forms[-1].folded in telling("firm_tail"):
        return "ORG", "capital.organisation"
    if not first & (FIRST | PLACE) and (label := context.announced(view, start)):
        return label, "capital.apposition"
    if view.form(start - 1).folded == "chez" and not first & FIRST and not _firm(view, run):
        return ("ORG", "capital.organisation") if first & PLACE and not flags & NAME else ("PER", "capital")  # « chez Orange »
    joined = {view.form(k).folded for k in range(start, run.stop) if view.gap(k) == view.gap(k + 1) == "-"}
    placed = context.placed(view, start)
    if view.form(start - 1).folded == "les" and not flags & (PLACE | KNOWN) and not forms[-1].folded.endswith(("s", "x", "z")):
        return "PER", "capital.family"  # « les Guermantier »
    apposed = "" if first & (FIRST | PLACE) else context.apposed(view, run.stop)
    if apposed:
        return apposed, "capital.apposition"
    saint = forms[0].folded in ("saint", "sainte", "st", "ste", "notre")
    if not first & PLACE and _stays(view, run, saint):
        return "HOSP", "capital.hospital"
    if saint or joined & {"sur", "sous", "les", "en"}:
        hospital = not first & PLACE and context.near(view, start, "hospitalised", 25)
        return "HOSP" if hospital else "LOC", "capital.saint"
    if (first & PLACE and (placed or not first & FIRST)) or (flags & PLACE and placed and not first & NAME):
        return "LOC", "name.place"
    if first & FIRST:
        return "PER", "name.first_name"
    if len(forms) == 1 and first & UPPER and not first & SURNAME and len(forms[0].text) <= _ACRONYM:
        return "ORG", "capital.acronym"
    if _firm(view, run) or (context.organised(view, start) and not first & SURNAME):
        return "ORG", "capital.organisation"
    spaced = len(forms) > 1 and not joined and not view.sparse and all(form.flags & KNOWN and not form.flags & LISTED for form in forms)
    if spaced:
        return "ORG", "capital.words"
    if placed or _sounds_placed(forms[0]) or context.settled(view, run.stop):
        return "LOC", "capital"
    if first & SURNAME and not (first & ORDINARY and context.determined(view, start)):
        return "PER", "name.surname"
    if context.determined(view, start):
        return _determined(view, run)
    if len(forms) > 1 and all(form.flags & KNOWN for form in forms):
        return "ORG", "capital.words"
    return "PER", "capital"


def _determined(view: View, run: Run) -> tuple[str, str]:
    """Return the label and the reason of a name after a determiner."""
    first = run.forms[0]
    if first.folded in telling("nickname"):
        return "PER", "capital.nickname"
    if first.flags & KNOWN and not view.sparse:
        return "ORG", "capital.common_noun"
    return "LOC", "capital.after_article"


def _firm(view: View, run: Run) -> bool:
    """Tell whether a run of several words begins with a noun for a firm (« Transports Bélier »)."""
    return len(run.forms) > 1 and run.forms[0].folded in telling("firm") and not run.weak


def _stays(view: View, run: Run, saint: bool) -> bool:
    """Tell whether somebody is treated at what the run names, and does not live there."""
    k = run.start - 1
    article = view.form(k).folded in ("l", "la", "le", "les")
    if article and view.form(k).flags & CAP and not view.weak(k):
        return context.hospital(view, run.start, run.stop)  # « mon hôpital de jour, c'est L'Intervalle »
    k -= article
    before, verb = view.form(k).folded, view.form(k - 1).folded
    if before not in telling("stay_before") or (before == "a" and verb in telling("dative")):
        return False
    if not saint and any(form.flags & NAME for form in run.forms) and not (verb in telling("hospital_before") and view.gap(k) == " "):
        return False
    return context.hospital(view, run.start, run.stop) and not context.near(view, run.start, "dwelling", 4)

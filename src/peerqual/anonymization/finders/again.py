"""Names of associations, employers and hospitals met again: whole, without their type noun, by a part, by their initials, without capitals."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from . import context, phrases
from .candidates import Candidate
from .context import telling
from .view import View
from .words import CAP, COMMON, DIGIT, FIRST, FORMS, FUNCTION, GENERIC, INSTITUTION, KNOWN, LISTED, ORDINARY, PHRASE, PLACE, UPPER, Form

_TAUGHT = frozenset(
    "institution.named institution.title institution.quoted institution.house institution.bare institution.acronym institution.expanded"
    " institution.full institution.ward introduction capital.acronym capital.organisation capital.employer capital.hospital capital.apposition"
    " capital.common_noun capital.words capital.title lexicon.organisation lexicon.hospital lowercase.employer".split()
)
_FAINT = frozenset(("capital.common_noun", "capital.words", "capital.title"))
_LABELS = frozenset(("ORG", "HOSP"))
_ARTICLES, _LINKS = frozenset(("le", "la", "les", "l")), frozenset("de du des d la le les l".split())
_TAILS = frozenset("de du des d pour et en sur".split())
_AT = frozenset(("aux", "au", "chez"))
_SHORTEST, _LONGEST_SPELLED, _LONGEST_NAME = 3, 7, 120

Words = tuple[Form, ...]


class Names:
    """Names of institutions accepted anywhere in the corpus and the shorter forms that people use for them, each with the label most often told."""

    def __init__(self) -> None:
        self._votes: dict[tuple[tuple[str, ...], str], Counter[tuple[str, str]]] = defaultdict(Counter)

    def learn(self, text: str, candidates: Iterable[Candidate]) -> None:
        """Remember names of institutions that something besides their capital tells."""
        for start, end, label, sure, source in candidates:
            town = source == "institution.named" and text[max(0, start - 3) : start] == "de " and " " not in text[start:end]
            if label in _LABELS and source in _TAUGHT and end - start < _LONGEST_NAME and not town:
                words = tuple(map(FORMS.__getitem__, phrases.WORD.findall(text[start:end])))
                if source in _FAINT and any(form.flags & PHRASE for form in words):
                    continue  # « les Troubles Bipolaires » are no association
                self._teach(words, (label, "sure" if sure else "doubt"), 1 if source in _FAINT else 5)

    def table(self) -> phrases.Node:
        """Return the names as nested nodes (see `phrases`); those of a ward's number have the kind ``number``."""
        table: phrases.Node = {}
        for (words, exact), votes in self._votes.items():
            (label, kind), _ = max(votes.items(), key=lambda vote: (vote[1], vote[0]))
            phrases.add(table, words, label, "number" if words[0][0].isdigit() else kind, exact)
        return table

    def _teach(self, words: Words, told: tuple[str, str], weight: int) -> None:
        if len(words) == 1 and words[0].flags & UPPER:
            self._spell(words[0].text, told, weight)
            return
        if words[-1].flags & DIGIT and (len(words) == 1 or words[0].folded in telling("ward")):
            self._votes[(words[-1].folded,), ""][told] += weight
        names = list(short_forms(words))
        for name in names:
            self._votes[tuple(form.folded for form in name), ""][told] += weight
        for initials in {letters for name in (words, *names[:2]) for letters in spelled(name)}:
            self._spell(initials, told, weight)

    def _spell(self, acronym: str, told: tuple[str, str], weight: int) -> None:
        if not FORMS[acronym].flags & (GENERIC | COMMON) and _SHORTEST <= len(acronym) <= _LONGEST_SPELLED:
            self._votes[(FORMS[acronym].folded,), acronym][told] += weight


def short_forms(words: Words) -> Iterator[Words]:
    """Yield a name of folded words and the shorter ones that may stand for it: without article and type noun, up to a tail, its surname alone."""
    whole = _without_article(words)
    noun = _type_noun(whole)
    linked = noun
    while linked < len(whole) - 1 and whole[linked].folded in _LINKS and not whole[linked].flags & CAP:
        linked += 1
    name = _without_article(whole[linked:])
    of = noun and linked == noun + 1 and whole[noun].folded in ("de", "d") and not _homely(whole[:noun], name)
    yield from _telling((words,) if words != whole and words[0].flags & CAP else ())
    yield from _telling((whole,))
    if noun and not of and not all(form.flags & (COMMON | PLACE) or form.text.isdecimal() for form in name):
        yield from _telling((name,))
    head = _head(whole)
    yield from _telling((head, head[noun:]) if head else ())
    if not of and len(name) == 2 and name[0].flags & FIRST and (name[1].flags & CAP or not name[0].flags & CAP):
        yield from _telling((name[1:],))
    elif not noun and len(whole) == 2 and all(form.flags & CAP for form in whole) and _stands(whole):
        yield from _telling((whole[:1],))
    elif not noun and 1 < len(whole) < 5 and whole[0].folded in telling("firm") and whole[1].flags & CAP:
        yield from _telling((whole[1:],))


def _homely(noun: Words, name: Words) -> bool:
    """Tell whether what follows « de » is the house's own name rather than its town (« clinique de Bel-Orme », not « hôpital de Pont-Aven »)."""
    return len(name) > 1 and noun[0].folded in telling("own_name") and not phrases.is_place(name)


def _stands(words: Words) -> bool:
    """Tell whether the first of two words may stand for both (« Vasseur » for « Vasseur Textiles »)."""
    tail = words[1].folded in telling("firm_tail")
    return not words[0].flags & (FIRST | PLACE if tail else KNOWN | COMMON | LISTED)


def _telling(names: Iterable[Words]) -> Iterator[Words]:
    """Yield the names that are more than words of grammar, type nouns or a short word."""
    for name in names:
        said = [form for form in name if not form.flags & (FUNCTION | GENERIC) and len(form.text) > 1]
        if len(said) == 1:
            whole = len(said[0].text) >= _SHORTEST and not said[0].flags & (INSTITUTION | COMMON)
        else:
            whole = bool(said) or len(name) > 3  # « un pas de plus »
        if whole and not (said and all(form.flags & PLACE and not form.flags & KNOWN for form in said)):
            yield name


def _without_article(words: Words) -> Words:
    return words[1:] if len(words) > 1 and words[0].folded in _ARTICLES else words


def _type_noun(words: Words) -> int:
    """Return how many words at the beginning are a noun for institutions (« centre hospitalier »)."""
    node, length = phrases.institutions(), 0
    for k, form in enumerate(words[:-1]):
        node = node.get(form.folded, {})
        length = k + 1 if "" in node else length
    return length


def _head(words: Words) -> Words:
    """Return the words before the last tail (« Union des usagers » of « … du Brabant »), none when one is too few."""
    for k in range(len(words) - 1, 1, -1):
        if words[k].folded in _TAILS and not words[k].flags & CAP:
            return words[:k]
    return ()


def spelled(words: Words) -> Iterator[str]:
    """Yield the initials of a name of several words, those of grammar counted and not."""
    yield "".join(form.text[0].upper() for form in words if form.text)
    yield "".join(form.text[0].upper() for form in words if form.folded not in _LINKS and form.folded not in ("et", "pour", "en", "a", "au", "aux"))


def find(view: View, table: phrases.Node) -> Iterator[Candidate]:
    """Yield ``institution.again`` for each name of `table` (of `Names`) in `view`, where it stands as a name stands."""
    for i, form in enumerate(view.forms[: view.size]):
        if form.folded in table:
            for entry, start, stop in phrases.matches(view, i, table):
                grade = _grade(view, start, stop, entry)
                if grade:
                    yield Candidate(view.starts[start], view.end(stop - 1), entry.label, grade == 2 and entry.kind == "sure", "institution.again")
                    break


def _grade(view: View, start: int, stop: int, entry: phrases.Entry) -> int:
    """Return 0 (no name here), 1 (doubtful) or 2 for the known name in words `start` to `stop`."""
    if entry.exact:
        return 2
    if entry.kind == "number":
        return int(_numbered(view, start))
    forms = view.forms[start:stop]
    said = [form for form in forms if not form.flags & FUNCTION and len(form.text) > 1]
    if context.titled(view, start) or context.related(view, start) or _person(view, start, stop):
        return 0
    ordinary = all(form.flags & (KNOWN | COMMON | ORDINARY) for form in said)
    if view.bare or (view.sparse and not ordinary):
        return _grade_bare(view, start, forms, said) if ordinary else 2
    if not said or not said[0].flags & (CAP | DIGIT) or (forms[0].folded in _ARTICLES and not forms[0].flags & CAP):
        return 0
    if not ordinary or not view.weak(start):
        return 2
    if len(said) > 1:
        return 2 * all(form.flags & CAP for form in said)
    subject = view.gap(stop).strip() in (",", "=", ":", "–", "—") or context.acts(view, stop)
    return int(subject or view.gap(start).rstrip("\u00a0\u202f ").endswith(("«", "(")))


def _grade_bare(view: View, start: int, forms: Sequence[Form], said: Sequence[Form]) -> int:
    """Return the grade of ordinary words in a text without capitals: several, or one after what stands before a name."""
    before, other = view.form(start - 1).folded, view.form(start - 2).folded
    return int(len(said) > 1 or len(forms) > 2 or before in _AT or (before in ("l", "la") and other in ("a", "de", "moi", "chez")))


def _numbered(view: View, i: int) -> bool:
    """Tell whether the number at word `i` is that of a ward (« au 12, on fumait »)."""
    after = view.form(i + 1)
    ends = view.gap(i + 1).strip(" \u00a0") != "" or after.flags & FUNCTION > 0
    before = ("au", "du") if view.form(i).text.isdecimal() else ("au", "du", "le", "en")
    return (
        view.form(i - 1).folded in before
        and view.gap(i) == " "
        and (ends or not view.form(i).text.isdecimal())
        and after.folded not in telling("unit")
    )


def _person(view: View, start: int, stop: int) -> bool:
    """Tell whether the name is somebody's surname here (« Marc Guichard »)."""
    before = view.form(start - 1)
    return bool(stop - start == 1 and before.flags & FIRST and before.flags & CAP and view.gap(start) == " ")

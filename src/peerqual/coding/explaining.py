"""Why a code is proposed for a sentence or is not: what each rule found and what blocked it, what the model weighed, what was decided."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..codebook import Codebook
from .circumstances import Circumstances
from .coder import Coder, Heard, coder
from .matching import Hit
from .program import Ready
from .reading import Reading

if TYPE_CHECKING:
    from .learned.explaining import Weighed


@dataclass(frozen=True, slots=True)
class Blocked:
    """Why a rule that found something does not hold: `why` is its condition, `what` the words or names that decided."""

    why: str
    what: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleTold:
    """What became of one rule in a sentence. `holds`: it supports the code.

    `words` are what it found; `missing` are the parts of a near rule that are not there, as they are written; both and `blocked` empty: nothing.
    """

    code: str
    rule: str
    kind: str
    line: int
    weight: float
    holds: bool
    words: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    blocked: tuple[Blocked, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """A sentence under one code: its rules and its parents', what the model weighed (None: it does not decide on this code), the codes proposed.

    `decision`: "model", "rule" (proposed by it); "child" (another, below it, is proposed instead); "model_below", "parent_below" (the model, or what
    it makes of the parent, falls short); "no_rule"; "branch" (a code that cannot be assigned).
    """

    text: str
    code: str
    rules: tuple[RuleTold, ...]
    weighed: Weighed | None
    proposed: tuple[str, ...]
    decision: str


def explain(
    codebook: Codebook,
    code: str,
    text: str,
    *,
    role: str = "respondent",
    before: str = "",
    before_role: str = "respondent",
    section: str = "",
    model: str = "",
    encoder: str = "",
) -> list[Explanation]:
    """Return why `code` is proposed, or is not, for each sentence of `text`, said by `role` after the words `before`, under the heading `section`.

    `model`: the path of a learned model ("": rules alone); `encoder`: the folder of the encoder that it was made with.
    Raises `PeerqualError` when there is no such code, or as `coder`.

    >>> book = Codebook.from_text('''
    ... peerqual: 1
    ... codes: [{id: espoir, label: {fr: Espoir}, definition: {fr: "…"}, rules: [{lemmas: espoir, not_qualifiers: negated}]}]
    ... ''')
    >>> (told,) = explain(book, "espoir", "J'ai plus d'espoir.")
    >>> told.decision, told.rules[0].words, told.rules[0].blocked[0].what
    ('no_rule', ('espoir',), ('negated',))
    """
    codebook.get(code)
    ready = coder(codebook, model, encoder)
    heard, other = ready.hear(text, role, before, before_role, section)
    given = ready.surroundings.of(heard.speech, other.speech if other else None)
    codings = ready.code_words(text, role, before, before_role, section)
    made = []
    for i, (start, end) in enumerate(heard.speech.sentences):
        rules = tuple(_rules(codebook, code, ready, heard, i, given, other))
        proposed = tuple(dict.fromkeys(one.code for one in codings if one.start < end and start < one.end))
        weighed = _weighed(ready, code, heard, i, other)
        decision = _decision(codebook, code, proposed, weighed, ready, {one.origin for one in codings if one.code == code})
        made.append(Explanation(text[start:end], code, rules, weighed, proposed, decision))
    return made


def _decision(codebook: Codebook, code: str, proposed: tuple[str, ...], weighed: Weighed | None, ready: Coder, origins: set[str]) -> str:
    if code in proposed:
        return "model" if "model" in origins else "rule"
    if not codebook.get(code).assignable:
        return "branch"
    if any(code in codebook.ancestors(one) for one in proposed):
        return "child"
    if weighed is None:
        return "no_rule"
    return "model_below" if weighed.chance < weighed.asked else "parent_below"


def _weighed(ready: Coder, code: str, heard: Heard, i: int, other: Heard | None) -> Weighed | None:
    if ready.learned is None or code not in ready.learned.codes:
        return None
    from .learned.explaining import weigh

    said = [(other.units, ()), (heard.units, other.units)] if other else [(heard.units, ())]
    return weigh(ready.learned, code, said, i)


# --- rules ---------------------------------------------------------------------------------------------------------------


def _rules(codebook: Codebook, code: str, ready: Coder, heard: Heard, i: int, given: Circumstances, other: Heard | None) -> Iterator[RuleTold]:
    reading = heard.readings[i]
    for own in (code, *codebook.ancestors(code)):
        for rule in (rule for rule in ready.program.rules if rule.code == own):
            hits = reading.found(rule)
            told = (own, rule.rule.id, rule.rule.kind, rule.rule.line, rule.rule.weight)
            if hits:
                blocked = tuple(_blocked(rule, reading, hits, heard, i, ready, given, other))
                held = reading.of_rule(rule) if not blocked else None
                yield RuleTold(*told, held is not None, _words(reading, held or hits[0]), (), blocked)
            elif len(rule.places) > 1:
                yield _partly(told, rule, reading)
            else:
                yield RuleTold(*told, False)


def _partly(told: tuple[str, str, str, int, float], rule: Ready, reading: Reading) -> RuleTold:
    """Tell which parts of a near rule are there and which are missing; all there: they stand too far apart, or in another order."""
    found = [reading.hits(place) for place in rule.places]
    words = tuple(word for hits in found if hits for word in _words(reading, hits[0]))
    if all(found):
        return RuleTold(*told, False, words, (), (Blocked("ordered" if rule.ordered else "within", (str(rule.within),)),))
    missing = tuple(_written(body) for body, hits in zip(rule.rule.body, found, strict=True) if not hits) if words else ()
    return RuleTold(*told, False, words, missing)


def _written(expressions: tuple[Any, ...]) -> str:
    return ", ".join(one if isinstance(one, str) else f"{{champ: {one.name}}}" for one in expressions)


def _words(reading: Reading, hit: Hit) -> tuple[str, ...]:
    return tuple(reading.text[start:end] for start, end in reading.places(hit.own))


def _blocked(
    rule: Ready, reading: Reading, hits: list[Hit], heard: Heard, i: int, ready: Coder, given: Circumstances, other: Heard | None
) -> Iterator[Blocked]:
    """Yield every condition of `rule` that is not met."""
    speech = heard.speech
    if reading.size < rule.min_words:
        yield Blocked("min_words", (str(rule.min_words), str(reading.size)))
    if excluded := rule.unless and reading.hits(rule.unless):
        yield Blocked("unless", _words(reading, excluded[0]))
    if not rule.said_by(speech.role):
        yield Blocked("role", tuple(sorted(rule.roles)))
    if not rule.said_after(other.speech.role if other else None):
        yield Blocked("before_role", tuple(sorted(rule.before_roles)))
    if rule.before and rule.number not in given.before:
        yield Blocked("before", (_written(rule.rule.conditions["before"]),))
    if not ready.surroundings.under(rule, speech, speech.sentences[i][0]):
        yield Blocked("section", (_written(rule.rule.conditions["section"]),))
    meant = reading.qualifiers(hits[0])
    if not reading.fits_any(rule, hits):
        if missing := rule.qualifiers - meant:
            yield Blocked("qualifiers", tuple(sorted(missing)))
        if forbidden := rule.not_qualifiers & meant:
            yield Blocked("not_qualifiers", tuple(sorted(forbidden)))

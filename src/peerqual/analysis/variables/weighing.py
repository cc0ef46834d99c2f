"""From passages that speak for options to one proposal a question, and what follows from it for other questions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import prod
from typing import NamedTuple

from peerqual.analysis.variables.questions import Variable

WEAK = 0.25  # passages that weigh no more count where nothing else speaks


class Said(NamedTuple):
    """A passage ``[start, end)`` of the transcript that speaks for an option of a variable, from 0 to 1."""

    variable: str
    option: str
    score: float
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """An option ("": none) and the passage that weighs most for it; `against`: what the next option weighs."""

    option: str = ""
    score: float = 0.0
    against: float = 0.0
    start: int = 0
    end: int = 0

    @property
    def margin(self) -> float:
        """How much more the option weighs than the next."""
        return self.score - self.against


def weighed(variables: Sequence[Variable], rules: Iterable[Said], replies: Iterable[Said]) -> dict[str, Proposal]:
    """Return the proposal for each variable by its id: the option whose passages weigh most (noisy-or), then what other proposals imply.

    What `rules` found goes before `replies`: who writes a rule knows the question. What is implied stands where nothing else was proposed, or with
    less margin than what implies it.

    >>> from peerqual.analysis.variables import Option, Variable
    >>> asked = Variable("sleeps", {"en": "Does she sleep?"}, (Option("yes", {}), Option("no", {})))
    >>> found = weighed([asked], [], [Said("sleeps", "no", 0.7, 4, 9), Said("sleeps", "yes", 0.2, 12, 20)])
    >>> found["sleeps"].option, found["sleeps"].start
    ('no', 4)
    """
    by_rule, by_reply = _by_variable(rules), _by_variable(replies)
    made = {}
    for one in variables:
        told = _direct(one, by_rule[one.id])
        made[one.id] = told if told.option else _direct(one, by_reply[one.id])
    for _ in variables:  # an implication may wake another
        before = dict(made)
        for one in variables:
            told = made[one.id]
            for variable, option in one.implies.get(told.option, ()):
                held = made[variable]
                if held.option != option and (not held.option or told.margin > held.margin):
                    made[variable] = Proposal(option, told.score, told.against, told.start, told.end)
        if made == before:
            break
    return made


def _by_variable(said: Iterable[Said]) -> dict[str, list[Said]]:
    found: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        found[one.variable].append(one)
    return found


def _direct(variable: Variable, said: Sequence[Said]) -> Proposal:
    strong = [one for one in said if one.score > WEAK] or said
    by_option = {option.id: [one for one in strong if one.option == option.id] for option in variable.options}
    ranked = sorted(((_weight(many), option) for option, many in by_option.items()), key=lambda item: -item[0])
    (score, option), (against, _) = ranked[0], ranked[1]
    if score <= against:
        return Proposal(score=score, against=against)
    best = max(by_option[option], key=lambda one: one.score)
    return Proposal(option, score, against, best.start, best.end)


def _weight(said: Sequence[Said]) -> float:
    return round(1 - prod(1 - one.score for one in said), 4)

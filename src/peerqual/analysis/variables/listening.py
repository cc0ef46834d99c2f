"""How an interview answers closed questions: what is asked, what of it an answer takes up, whether it affirms or denies.

An exchange is read as frames with slots (Bobrow et al. 1977, GUS, a frame-driven dialog system, Artificial Intelligence 8(2), 155-173): a sentence
names values of slots (a subject, an act, for whom), and what it leaves out goes on from the sentence before (« Vos patients, vous leur en parlez ?
— Non. — Et aux proches ? — Non plus. »).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple, cast

from peerqual.analysis.variables.naming import Named, Namer
from peerqual.analysis.variables.questions import Variable
from peerqual.coding.speech import speeches
from peerqual.language.qualifiers import qualify
from peerqual.language.qualifiers.cues import form
from peerqual.language.replies import NO, UNTOLD, YES, asks_more, declines, denies, own_doing, replies, reply, tells_times
from peerqual.model import Transcript

Frame = Mapping[str, frozenset[str]]  # the values of each slot that are spoken of

PLAIN = 0.7  # « Non. », the subject and the act said: as sure as it gets
CARRIED = 0.5  # what a sentence says while the subject goes on from before
TOLD = 0.4  # how often, when: a reply without yes or no
WEAK = 0.2  # asked, and no yes anywhere in the answer; a part is denied; an act is told and nothing says of whom
_CLAUSE_ENDS = frozenset(',;:«»"“”(')
_TOLD_TO_DO = frozenset("de d' à pour vous".split())  # « je lui ai dit de monter », « je vous passe »
_CLITICS = frozenset("y leur lui l' les la le en".split())  # what stands for a subject before its verb
_ANAPHORA = frozenset("là eux elle elles chez".split())
_NE = frozenset(("ne", "n'"))
_THEY = frozenset("il elle ils elles qui".split())
_SUBJECTS = _THEY | frozenset("je j' on nous vous ils c' ce ca".split())
_PREPOSITIONS = frozenset("à au aux dans lors pendant chez avec pour sur a".split())
_FRAGMENT = 16  # tokens of an answer that only names (« L'UNAFAM. »)
_REACH = 8  # words before an act among which the speaker is looked for
_PLAIN_WITHIN = 3  # sentences of an answer among which a bare yes or no replies to the question


class Reply(NamedTuple):
    """A sentence that affirms ("yes") or denies ("no") a variable: where it stands in the transcript."""

    variable: str
    says: str
    score: float
    start: int
    end: int


class Heard(NamedTuple):
    """A sentence, what it names, and where it stands in the transcript."""

    text: str
    tokens: tuple[str, ...]
    named: list[Named]
    start: int
    end: int

    @property
    def frame(self) -> Frame:
        """What it names, by slot."""
        return {slot: frozenset(one.value for one in self.named if one.slot == slot) for slot in {one.slot for one in self.named}}


def listen(transcript: Transcript, variables: Sequence[Variable], namer: Namer) -> Iterator[Reply]:
    """Yield what the sentences of `transcript` say of `variables` (those that tell what they ask)."""
    asking = [one for one in variables if one.asks]
    acts = {one.act for one in asking}
    topic: Frame = {}
    asked: list[Frame] = []  # the questions since the last answer
    answered = True
    for speech in speeches(transcript):
        heard = []
        for start, end in (part for span in speech.sentences for part in replies(speech.text, *span)):
            text = speech.text[start:end]
            heard.append(Heard(text, *namer.read(text), *speech.to_transcript(start, end)))
        if speech.coded:
            yield from _answer(heard, asking, asked)
            answered = True
            continue
        asked, answered = ([] if answered else asked), False
        marked = any("?" in sentence.text for sentence in heard)  # what was recognised by a machine may have no marks
        for sentence in heard:
            topic = {**topic, **sentence.frame}
            about = "?" in sentence.text or not marked or any(one.slot in acts for one in sentence.named)
            if sentence.named and about and not asks_more(sentence.text):
                asked.append(topic)


def _answer(heard: Sequence[Heard], variables: Sequence[Variable], asked: Sequence[Frame]) -> Iterator[Reply]:
    told: set[str] = set()
    said: Frame = {}
    for i, sentence in enumerate(heard):
        near = heard[i - 1].frame if i else {}
        frames: list[Frame] = [{**frame, **said} for frame in asked] or [said]
        for variable in variables:
            waiting = bool(asked) and i < _PLAIN_WITHIN and variable.id not in told
            meant = _act(sentence, variable, frames, near=near, waiting=waiting)
            says, score = meant or _reply(sentence, variable, asked, first=i < 2, waiting=waiting) or (UNTOLD, 0.0)
            if says and (variable.yes if says == YES else variable.no):
                told.add(variable.id)
                yield Reply(variable.id, says, score, sentence.start, sentence.end)
        said = {**said, **sentence.frame}
    for variable in variables:
        if variable.id not in told and heard and _frames(variable, asked, {}):
            yield Reply(variable.id, NO, WEAK, heard[0].start, heard[0].end)


def _act(sentence: Heard, variable: Variable, frames: Sequence[Frame], *, near: Frame, waiting: bool) -> tuple[str, float] | None:
    # What the sentence tells of an act; `near`: what the sentence before it names.
    named = sentence.frame
    acts = [one for one in sentence.named if one.slot == variable.act and one.value in variable.asks[variable.act]]
    about = _frames(variable, frames, named) if acts else []
    sure = (
        PLAIN if _touches(variable, named, without=variable.act) else CARRIED if waiting or _touches(variable, near, without=variable.act) else WEAK
    )
    says, score = _meant(sentence, acts, variable, sure) if about else (UNTOLD, 0.0)
    if says == NO and _of_a_part(variable, about):
        return NO, WEAK
    return (says, score) if says else None


def _reply(sentence: Heard, variable: Variable, asked: Sequence[Frame], *, first: bool, waiting: bool) -> tuple[str, float] | None:
    # What the sentence, among the `first` of the answer or not, replies to the questions just asked; `waiting`: to what nothing was replied yet.
    named = {slot: values for slot, values in sentence.frame.items() if slot != variable.act}
    about = _frames(variable, asked, named)
    if not about or sentence.text.endswith("?"):
        return None
    says, no, touched = reply(sentence.text), denies(sentence.text), _touches(variable, named)
    if says == YES and (waiting or touched):
        return YES, PLAIN if touched or _frames(variable, asked[:1], named) else CARRIED  # of several questions a yes is to the first
    if (says == NO and (waiting or touched)) or (no and touched) or (waiting and declines(sentence.text)):
        if _of_a_part(variable, about):
            return NO, WEAK if _names_subject(variable, named) else TOLD
        return NO, PLAIN if says == NO else CARRIED
    if not no and ((tells_times(sentence.text) and ((first and waiting) or touched)) or (first and waiting and _names_it(variable, sentence))):
        return YES, TOLD
    return None


def _meant(sentence: Heard, acts: Sequence[Named], variable: Variable, sure: float) -> tuple[str, float]:
    # Whether the first act that somebody who is meant has a part in is affirmed or denied: what is supposed or asked tells neither.
    if sentence.text.endswith("?"):
        return UNTOLD, 0.0
    tokens = [_Token(text, text.lower()) for text in sentence.tokens]
    for one in acts:
        meant = qualify(cast(Any, tokens), one.start, one.end)
        clause = [form(token) for token in _clause(sentence.tokens, one.start)]
        if not meant.isdisjoint({"hypothetical", "question"}) or (clause and clause[-1] in _TOLD_TO_DO):
            continue
        own = own_doing(" ".join((*clause, *sentence.tokens[one.start : one.end])))
        around = {*clause, *map(form, sentence.tokens[one.end : one.end + 3])}
        score = max(sure, CARRIED if not _CLITICS.isdisjoint(clause[-3:]) or not _ANAPHORA.isdisjoint(around) else WEAK)
        if "negated" in meant or not _NE.isdisjoint(clause):
            if own or variable.others or _THEY.isdisjoint(clause):
                return NO, CARRIED if score == WEAK and len(clause) < 3 else score
        elif score > WEAK and (own or variable.others):
            return YES, score
    return UNTOLD, 0.0


def _clause(tokens: Sequence[str], at: int) -> Sequence[str]:
    # The words of its clause before an act.
    first = max((i + 1 for i in range(at) if tokens[i] in _CLAUSE_ENDS), default=0)
    return tokens[max(first, at - _REACH) : at]


def _of_a_part(variable: Variable, frames: Sequence[Frame]) -> bool:
    # Only a part of what the question is about is spoken of: who denies it denies no more.
    subject = next(iter(variable.asks))
    return all(variable.whole not in frame.get(subject, ()) for frame in frames)


def _frames(variable: Variable, frames: Sequence[Frame], named: Frame) -> list[Frame]:
    # The frames that, with what a sentence names, are about the question.
    return [whole for frame in frames if _about(variable, whole := {**frame, **named})]


class _Token(NamedTuple):
    text: str
    lower_: str


def _about(variable: Variable, frame: Frame) -> bool:
    # Each slot that the question fills is spoken of; one that may stay empty ("") may.
    return all(
        (slot in frame and not frame[slot].isdisjoint(values)) or (not frame.get(slot) and "" in values) for slot, values in variable.asks.items()
    )


def _touches(variable: Variable, named: Frame, *, without: str = "") -> bool:
    # It names some of what the question asks about.
    return any(slot in named and not named[slot].isdisjoint(values) for slot, values in variable.asks.items() if slot != without)


def _names_it(variable: Variable, sentence: Heard) -> bool:
    # A few words without a verb's subject that name what was asked (« L'UNAFAM. », « Dans un colloque, à la mairie. »).
    subject = next(iter(variable.asks))
    forms = [form(token) for token in sentence.tokens]
    asked = [one for one in sentence.named if one.slot in (subject, variable.act) and one.value in variable.asks[one.slot]]
    ahead = any(one.slot == subject and one.start < 2 for one in asked) or (asked and forms[0] in _PREPOSITIONS)
    return bool(ahead) and len(forms) <= _FRAGMENT and _SUBJECTS.isdisjoint(forms)


def _names_subject(variable: Variable, named: Frame) -> bool:
    subject = next(iter(variable.asks))
    return subject in named and not named[subject].isdisjoint(variable.asks[subject])

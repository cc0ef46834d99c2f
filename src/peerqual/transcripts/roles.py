"""Who asks and who answers: the role of each voice, and the reason why it was given.

A word of the label tells it (« Enquêtrice », « P3 »), else the file's header (« Enquêtrice : Camille R. » for « CR »), else who asks most.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ..language.fold import fold
from ..language.lexicons import rows

GUESSED = ("questions", "alone")  # reasons that are worth a doubt

_ARTICLES = ("l", "le", "la", "les", "un", "une")


@dataclass(frozen=True, slots=True)
class Voice:
    """What one speaker does in a file: `turns`, `words`, and `questions` (turns with a question mark)."""

    label: str
    turns: int
    words: int
    questions: int


@dataclass(frozen=True, slots=True)
class Role:
    """A role of `peerqual.model.ROLES` and its `reason`: "label", "header", "material", "questions" (guessed), "alone" (nobody is named), "rest"."""

    role: str
    reason: str


@cache
def _table() -> dict[str, tuple[str, bool]]:
    return {fold(row[0]): (row[1], row[2:3] == ("weak",)) for row in rows("voice_roles")}


@lru_cache(maxsize=65536)
def role_word(word: str) -> tuple[str, bool] | None:
    """Return the role that a word of a label tells and whether it is only weakly so, or None. Digits and inclusive endings are left aside.

    >>> role_word("Enquêteur·rice"), role_word("P3"), role_word("Donc")
    (('interviewer', False), ('respondent', True), None)
    """
    folded = fold(word).strip(" .,-_")
    if not folded or len(folded) > 40:
        return None
    bare = re.split(r"[\d·./(_-]", folded, maxsplit=1)[0]
    return _table().get(folded) or _table().get(bare)


def told_by(label: str) -> tuple[str, bool] | None:
    """Return what the words of a whole label tell: its first word (« Psy Durand », « La psychologue »), or a later one in lower case."""
    parts = re.findall(r"[^\s'’,]+", label)
    if len(parts) > 1 and len(parts[0].rstrip(".")) == 1 and parts[1][:1].isupper():
        return None  # an initial and a name: « P. Martin »
    for i, part in enumerate(parts):
        if (i == 0 or part[0].islower() or fold(parts[0]) in _ARTICLES) and (found := role_word(part)):
            return found
    return None


def assign(voices: Sequence[Voice], material: str, metadata: Mapping[str, str]) -> dict[str, Role]:
    """Return the role of each voice, by label."""
    if material == "field_notes":
        return {voice.label: Role("researcher", "material") for voice in voices}
    given = _by_label(voices, material)
    for label, role in _by_header(voices, metadata, material).items():
        given.setdefault(label, role)
    rest = [voice for voice in voices if voice.label not in given]
    asks = not any(role.role in ("interviewer", "facilitator") for role in given.values())
    asker = _asker(voices, rest) if asks and len(voices) > 1 else None
    for voice in rest:
        if voice is asker:
            given[voice.label] = Role("facilitator" if material == "group" else "interviewer", "questions")
        elif voice.label == "":
            given[voice.label] = Role("other", "alone")
        else:
            given[voice.label] = Role("respondent", "rest")
    return given


def _by_label(voices: Sequence[Voice], material: str) -> dict[str, Role]:
    told = {voice.label: found for voice in voices if (found := told_by(voice.label))}
    sure = {role for role, weak in told.values() if not weak}
    weak_askers = [label for label, (role, weak) in told.items() if weak and role == "interviewer"]
    given = {}
    for label, (role, weak) in told.items():
        if weak and role == "interviewer" and ("interviewer" in sure or len(weak_askers) > 1 or len(weak_askers) == len(voices) > 1):
            continue
        if role == "professional":
            role = "facilitator" if material == "group" else "respondent"
        if role != "voice":
            given[label] = Role(role, "label")
    return given


def _by_header(voices: Sequence[Voice], metadata: Mapping[str, str], material: str) -> dict[str, Role]:
    given: dict[str, Role] = {}
    for name, value in metadata.items():
        told = told_by(name)
        if told and told[0] in ("interviewer", "facilitator", "respondent"):
            named = [voice.label for voice in voices if names(value, voice.label)]
            given |= {label: Role(told[0], "header") for label in named if label not in given}
        elif (spoken := told_by(value.split(",")[0])) and spoken[0] in ("interviewer", "facilitator") and len(value) < 60:
            # A legend: « CR : enquêtrice ».
            given |= {voice.label: Role(spoken[0], "header") for voice in voices if fold(voice.label) == fold(name)}
    return given


def names(value: str, label: str) -> bool:
    """Tell whether `label` is a name in `value`: one of its words, all of them, or the initials of a name.

    >>> names("Camille Roussignol", "CR"), names("Camille Roussignol", "Camille"), names("Camille Roussignol", "OP")
    (True, True, False)
    """
    wanted = re.sub(r"[\W_]+", "", fold(label))
    if not wanted:
        return False
    for person in re.split(r"[,;/&]| et ", value[:400]):
        parts = re.findall(r"\w+", fold(person))
        joined = {"".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, min(len(parts), i + 4) + 1)}
        if wanted in joined or (len(wanted) > 1 and wanted == "".join(part[0] for part in parts)):
            return True
    return False


def _asker(voices: Sequence[Voice], rest: Sequence[Voice]) -> Voice | None:
    """Return who asks: the largest share of turns with a question, well above the others', and no longer turns than all together."""
    shares = {voice.label: voice.questions / voice.turns for voice in voices}
    best = max(rest, key=lambda voice: (shares[voice.label], voice.questions), default=None)
    if best is None or shares[best.label] < 0.3:
        return None
    others = [shares[voice.label] for voice in voices if voice is not best]
    mean = sum(voice.words for voice in voices) / sum(voice.turns for voice in voices)
    return best if shares[best.label] > 1.2 * max(others) and best.words / best.turns <= 1.5 * mean else None

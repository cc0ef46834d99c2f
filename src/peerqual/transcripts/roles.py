"""Who asks and who answers: the role of each voice, and the reason why it was given.

A word of the label tells it (« Enquêtrice », « P3 »), else the file's header (« Enquêtrice : Camille R. » for « CR »), else who asks most.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from ..language.fold import fold
from ..language.lexicons import rows
from ..model import Transcript, Turn

GUESSED = ("questions", "alone", "several")  # reasons that are worth a doubt

_ARTICLES = ("l", "le", "la", "les", "un", "une")
_TOGETHER = re.compile(r"[ \u00a0]*([/&+,]|[ \u00a0](?:et|and)[ \u00a0])[ \u00a0]*")
_MOST = 60  # characters of a label that may name several voices
_NOBODY = re.compile(r"voix[ _]?\d+")  # « Voix 2 » is a number, « Voix d'homme » a person without a name
_UNKNOWN = re.compile(r"\bnon identifiee?s?$|\bunidentified\b")


@dataclass(frozen=True, slots=True)
class Voice:
    """What one speaker does in a file: `turns`, `words`, and `questions` (turns with a question mark)."""

    label: str
    turns: int
    words: int
    questions: int


@dataclass(frozen=True, slots=True)
class Role:
    """A role of `peerqual.model.ROLES` and its `reason`.

    "label", "header", "material"; "questions" (guessed); "alone" (nobody is named); "several" (the label names several voices); "rest".
    """

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
    folded = fold(unicodedata.normalize("NFC", word)).strip(" .,-_")
    if not folded or len(folded) > 40:
        return None
    bare = re.split(r"[\d·./(_-]", folded, maxsplit=1)[0]
    return _table().get(folded) or _table().get(bare)


def told_by(label: str) -> tuple[str, bool] | None:
    """Return what the words of a whole label tell: its first word (« Psy Durand », « La psychologue »), or a later one in lower case."""
    label = unicodedata.normalize("NFC", label)
    if _NOBODY.fullmatch(fold(label)):
        return "voice", False
    if _UNKNOWN.search(fold(label)):
        return "other", True
    if "'" in fold(label) and (found := role_word(label)):
        return found  # « Quelqu'un »
    parts = re.findall(r"[^\s'’,]+", label)
    if len(parts) > 1 and len(parts[0].rstrip(".")) == 1 and parts[1][:1].isupper():
        return None  # an initial and a name: « P. Martin »
    for i, part in enumerate(parts):
        if (i == 0 or part[0].islower() or fold(parts[0]) in _ARTICLES) and (found := role_word(part)):
            return found
    return None


def several(label: str) -> tuple[str, ...]:
    """Return the voices that `label` names together, () when it names one.

    >>> several("Maëlle et Odile"), several("A/B"), several("Enquêteur/rice"), several("Camille, enquêtrice")
    (('Maëlle', 'Odile'), ('A', 'B'), (), ())
    """
    if len(label) > _MOST or len(pieces := _TOGETHER.split(label)) < 3:
        return ()
    parts, sign = pieces[::2], pieces[1].strip()
    if not all(part and (part[0].isupper() or (sign.isalpha() and role_word(part))) for part in parts):
        return ()
    told = {found[0] if (found := role_word(part)) and len(part) > 1 and not part[-1].isdigit() else "" for part in parts}
    # « Enquêteur/Enquêtrice » is one person of either sex, « Camille, Enquêtrice » one with her role.
    one = (sign == "/" and len(told) == 1 and "" not in told) or (sign == "," and told != {""})
    return () if one else tuple(parts)


def voices(text: str, turns: Iterable[Turn]) -> list[Voice]:
    """Return what each speaker of `turns`, whose words stand in `text`, does."""
    counts: dict[str, Counter[str]] = {}
    for turn in turns:
        words = text[turn.start : turn.end]
        counts.setdefault(turn.speaker, Counter()).update(turns=1, words=len(words.split()), questions="?" in words)
    return [Voice(label, count["turns"], count["words"], count["questions"]) for label, count in counts.items()]


def reasons(transcript: Transcript) -> dict[tuple[str, str], str]:
    """Return why each voice (speaker, role) has its role: a `Role`'s reason, else "table" (``participants.csv``) or "format" (the file says so)."""
    guessed = assign(voices(transcript.text, transcript.turns), transcript.material, transcript.metadata)
    told = {}
    for turn in transcript.turns:
        guess = guessed[turn.speaker]
        told[turn.speaker, turn.role] = guess.reason if guess.role == turn.role else "table" if turn.participant else "format"
    return told


def assign(voices: Sequence[Voice], material: str, metadata: Mapping[str, str]) -> dict[str, Role]:
    """Return the role of each voice, by label."""
    if material == "field_notes":
        return {voice.label: Role("researcher", "material") for voice in voices}
    given = {voice.label: Role("other", "several") for voice in voices if several(voice.label)}
    given |= _by_label([voice for voice in voices if voice.label not in given], material)
    for label, role in _by_header(voices, metadata, material).items():
        given.setdefault(label, role)
    rest = [voice for voice in voices if voice.label not in given]
    if any(role.role in ("interviewer", "facilitator") for role in given.values()):
        # « E » beside « Enquêtrice » is her only if it asks: it may be her « Enquêté ».
        asker = _asker(rest, [voice for voice in rest if told_by(voice.label) == ("interviewer", True)])
    else:
        asker = _asker(voices, rest)
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
            given |= {voice.label: Role(spoken[0], "header") for voice in voices if _same(voice.label, name)}
    return given


def _same(a: str, b: str) -> bool:
    return fold(unicodedata.normalize("NFC", a)) == fold(unicodedata.normalize("NFC", b))


def names(value: str, label: str) -> bool:
    """Tell whether `label` is a name in `value`: one of its words, all of them, or the initials of a name.

    >>> names("Camille Roussignol", "CR"), names("Camille Roussignol", "Camille"), names("Camille Roussignol", "OP")
    (True, True, False)
    """
    wanted = re.sub(r"[\W_]+", "", fold(unicodedata.normalize("NFC", label)))
    if not wanted:
        return False
    for person in re.split(r"[,;/&]| et ", unicodedata.normalize("NFC", value)[:400]):
        parts = re.findall(r"\w+", fold(person))
        joined = {"".join(parts[i:j]) for i in range(len(parts)) for j in range(i + 1, min(len(parts), i + 4) + 1)}
        if wanted in joined or (len(wanted) > 1 and wanted == "".join(part[0] for part in parts)):
            return True
    return False


def _asker(voices: Sequence[Voice], rest: Sequence[Voice]) -> Voice | None:
    """Return who asks: the largest share of turns with a question, well above the others', and no longer turns than all together."""
    shares = {voice.label: voice.questions / voice.turns for voice in voices}
    best = max(rest, key=lambda voice: (shares[voice.label], voice.questions), default=None)
    if best is None or len(voices) < 2 or shares[best.label] < 0.3:
        return None
    others = [shares[voice.label] for voice in voices if voice is not best]
    mean = sum(voice.words for voice in voices) / sum(voice.turns for voice in voices)
    return best if shares[best.label] > 1.2 * max(others) and best.words / best.turns <= 1.5 * mean else None

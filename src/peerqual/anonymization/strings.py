"""Names outside the texts: speakers, participants and their attributes, header lines."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence

from ..language import lexicons
from ..language.fold import fold
from ..model import Corpus, OffsetMap, Participant, Transcript
from .ids import is_safe
from .names import norm
from .planning import Plan
from .pseudonyms import letters

_LONGEST = 12  # words of a name


class Strings:
    """Replaces what the plan replaces in strings outside the texts. `names`: names of persons and their initials, normalized."""

    def __init__(self, corpus: Corpus, made: Plan) -> None:
        texts = {transcript.id: transcript.text for transcript in corpus}
        self._here: dict[tuple[str, str], str] = {}
        self._anywhere: dict[str, str] = {}
        self.names: set[str] = set()
        for mention in made.mentions:
            if mention.label in ("DIAG", "MED", "AGE"):
                continue
            new = made.replacements.get((mention.document, mention.start, mention.end))
            surface = norm(texts[mention.document][mention.start : mention.end])
            if new is not None and surface:
                self._here.setdefault((mention.document, surface), new)
                self._anywhere.setdefault(surface, new)
            if mention.label == "PER":
                words = surface.split()
                self.names |= {surface, *words, "".join(word[0] for word in words)}

    def speaker(self, name: str, document: str) -> str:
        """Return a speaker's name as it is replaced in `document`, or anywhere."""
        return self._here.get((document, norm(name))) or self.replaced(name)

    def replaced(self, value: str) -> str:
        """Return `value` with every name of more than two letters in it replaced, the longest first."""
        words = re.split(r"(\W+)", value)
        for length in range(min(len(words), 2 * _LONGEST - 1), 0, -2):
            for at in range(0, len(words) - length + 1, 2):
                piece = norm("".join(words[at : at + length]))
                new = self._anywhere.get(piece) if len(piece) > 2 else None
                if new is not None:
                    before, after = "".join(words[:at]), "".join(words[at + length :])
                    return self.replaced(before) + new + self.replaced(after)
        return value


def header(transcript: Transcript, text: str, moved: OffsetMap, strings: Strings) -> dict[str, str]:
    """Return header lines as the new `text` has them; what the text does not show (a file's property) stays only when it is harmless."""
    head = transcript.turns[0].start if transcript.turns else len(transcript.text)
    lines = {}
    for name, value in transcript.metadata.items():
        at = transcript.text.find(value, 0, head) if value else -1
        if at >= 0:
            lines[name] = strings.replaced(text[slice(*moved.span_to_new(at, at + len(value)))])
        elif not value or is_safe(value, strings.names) or value == transcript.material:
            lines[name] = value
    return lines


def renamed(
    people: Sequence[Participant],
    ids: Mapping[str, str],
    documents: Mapping[str, str],
    speakers: Mapping[tuple[str, str], str],
    strings: Strings,
    coded: Container[str],
) -> tuple[Participant, ...]:
    """Return the participants without what names them: ids and voices renamed, columns of names and addresses dropped.

    An attribute whose value is in `coded` becomes a letter (« [ville A] »), so that people may still be grouped by it.
    """
    codes: dict[tuple[str, str], str] = {}
    counts: dict[str, int] = {}

    def clean(name: str, value: str) -> str:
        new = strings.replaced(value)
        if new != value or value not in coded:
            return new
        if (name, value) not in codes:
            counts[name] = counts.get(name, 0) + 1
            codes[name, value] = f"[{name} {letters(counts[name])}]"
        return codes[name, value]

    made = []
    for person in people:
        attributes = {name: clean(name, value) for name, value in person.attributes.items() if not names_outright(name)}
        consents = {name: strings.replaced(value) for name, value in person.consents.items()}
        voices = tuple((documents.get(d, d), speakers.get((d, speaker)) or strings.speaker(speaker, d)) for d, speaker in person.voices)
        made.append(Participant(ids[person.id], attributes, consents, voices))
    return tuple(made)


def names_outright(column: str) -> bool:
    """Tell whether a column of the participants' table names or locates people by itself (« nom », « adresse »)."""
    return fold(column).replace("_", " ").strip() in lexicons.words("direct_columns")

"""Small codebooks and transcripts for the tests of coding."""

from __future__ import annotations

import json

from peerqual.codebook import Codebook
from peerqual.coding import code
from peerqual.coding.coder import coder
from peerqual.model import Transcript, Turn


def book(*codes: tuple[str, list[dict]] | dict, fields: dict | None = None) -> Codebook:
    """Build a codebook from (id, rules) pairs, or codes as they would be written; YAML holds JSON."""
    written = [one if isinstance(one, dict) else {"id": one[0], "rules": one[1]} for one in codes]
    labelled = [{"label": {"fr": one["id"]}, "definition": {"fr": "…"}, **one} for one in written]
    return Codebook.from_text(json.dumps({"peerqual": 1, "fields": fields or {}, "codes": labelled}, ensure_ascii=False))


def rule(**rule: object) -> Codebook:
    """Build a codebook of one code `c` with one rule."""
    return book(("c", [rule]))


def coded(text: str, codebook: Codebook, **said: str) -> bool:
    """Tell whether `text` gets a code."""
    return bool(coder(codebook).code_words(text, **said))


def support(text: str, codebook: Codebook, **said: str) -> list[list[str]]:
    """Return the supporting words of each coding of `text`."""
    return [[text[a:b] for a, b in coding.evidence] for coding in coder(codebook).code_words(text, **said)]


def conversation(*turns: tuple[str, str, str], material: str = "interview", id: str = "e1") -> Transcript:
    """Build a transcript from (speaker, role, words) triples."""
    text, spoken = "", []
    for speaker, role, words in turns:
        text += f"{speaker} : "
        spoken.append(Turn(speaker, None, role, len(text), len(text) + len(words)))
        text += words + "\n"
    return Transcript(id, text, tuple(spoken), material=material)


def codings(transcript: Transcript, codebook: Codebook) -> list[tuple[str, str, list[str]]]:
    """Return each coding as its words, its code and its supporting words."""
    text = transcript.text
    return [(text[c.start : c.end], c.code, [text[a:b] for a, b in c.evidence]) for c in code(transcript, codebook)]

"""Texts whose identifiers are marked in the sentence: « [[PER:Anne]] dort », « {dépression} » for a disorder; finding is not asked anything."""

from __future__ import annotations

import re

from peerqual.model import Corpus, Mention, Participant, Transcript, Turn

MARK = re.compile(r"\[\[(\w+)(\?)?:(.*?)\]\]|\{(.*?)\}", re.DOTALL)
LABELLED = re.compile(r"^([^\n:]{1,30}?) : ", re.MULTILINE)


def unmark(marked, document="d"):
    """Return the text without its marks, and its mentions (« [[PER?:Anne]] » is doubtful)."""
    text, mentions, at = "", [], 0
    for hit in MARK.finditer(marked):
        text += marked[at : hit.start()]
        label, doubtful, words, disorder = hit.groups()
        words = words or disorder
        mentions.append(Mention(document, len(text), len(text) + len(words), label or "DIAG", "review" if doubtful else "auto", "test"))
        text += words
        at = hit.end()
    return text + marked[at:], mentions


def talk(document, text, **more):
    """Return a transcript whose turns are its lines « Label : words »."""
    lines = list(LABELLED.finditer(text))
    ends = [text.rfind("\n", 0, line.start()) for line in lines[1:]] + [len(text.rstrip("\n"))] * bool(lines)
    turns = [Turn(line[1], None, "respondent", line.end(), end) for line, end in zip(lines, ends, strict=True)]
    return Transcript(document, text, tuple(turns), **more)


def corpus_of(marked, participants=()):
    """Return the corpus of documents given as ``{id: marked text}``, and its mentions."""
    transcripts, mentions = [], []
    for document in sorted(marked):
        text, found = unmark(marked[document], document)
        transcripts.append(talk(document, text))
        mentions += found
    return Corpus(tuple(transcripts), tuple(participants)), mentions


def person(id, *voices, **attributes):
    """Return a participant who speaks under `voices`, each « document:speaker »."""
    return Participant(id, attributes, {}, tuple(tuple(voice.split(":", 1)) for voice in voices))

"""TEI of spoken corpora (.xml, .tei): Orfeo and teiCorpo; utterances (``<u>``) of one speaker in a row are a turn, times are on the timeline.

The voice is what ``@who`` names; where that is a number of the program (« spk1 »), the person's name. Tokens (``<w>``) are put together again;
incidents and vocal sounds stand between brackets and count as no words; annotations (``<spanGrp>``, ``<note>``) are left out.

Source: TEI P5 Guidelines, chapter 8 « Transcriptions of Speech »; ISO 24624:2016; C. Parisse, C. Etienne, L. Liégeois, « TEICORPO: a conversion tool
for spoken language transcription with a pivot file in TEI », Journal of the TEI 13 (2020); the files of the CEFC, projet-orfeo.fr.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...model import Doubt, Transcript
from .. import persons
from ..building import Said
from ..chat import spoken
from ..segments import finished, in_order, turns
from ..tiers import Tier, speech
from ..timecodes import Times, seconds
from ..xml import local, outermost, parse

BLOCKS = ("annotationBlock", "annotationBloc", "annotatedU")
LEFT_OUT = ("spanGrp", "note", "reg", "corr", "expan", "del", "desc", "interp", "fs", "timeline")
EVENTS = ("incident", "vocal", "kinesic", "writing", "event")
TOKENS = ("w", "pc", "seg", "anchor", "pause", "unclear", "gap")

Told = tuple[str, str, tuple[str, ...]]  # a person's name, role (of peerqual), and what else is told

_XML = "{http://www.w3.org/XML/1998/namespace}"
_TIME = re.compile(r"#?t?(?P<seconds>\d{1,7}(?:\.\d{1,9})?)")
_OPAQUE = re.compile(r"spk\d+", re.IGNORECASE)
_GLUED = re.compile(r"(?<=['’]) | (?=[.,…)])|(?<=\() | ?\x00 ?")
_HYPHEN = "\0-\0"  # between two tokens of one word (« vas-y »), unlike the hyphen that ends a token broken off


def is_mine(head: str) -> bool:
    """Tell whether a file that begins with `head` is TEI."""
    return re.search(r"<(?:\w+:)?(?:TEI|teiCorpus)[\s>]", head) is not None


def read(path: Path, material: str | None = None) -> Transcript:
    """Read a TEI file of speech. Raises `ReadError` when it is no TEI, is hostile, or has no utterance with words (a header alone)."""
    root, doubts = parse(path, ("TEI", "teiCorpus", "TEI.2"), "TEI")
    moments = _moments(root)
    persons_told = list(_people(root))
    people = {code: told for codes, told in persons_told for code in codes}
    made_by = {one.get("ident", "").lower() for one in root.iter("{*}application", "{*}transcriptionDesc")}
    said = [_said(one, moments, people, not made_by.isdisjoint(("clan", "chat"))) for one in outermost(root, "{*}u")]
    if not made_by.isdisjoint(("elan", "praat")):
        said, doubts = _of_tiers(said, people, doubts)
    legend = persons.legend(_person(_voice(codes[0], people), told) for codes, told in persons_told)
    return finished(path, _metadata(root) | {persons.LINE: legend}, turns(said), doubts, material, asides=True)


def _of_tiers(said: list[Said], people: dict[str, Told], doubts: tuple[Doubt, ...]) -> tuple[list[Said], tuple[Doubt, ...]]:
    """Return what the tiers of ELAN or Praat say that hold speech: in such a file ``@who`` is a tier, and the person named is its participant."""
    tiers: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        tiers[one.speaker].append(one)
    names = {code: people[code][0] for code in tiers if code in people}
    chosen, aside = speech([Tier(code, names.get(code, ""), tuple(of_one)) for code, of_one in tiers.items()])
    kept = in_order([[replace(one, speaker=tier.speaker) for one in tier.said] for tier in chosen])
    return kept, (*doubts, Doubt(0, "readers.tiers", {"n": aside})) if aside else doubts


def _moments(root: Any) -> dict[str, float]:
    """Return the seconds of each point of the timeline by its id."""
    moments: dict[str, float] = {}
    for timeline in outermost(root, "{*}timeline"):
        scale = 0.001 if timeline.get("unit") == "ms" else 1.0
        origin = timeline.get("origin", "").lstrip("#")
        for when in timeline.iter("{*}when"):
            since = when.get("since", origin).lstrip("#")
            told = seconds(when.get("interval") or when.get("absolute") or "")
            if told is not None:
                offset = moments.get(since, 0.0) if when.get("interval") else 0.0
                moments[when.get(f"{_XML}id", "")] = offset + told * scale
    return moments


def _people(root: Any) -> Iterator[tuple[list[str], Told]]:
    """Yield the codes under which a person speaks, and what is told of the person."""
    for person in outermost(root, "{*}person", "{*}personGrp"):
        codes = [*(one.get("type", "") for one in person.iter("{*}alt")), person.get(f"{_XML}id", ""), person.get("n", "")]
        role, sex, age = (person.get(key, "") for key in ("role", "sex", "age"))
        sex = {"1": "M", "2": "F"}.get(sex, sex) or _text(person, "sex")
        further = (role.replace("_", " "), sex, age or _text(person, "age"), _text(person, "occupation"))
        if any(codes):
            yield [code for code in codes if code], (_text(person, "persName") or _text(person, "name"), persons.role_of(role), further)


def _person(voice: str, told: Told) -> persons.Person:
    name, _, further = told
    return persons.Person(voice, further if name == voice else (name, *further))


def _text(parent: Any, name: str) -> str:
    found = next(parent.iter(f"{{*}}{name}"), None)
    return " ".join("".join(found.itertext()).split())[:120] if found is not None else ""


def _metadata(root: Any) -> dict[str, str]:
    kind = next((one.get("target", "") for one in root.iter("{*}catRef") if one.get("corresp") == "type"), "")
    settings = list(root.iter("{*}settingDesc"))
    language = next((one.get("ident", "") for one in root.iter("{*}language")), "") or root.get(f"{_XML}lang", "")
    return {
        "Type": kind.lstrip("#"),
        "Date": next((_text(one, "date") for one in root.iter("{*}recordingStmt")), ""),
        "Lieu": next((_text(one, "place") or _text(one, "placeName") for one in settings), ""),
        "Langue": language,
        "Situation": next((_text(one, "activity") for one in settings), ""),
    }


def _said(u: Any, moments: dict[str, float], people: dict[str, Told], chat: bool) -> Said:
    parent = u.getparent()
    block = parent if parent is not None and local(parent) in BLOCKS else u
    who = (u.get("who") or block.get("who") or "").strip().lstrip("#")
    who = who if who in people else who.split(" ")[0]  # several persons, or a tier of ELAN whose name has blanks
    text = _words(u, chat)
    role = people[who][1] if who in people else ""
    return Said(_voice(who, people), spoken(text) if chat else text, _times(u, block, moments), u.sourceline or 0, role)


def _voice(code: str, people: dict[str, Told]) -> str:
    return people[code][0] or code if _OPAQUE.fullmatch(code) and code in people else code


def _times(u: Any, block: Any, moments: dict[str, float]) -> Times:
    anchors = [one.get("synch", "") for one in u.iter("{*}anchor")]
    start = u.get("start") or block.get("start") or (anchors[0] if anchors else "")
    end = u.get("end") or block.get("end") or (anchors[-1] if anchors else "")
    return _moment(start, moments), _moment(end, moments)


def _moment(reference: str, moments: dict[str, float]) -> float | None:
    """A point of the timeline, else a time written in the reference itself (« #t12.34 » in Orfeo)."""
    if reference.lstrip("#") in moments:
        return moments[reference.lstrip("#")]
    found = None if moments else _TIME.fullmatch(reference)
    return float(found["seconds"]) if found else None


def _words(u: Any, chat: bool) -> str:
    """Return the words of an utterance; text between tokens is kept, tokens are parted by spaces but at elisions and before stops."""
    from lxml import etree

    parts = [u.text or ""]
    tokens = False
    skipped = 0
    for event, element in etree.iterwalk(u, events=("start", "end")):
        if element is u:
            continue
        name = local(element)
        left = name in LEFT_OUT or name in EVENTS
        if event == "start":
            if not skipped and name in EVENTS:
                parts.append(_event(element, chat))
            skipped += left
            if not skipped:
                tokens |= name == "w"
                parts.append(f"{' ' if name in TOKENS else ''}{'xxx ' if name == 'gap' else ''}{element.text or ''}")
        else:
            skipped -= left
            if not skipped:
                tail = element.tail or ""
                parts.append(f"{' ' if name in TOKENS else ''}{_HYPHEN if tail.strip() == '-' else tail}")
    text = " ".join("".join(parts).split())
    return _GLUED.sub("", text) if tokens else text.replace("\0", "")


def _event(element: Any, chat: bool) -> str:
    """An event in brackets; as CHAT writes it where the words are still CHAT's."""
    desc = next((" ".join((one.text or "").split()) for one in element.iter("{*}desc") if (one.text or "").strip()), element.get("desc", ""))
    if chat:
        return f" &={'_'.join(re.findall(r'[^_ ]+', desc[:80]))} " if desc else " "
    return f" [{desc[:120].replace('[', '(').replace(']', ')')}] " if desc else " "

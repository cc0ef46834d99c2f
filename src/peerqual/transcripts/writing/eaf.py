"""ELAN: the same tiers with the same annotations at the same times; author, annotators, media and other files it names are gone.

Dependent tiers, and tiers that hold something else than speech, keep their places without words: nobody looked at them.
Source: the schema ``EAFv3.0.xsd`` of the program.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from ..xml import parse
from .annotations import Annotation, Tier, carry, tier_name
from .checking import check_strings
from .packages import DATE, remove, serialized, strings_of
from .rewrite import WITHDRAWN, Rewrite

_ANNOTATIONS = ("ALIGNABLE_ANNOTATION", "REF_ANNOTATION")
_GONE = "MEDIA_DESCRIPTOR LINKED_FILE_DESCRIPTOR PROPERTY LICENSE EXTERNAL_REF LEXICON_REF REF_LINK_SET DESCRIPTION".split()
_TELLING = "ANNOTATOR EXT_REF LEXICON_REF CVE_REF MEDIA_URL RELATIVE_MEDIA_URL DESCRIPTION".split()
_USUAL = ("default-lt",)  # the type that ELAN makes


def rewritten(rewrite: Rewrite) -> bytes:
    """Return the ELAN file with the words of `rewrite`. Raises `WritingError` when a turn is not found in it."""
    root, _ = parse(rewrite.path, ("ANNOTATION_DOCUMENT",), "ELAN")
    carry(rewrite, list(_tiers(root)))
    for element in list(root.iter(*_GONE)):
        remove(element)
    for element in root.iter():
        for name in _TELLING:
            element.attrib.pop(name, None)
    for constraint in root.iter("CONSTRAINT"):
        constraint.set("DESCRIPTION", constraint.get("STEREOTYPE", "").replace("_", " "))
    for header in root.iter("HEADER"):
        header.set("MEDIA_FILE", "")
    root.set("AUTHOR", "")
    root.set("DATE", DATE.replace("Z", "+00:00"))
    _rename(root, rewrite)
    check_strings(strings_of([root]), rewrite)
    return serialized(root)


def _tiers(root: Any) -> Iterator[Tier]:
    slots = {one.get("TIME_SLOT_ID"): one.get("TIME_VALUE", "") for one in root.iter("TIME_SLOT")}
    starts = {one.get("ANNOTATION_ID"): slots.get(one.get("TIME_SLOT_REF1"), "") for one in root.iter("ALIGNABLE_ANNOTATION")}
    for tier in root.iter("TIER"):
        found = []
        for one in tier.iter(*_ANNOTATIONS):
            value = one.find("ANNOTATION_VALUE")
            if value is not None:
                start = starts.get(one.get("ANNOTATION_ID")) or starts.get(one.get("ANNOTATION_REF")) or ""
                found.append(Annotation("".join(value.itertext()), int(start) / 1000 if start.isdecimal() else None, partial(_put, value)))
        ordered = sorted(found, key=lambda one: float("inf") if one.start is None else one.start)
        yield Tier((tier.get("PARTICIPANT", ""), tier.get("TIER_ID", "")), ordered)


def _put(value: Any, text: str) -> None:
    value[:] = []
    value.text = text


def _rename(root: Any, rewrite: Rewrite) -> None:
    """Give tiers, their participants, types and vocabularies names that tell nothing but who speaks, under the new labels."""
    taken: set[str] = set()
    _map(root, "TIER", "TIER_ID", "PARENT_REF", lambda name, number: tier_name(name, number, rewrite, taken))
    _map(root, "LINGUISTIC_TYPE", "LINGUISTIC_TYPE_ID", "LINGUISTIC_TYPE_REF", lambda name, number: name if name in _USUAL else f"type {number}")
    _map(root, "CONTROLLED_VOCABULARY", "CV_ID", "CONTROLLED_VOCABULARY_REF", lambda name, number: f"vocabulary {number}")
    for tier in root.iter("TIER"):
        if participant := tier.get("PARTICIPANT", "").strip():
            tier.set("PARTICIPANT", rewrite.left(participant))
    for language in root.iter("LANGUAGE"):
        language.set("LANG_LABEL", rewrite.left(language.get("LANG_LABEL", "")))
    for number, value in enumerate(root.iter("CVE_VALUE", "CV_ENTRY"), start=1):
        if (value.text or "").strip():
            value.text = f"{WITHDRAWN} {number}"


def _map(root: Any, tag: str, id: str, reference: str, named: Callable[[str, int], str]) -> None:
    names = {}
    for number, element in enumerate(root.iter(tag), start=1):
        old = element.get(id, "")
        names[old] = named(old, number)
        element.set(id, names[old])
    for element in root.iter():
        if (old := element.get(reference)) is not None:
            element.set(reference, names.get(old, ""))

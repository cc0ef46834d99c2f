"""The note for the ethics committee and the data protection officer: what was done, what was measured, what nobody read, what is to be decided.

It is filled from a manifest, which holds counts and no words. It decides nothing, and concludes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..errors import PeerqualError, message
from ..language.typography import number, percent, typeset
from ..model import LABELS

DONE = ("local", "found", "replaced", "key", "manifest")
TO_DECIDE = (
    "basis", "consent", "impact", "information", "rights", "retention", "key", "recipients", "internal", "third", "security", "destruction",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the note: `kind` is "title", "heading", "text", "point", "box" (to be ticked) or "table" (its first row has the headings)."""

    kind: str
    text: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def read_manifest(folder: str | Path) -> dict[str, Any]:
    """Return the manifest of a folder of results, or of a study's ``reports/``. Raises `PeerqualError` when there is none."""
    for place in (Path(folder), Path(folder) / "reports"):
        try:
            manifest = json.loads((place / "manifest.json").read_bytes())
        except (OSError, ValueError):
            continue
        if isinstance(manifest, dict) and "peerqual" in manifest:
            return manifest
    raise PeerqualError("ethics.no_manifest", where=folder)


def ethics_note(manifest: Mapping[str, Any], lang: str = "fr") -> tuple[Block, ...]:
    """Return the note on what `manifest` counts, in `lang`, as blocks for `ethics_files`.

    >>> ethics_note({"peerqual": "run", "counts": {"documents": 2}, "options": {}, "versions": {}}, "en")[0].text
    'Data protection note: pseudonymization of interviews'
    """
    return tuple(_blocks(manifest, lang))


def _blocks(manifest: Mapping[str, Any], lang: str) -> Iterator[Block]:
    def said(name: str, **values: object) -> str:
        return typeset(message(f"ethics.{name}", lang, **values), lang)

    yield Block("title", said("title"))
    yield Block("text", said("for"))
    yield Block("heading", said("status"))
    yield Block("text", said("status_text"))
    yield Block("heading", said("done"))
    facts = _facts(manifest, lang)
    for name in DONE:
        yield Block("point", said(f"done_{name}", **facts))
    if table := _found(manifest, lang):
        yield Block("table", rows=table)
    yield Block("heading", said("measured"))
    yield Block("text", said("measured_text", date=_recall()["measured"]))
    yield Block("table", rows=_measured(lang))
    yield Block("text", said("measured_limits", missed=percent(1 - _recall()["adversary"]["recall"], lang, 0)))
    yield Block("heading", said("unread"))
    for name in _unread(manifest):
        yield Block("point", said(f"unread_{name}", **facts))
    yield Block("heading", said("decide"))
    yield Block("text", said("decide_text"))
    for name in TO_DECIDE:
        yield Block("box", said(f"decide_{name}"))
    yield Block("text", said("signed"))


def _facts(manifest: Mapping[str, Any], lang: str) -> dict[str, str]:
    counts, options = manifest.get("counts", {}), manifest.get("options", {})
    mentions = counts.get("mentions", {})
    auto, review = (sum(mentions.get(tier, {}).values()) for tier in ("auto", "review"))
    status = counts.get("status", {})
    kept = options.get("review") == "keep"
    return {
        "version": str(manifest.get("versions", {}).get("peerqual", "—")),
        "documents": number(counts.get("documents", 0), lang),
        "found": number(auto + review, lang),
        "review": number(review, lang),
        "fate": message("ethics.fate_kept" if kept else "ethics.fate_replaced", lang),
        "names": message("ethics.names_codes" if options.get("names") == "codes" else "ethics.names_pseudonyms", lang),
        "style": str(options.get("style", "study")),
        "keep": number(int(options.get("keep", 0)), lang),
        "proposed": number(status.get("proposed", 0), lang),
        "codings": number(counts.get("codings", 0), lang),
        "read": number(sum(n for name, n in status.items() if name != "proposed"), lang),
    }


def _found(manifest: Mapping[str, Any], lang: str) -> tuple[tuple[str, ...], ...]:
    mentions = manifest.get("counts", {}).get("mentions", {})
    labels = [label for label in LABELS if any(label in tier for tier in mentions.values())]
    if not labels:
        return ()
    head = tuple(message(f"ethics.column_{name}", lang) for name in ("label", "auto", "review"))
    rows = [
        (message(f"ethics.label_{label}", lang), *(number(mentions.get(tier, {}).get(label, 0), lang) for tier in ("auto", "review")))
        for label in labels
    ]
    return (head, *rows)


@cache
def _recall() -> dict[str, Any]:
    import tomllib

    return tomllib.loads((files("peerqual.reporting") / "data" / "recall.toml").read_text(encoding="utf-8"))


def _measured(lang: str) -> tuple[tuple[str, ...], ...]:
    head = tuple(message(f"ethics.column_{name}", lang) for name in ("set", "recall", "precision"))
    sets = {name: told for name, told in _recall().items() if isinstance(told, dict)}
    rows = [
        (message(f"ethics.set_{name}", lang), *(percent(told[figure], lang) for figure in ("recall", "precision"))) for name, told in sets.items()
    ]
    return (head, *(tuple(typeset(cell, lang) for cell in row) for row in rows))


def _unread(manifest: Mapping[str, Any]) -> Iterator[str]:
    counts = manifest.get("counts", {})
    yield "texts"
    if counts.get("mentions", {}).get("review"):
        yield "review"
    if "codings" in counts:
        yield "codings"
    yield "audit"

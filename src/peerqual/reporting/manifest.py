"""The manifest of an output: versions, options, counts and hashes; never a path, a name, or a transcript's words."""

from __future__ import annotations

import hashlib
import hmac
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .. import __version__
from ..model import Corpus
from .outputs import MANIFEST, write_json

if TYPE_CHECKING:
    from ..anonymization.key import Key
    from ..codebook import Codebook


def mention_counts(corpus: Corpus) -> dict[str, dict[str, int]]:
    """Return how many identifiers were found, by tier and label: ``{"auto": {"PER": 12}, "review": …}``; empty when none were looked for."""
    counts: dict[str, dict[str, int]] = {}
    for mention in getattr(getattr(corpus, "plan", None), "mentions", ()):
        tier = counts.setdefault(mention.tier, {})
        tier[mention.label] = tier.get(mention.label, 0) + 1
    return {tier: dict(sorted(labels.items())) for tier, labels in sorted(counts.items())}


def versions() -> dict[str, str]:
    """Return the versions of peerqual and of the libraries that results depend on."""
    from importlib.metadata import version

    return {"peerqual": __version__, **{name: version(name) for name in ("spacy", "simplemma", "pandas", "matplotlib")}}


def write_manifest(
    folder: Path,
    command: str,
    corpus: Corpus,
    counts: dict[str, Any],
    *,
    options: dict[str, Any],
    book: Codebook | None = None,
    key: Key | None = None,
    originals: Corpus | None = None,
) -> None:
    """Write ``manifest.json`` into `folder`, last: what `command` did to `corpus`, with keyed hashes of the `originals`, and what stands there."""
    manifest: dict[str, Any] = {"peerqual": command, "versions": versions(), "options": options, "counts": counts}
    manifest["documents"] = {transcript.id: transcript.text_hash for transcript in corpus}
    if book is not None:
        manifest["codebook"] = {"version": str(book.version), "hash": book.hash}
    if key is not None and originals is not None:
        # Keyed, so that nobody without the key can test whether a text they hold was in the study.
        manifest["originals"] = sorted(hmac.new(key.secret, t.text_hash.encode(), hashlib.sha256).hexdigest() for t in originals)
    manifest["entries"] = sorted(path.name for path in folder.iterdir())
    write_json(folder / MANIFEST, manifest)

"""Short cuts of the writing tests: replace names everywhere in a transcript, write it back, see what stands in the file."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from peerqual.anonymization.corpus import PseudonymizedCorpus, carry_out
from peerqual.anonymization.planning import Plan
from peerqual.model import Corpus, Edit, Mention
from peerqual.transcripts import read
from peerqual.transcripts.writing import write

NAMES = {
    "Anne Durand": "Julie Morel",
    "Anne": "Julie",
    "Durand": "Morel",
    "MAËLLE": "NADINE",
    "Maëlle": "Nadine",
    "Sainte-Anne": "[hôpital 1]",
    "une schizophrénie": "un trouble",
    "3 mai 2024": "[date 1]",
}


def replaced(corpus: Corpus, names: dict[str, str] = NAMES) -> PseudonymizedCorpus:
    """Replace `names` wherever they stand in the texts, the longest first."""
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(names, key=len, reverse=True)))})(?!\w)")
    edits, replacements = [], {}
    for transcript in corpus:
        for found in pattern.finditer(transcript.text):
            new = names[found[0]]
            mention = Mention(transcript.id, *found.span(), "PER", "auto", "test")
            edits.append(Edit(transcript.id, *found.span(), new, (mention,)))
            replacements[transcript.id, *found.span()] = new
    return carry_out(corpus, Plan(tuple(edit.mentions[0] for edit in edits), tuple(edits), replacements))


def written_back(source: Path, names: dict[str, str] = NAMES, **options) -> tuple[Path, PseudonymizedCorpus]:
    """Write the only transcript of `source` back, its names replaced; return the file and the pseudonymized corpus."""
    corpus = read(source, **options)
    study = replaced(corpus, names)
    target = source.parent / "out" / f"D01{source.suffix}"
    target.parent.mkdir(exist_ok=True)
    write(corpus[0], study[0], study.edits, target)
    return target, study


def everything(path: Path) -> str:
    """Return all that stands in a file, unzipped where it is an archive: names of parts, texts, attributes, as they are."""
    data = path.read_bytes()
    if not data.startswith(b"PK"):
        return data.decode("utf-8")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = [archive.read(name).decode("utf-8", "replace") for name in archive.namelist()]
        return "\n".join([*archive.namelist(), archive.comment.decode(), *parts])


def without_tags(path: Path) -> str:
    return re.sub(r"<[^<>]*>", "", everything(path))

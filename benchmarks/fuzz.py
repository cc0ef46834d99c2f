"""Every reader of transcripts against mutated files: each is read as a transcript that keeps its promises, or refused by name.

A crash is any other error, an input slower than `--slow` seconds of processor time, offsets that break the promises of `Transcript` and `Turn`,
a message that cannot be shown, or one that holds words of the file. Seeds: the small files under tests/transcripts. The run is the same for the
same `--seed`, whatever `--jobs`; `--keep FOLDER` keeps an input of each crash, minimised.

    python benchmarks/fuzz.py [--reader NAME ...] [--inputs 50000] [--seed 1] [--jobs 2] [--keep FOLDER]
"""

from __future__ import annotations

import argparse
import hashlib
import math
import multiprocessing
import os
import re
import signal
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from types import FrameType

from mutations import Seed, mutated, rezipped

from peerqual.errors import PeerqualError, message
from peerqual.model import MATERIALS, ROLES, Failure, Transcript
from peerqual.transcripts.formats import READERS, pdf
from peerqual.transcripts.formats.by_content import HEAD
from peerqual.transcripts.reading import read_file

TESTS = Path(__file__).parents[1] / "tests" / "transcripts"
LARGEST = {".pdf": 4_000, ".docx": 20_000, ".odt": 20_000, ".xlsx": 20_000, ".ods": 20_000}  # bytes of a seed; others:
USUAL = 8_000
BATCH = 2_500  # inputs
PDF_SECONDS = 1.0  # a page that loops is refused after that, here
HANGS = 20  # seconds of processor time, after which an input is interrupted
# Readers that are chosen by how the file begins, and what tells their seeds: not given a suffix of their own in `READERS`.
BY_CONTENT = {
    "noscribe.html": rb'noScribe|<a name="ts_', "noscribe.vtt": rb"noScribe", "iramuteq.txt": rb"\A(?:\*{4}|\d{4})\s+\*",
    "trs.xml": rb"<Trans\b", "eaf.xml": rb"<ANNOTATION_DOCUMENT", "tei.xml": rb"<TEI\b|<teiCorpus",
}  # fmt: skip
SAME_SEEDS = {".htm": ".html", ".ssa": ".ass", ".tei": ".xml"}
# Words that a message may hold though the file does too: names of formats and of packages.
NAMES = frozenset("json transcriber elan tei noscribe orfeo otranscribe sonal praat textgrid chat iramuteq pypdf openpyxl office".split())


def seeds(reader: str) -> list[Seed]:
    """Return the files that `reader` is fed with, those that another reader of the same suffix is chosen for left out."""
    suffix = Path(f"a{reader}").suffix
    also = {suffix, SAME_SEEDS.get(suffix, suffix)}
    files = sorted(path for path in TESTS.rglob("*") if path.suffix.lower() in also and path.stat().st_size <= LARGEST.get(suffix, USUAL))
    if suffix == ".xml" or reader in BY_CONTENT:
        files += [path for path in sorted(TESTS.rglob("*")) if path.suffix.lower() in (".trs", ".eaf", ".tei") and suffix == ".xml"]
    data = {path.name: path.read_bytes() for path in files}
    if reader in BY_CONTENT:
        data = {name: one for name, one in data.items() if re.search(BY_CONTENT[reader], one[:HEAD])}
    whole = tuple(data.values())
    return [Seed(name, one, whole) for name, one in data.items()]


@dataclass
class Tally:
    """What came of a reader's inputs; `crashes` by what went wrong and where, each with an input and how often."""

    inputs: int = 0
    read: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    crashes: dict[str, list[object]] = field(default_factory=dict)
    slowest: tuple[float, int] = (0.0, 0)

    def add(self, other: Tally) -> None:
        self.inputs += other.inputs
        self.read += other.read
        self.refused += other.refused
        self.slowest = max(self.slowest, other.slowest)
        for what, (data, n) in other.crashes.items():
            known = self.crashes.setdefault(what, [data, 0])
            known[1] += n  # type: ignore[operator]


class Hangs(BaseException):
    """An input that takes too long; no `Exception`, so that no reader swallows it."""


def _interrupt(_: int, frame: FrameType | None) -> None:
    raise Hangs


def outcome(path: Path, data: bytes, words: bytes, slow: float) -> tuple[str, str, float]:
    """Return "read", "refused" or "crash", which one, and the seconds of processor time."""
    path.write_bytes(data)
    signal.setitimer(signal.ITIMER_VIRTUAL, HANGS)
    begin = time.process_time()
    try:
        result = read_file(path)
        kind, what = _told(result, path, words)
    except Hangs:
        kind, what = "crash", f"hangs in {_where(sys.exc_info()[2])}"
    except Exception as error:
        kind, what = "crash", f"{type(error).__name__} in {_where(error.__traceback__)}"
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    took = time.process_time() - begin
    return ("crash", f"slow ({kind})", took) if took > slow and kind != "crash" and what != "office.pdf_too_long" else (kind, what, took)


def _where(trace: object) -> str:
    frames = [one for one in traceback.extract_tb(trace) if "peerqual" in one.filename and "benchmarks" not in one.filename]  # type: ignore[arg-type]
    return f"{Path(frames[-1].filename).stem}.{frames[-1].name}" if frames else "?"


def _told(result: Transcript | Failure, path: Path, words: bytes) -> tuple[str, str]:
    if isinstance(result, Failure):
        error = result.error
        assert isinstance(error, PeerqualError)
        fault = next(_faults_of_error(error, path, words), "")
        return ("crash", fault) if fault else ("refused", error.key)
    fault = next(faults(result), "")
    return ("crash", fault) if fault else ("read", "")


def _faults_of_error(error: PeerqualError, path: Path, words: bytes) -> Iterator[str]:
    for lang in ("fr", "en"):
        shown = error.render(lang)
        if "\n" in shown or not shown.startswith(str(path)):
            yield f"message {error.key}"
    said = " ".join(str(value) for value in error.values.values() if isinstance(value, str)).casefold()
    held = words.decode("utf-8", "replace").casefold()
    if any(word in held and word not in NAMES for word in re.findall(r"\w{3,}", said)):
        yield f"words of the file in {error.key}"


def faults(transcript: Transcript) -> Iterator[str]:
    """Yield the promises that `transcript` breaks."""
    text, size, at = transcript.text, len(transcript.text), 0
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        yield "text is not Unicode"
    if transcript.material not in MATERIALS or not all(isinstance(one, str) for pair in transcript.metadata.items() for one in pair):
        yield "material or metadata"
    for turn in transcript.turns:
        if not at <= turn.start < turn.end <= size:
            yield "turns out of order or of bounds"
        at, inside = turn.end, turn.start
        for start, end in turn.skips:
            if not inside <= start < end <= turn.end:
                yield "skips out of order or of bounds"
            inside = end
        if not all(one is None or (math.isfinite(one) and one >= 0) for one in (turn.time_start, turn.time_end)):
            yield "times"
        if turn.role not in ROLES or "\n" in turn.speaker or turn.speaker != turn.speaker.strip():
            yield "speaker or role"
    if any(not 0 <= memo.start <= memo.end <= size for memo in transcript.memos):
        yield "memos out of bounds"
    for doubt in transcript.doubts:
        if doubt.line < 0 or any("\n" in message(doubt.key, lang, **doubt.values) for lang in ("fr", "en")):
            yield f"doubt {doubt.key}"


def run(reader: str, seed: int, first: int, inputs: int, slow: float) -> Tally:
    """Feed `inputs` inputs to `reader`, from number `first` on."""
    os.environ["PEERQUAL_DEBUG"] = "1"
    pdf.MAX_SECONDS = PDF_SECONDS
    signal.signal(signal.SIGVTALRM, _interrupt)
    given, tally = seeds(reader), Tally()
    with tempfile.TemporaryDirectory(dir="/dev/shm" if Path("/dev/shm").is_dir() else None) as folder:
        path = Path(folder) / f"T01{Path(f'a{reader}').suffix}"
        for one in given:  # warm: imports and caches cost no input its time
            outcome(path, one.data, one.data, slow)
        for number in range(first, first + inputs):
            draw = Random(f"{seed} {reader} {number}")
            data, words = mutated(draw.choice(given), draw)
            kind, what, took = outcome(path, data, words, slow)
            tally.inputs += 1
            tally.read += kind == "read"
            tally.refused[what] += kind == "refused"
            tally.slowest = max(tally.slowest, (took, number))
            if kind == "crash":
                known = tally.crashes.setdefault(what, [data, 0])
                known[0], known[1] = min(known[0], data, key=len), known[1] + 1  # type: ignore[operator, arg-type, type-var]
    return tally


def minimised(reader: str, what: str, data: bytes, slow: float, tries: int = 1500) -> bytes:
    """Return a smaller input that crashes alike: pieces cut out, larger ones first; of an archive, of its parts."""
    parts = Seed("", data).parts if data.startswith(b"PK") and what.startswith(("slow", "hangs")) is False else {}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"T01{Path(f'a{reader}').suffix}"

        def crashes(smaller: bytes) -> bool:
            nonlocal tries
            tries -= 1
            return outcome(path, smaller, smaller, slow)[1] == what

        if not parts:
            return _shrunk(data, crashes, lambda: tries > 0)
        for name in list(parts):
            parts[name] = _shrunk(parts[name], lambda one, name=name: crashes(rezipped(parts | {name: one})), lambda: tries > 0)  # type: ignore[misc]
        made = rezipped(parts)
        return made if crashes(made) else data


def _shrunk(data: bytes, crashes, more) -> bytes:  # type: ignore[no-untyped-def]
    size = len(data) // 2
    while size and more():
        at = 0
        while at < len(data) and more():
            smaller = data[:at] + data[at + size :]
            if crashes(smaller):
                data = smaller
            else:
                at += size
        size //= 2
    return data


def keep(folder: Path, reader: str, crashes: dict[str, list[object]], slow: float) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for what, (data, _) in crashes.items():
        assert isinstance(data, bytes)
        small = minimised(reader, what, data, slow)
        name = f"{re.sub(r'[^a-z0-9]+', '_', what.lower()).strip('_')[:50]}_{hashlib.sha256(small).hexdigest()[:6]}{Path(f'a{reader}').suffix}"
        (folder / name).write_bytes(small)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", action="append", choices=(*READERS, *BY_CONTENT), help="default: all")
    parser.add_argument("--inputs", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--slow", type=float, default=2.0, help="seconds of processor time that an input may take")
    parser.add_argument("--keep", type=Path, help="folder for an input of each crash")
    options = parser.parse_args()
    print("| reader | seeds | inputs | read | refused | crashes | slowest (ms) |\n|---|---|---|---|---|---|---|")
    crashed = 0
    with multiprocessing.get_context("spawn").Pool(options.jobs) as pool:
        for reader in options.reader or (*READERS, *BY_CONTENT):
            batches = [(reader, options.seed, first, min(BATCH, options.inputs - first), options.slow) for first in range(0, options.inputs, BATCH)]
            tally = Tally()
            for one in pool.starmap(run, batches, chunksize=1):
                tally.add(one)
            crashed += len(tally.crashes)
            told = (reader, len(seeds(reader)), tally.inputs, tally.read, tally.refused.total(), len(tally.crashes), round(tally.slowest[0] * 1000))
            print("| " + " | ".join(f"{one:,}" if isinstance(one, int) else one for one in told) + " |", flush=True)
            for what, (_, n) in sorted(tally.crashes.items()):
                print(f"  {reader}: {what} ({n} inputs)", file=sys.stderr, flush=True)
            if options.keep:
                pool.apply(keep, (options.keep, reader, tally.crashes, options.slow))
    return 1 if crashed else 0


if __name__ == "__main__":
    sys.exit(main())

"""What is read right of every format, and what comes back of every format that is written.

Reading: each fixture of ``tests/transcripts`` against the turns expected of it. A turn is right when its words and its speaker are; times are told
apart. Round trip: fixtures, and transcripts made by a seeded generator (accents, « », empty turns, names, times or none), are read, written with and
without names replaced, and read again; a turn is equal when speaker, words and times are. A file that is refused has no turn right.

    python benchmarks/formats.py [--made 100]
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "tests" / "transcripts")]

from transcripts_fixtures import FIXTURES, Spoken, spoken  # noqa: E402
from transcripts_making import MAKERS, SAID, SPEAKERS, UNTIMED, made, whole  # noqa: E402
from transcripts_writing import NAMES, written_back  # noqa: E402

from peerqual.errors import PeerqualError  # noqa: E402
from peerqual.transcripts import read  # noqa: E402
from peerqual.transcripts.writing import WritingError  # noqa: E402

NOBODY = {"Nobody Is Called So": ""}  # nothing is replaced


class Score:
    """Turns that are right, of those that there are or were found."""

    def __init__(self) -> None:
        self.files = self.right = self.total = 0

    def add(self, found: Sequence[Sequence[object]], expected: Sequence[Sequence[object]]) -> None:
        """Count the turns that are in both, in order."""
        blocks = SequenceMatcher(None, [*map(tuple, found)], [*map(tuple, expected)], autojunk=False).get_matching_blocks()
        self.files += 1
        self.right += sum(block.size for block in blocks)
        self.total += max(len(found), len(expected))

    def __str__(self) -> str:
        return f"{self.right / self.total:.3f}" if self.total else "–"


def reading(folder: Path) -> Iterator[str]:
    """Yield a row a format: files, turns, what is right."""
    turns, times = defaultdict(Score), defaultdict(Score)
    for fixture in FIXTURES:
        try:
            found = spoken(read(fixture.path(folder))[0])
        except PeerqualError:
            found = []
        for name in (fixture.format, "all"):
            turns[name].add([one[:2] for one in found], [one[:2] for one in fixture.turns])
            times[name].add(found, fixture.turns)
    for name, score in turns.items():
        if name != "all":
            yield f"| {name} | {score.files} | {score.total} | {score} | {times[name]} |"
    yield f"| **all** | {turns['all'].files} | {turns['all'].total} | {turns['all']} | {times['all']} |"


def round_trip(folder: Path, number: int) -> Iterator[str]:
    """Yield a row a format that is written: files, turns, what comes back as it was, and with names replaced; refusals."""
    for suffix in MAKERS:
        draw = random.Random(3)
        sources = []
        for fixture in FIXTURES:
            if fixture.name.rpartition(".")[2].lower() == suffix.lower():
                sources.append(folder / f"f{len(sources)}_{fixture.name}")
                sources[-1].write_bytes(fixture.path(folder).read_bytes())
        sources += [made(suffix, random_turns(draw, suffix), folder, f"made{n}") for n in range(number)]
        same, replaced, refused = Score(), Score(), 0
        for source in sources:
            refused += came_back(source, NOBODY, same) + came_back(source, NAMES, replaced)
        yield f"| {suffix} | {len(sources) - number} + {number} | {same.total} | {same} | {replaced} | {refused} |"


def came_back(source: Path, names: dict[str, str], score: Score) -> bool:
    """Write a transcript, read it again, count the turns that are equal; return whether it was refused."""
    try:
        target, study = written_back(source, names)
        score.add(whole(read(target)[0]), whole(study[0]))
    except WritingError:
        score.add([], read(source)[0].turns)
        return True
    return False


def random_turns(draw: random.Random, suffix: str) -> list[Spoken]:
    """Return turns of two or three voices, some empty; with times, or without any where the format can."""
    voices = draw.sample(SPEAKERS, draw.randint(2, 3))
    said = [" ".join(draw.choices(SAID, k=draw.choice((0, 1, 3, 5)))) for _ in range(draw.randint(4, 12))] + ["voilà"] * len(voices)
    edges = [tenths / 10 for tenths in accumulate(draw.randint(1, 600) for _ in range(2 * len(said)))]
    timed = suffix not in UNTIMED or draw.random() < 0.5
    times = zip(edges[::2], edges[1::2], strict=True) if timed else [(None, None)] * len(said)
    return [(voices[n % len(voices)], words, *time) for n, (words, time) in enumerate(zip(said, times, strict=True))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--made", type=int, default=100, help="transcripts made for each format that is written")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        print("| format | fixtures | turns | right (words and speaker) | right with times |\n|---|---|---|---|---|")
        print(*reading(Path(work)), sep="\n")
    with tempfile.TemporaryDirectory() as work:
        print("\n| written format | fixtures + made | turns | equal, nothing replaced | equal, names replaced | refused |\n|---|---|---|---|---|---|")
        for row in round_trip(Path(work), options.made):
            print(row, flush=True)


if __name__ == "__main__":
    main()

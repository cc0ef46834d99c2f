"""Time and memory of finding, replacing and coding over one file of 1, 5 and 20 MB; ratios to tokenizing the same text turn by turn.

Each size runs in a process of its own (its memory is its own), once, warmed on a small corpus. Names and ages stand in one turn out of six.

    python benchmarks/growth.py [--sizes 1,5,20]
"""

from __future__ import annotations

import argparse
import itertools
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from reading import Writer

MARKS = ("Kermadec", "Zoubir", "à Roquebourg", "la schizophrénie", "34 ans", "le 12 mars 2019", "au 06 39 98 12 47", "Maëlle Aubin", "de l'Abilify")


def lines(size: int) -> Iterator[str]:
    """Yield the lines of an invented interview of `size` bytes."""
    writer, made, marks = Writer(11), 0, itertools.cycle(MARKS)
    for n, (voice, words) in enumerate(writer.turns(10**9)):
        line = f"{('Enquêtrice', 'Maëlle')[voice]} : {words}{f' Et {next(marks)}, voilà.' if n % 6 == 5 else ''}\n"
        made += len(line.encode())
        yield line
        if made >= size:
            return


def memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure(path: Path) -> None:
    import spacy

    import peerqual as pq
    from peerqual.anonymization import anonymize, find
    from peerqual.coding import code
    from peerqual.model import Corpus, Transcript

    blank, book = spacy.blank("fr"), pq.Codebook.load()
    small = Corpus((Transcript("s", "Zoubir a 34 ans, il va mieux depuis qu'il prend de l'Abilify.", ()),))
    code(anonymize(small), book)
    corpus = pq.read(path)
    pieces = [corpus[0].text[turn.start : turn.end] for turn in corpus[0].turns]
    for piece in pieces:
        blank.make_doc(piece)
    before, told = memory(), []
    begin = time.perf_counter()
    for piece in pieces:
        blank.make_doc(piece)
    base = time.perf_counter() - begin
    for name, action in (("find", find), ("find + replace", anonymize), ("code", lambda c: code(c, book))):
        begin = time.perf_counter()
        action(corpus)
        told.append(f"{name} {(time.perf_counter() - begin) / base:.2f} × (+{memory() - before:.0f} MB)")
    print(f"{path.stat().st_size / 1e6:.0f} MB, {len(pieces):,} turns: tokenize {base:.1f} s; " + "; ".join(told))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--sizes", default="1,5,20")
    parser.add_argument("--file", type=Path)
    options = parser.parse_args()
    if options.file:
        measure(options.file)
        return
    with tempfile.TemporaryDirectory() as folder:
        for size in map(int, options.sizes.split(",")):
            path = Path(folder) / f"T{size}.txt"
            path.write_text("".join(lines(size * 10**6)), encoding="utf-8")
            subprocess.run([sys.executable, __file__, "--file", str(path)], check=True)


if __name__ == "__main__":
    main()

"""What the sample corpus is made of: lexical variety by document, sentences nearly alike, runs of seven words that stand elsewhere too.

python benchmarks/sample.py [--shared ../shared]      # of what stands in `shared`, counts and our own places are printed, never its words
"""

from __future__ import annotations

import argparse
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from bank import near_duplicates

import peerqual as pq
from peerqual.language.fold import fold
from peerqual.language.sentences import split

ROOT = Path(__file__).resolve().parents[1]
RUN, WINDOW = 7, 500  # words
TEXT = (".md", ".txt", ".csv", ".json", ".jsonl", ".yaml")

Place = tuple[str, int]


def words_of(text: str) -> list[tuple[str, int]]:
    """Return the words of `text`, folded, each with where it begins."""
    return [(fold(found[0]), found.start()) for found in re.finditer(r"\w+", text)]


def runs(text: str) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield each run of `RUN` words and where it begins."""
    words = words_of(text)
    for at in range(len(words) - RUN + 1):
        yield tuple(word for word, _ in words[at : at + RUN]), words[at][1]


def variety(text: str) -> tuple[float, float]:
    """Return types per word of all words, and the mean of it over windows of `WINDOW` words (MATTR: Covington and McFall 2010)."""
    words = [word for word, _ in words_of(text)]
    windows = [words[at : at + WINDOW] for at in range(max(1, len(words) - WINDOW + 1))]
    return len(set(words)) / len(words), sum(len(set(window)) / len(window) for window in windows) / len(windows)


def shared_texts(folder: Path) -> Iterator[str]:
    """Yield what stands in every file of words below `folder`."""
    for path in sorted(path for path in folder.rglob("*") if path.suffix in TEXT):
        yield path.read_text(encoding="utf-8", errors="replace").replace("\\n", " ")


def found_elsewhere(corpus: pq.Corpus, texts: Iterable[str]) -> dict[str, list[int]]:
    """Return where in each document a run begins that stands in one of `texts` too."""
    mine: dict[tuple[str, ...], list[Place]] = defaultdict(list)
    for transcript in corpus:
        for run, at in runs(transcript.text):
            mine[run].append((transcript.id, at))
    met: dict[str, set[int]] = defaultdict(set)
    for text in texts:
        for run, _ in runs(text):
            for document, at in mine.get(run, ()):
                met[document].add(at)
    return {document: sorted(places) for document, places in sorted(met.items())}


def recurring(corpus: pq.Corpus) -> dict[tuple[str, ...], set[str]]:
    """Return the runs that are said in more than one document, with these documents; headers are left out."""
    met: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for transcript in corpus:
        for turn in transcript.turns:
            for run, _ in runs(transcript.text[turn.start : turn.end] if turn.speaker or transcript.material == "field_notes" else ""):
                met[run].add(transcript.id)
    return {run: documents for run, documents in met.items() if len(documents) > 1}


def main() -> None:
    """Print the figures as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    shared = parser.parse_args().shared
    sample = ROOT / "corpus_sample"
    corpus = pq.read([sample / "transcripts", sample / "documents"], participants=sample / "participants.csv")
    print(f"| document | words | types per word | over {WINDOW} words |\n|---|---|---|---|")
    for transcript in corpus:
        print(f"| {transcript.id} | {len(words_of(transcript.text))} | {' | '.join(f'{value:.3f}' for value in variety(transcript.text))} |")
    whole = "\n".join(transcript.text for transcript in corpus)
    print(f"| all | {len(words_of(whole))} | {' | '.join(f'{value:.3f}' for value in variety(whole))} |")
    turns = [transcript.text[turn.start : turn.end] for transcript in corpus for turn in transcript.turns]
    sentences = [turn[start:end] for turn in turns for start, end in split(turn)]
    print(f"\nSentences: {len(sentences)}; nearly alike (five words or more, Jaccard): {near_duplicates(sentences)}.")
    print(f"Runs of {RUN} words said in two documents: {len(recurring(corpus))}.")
    elsewhere = found_elsewhere(corpus, shared_texts(shared))
    print(f"Runs of {RUN} words that stand in {shared.name}/ too: {sum(map(len, elsewhere.values()))}.")
    for document, places in elsewhere.items():
        print(f"- {document}, at {', '.join(map(str, places))}")


if __name__ == "__main__":
    main()

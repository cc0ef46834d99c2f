"""How long finding, replacing and coding take, as ratios to `spacy.blank("fr")` tokenizing the same text turn by turn.

One process, warm, alternating rounds; the median of the ratios of each round is told. The text is varied: no paragraph is repeated.

    python benchmarks/throughput.py [FOLDER…]       # default: the sample corpus and the measuring sets beside the project
"""

from __future__ import annotations

import gc
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 7


def clock(action) -> float:
    gc.collect()
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def growth_of_memory() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB"


def help_ratio() -> float:
    def median(words: list[str]) -> float:
        return statistics.median(clock(lambda: subprocess.run(words, stdout=subprocess.DEVNULL, check=True)) for _ in range(15))

    return median([sys.executable, "-m", "peerqual", "--help"]) / median([sys.executable, "-c", "pass"])


def main() -> None:
    import spacy

    import peerqual as pq
    from peerqual.anonymization import anonymize, find
    from peerqual.coding import code
    from peerqual.model import Corpus
    from peerqual.resources import model_path

    shared = ROOT.parent / "shared" / "eval"
    folders = [Path(word) for word in sys.argv[1:]] or [ROOT / "corpus_sample" / "transcripts", *sorted(shared.glob("*/docs"))]
    bare = growth_of_memory()
    transcripts = tuple(transcript for folder in folders for transcript in pq.read(folder))
    corpus = Corpus(transcripts)
    blank, codebook = spacy.blank("fr"), pq.Codebook.load()
    pieces = [t.text[turn.start : turn.end] for t in transcripts for turn in t.turns] or [t.text for t in transcripts]
    pieces += [t.text for t in transcripts if not t.turns]
    tokens = sum(len(blank.make_doc(piece)) for piece in pieces)
    stages = {
        "tokenize": lambda: [blank.make_doc(piece) for piece in pieces],
        "find": lambda: find(corpus),
        "find + replace": lambda: anonymize(corpus),
        "code by rules": lambda: code(corpus, codebook),
        "code by the model in the package": lambda: code(corpus, codebook, model=model_path("default")),
    }
    for action in stages.values():
        action()
    rounds = [{name: clock(action) for name, action in stages.items()} for _ in range(ROUNDS)]
    print(f"{len(transcripts)} documents, {tokens} tokens; peak memory {growth_of_memory()} (bare imports {bare})")
    base = statistics.median(times["tokenize"] for times in rounds)
    print(f"tokenize: {tokens / base:,.0f} tokens a second")
    for name in list(stages)[1:]:
        ratio = statistics.median(times[name] / times["tokenize"] for times in rounds)
        print(f"{name}: {ratio:.2f} × tokenizing")
    print(f"--help: {help_ratio():.2f} × `python -c pass`")


if __name__ == "__main__":
    main()

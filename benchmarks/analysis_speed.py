"""How long the tables of `analysis/` take on 5,000 documents and 100,000 codings, against reading the codings' CSV.

python benchmarks/analysis_speed.py [--documents N] [--codings N]

The ratio is to `reporting.outputs.read_csv` of the same codings, both the least of three: of processor time, for the machine is shared. The first
column is the first table that is made of a corpus, the second a further one: the ground (where words and turns are: `ground.survey`), which
reads every word, is laid out once.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np

TURNS, WORDS = 8, 25  # of each document; of each turn


def corpus_of(documents: int, seed: int = 0):  # type: ignore[no-untyped-def]
    """Return a corpus of invented words, two voices in turn, and the places of their sentences."""
    from peerqual.model import Corpus, Participant, Transcript, Turn

    chance = np.random.default_rng(seed)
    words = np.array([f"{a}{b}{c}" for a in ("ba", "mo", "ti", "ru") for b in ("la", "pe", "ni", "so") for c in ("re", "d", "nt", "s")])
    made, people = [], []
    for n in range(documents):
        text, turns = "", []
        for turn in range(TURNS):
            speaker, role = (("Q", "interviewer"), ("R", "respondent"), ("Z", "respondent"))[turn % 2 and 1 + turn % 4 // 2]
            said = " ".join(chance.choice(words, WORDS)) + "."
            text += f"{speaker} : "
            turns.append(Turn(speaker, f"p{n}{speaker}" if speaker != "Q" else None, role, len(text), len(text) + len(said)))
            text += said + "\n"
        made.append(Transcript(f"D{n:05}", text, tuple(turns), material="interview"))
        people += [Participant(f"p{n}{speaker}", {"association": "AB"[n % 2]}) for speaker in "RZ"]
    return Corpus(tuple(made), tuple(people))


def codings_of(corpus, codes: list[str], count: int, seed: int = 0):  # type: ignore[no-untyped-def]
    """Return `count` codings of words in a row, in random turns of respondents."""
    from peerqual.coding import codings_table
    from peerqual.model import Coding

    chance = np.random.default_rng(seed)
    found = []
    for document, turn, code, start in zip(
        *(chance.integers(0, n, count) for n in (len(corpus), TURNS // 2, len(codes))), chance.random(count), strict=True
    ):
        place = corpus[int(document)].turns[2 * int(turn) + 1]
        begin = place.start + int(start * (place.end - place.start - 30))
        found.append(Coding(corpus[int(document)].id, begin, begin + 30, codes[int(code)], "rule", "r", 0.6, evidence=((begin, begin + 5),)))
    return codings_table(found, corpus)


def timed(function: Callable[[], object]) -> float:
    """Return the seconds of processor time that `function` takes."""
    begin = time.process_time()
    function()
    return time.process_time() - begin


def main() -> None:
    """Print a line a table: seconds, and how many times the reading of the CSV."""
    given = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    given.add_argument("--documents", type=int, default=5000)
    given.add_argument("--codings", type=int, default=100_000)
    asked = given.parse_args()

    from peerqual import analysis
    from peerqual.analysis.agreement import agreement, agreement_among, confusions, disagreements
    from peerqual.analysis.ground import survey
    from peerqual.analysis.inference import group_tests
    from peerqual.codebook import Codebook
    from peerqual.coding import CODING_COLUMNS
    from peerqual.reporting.outputs import read_csv, write_csv

    book = Codebook.load()
    corpus = corpus_of(asked.documents)
    codings = codings_of(corpus, list(book.assignable), asked.codings)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "codings.csv"
        write_csv(codings, path)
        reading = min(timed(lambda: read_csv(path, CODING_COLUMNS)) for _ in range(3))
    two = [codings[codings.index % 4 != coder] for coder in range(2)]  # three quarters each, half of all in common
    three = [codings[codings.index % 3 != coder] for coder in range(3)]
    tables: dict[str, Callable[[], object]] = {
        "ground.survey": lambda: survey(corpus),
        "theme_frequencies": lambda: analysis.theme_frequencies(codings, corpus, codebook=book),
        "theme_frequencies by role, branches": lambda: analysis.theme_frequencies(codings, corpus, codebook=book, by="role", branches=True),
        "theme_frequencies by attribute": lambda: analysis.theme_frequencies(codings, corpus, codebook=book, by="association"),
        "polarity_table": lambda: analysis.polarity_table(codings, corpus, book),
        "qualifier_table": lambda: analysis.qualifier_table(codings, corpus, book),
        "code_by_document": lambda: analysis.code_by_document(codings, corpus, book),
        "cooccurrence": lambda: analysis.cooccurrence(codings, corpus, codebook=book),
        "cooccurrence in turns": lambda: analysis.cooccurrence(codings, corpus, unit="turn", codebook=book),
        "code_neighbours": lambda: analysis.code_neighbours(codings, corpus, codebook=book),
        "code_sequences": lambda: analysis.code_sequences(codings, corpus),
        "code_answers": lambda: analysis.code_answers(codings, corpus),
        "negative_cases": lambda: analysis.negative_cases(codings, corpus, book, most=0.3),
        "positions": lambda: analysis.positions(codings, corpus),
        "verbatims": lambda: analysis.verbatims(codings, corpus, book),
        "excerpts": lambda: analysis.excerpts(codings, corpus, book),
        "portrait": lambda: analysis.portrait(codings, corpus, corpus[0].id, book),
        "code_appearance, 100 orders": lambda: analysis.code_appearance(codings, corpus, book, orders=100),
        "framework_matrix": lambda: analysis.framework_matrix(codings, corpus, book),
        "concordance of a word": lambda: analysis.concordance(corpus, "balare"),
        "concordance with codes": lambda: analysis.concordance(corpus, "code:espoir AND balare", codings=codings, codebook=book),
        "modality_table": lambda: analysis.modality_table(codings, corpus, book),
        "results_table": lambda: analysis.results_table(codings, corpus, book),
        "group_tests": lambda: group_tests(codings, corpus, book, by="association", rounds=1000),
        "agreement by sentence": lambda: agreement(*two, corpus, codebook=book),
        "agreement by turn": lambda: agreement(*two, corpus, unit="turn", codebook=book),
        "agreement by character": lambda: agreement(*two, corpus, unit="character", codebook=book),
        "agreement_among three": lambda: agreement_among(dict(zip("abc", three, strict=True)), corpus, codebook=book),
        "disagreements": lambda: disagreements(dict(zip("ab", two, strict=True)), corpus, codebook=book),
        "confusions": lambda: confusions(*two, corpus, codebook=book),
    }
    print(f"{len(corpus)} documents, {len(codings)} codings; reading the CSV {reading:.2f} s")
    for name, function in tables.items():
        first, then = [], []
        for _ in range(3):
            corpus = replace(corpus)
            first.append(timed(function) / reading)
            then.append(timed(function) / reading)
        print(f"{name:<38}{min(first):6.1f}{min(then):6.1f}")


if __name__ == "__main__":
    main()

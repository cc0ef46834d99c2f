"""Closed questions on the psychiatrists' interviews of the sample: how often the proposed answer is the one written by hand.

python benchmarks/variables.py [--held] [--errors]

The questions (tools/sample/variables.yaml) and how answers are read were written with P01–P08 before the eyes; ``--held`` measures P09–P16. Their
texts were closed to who wrote the reading of answers, but had been coded by others of the same hand, and were measured four times on the way. Beside
it stands what somebody gets who always gives each question's most frequent answer of P01–P08.
"""

from __future__ import annotations

import sys
from pathlib import Path

import pandas as pd

ROOT = Path(__file__).resolve().parents[1]
RULES = ROOT / "tools" / "sample" / "variables.yaml"
SAMPLE = ROOT / "corpus_sample"
DEVELOPED = tuple(f"P{n:02}" for n in range(1, 9))
HELD = tuple(f"P{n:02}" for n in range(9, 17))


def gold() -> pd.DataFrame:
    """Return document × variable → the answer written by hand."""
    table = pd.read_csv(SAMPLE / "gold" / "variables.csv", dtype=str)
    return table.drop_duplicates(["document", "variable"])[["document", "variable", "answer"]]


def measure(of: tuple[str, ...]) -> pd.DataFrame:
    """Return one row per answer of the documents `of`: variable, answer, proposed, score, against, words, usual."""
    from peerqual.analysis.variables import Variables, propose_variables
    from peerqual.model import Corpus
    from peerqual.transcripts import read

    paths = [str(path) for path in sorted((SAMPLE / "transcripts").iterdir()) if path.name[:3] in of]
    corpus = read(paths)
    made = propose_variables(Corpus(tuple(corpus), corpus.participants), Variables.load(RULES))
    known = gold()
    usual = known[known["document"].str[:3].isin(DEVELOPED)].groupby("variable")["answer"].agg(lambda answers: answers.mode()[0])
    found = known.merge(made.drop(columns="answer"), on=["document", "variable"])
    return found.assign(usual=found["variable"].map(usual))


def main() -> None:
    """Print the figures."""
    table = measure(HELD if "--held" in sys.argv else DEVELOPED)
    told = table[table["proposed"] != ""]
    right = told["proposed"] == told["answer"]
    print(f"answers {len(table)}; proposed {len(told)} ({len(told) / len(table):.0%}); right of those {right.mean():.0%}")
    print(f"right of all {right.sum() / len(table):.0%}; always the usual answer {(table['usual'] == table['answer']).mean():.0%}")
    for answer in ("oui", "non"):
        mine, theirs = told["proposed"] == answer, table["answer"] == answer
        recall = (table["proposed"] == answer)[theirs].mean()
        print(f"{answer}: precision {right[mine].mean():.0%} of {mine.sum()}, recall {recall:.0%} of {theirs.sum()}")
    counts = table.assign(right=table["proposed"] == table["answer"], told=table["proposed"] != "").groupby("variable", sort=False)
    for variable, right, told_of, total in counts.agg(right=("right", "sum"), told=("told", "sum"), total=("answer", "size")).itertuples():
        print(f"  {variable}: right {right}, proposed {told_of}, of {total}")
    if "--errors" in sys.argv and "--held" not in sys.argv:
        for row in table[table["proposed"] != table["answer"]].itertuples():
            print(f"{row.document[:3]} {row.variable} {row.answer} / {row.proposed or '-'} {row.score} {row.against} {row.words[:150]}")


if __name__ == "__main__":
    main()

"""The Sainte-Anne study replayed from the files of the sample: table, claims, codes, identifiers, agreement, by people's reading and by proposals.

python benchmarks/replay.py [--write]      # half a minute; --write puts the figures into RESULTS.md; tests/test_replay.py compares them

Everything is invented: this shows that the procedure runs from transcripts to results, and confirms nothing about anyone.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

import peerqual as pq

ROOT = Path(__file__).resolve().parents[1]
SAMPLE = ROOT / "corpus_sample"
GOLD = SAMPLE / "gold"
RESULTS = ROOT / "benchmarks" / "RESULTS.md"
START, END = "<!-- replay -->\n", "<!-- /replay -->"  # in RESULTS.md, around the figures
QUESTIONS = ROOT / "tools" / "sample" / "variables.yaml"


@dataclass(frozen=True)
class Enquiry:
    """One of the two enquiries: its transcripts, its codebook, what people read in it (`gold`) and what the machine proposes (`proposed`)."""

    name: str
    corpus: pq.Corpus
    book: pq.Codebook
    gold: pd.DataFrame
    proposed: pd.DataFrame
    passes: tuple[Path, Path]


def table(name: str) -> pd.DataFrame:
    """Return a table of the gold."""
    return pd.read_csv(GOLD / f"{name}.csv", keep_default_na=False)


def enquiry(name: str) -> Enquiry:
    """Read and code the main enquiry ("main": interviews, groups, field notes) or the second ("second": psychiatrists)."""
    pattern, end = {"main": ("[EGN]*", ""), "second": ("P*", "_professionnels")}[name]
    corpus = pq.read(SAMPLE / "transcripts" / pattern, participants=SAMPLE / "participants.csv")
    book = pq.Codebook.load(end[1:] or None)
    proposed = pq.code(corpus, book) if name == "main" else pq.code(corpus, book, model=None)
    return Enquiry(name, corpus, book, table(f"codings{end}"), proposed, (GOLD / f"pass_a{end}.csv", GOLD / f"pass_b{end}.csv"))


def agreed(a: pd.DataFrame | Path, b: pd.DataFrame | Path, of: Enquiry) -> pd.Series:
    """Return micro-F1, macro-F1 and κ of two codings of an enquiry, on all its judged sentences."""
    units = table("units")
    mine = units[units["document"].isin({one.id for one in of.corpus})]
    found = pq.evaluate(a, b, of.corpus, codebook=of.book, only=mine).table
    codes = found[found["scope"] == "code"]
    micro = found[found["scope"] == "micro"].iloc[0]
    return pd.Series({"micro_f1": micro["f1"], "macro_f1": codes["f1"].mean(), "kappa": micro["cohen_kappa"]})


def claims(of: Enquiry, answers: pd.DataFrame | None, proposed_answers: pd.DataFrame | None) -> pd.DataFrame:
    """Return the study's claims on an enquiry with their status by people's reading and by proposals."""
    by_gold = pq.claims(of.gold, of.corpus, of.name, variables=answers)
    by_machine = pq.claims(of.proposed, of.corpus, of.name, variables=proposed_answers)
    return by_gold.assign(proposals=by_machine["status"])


def study_table(answers: pd.DataFrame) -> pd.Series:
    """Return of how many psychiatrists each closed question is answered yes, by people's reading."""
    yes = answers[answers["answer"] == "oui"]
    return yes.groupby("variable")["document"].nunique()


def identifiers_hidden(corpus: pq.Corpus) -> pd.DataFrame:
    """Return for each label how many identifiers of the gold are hidden whole (`hidden`), of how many (`there`)."""
    found = pq.find_identifiers(corpus)
    spans = {document: list(zip(mine["start"], mine["end"], strict=True)) for document, mine in found.groupby("document")}
    covered = {document: set().union(*(range(start, end) for start, end in mine)) for document, mine in spans.items()}
    gold = table("identifiers")
    gold = gold[gold["document"].isin({one.id for one in corpus})]
    texts = corpus.by_id()
    whole = [
        all(i in covered.get(row.document, ()) for i in range(row.start, row.end) if texts[row.document].text[i].isalnum())
        for row in gold.itertuples()
    ]
    return gold.assign(hidden=whole).groupby("label")["hidden"].agg(hidden="sum", there="size")


def figures() -> str:
    """Return the figures as Markdown."""
    answers = table("variables").drop_duplicates(["document", "variable"])
    lines = ["| enquiry | codes of | against | micro-F1 | macro-F1 | κ |", "|---|---|---|---|---|---|"]
    main_enquiry, second = enquiry("main"), enquiry("second")
    for one in (main_enquiry, second):
        for left, right, a, b in (("reading A", "reading B", *one.passes), ("proposals", "adjudicated", one.proposed, one.gold)):
            lines.append(f"| {one.name} | {left} | {right} | {' | '.join(f'{value:.3f}' for value in agreed(a, b, one))} |")
    proposed = pq.propose_variables(second.corpus, pq.Variables.load(QUESTIONS))
    right = answers.merge(proposed[["document", "variable", "proposed"]], on=["document", "variable"])
    counts = study_table(answers)
    lines += ["", f"Second enquiry's table by people's reading: {', '.join(f'{name} {n}' for name, n in counts.items())} (of 16)."]
    lines += [f"Answers proposed rightly: {(right['answer'] == right['proposed']).sum()} of {len(right)}."]
    lines += ["", "| claim | by people's reading | by proposals | why, by people's reading |", "|---|---|---|---|"]
    for one, *given in ((main_enquiry, None, None), (second, answers, proposed.assign(answer=proposed["proposed"]))):
        lines += [f"| {row.claim} | {row.status} | {row.proposals} | {row.why} |" for row in claims(one, *given).itertuples()]
    hidden = identifiers_hidden(pq.read(SAMPLE / "transcripts", participants=SAMPLE / "participants.csv"))
    total = hidden.sum()
    lines += ["", "Identifiers hidden whole: " + ", ".join(f"{row.Index} {row.hidden}/{row.there}" for row in hidden.itertuples())]
    lines[-1] += f"; all {total['hidden']}/{total['there']} ({total['hidden'] / total['there']:.3f})."
    return "\n".join(lines) + "\n"


def written() -> str:
    """Return the figures that stand in RESULTS.md."""
    return RESULTS.read_text(encoding="utf-8").partition(START)[2].partition(END)[0]


def main() -> None:
    """Print the figures, or write them into RESULTS.md."""
    made = figures()
    if "--write" in sys.argv:
        RESULTS.write_text(RESULTS.read_text(encoding="utf-8").replace(START + written() + END, START + made + END), encoding="utf-8")
    print(made)


if __name__ == "__main__":
    main()

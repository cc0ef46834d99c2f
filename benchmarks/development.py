"""How the learned coder does on development interviews, and on voices of the bank that it has not heard.

python benchmarks/development.py        # about five minutes

Development gold: fifteen documents of the sample that two hands coded, blind of each other, adjudicated. Words are learned from the bank alone; what
stands around a sentence and thresholds are learned anew without the document that is coded. Held-out: every tenth voice of the bank, left out of all;
two documents of the sample and twelve testimonies (`testimonies/`) that nothing is ever learned from.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import sample_gold  # noqa: E402

import peerqual as pq  # noqa: E402
from peerqual.codebook import Codebook  # noqa: E402
from peerqual.coding.learned import Model, bank, load  # noqa: E402
from peerqual.coding.learned.examples import of_corpus, of_scenes  # noqa: E402
from peerqual.coding.learned.training import Examples, from_words, texts_of, train, tune  # noqa: E402
from peerqual.resources import model_path  # noqa: E402

TESTIMONIES = ROOT / "benchmarks" / "testimonies"


def told(model: Model, examples: Examples) -> Any:
    """Return what the model proposes for each judged sentence (rows), by code."""
    parts = []
    for text, margins in texts_of(model, examples):
        chances = model.in_context(margins, text.units(), [turn for _, turn in text.turns])
        parts.append((chances >= model.thresholds)[text.judged])
    return np.concatenate(parts)


def figures(gold: Any, got: Any, codes: Sequence[str]) -> str:
    """Return micro-F1, macro-F1, precision and recall in a row of a table."""
    hits, found, there = (gold & got).sum(0), got.sum(0), gold.sum(0)
    each = 2 * hits / np.maximum(1, found + there)
    micro, macro = 2 * hits.sum() / max(1, found.sum() + there.sum()), each[there > 0].mean()
    return f"{micro:.3f} | {macro:.3f} | {hits.sum() / max(1, found.sum()):.3f} | {hits.sum() / there.sum():.3f} |"


def only(examples: Examples, groups: Sequence[str], *, out: bool = False) -> Examples:
    """Return the sentences of `groups`, or with `out` all others."""
    return examples.only([i for i, group in enumerate(examples.groups) if (group in groups) != out])


def testimonies() -> tuple[pq.Corpus, dict[str, list[sample_gold.Judged]]]:
    """Return the testimonies that nothing is learned from, and what was judged in them."""
    judged: dict[str, list[sample_gold.Judged]] = {}
    with open(TESTIMONIES / "judged.csv", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            codes = frozenset(code.rstrip("-") for code in row["codes"].split())
            judged.setdefault(row["document"], []).append((int(row["start"]), int(row["end"]), codes))
    return pq.read(TESTIMONIES / "*.txt"), judged


def main() -> None:
    """Print both tables."""
    book = Codebook.load()
    assigned = [code for code in book.codes if code.assignable]
    names = [code.id for code in assigned]
    parents = {code.id: code.parent for code in assigned if code.parent in names}
    base = [k for k, name in enumerate(names) if name not in parents]
    examples, whole = of_scenes(bank.scenes(), book), of_corpus(sample_gold.corpus(), sample_gold.development(), book)
    voices = sorted(set(examples.groups))

    def row(name: str, model: Model, left: Examples) -> tuple[Any, Any]:
        gold, got = left.labels(names)[left.judged][:, base], told(model, left)[:, base]
        print(f"| {name} | {len(gold)} | {figures(gold, got, [names[k] for k in base])}")
        return gold, got

    print("| held out | sentences | micro-F1 | macro-F1 | precision | recall |\n|---|---|---|---|---|---|")
    tenth = voices[4::10]
    row(f"{len(tenth)} voices of the bank", train(only(examples, tenth, out=True), names, parents=parents, whole=whole), only(examples, tenth))
    never = {name: units for name, units in sample_gold.judged(2).items() if name in sample_gold.HELD}
    shipped = load(str(model_path("default")))
    row("sample, E01 and G01", shipped, of_corpus(sample_gold.corpus(), never, book))
    row("twelve testimonies", shipped, of_corpus(*testimonies(), book))
    pairs = []
    model, texts = from_words(examples, names, parents=parents)
    for document in dict.fromkeys(whole.groups):
        tune(model, texts, texts_of(model, only(whole, [document], out=True)), parents)
        pairs.append(row(document, model, only(whole, [document])))
    gold, got = (np.concatenate(part) for part in zip(*pairs, strict=True))
    print(f"| all fifteen documents | {len(gold)} | {figures(gold, got, names)}")
    for k, column in enumerate(base):
        hits, found, there = (gold[:, k] & got[:, k]).sum(), got[:, k].sum(), gold[:, k].sum()
        print(f"    {names[column]}: {2 * hits / max(1, found + there):.3f} ({there})")


if __name__ == "__main__":
    main()

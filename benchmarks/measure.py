"""Score peerqual on every measuring set and on the sample's gold, and print the figures as Markdown (they go into ``RESULTS.md``).

python benchmarks/measure.py [--shared ../shared]      # the sets of shared/eval, the twins that derive.py makes of `oral`, the sample
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
NEVER = ("E01_Kervandec", "G01")  # documents of the sample that no model learns from
NAMES_ONLY = ("--labels", "PER,LOC,ORG")
FEW = 40  # words of a label below which hits out of total are told, not rates


def peerqual(*words: object) -> None:
    subprocess.run([sys.executable, "-m", "peerqual", *map(str, words)], check=True, stdout=subprocess.DEVNULL)


class Scorer:
    """Runs peerqual on gold folders and ``score.py`` on what it wrote."""

    def __init__(self, shared: Path, work: Path) -> None:
        self.script, self.work = shared / "eval" / "score.py", work

    def score(self, gold: Path, *words: object) -> dict[str, Any]:
        command = [sys.executable, self.script, gold, "--json", *map(str, words)]
        return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    def mentions(self, gold: Path, *words: object) -> dict[str, Any]:
        table = self.work / f"{gold.parent.name}-{gold.name}-mentions.csv"
        peerqual("anonymize", gold / "docs", "--dry-run", "--mentions", table)
        return self.score(gold, "--mentions", table, *words)["mentions"]

    def codings(self, gold: Path) -> dict[str, Any]:
        table = self.work / f"{gold.parent.name}-{gold.name}-codings.csv"
        peerqual("code", gold / "docs", "--out", table)
        return self.score(gold, "--codings", table)["codings"]

    def turns(self, gold: Path) -> dict[str, Any]:
        table = self.work / "turns.csv"
        peerqual("read", gold / "docs", "--turns", table)
        return self.score(gold, "--turns", table)["turns"]


def sample_gold(folder: Path, *, only: tuple[str, ...] = ()) -> Path:
    """Lay the sample's gold out as ``score.py`` wants it: texts as read, identifiers, the judged units of the main enquiry (or of `only` some)."""
    import peerqual as pq

    (folder / "docs").mkdir(parents=True)
    for transcript in pq.read(ROOT / "corpus_sample" / "transcripts"):
        (folder / "docs" / f"{transcript.id}.txt").write_text(transcript.text, encoding="utf-8")
    _write(folder / "gold_entities.jsonl", ({**_place(row), "label": row["label"]} for row in _rows("identifiers.csv")))
    documents = set(only) or {row["document"] for row in _rows("coded_documents.csv") if not row["codebook"]}
    _write(folder / "gold_codes.jsonl", (unit for unit in _units() if unit["doc"] in documents))
    return folder


def _rows(name: str) -> list[dict[str, str]]:
    with open(ROOT / "corpus_sample" / "gold" / name, encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _write(path: Path, rows: Any) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def _place(row: dict[str, str]) -> dict[str, Any]:
    return {"doc": row["document"], "start": int(row["start"]), "end": int(row["end"])}


def _units() -> Iterator[dict[str, Any]]:
    codes: dict[tuple[str, str, str], set[str]] = {}
    for row in _rows("codings.csv"):  # a child counts as its parent, as in the measuring sets
        codes.setdefault((row["document"], row["start"], row["end"]), set()).add(_base(row["code"]))
    for row in _rows("units.csv"):
        yield {**_place(row), "codes": sorted(codes.get((row["document"], row["start"], row["end"]), ()))}


def _base(code: str) -> str:
    parents = ("souffrance", "retablissement", "attitude_active")
    return next((parent for parent in parents if code.startswith(parent)), code)


def told(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def print_mentions(found: dict[str, dict[str, Any]]) -> None:
    print("| set | tiers | hiding recall | precision | documents clean | finding F1 by label |\n|---|---|---|---|---|---|")
    for name, tiers in found.items():
        for tier in ("auto+review", "auto"):
            hiding = tiers[tier]["hiding"]
            cells = [told(hiding[key]) for key in ("recall", "precision", "documents_clean")]
            labels = [f"{label} {told(v['f1'])}" for label, v in tiers[tier]["finding"].items() if v["gold"] or v["found"]]
            print(f"| {name} | {tier} | {' | '.join(cells)} | {', '.join(labels)} |")
    print("\nRecall of finding by label (auto + review; hits out of total where few):\n")
    for name, tiers in found.items():
        values = {label: v for label, v in tiers["auto+review"]["finding"].items() if v["gold"]}
        cells = [f"{label} {_hits(v) if v['gold'] < FEW else told(v['recall'])}" for label, v in values.items()]
        print(f"- {name}: {', '.join(cells)}")


def _hits(values: dict[str, Any]) -> str:
    return f"{round((values['recall'] or 0) * values['gold'])}/{values['gold']}"


def print_codings(found: dict[str, dict[str, Any]]) -> None:
    print("\n| set | sentences | micro-F1 (95 %) | macro-F1 | precision | recall |\n|---|---|---|---|---|---|")
    for name, values in found.items():
        low, high = values["micro_f1_95"]
        micro = values["micro"]
        rates = [told(value) for value in (values["macro_f1"], micro["precision"], micro["recall"])]
        print(f"| {name} | {values['sentences']} | {told(micro['f1'])} ({told(low)}–{told(high)}) | {' | '.join(rates)} |")
    print("\n| code | " + " | ".join(f"{name}, F1 (gold)" for name in found) + " |\n|---|" + "---|" * len(found))
    for code in sorted({code for values in found.values() for code in values["by_code"]}):
        rows = [values["by_code"].get(code) for values in found.values()]
        cells = [f"{told(row['f1'])} ({row['gold']})" if row else "–" for row in rows]
        print(f"| `{code}` | {' | '.join(cells)} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, default=ROOT.parent / "shared")
    evaluation = parser.parse_args().shared / "eval"
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        scorer = Scorer(evaluation.parent, work)
        subprocess.run([sys.executable, evaluation / "derive.py", evaluation / "oral", work / "oral"], check=True)
        sample, never = sample_gold(work / "sample"), sample_gold(work / "never", only=NEVER)
        whole = {"interviews": evaluation / "interviews", "testimonies": evaluation / "testimonies", "sample": sample}
        names = {"oral": evaluation / "oral", "oral, linecaps": work / "oral" / "linecaps", "oral, lower": work / "oral" / "lower"}
        found = {name: scorer.mentions(gold) for name, gold in whole.items()}
        print_mentions(found | {name: scorer.mentions(gold, *NAMES_ONLY) for name, gold in names.items()})
        coded = {"testimonies": evaluation / "testimonies", "interviews": evaluation / "interviews", "sample": sample, "sample (E01, G01)": never}
        print_codings({name: scorer.codings(gold) for name, gold in coded.items()})
        turns = scorer.turns(evaluation / "interviews")
        words, speakers = told(turns["words_right"]), told(turns["speaker_right"])
        print(f"\nTurns on `interviews`: {turns['turns']} turns, words right {words}, speaker right {speakers}.")


if __name__ == "__main__":
    main()

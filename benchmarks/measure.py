"""Score peerqual on every measuring set and print the figures as Markdown.

python benchmarks/measure.py [--shared ../shared]      # the sets of shared/eval, and the twins that derive.py makes of `oral`
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path


def peerqual(*words: object) -> None:
    subprocess.run([sys.executable, "-m", "peerqual", *map(str, words)], check=True, stdout=subprocess.DEVNULL)


def score(shared: Path, gold: Path, *words: object) -> dict:
    done = subprocess.run(
        [sys.executable, shared / "eval" / "score.py", gold, "--json", *map(str, words)], check=True, capture_output=True, text=True
    )
    return json.loads(done.stdout)


def percent(value: float | None) -> str:
    return "–" if value is None else f"{value:.3f}"


def mentions(shared: Path, gold: Path, work: Path, *words: object) -> dict:
    table = work / f"{gold.name}-mentions.csv"
    peerqual("anonymize", gold / "docs", "--dry-run", "--mentions", table)
    return score(shared, gold, "--mentions", table, *words)["mentions"]


def print_mentions(name: str, found: dict) -> None:
    for tier in ("auto+review", "auto"):
        hiding = found[tier]["hiding"]
        cells = [percent(hiding[key]) for key in ("recall", "precision", "documents_clean")]
        finding = found[tier]["finding"]
        per_label = ", ".join(f"{label} {percent(values['f1'])}" for label, values in finding.items())
        print(f"| {name} | {tier} | {' | '.join(cells)} | {per_label} |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    shared = parser.parse_args().shared
    evaluation = shared / "eval"
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        subprocess.run([sys.executable, evaluation / "derive.py", evaluation / "oral", work / "oral"], check=True)
        print("| set | tiers | hiding recall | precision | documents clean | finding F1 by label |\n|---|---|---|---|---|---|")
        names_only = ("--labels", "PER,LOC,ORG")
        for name in ("interviews", "testimonies"):
            print_mentions(name, mentions(shared, evaluation / name, work))
        for name, gold in (("oral", evaluation / "oral"), ("oral, linecaps", work / "oral" / "linecaps"), ("oral, lower", work / "oral" / "lower")):
            print_mentions(name, mentions(shared, gold, work, *names_only))
        print("\nRecall of finding by label (auto+review), hits/total where under 40 words:\n")
        for name in ("interviews", "testimonies"):
            found = mentions(shared, evaluation / name, work)["auto+review"]["finding"]
            cells = [f"{label} {round(v['recall'] * v['gold'])}/{v['gold']}" for label, v in found.items() if v["gold"]]
            print(f"- {name}: {', '.join(cells)}")
        print("\n| set | micro-F1 (95 %) | macro-F1 | precision | recall |\n|---|---|---|---|---|")
        details = []
        for name in ("testimonies", "interviews"):
            table = work / f"{name}-codings.csv"
            peerqual("code", evaluation / name / "docs", "--out", table)
            found = score(shared, evaluation / name, "--codings", table)["codings"]
            low, high = found["micro_f1_95"]
            micro = found["micro"]
            cells = [
                f"{percent(micro['f1'])} ({percent(low)}–{percent(high)})",
                *map(percent, (found["macro_f1"], micro["precision"], micro["recall"])),
            ]
            print(f"| {name} | {' | '.join(cells)} |")
            details.append((name, found["by_code"]))
        print("\n| code | " + " | ".join(f"{name} F1 (gold)" for name, _ in details) + " |\n|---|" + "---|" * len(details))
        for code in sorted({code for _, by_code in details for code in by_code}):
            cells = [f"{percent(by_code[code]['f1'])} ({by_code[code]['gold']})" if code in by_code else "–" for _, by_code in details]
            print(f"| `{code}` | {' | '.join(cells)} |")
        turns = work / "turns.csv"
        peerqual("read", evaluation / "interviews" / "docs", "--turns", turns)
        found = score(shared, evaluation / "interviews", "--turns", turns)["turns"]
        words, speakers = percent(found["words_right"]), percent(found["speaker_right"])
        print(f"\nTurns on `interviews`: {found['turns']} turns, words right {words}, speaker right {speakers}.")


if __name__ == "__main__":
    main()

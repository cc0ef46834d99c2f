"""What the audit finds: leaks planted into what `run` wrote on the sample corpus, by kind; what it says of clean outputs; how long it takes.

python benchmarks/audit.py
"""

from __future__ import annotations

import sys
import tempfile
import time
import warnings
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tests" / "anonymization"))


def clean_outputs(folder: Path, key) -> None:
    import peerqual as pq
    from peerqual import study

    settings = pq.StudyFolder.open(folder).settings
    study.anonymize_to(
        folder / "transcripts", folder / "same", participants=folder / "participants.csv", key=key, keep=settings["keep"], format="same"
    )
    study.report_to(folder / "reports" / "codings.csv", folder / "reports" / "pseudonymized", folder / "again")
    words = sum(len(path.read_text(encoding="utf-8").split()) for path in (folder / "reports" / "pseudonymized").glob("*.txt"))
    print("| clean outputs | certain | doubts listed | for 10,000 words | seconds |\n|---|---|---|---|---|")
    for name, said in (("reports", "`run`"), ("same", "`anonymize --format same`"), ("again", "`report`")):
        begin = time.perf_counter()
        found = pq.audit(folder / name, key=key, keep=settings["keep"])
        seconds = time.perf_counter() - begin
        certain = int((found["certainty"] == "certain").sum())
        doubts = len(found) - certain
        print(f"| {said} | {certain} | {doubts} | {10_000 * doubts / words:.1f} | {seconds:.1f} |")


def planted(folder: Path, key) -> None:
    from audit_plants import KINDS

    import peerqual as pq
    from peerqual.anonymization.audit.words import words_of

    keep = pq.StudyFolder.open(folder).settings["keep"]
    made = {kind: list(plant(folder / "reports")) for kind, plant in KINDS.items()}
    found = pq.audit(folder / "reports", key=key, keep=keep)
    certain = found[found["certainty"] == "certain"]
    seen = {(file, "".join(words_of(text))) for file, text in zip(certain["file"], certain["text"], strict=True)}
    print("\n| leaks planted | certain |\n|---|---|")
    total = 0
    for kind, leaks in made.items():
        forms = [(file, "".join(words_of(form))) for file, form in leaks]
        hits = sum(any(file == where and (text in form or form in text) for where, text in seen) for file, form in forms)
        total += hits
        print(f"| {kind} | {hits}/{len(leaks)} |")
    print(f"| all | {total}/{sum(map(len, made.values()))} |")
    beside = set(certain["file"]) - {file for leaks in made.values() for file, _ in leaks}
    print(f"\nCertain findings in other files: {len(beside)}.")


def main() -> None:
    import peerqual as pq
    from peerqual import study_folder

    warnings.simplefilter("ignore")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "demo"
        study_folder.demo(folder, lang="fr")
        key = pq.Key.open(folder / "private" / "study.key", passphrase=study_folder.DEMO_PASSPHRASE)
        clean_outputs(folder, key)
        planted(folder, key)


if __name__ == "__main__":
    main()

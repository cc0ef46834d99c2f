"""Make the weights of the segmenter of unpunctuated speech from the exemplar bank (its marks taken away) and the marked lines to develop on.

python tools/build_boundaries.py            write src/peerqual/language/data/boundary_weights.txt
python tools/build_boundaries.py --check    only tell the F1 on the marked lines, cross-validated by line (5 folds)
"""

from __future__ import annotations

import random
import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from peerqual.coding.learned import bank
from peerqual.language.boundaries import Frames
from peerqual.language.word_kinds import VERBS, Word, read

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "src" / "peerqual" / "language" / "data" / "boundary_weights.txt"
LINES = ROOT / "tests" / "language" / "data" / "boundaries_dev.txt"
MARKS = re.compile(r"\s*[.,;:!?…«»\"“”()–—]+\s*|\s+-\s+")
PIECE = re.compile(r"([^,;:.!?…]+)([,;:.!?…]*)")
SUBJECT = re.compile(r"(?:et |mais |donc |alors |puis )?(?:je|j'|tu|t'|il|elle|on|nous|vous|ils|elles|ça|c'|y)(?=[\s'\w])", re.IGNORECASE)
NO, YES, PERHAPS = 0, 1, 2
SEEN, COST, LINE, SPLICE, KEPT = 3, 0.1, 8.0, 0.5, 13_000  # occurrences, 1/L2, weights of a dev line and of a comma splice, features kept
SHIFTS = (0.0, 0.5, 1.0, 1.5, 2.0)
Passage = list[tuple[str, int]]  # pieces of speech, whether a sentence begins with them


class Gap(NamedTuple):
    """A gap between two words: what is known of it, whether a sentence begins there, how much it counts."""

    features: list[str]
    begins: int
    weight: float


def of_bank(seed: int = 7) -> list[Passage]:
    """Return passages of the bank without marks: two to six sentences of one turn."""
    chance, found = random.Random(seed), list[Passage]()
    for scene in bank.scenes():
        for _, turn in bank.turns(scene):
            sentences = [_pieces(line.text) for line in turn]
            while sentences:
                size = chance.randint(2, 6)
                part, sentences = sentences[:size], sentences[size:]
                found.append([piece for sentence in part for piece in sentence])
    return [part for part in found if sum(len(piece.split()) for piece, _ in part) >= 12]


def _pieces(text: str) -> Passage:
    found, before = Passage(), ""
    for piece, mark in PIECE.findall(text):
        plain = MARKS.sub(" ", piece).strip()
        if plain:
            begins = YES if not found or before == ";" else PERHAPS if SUBJECT.match(plain) else NO
            found.append((plain if found else plain[:1].lower() + plain[1:], begins))
            before = mark
    return found


def of_lines() -> list[Passage]:
    """Return the marked lines."""
    return [[(part.strip(), YES) for part in line.split("|")] for line in LINES.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]


def spoken(passage: Passage) -> tuple[list[Word], dict[int, int]]:
    """Return the words of a passage, and which of them (by offset) begin its pieces."""
    begins, at = dict[int, int](), 0
    for piece, told in passage:
        begins[at] = told
        at += len(piece) + 1
    return read(" ".join(piece for piece, _ in passage)), begins


def gaps(passage: Passage, weight: float) -> list[Gap]:
    """Return the gaps of a passage. A comma before a subject ends a sentence, by half, when a main verb came before it."""
    words, begins = spoken(passage)
    frames, begun, found = Frames(words), 0, list[Gap]()
    for i in frames.gaps():
        told, counts = begins.get(words[i].start, NO), weight
        if told == PERHAPS:
            held = frames.kinds[begun:i]
            splice = sum(kind in VERBS for kind in held) > sum(kind in "RW" for kind in held)
            told, counts = (YES, weight * SPLICE) if splice else (NO, weight)
        found.append(Gap(frames.features(i, begun), told, counts))
        begun = i if told == YES else begun
    return found


def fit(train: list[Gap]) -> dict[str, float]:
    """Return the weights of a logistic regression (L2) on features met at least SEEN times; the KEPT largest of them."""
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    counter = CountVectorizer(analyzer=lambda given: given, min_df=SEEN, binary=True)
    table = counter.fit_transform([gap.features for gap in train])
    model = LogisticRegression(C=COST, max_iter=60, solver="lbfgs", tol=1e-3)
    model.fit(table, [gap.begins for gap in train], sample_weight=[gap.weight for gap in train])
    weights = Counter({name: abs(weight) for name, weight in zip(counter.get_feature_names_out(), model.coef_[0], strict=True)})
    kept = {name for name, _ in weights.most_common(KEPT)}
    found = {name: round(float(w), 2) for name, w in zip(counter.get_feature_names_out(), model.coef_[0], strict=True) if name in kept}
    return {**found, "bias": round(float(model.intercept_[0]) + found.get("bias", 0.0), 2)}


def found(weights: dict[str, float], frames: Frames, shift: float) -> set[int]:
    """Return before which words a sentence begins, when `shift` is added to every gap."""
    begun, cuts = 0, set[int]()
    for i in frames.gaps():
        if sum(weights.get(name, 0.0) for name in frames.features(i, begun)) + shift > 0:
            begun = i
            cuts.add(i)
    return cuts


def check(banked: list[Gap], lines: list[Passage], folds: int = 5) -> float:
    """Tell the cross-validated F1 on the lines for some shifts and return the best of them."""
    sums = {shift: [0, 0] for shift in SHIFTS}
    for fold in range(folds):
        weights = fit(banked + [gap for k, line in enumerate(lines) if k % folds != fold for gap in gaps(line, LINE)])
        for line in lines[fold::folds]:
            words, begins = spoken(line)
            frames, gold = Frames(words), set(begins) - {0}
            for shift, total in sums.items():
                cuts = {words[i].start for i in found(weights, frames, shift)}
                total[0], total[1] = total[0] + 2 * len(cuts & gold), total[1] + len(cuts) + len(gold)
    figures = {shift: round(right / told, 3) for shift, (right, told) in sums.items()}
    print(f"{len(banked)} gaps of the bank; F1 by shift {figures}", flush=True)
    return max(figures, key=lambda shift: figures[shift])


def main() -> None:
    """Check, and unless `--check` write the weights."""
    lines = of_lines()
    banked = [gap for passage in of_bank() for gap in gaps(passage, 1.0)]
    shift = check(banked, lines)
    if "--check" in sys.argv:
        return
    weights = fit(banked + [gap for line in lines for gap in gaps(line, LINE)])
    weights["bias"] = round(weights["bias"] + shift, 2)
    head = "# Weight in hundredths, feature of a gap. Made by tools/build_boundaries.py from the exemplar bank and the tests' boundaries_dev.txt.\n"
    WEIGHTS.write_text(head + "".join(f"{round(100 * weight)}\t{name}\n" for name, weight in sorted(weights.items()) if weight), encoding="utf-8")


if __name__ == "__main__":
    main()

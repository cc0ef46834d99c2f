"""Learning curves: F1 after so many decisions, read in the order of uncertainty with diversity or at random. Development gold and bank only.

python benchmarks/learning.py [--seeds 5] [--models DIR]

One decision is one sentence judged for all codes. For each seed a fifth of the bank's voices and the interviews that were coded twice are set
apart: three interviews give the earlier model its context and thresholds, nearly as in the package; of the other voices and interviews one half is
decided on, the other half measures. The earlier model is trained on the other four fifths of the bank (kept in DIR, where told); « none » starts
without any.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "tools"))

import sample_gold  # noqa: E402

from peerqual.codebook import Codebook  # noqa: E402
from peerqual.coding.learned import Model, bank, learning, training  # noqa: E402
from peerqual.coding.learned.adapting import extended  # noqa: E402
from peerqual.coding.learned.examples import of_corpus, of_scenes  # noqa: E402
from peerqual.coding.learned.judged import Judged  # noqa: E402
from peerqual.coding.learned.learning import Lesson  # noqa: E402
from peerqual.coding.review.order import Candidate, order  # noqa: E402

FIFTHS, WHOLE = 5, 3
STEPS = (0, 25, 50, 100, 150, 200, 300, 400, 500)
ORDERS = ("uncertainty", "random")


def gold(book: Codebook) -> training.Examples:
    """Return the sentences of the development interviews: those of the sample that were coded twice."""
    return of_corpus(sample_gold.corpus(), sample_gold.development(), book)


def joined(one: training.Examples, other: training.Examples) -> training.Examples:
    past = max(scene for scene, _ in one.turns) + 1
    turns = [*one.turns, *((scene + past, turn) for scene, turn in other.turns)]
    return training.Examples([*one.places, *other.places], [*one.codes, *other.codes], [*one.groups, *other.groups], turns)


def chosen(examples: training.Examples, groups: set[str]) -> training.Examples:
    return examples.only([i for i, group in enumerate(examples.groups) if group in groups])


@dataclass
class Setting:
    """What one seed has: the lesson (its base is the earlier model), the sentences that may be decided on, and those that measure."""

    lesson: Lesson
    pool: np.ndarray
    test: np.ndarray


def settings(seed: int, book: Codebook, scenes: training.Examples, interviews: training.Examples, folder: Path) -> dict[str, Setting]:
    voices, chance = sorted(set(scenes.groups)), np.random.default_rng(seed)
    apart = set(voices[seed % FIFTHS :: FIFTHS])
    codes = [code.id for code in book.codes if code.assignable]
    parents = {code.id: code.parent for code in book.codes if code.assignable and code.parent in codes}
    names = [str(name) for name in chance.permutation(sorted(set(interviews.groups)))]
    path = folder / f"without-{seed % FIFTHS}.npz"
    if not path.exists():
        training.train(chosen(scenes, set(voices) - apart), codes, parents=parents).save(path)
    base = Model.load(path)
    others = training.texts_of(base, chosen(interviews, set(names[:WHOLE])))
    training.read_in_context(base, others, parents)
    base.thresholds[:] = base.thresholds ** (1 - training.SHARE) * training.thresholds_of(base, others, parents) ** training.SHARE
    examples = joined(chosen(scenes, apart), chosen(interviews, set(names[WHOLE:])))
    both = [str(one) for part in (sorted(apart), names[WHOLE:]) for one in chance.permutation(part)]
    groups, known = np.array(examples.groups), np.repeat(examples.judged[:, None], len(codes), axis=1)
    judged = Judged(examples.places, examples.turns, examples.groups, examples.groups, examples.labels(codes), known, known)
    pool, test = (np.flatnonzero(np.isin(groups, both[part::2]) & examples.judged) for part in (0, 1))
    return {name: Setting(Lesson(one, judged, parents), pool, test) for name, one in (("packaged", base), ("none", extended(None, codes, ())))}


def curve(setting: Setting, how: str, seed: int) -> Iterator[tuple[float, float]]:
    """Yield micro- and macro-F1 at each of `STEPS`."""
    lesson, left, taken = setting.lesson, setting.pool.tolist(), []
    everything = np.ones(len(lesson.base.codes), dtype=bool)
    chances = lesson.chances
    for n in STEPS:
        if n:
            for i in [left[k] for k in next_ones(lesson, chances, left, how, seed, n - len(taken))]:
                taken.append(i)
                left.remove(i)
            chances = learning.after(lesson, *learning.taught(lesson, np.array(sorted(taken))), everything)
        yield scored(lesson.given(chances)[setting.test], lesson.judged.labels[setting.test])


def next_ones(lesson: Lesson, chances: np.ndarray, left: list[int], how: str, seed: int, n: int) -> list[int]:
    """Return which of the sentences that are `left` are decided on next: each stands for the code of which the model is least sure."""
    asked = lesson.base.thresholds
    scores = np.where(chances < asked, chances / asked / 2, 1 - (1 - chances) / (1 - asked) / 2)[left]
    codes = np.abs(scores - 0.5).argmin(axis=1)
    told = [
        Candidate(float(scores[k, code]), lesson.base.codes[code], lesson.judged.people[i], (str(lesson.judged.turns[i][0]), i, i + 1))
        for k, (i, code) in enumerate(zip(left, codes.tolist(), strict=True))
    ]
    return order(told, how, seed=seed, limit=n)


def scored(given: np.ndarray, labels: np.ndarray) -> tuple[float, float]:
    right, either = (given & labels).sum(axis=0), given.sum(axis=0) + labels.sum(axis=0)
    there = labels.any(axis=0)
    return float(2 * right.sum() / max(either.sum(), 1)), float((2 * right / np.maximum(either, 1))[there].mean())


def area(values: np.ndarray) -> np.ndarray:
    return np.trapezoid(values, STEPS, axis=-1) / STEPS[-1]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--models", type=Path)
    options = parser.parse_args()
    book = Codebook.load()
    scenes, interviews = of_scenes(bank.scenes(), book), gold(book)
    found: dict[tuple[str, str], list[list[tuple[float, float]]]] = {}
    sizes = []
    with tempfile.TemporaryDirectory() as aside:
        for seed in range(options.seeds):
            for start, setting in settings(seed, book, scenes, interviews, options.models or Path(aside)).items():
                sizes.append((len(setting.pool), len(setting.test)))
                for how in ORDERS:
                    found.setdefault((start, how), []).append(list(curve(setting, how, seed)))
                    print(start, how, seed, np.round(found[start, how][-1], 3)[:, 0].tolist(), file=sys.stderr, flush=True)
    print(f"sentences to decide on {np.mean(sizes, axis=0)[0]:.0f}, that measure {np.mean(sizes, axis=0)[1]:.0f} (means of {options.seeds} seeds)\n")
    print(f"| earlier model | F1 | order | {' | '.join(map(str, STEPS))} | area | ratio of areas | ratio of gains | lowest difference |")
    print("|---" * (len(STEPS) + 7) + "|")
    for start in ("packaged", "none"):
        for which, name in enumerate(("micro", "macro")):
            means = {how: np.array(found[start, how])[..., which].mean(axis=0) for how in ORDERS}
            areas = {how: float(area(means[how])) for how in ORDERS}
            gains = {how: areas[how] - means[how][0] for how in ORDERS}
            for how in ORDERS:
                told = " | ".join(f"{value:.3f}" for value in means[how])
                ratio = f"{areas[how] / areas['random']:.3f} | {gains[how] / gains['random']:.2f}" if how != "random" else " | "
                lowest = f"{(means[how] - means['random']).min():+.3f}" if how != "random" else ""
                print(f"| {start} | {name} | {how} | {told} | {areas[how]:.3f} | {ratio} | {lowest} |")


if __name__ == "__main__":
    main()

"""What the exemplar bank is made of: sentences per code, lexical variety, near-duplicates, agreement with the second, blind annotation.

python benchmarks/bank.py        # the second annotation stands in bank_second/: « number TAB codes » of each sentence that carries one
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import combinations
from pathlib import Path

from peerqual.codebook import Codebook
from peerqual.coding.learned import bank

SECOND = Path(__file__).parent / "bank_second"
NEAR = 0.7  # of the words that either has


def second(voice: str) -> dict[int, frozenset[str]] | None:
    """Return the codes of the second annotator by the number of the sentence, None where there is no second annotation."""
    path = SECOND / f"{voice}.txt"
    if not path.exists():
        return None
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    return {int(number): frozenset(codes.split()) for number, codes, *_ in rows if number != "end"}


def near_duplicates(texts: list[str]) -> int:
    """Return how many sentences of five words or more share most of their words with another (Jaccard)."""
    words = [frozenset(re.findall(r"\w+", text.lower())) for text in texts]
    at: dict[str, list[int]] = defaultdict(list)
    for i, mine in enumerate(words):
        for word in mine if len(mine) >= 5 else ():
            at[word].append(i)
    shared = Counter(pair for same in at.values() if len(same) < 60 for pair in combinations(same, 2))
    return len(
        {
            i
            for pair, n in shared.items()
            if n >= 2
            for i in pair
            if len(words[pair[0]] & words[pair[1]]) >= NEAR * len(words[pair[0]] | words[pair[1]])
        }
    )


def main() -> None:
    book = Codebook.load()
    scenes = bank.scenes()
    judged: dict[str, list[bank.Line]] = defaultdict(list)
    for scene in scenes:
        judged[scene.voice] += [line for line in scene.lines if line.codes is not None]
    lines = [line for mine in judged.values() for line in mine]
    carried = Counter(code for line in lines for code in line.codes.union(*(book.ancestors(one) for one in line.codes)))
    tokens = [word for line in lines for word in re.findall(r"\w+", line.text.lower())]
    bare = sum(not line.codes for line in lines)
    print(f"{len(judged)} voices, {len(scenes)} scenes, {len(lines):,} judged sentences, {bare:,} of them without a code")
    print("sentences of each code:", ", ".join(f"{code} {n}" for code, n in sorted(carried.items()) if book.get(code).assignable))
    print(f"{len(tokens):,} words, {len(set(tokens)):,} forms (type-token ratio {len(set(tokens)) / len(tokens):.3f}); ", end="")
    print(f"near-duplicates {near_duplicates([line.text for line in lines]) / len(lines):.2%}")
    both, first, other, compared = Counter(), Counter(), Counter(), 0
    for voice, mine in judged.items():
        again = second(voice)
        for n, line in enumerate(mine if again is not None else (), 1):
            a, b = (
                {book.ancestors(one)[0] if book.ancestors(one) and book.get(book.ancestors(one)[0]).assignable else one for one in codes}
                for codes in (line.codes, again.get(n, frozenset()))
            )
            both.update(a & b), first.update(a - b), other.update(b - a)
            compared += 1
    f1 = {code: 2 * both[code] / (2 * both[code] + first[code] + other[code]) for code in sorted(both)}
    total = 2 * both.total() / (2 * both.total() + first.total() + other.total())
    print(
        f"agreement with the second annotation on {compared:,} sentences: micro-F1 {total:.3f}; "
        + ", ".join(f"{code} {value:.2f}" for code, value in f1.items())
    )


if __name__ == "__main__":
    main()

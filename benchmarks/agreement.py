"""Score `replace_diagnoses` on pairs « before, after »: the share that comes out right, and by kind of agreement.

    python benchmarks/agreement.py                # two thirds of the adversary's pairs and the fresh ones, developed on, and our own
    python benchmarks/agreement.py --errors       # with the pairs that fail
    python benchmarks/agreement.py --held         # and the third that was held out, never with its errors
    python benchmarks/agreement.py --closed       # and the fresh pairs that are opened at the end only, never with their errors
    python benchmarks/agreement.py FILE.tsv       # another file of pairs: style, before, after; a comment line names the kind of those below

A pair counts in the kind that its comment line names, and under « plural » or « contraction » where the result holds one.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path
from typing import NamedTuple

DATA = Path(__file__).resolve().parents[1] / "tests" / "anonymization" / "data"
_SECTION = re.compile(r"# (?:\w+: )?(.+)")
_CONTRACTION = re.compile(r"\b(?:du|au|des|aux)\s+(?:\S+\s+){0,2}\[?troubles?\b", re.IGNORECASE)
_PLURAL = re.compile(r"\btroubles\b", re.IGNORECASE)


class Pair(NamedTuple):
    """A sentence, what it becomes in `style` (any of `wanted` is right), and the kinds that it counts in."""

    style: str
    before: str
    wanted: tuple[str, ...]
    kinds: tuple[str, ...]


def read(path: Path) -> list[Pair]:
    """Return the pairs of a file, in its order."""
    pairs, section = [], ""
    for line in path.read_text(encoding="utf-8").splitlines():
        title = _SECTION.match(line)
        if title:
            section = title[1].partition(",")[0].strip()
        elif line.count("\t") == 2:
            style, before, after = line.split("\t")
            pairs.append(Pair(style, before, tuple(wanted.strip() for wanted in after.split("||")), _kinds(section, before, after)))
    return pairs


def disputed(name: str) -> frozenset[str]:
    """Return the sentences of a file of disputed pairs."""
    return frozenset(line.split("\t")[1] for line in _lines(DATA / name))


def _lines(path: Path) -> list[str]:
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    return [line for line in text.splitlines() if "\t" in line and not line.startswith("#")]


def _kinds(section: str, before: str, after: str) -> tuple[str, ...]:
    if before == after:
        return (section,)
    shown = [name for name, shape in (("contraction", _CONTRACTION), ("plural", _PLURAL)) if shape.search(after) and name not in section]
    return (section, *shown)


def halves(pairs: list[Pair]) -> tuple[list[Pair], list[Pair]]:
    """Return the pairs to develop on, and every third one, held out."""
    return [pair for n, pair in enumerate(pairs) if n % 3 != 2], pairs[2::3]


def score(name: str, pairs: list[Pair], *, errors: bool, aside: frozenset[str] = frozenset()) -> None:
    """Print the share of `pairs` that are right, overall and by kind; those in `aside` are counted apart."""
    from peerqual import replace_diagnoses

    total: Counter[str] = Counter()
    right: Counter[str] = Counter()
    set_aside = 0
    for pair in pairs:
        got = replace_diagnoses(pair.before, style=pair.style)
        if got not in pair.wanted and pair.before in aside:
            set_aside += 1
            continue
        for kind in ("overall", *pair.kinds):
            total[kind] += 1
            right[kind] += got in pair.wanted
        if errors and got not in pair.wanted:
            print(f"{pair.kinds[0]} · {pair.style}\n  {pair.before}\n  {' || '.join(pair.wanted)}\n- {got}", file=sys.stderr)
    told = ", ".join(f"{kind} {right[kind]}/{total[kind]}" for kind in total if kind != "overall")
    share = right["overall"] / total["overall"]
    print(f"| {name} | {right['overall']}/{total['overall']} = {share:.3f} | {set_aside} | {told} |")


def main() -> None:
    """Print a table, one row a set of pairs."""
    errors = "--errors" in sys.argv
    given = [Path(name) for name in sys.argv[1:] if not name.startswith("-")]
    print("| pairs | right | disputed | by kind |\n|---|---|---|---|")
    for path in given:
        score(path.stem, read(path), errors=errors)
    if given:
        return
    dev, held = halves(read(DATA / "adversary_agreement.tsv"))
    score("adversary, to develop on", dev, errors=errors, aside=disputed("adversary_agreement_disputed.tsv"))
    if "--held" in sys.argv:
        score("adversary, held out", held, errors=False)
    score("fresh, to develop on", read(DATA / "pairs_dev.tsv"), errors=errors, aside=disputed("pairs_dev_disputed.tsv"))
    if "--closed" in sys.argv:
        score("fresh, closed", read(DATA / "pairs_closed.tsv"), errors=False)
    if (DATA / "agreement_pairs.tsv").exists():
        score("our own", read(DATA / "agreement_pairs.tsv"), errors=errors)


if __name__ == "__main__":
    main()

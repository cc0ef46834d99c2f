"""Make the weights of the segmenter of unpunctuated speech from the exemplar bank (its marks taken away) and the marked lines to develop on.

python tools/build_boundaries.py            write src/peerqual/language/data/boundary_weights.txt
python tools/build_boundaries.py --check    only tell precision, recall and F1 on the second and third hand's lines, cross-validated (3 folds)

The convention is the second hand's (the head of tests/language/data/boundaries_dev2.txt), which the third followed. What the other texts leave open
under it is left open in training: the bank's commas and its connectors before a subject; in the first hand's lines, connectors that it does not
cut before.
"""

from __future__ import annotations

import random
import re
import sys
from collections.abc import Collection, Iterable
from pathlib import Path

from boundary_crf import NO, OPEN, YES, Stretch, Table, fit

from peerqual.coding.learned import bank
from peerqual.language import boundaries
from peerqual.language.boundaries import Frames
from peerqual.language.word_kinds import VERBS, Word, read

ROOT = Path(__file__).resolve().parents[1]
WEIGHTS = ROOT / "src" / "peerqual" / "language" / "data" / "boundary_weights.txt"
LINES = ROOT / "tests" / "language" / "data"
MARKS = re.compile(r"\s*[.,;:!?…«»\"“”()–—]+\s*|\s+-\s+")
PIECE = re.compile(r"([^,;:.!?…]+)([,;:.!?…]*)")
OPENER = re.compile(
    r"(?:oui|non|ouais|bon|ben|bah|euh|ah|oh|eh|alors|enfin|voilà|hein|quoi|donc|bref|si|et|mais|tu vois|tu sais|tenez|attends|attendez|là|d'accord"
    r"|ok|puis|pis|d'ailleurs|franchement|écoutez|écoute|tiens|dis|heu|hum|mh|moi|toi|lui|eux)(?:\s|$)",
    re.IGNORECASE,
)
CONNECTED = re.compile(
    r"\s(?=(?:et|mais|donc|alors|puis|pis|sinon|faque)\s+(?:puis |là |alors |après )?"
    r"(?:je|j'|tu|t'|il|elle|on|nous|vous|ils|elles|ça|c'|y|moi|ma|mon|mes|le|la|les|l'|un|une|des)\b)",
    re.IGNORECASE,
)
CONNECTORS = frozenset("et mais donc alors puis pis sinon".split())
OWN, OTHER, BANKED = 3.0, 0.5, 0.3  # how much a line of the second hand, of the first, a passage of the bank counts
STRENGTH, ITERATIONS, SHIFT, KEPT = 0.3, 50, 1.5, 20_000  # variance of the weights' prior; added to every gap; features kept
Passage = list[tuple[str, int]]  # pieces of speech, whether a sentence begins with them


def of_bank(seed: int = 7) -> list[Passage]:
    """Return passages of the bank without marks: two to seven sentences of a turn."""
    chance, found = random.Random(seed), list[Passage]()
    for scene in bank.scenes():
        for _, turn in bank.turns(scene):
            found += [[piece for text in part for piece in _pieces(text)] for part in _parts([line.text for line in turn], chance)]
    return [part for part in found if sum(len(piece.split()) for piece, _ in part) >= 12]


def _parts(texts: list[str], chance: random.Random) -> Iterable[list[str]]:
    at = 0
    while at < len(texts):
        size = chance.randint(2, 7)
        yield texts[at : at + size]
        at += size


def _pieces(text: str) -> Passage:
    found, before = Passage(), ""
    for piece, mark in PIECE.findall(text):
        plain = MARKS.sub(" ", piece).strip()
        if not plain:
            before = before or mark
            continue
        begins = YES if not found or before[:1] in tuple(";.!?…") else OPEN
        if found and len(found[-1][0].split()) <= 2 and OPENER.match(found[-1][0]):
            begins = OPEN
        for part in CONNECTED.split(plain if found else plain[:1].lower() + plain[1:]):
            found.append((part, begins))
            begins = OPEN
        before = mark
    return found


def of_lines(name: str) -> list[Passage]:
    """Return the marked lines of a file of the tests."""
    lines = (LINES / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [[(part.strip(), YES) for part in line.split("|")] for line in lines if line and not line.startswith("#")]


def spoken(passage: Passage) -> tuple[list[Word], dict[int, int]]:
    """Return the words of a passage, and by index which of them begin its pieces."""
    words, begins, at = read(" ".join(piece for piece, _ in passage)), dict[int, int](), 0
    for piece, told in passage:
        begins[at] = told
        at += len(piece) + 1
    return words, {i: begins[word.start] for i, word in enumerate(words) if word.start in begins}


def of_own(passage: Passage) -> Stretch:
    """Return a line of the second hand."""
    words, told = spoken(passage)
    return Stretch(Frames(words), told, OWN)


def of_other(passage: Passage) -> Stretch:
    """Return a line of the first hand; what its convention leaves whole and the second's may cut is open."""
    words, told = spoken(passage)
    frames = Frames(words)
    for i in frames.gaps():
        if i not in told and frames.kinds[i] in "CKA" and words[i].form in CONNECTORS:
            told[i] = OPEN
    return Stretch(frames, told, OTHER)


def of_passage(passage: Passage) -> Stretch:
    """Return a passage of the bank; at a mark with no verb since the last one nothing begins."""
    words, told = spoken(passage)
    frames, begun = Frames(words), 0
    for i, begins in sorted(told.items()):
        if begins == OPEN and not any(kind in VERBS or kind == "X" for kind in frames.kinds[begun:i]):
            told[i] = NO
        begun = i if begins == YES else begun
    return Stretch(frames, told, BANKED)


def weigh(table: Table, left_out: Collection[int] = ()) -> dict[str, int]:
    """Return the weights in hundredths, `SHIFT` in the one feature that each sentence has; the `KEPT` largest."""
    weights = fit(table, STRENGTH, ITERATIONS, left_out)
    for edge in ("", "<"):
        weights[f"bias{edge}"] = weights.get(f"bias{edge}", 0.0) + SHIFT
    kept = sorted(weights, key=lambda name: (-abs(weights[name]), name))[:KEPT]
    return {name: round(100 * weights[name]) for name in sorted(kept) if round(100 * weights[name])}


def check(table: Table, own: list[Passage], folds: int = 3) -> None:
    """Tell the cross-validated figures on the lines of `own`, the first of `table`."""
    right = told = gold = 0
    for fold in range(folds):
        weights = weigh(table, range(fold, len(own), folds))
        for line in own[fold::folds]:
            words, _ = spoken(line)
            found, marked = boundaries.heaviest(Frames(words), weights), _marked(line)
            right += len({words[i].start for i in found} & marked)
            told, gold = told + len(found), gold + len(marked)
    print(f"cross-validated by line: precision {right / told:.3f} recall {right / gold:.3f} F1 {2 * right / (told + gold):.3f}", flush=True)


def _marked(line: Passage) -> set[int]:
    found, at = set[int](), 0
    for piece, _ in line:
        found.add(at)
        at += len(piece) + 1
    return found - {0}


def main() -> None:
    """Check, or write the weights."""
    own = of_lines("boundaries_dev2") + of_lines("boundaries_dev3")
    stretches = [of_own(line) for line in own + of_lines("boundaries_own")]
    stretches += [of_other(line) for line in of_lines("boundaries_dev")] + [of_passage(passage) for passage in of_bank()]
    table = Table(stretches)
    if "--check" in sys.argv:
        return check(table, own)
    weights = weigh(table)
    head = "# Weight in hundredths, feature of a gap or a sentence. Made by tools/build_boundaries.py from the exemplar bank and marked lines.\n"
    WEIGHTS.write_text(head + "".join(f"{weight}\t{name}\n" for name, weight in weights.items()), encoding="utf-8")
    return None


if __name__ == "__main__":
    main()

"""How long reading interviews takes, as a ratio to `spacy.blank("fr")` tokenizing the same words turn by turn.

One process, warm, alternating rounds over files that were written before; the median of the ratios of each round is told.
The interviews are invented by a seeded generator: every turn is put together anew, no paragraph is repeated.

    python benchmarks/reading.py [--files 1000] [--words 10000] [--rounds 3] [--formats txt,docx]
"""

from __future__ import annotations

import argparse
import gc
import io
import itertools
import random
import statistics
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

FORMATS = {"txt": 2.0, "docx": 4.0}  # what each may cost
VOICES = [
    ("Enquêtrice", "Maëlle"), ("E", "M"), ("Q", "R"), ("Camille", "Bertrand"), ("CR", "OP"), ("Interviewer", "P3"),
    ("Chercheur", "Mme Aubin"), ("ENQ", "SÉVERIN"), ("Enq. 1", "Marie-Ange"), ("Speaker 1", "Speaker 2"),
]  # fmt: skip
ONSETS, VOWELS, CODAS = (
    "b c d f g l m n p r s t v ch br cr tr pl gr fl".split(),
    "a e i o u é è ou an on in oi ai eu".split(),
    ["", "", "r", "l", "s", "t"],
)
ELIDED = ("j'", "c'", "d'", "l'", "qu'", "n'", "s'")
FILLERS = ("euh", "ben", "enfin", "(rires)", "voilà", "hein", "bon", "quoi")


class Writer:
    """Makes interviews: words drawn from a vocabulary with Zipf's weights, ordinary French words first, invented ones after."""

    def __init__(self, seed: int) -> None:
        from peerqual.language.lexicons import lexicon

        self.draw = random.Random(seed)
        ordinary = [word for word in lexicon("common_words") if word.isalpha()]
        invented = {"".join(self.syllable() for _ in range(self.draw.choice((2, 2, 3, 4)))) for _ in range(6_000)}
        self.words = ordinary + sorted(invented - set(ordinary))
        self.weights = list(itertools.accumulate(rank**-1.2 for rank in range(4, 4 + len(self.words))))

    def syllable(self) -> str:
        return self.draw.choice(ONSETS) + self.draw.choice(VOWELS) + self.draw.choice(CODAS)

    def sentence(self, n: int, end: str) -> str:
        words = self.draw.choices(self.words, cum_weights=self.weights, k=n)
        for i in range(n):
            chance = self.draw.random()
            if words[i][0] in "aeiouéèâêîôûh" and chance < 0.5:
                words[i] = self.draw.choice(ELIDED) + words[i]
            elif chance < 0.08:
                words[i] += ","
            elif chance < 0.11:
                words[i] = self.draw.choice(FILLERS)
        return " ".join(words).capitalize() + end

    def turns(self, words: int) -> Iterator[tuple[int, str]]:
        """Yield questions (voice 0) and answers (voice 1) in turn until there are so many words."""
        made = 0
        for voice in itertools.cycle((0, 1)):
            sentences = self.draw.randint(1, 2) if voice == 0 else self.draw.randint(2, 16)
            lengths = [self.draw.randint(3, 18) for _ in range(sentences)]
            yield voice, " ".join(self.sentence(n, "\u00a0?" if voice == 0 and i == 0 else self.draw.choice("...…!")) for i, n in enumerate(lengths))
            made += sum(lengths)
            if made >= words:
                return

    def interview(self, number: int, words: int) -> tuple[list[str], list[tuple[str, str]]]:
        """Return header lines and turns (label, words) of interview `number`; a third of them carry time codes."""
        labels = VOICES[number % len(VOICES)]
        head = [f"Entretien : {number}", f"Date : {number % 28 + 1} mars 2024"]
        turns = []
        for voice, said in self.turns(words):
            stamp = f"[00:{len(turns) // 60 % 60:02}:{len(turns) % 60:02}] " if number % 3 == 0 else ""
            turns.append((f"{stamp}{labels[voice]}", said))
        return head, turns


def as_txt(head: list[str], turns: list[tuple[str, str]]) -> bytes:
    return ("\n".join(head) + "\n\n" + "".join(f"{label} : {said}\n\n" for label, said in turns)).encode()


def as_docx(head: list[str], turns: list[tuple[str, str]], parts: dict[str, bytes]) -> bytes:
    """Return a Word file: the parts of an empty one of python-docx, with a body whose labels are bold runs, as researchers type them."""

    def run(words: str, bold: bool = False) -> str:
        return f'<w:r>{"<w:rPr><w:b/></w:rPr>" if bold else ""}<w:t xml:space="preserve">{escape(words)}</w:t></w:r>'

    lines = [f"<w:p>{run(line)}</w:p>" for line in [*head, ""]]
    lines += [f'<w:p w:rsidR="00A1B2C3"><w:pPr><w:jc w:val="both"/></w:pPr>{run(label + " : ", bold=True)}{run(said)}</w:p>' for label, said in turns]
    body = f'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{"".join(lines)}</w:body></w:document>'
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {**parts, "word/document.xml": body.encode()}.items():
            archive.writestr(name, data)
    return made.getvalue()


def empty_docx() -> dict[str, bytes]:
    import docx

    made = io.BytesIO()
    docx.Document().save(made)
    with zipfile.ZipFile(made) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def write_interviews(folder: Path, suffix: str, files: int, words: int) -> None:
    writer, parts = Writer(seed=3), empty_docx()
    folder.mkdir()
    for number in range(files):
        head, turns = writer.interview(number, words)
        data = as_txt(head, turns) if suffix == "txt" else as_docx(head, turns, parts)
        (folder / f"T{number:04}.{suffix}").write_bytes(data)


def clock(action) -> float:
    gc.collect()
    begin = time.perf_counter()
    action()
    return time.perf_counter() - begin


def measure(folder: Path, suffix: str, rounds: int) -> None:
    import spacy

    import peerqual as pq

    corpus = pq.read(folder)
    pieces = [transcript.text[turn.start : turn.end] for transcript in corpus for turn in transcript.turns]
    blank = spacy.blank("fr")
    tokens = sum(len(blank.make_doc(piece)) for piece in pieces)
    del corpus
    ratios, seconds = [], []
    for _ in range(rounds):
        tokenizing = clock(lambda: [blank.make_doc(piece) and None for piece in pieces])
        seconds.append(clock(lambda: pq.read(folder)))
        ratios.append(seconds[-1] / tokenizing)
    n = len(list(folder.iterdir()))
    print(
        f".{suffix}: {n} files, {len(pieces)} turns, {tokens:,} tokens; read in {statistics.median(seconds):.1f} s, "
        f"{statistics.median(ratios):.2f} × tokenizing (limit {FORMATS[suffix]:g} ×)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--words", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--formats", default=",".join(FORMATS))
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        for suffix in options.formats.split(","):
            folder = Path(work) / suffix
            write_interviews(folder, suffix, options.files, options.words)
            measure(folder, suffix, options.rounds)


if __name__ == "__main__":
    main()

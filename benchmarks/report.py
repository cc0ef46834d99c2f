"""How large the report of sixty interviews of 10,000 words is, and how long Chromium takes to open it, to filter, to go from passage to passage.

The text is made: sentences of the sample corpus in random order, coded by the package. Times are medians of rounds, each on a page opened anew.

    python benchmarks/report.py [INTERVIEWS WORDS]
"""

from __future__ import annotations

import random
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
ROUNDS = 5
# From the event to the next frame that has been painted.
TIMED = """(action) => new Promise((done) => {
  const start = performance.now();
  const count = document.querySelector('#count'), before = count.textContent, where = document.querySelector('#where');
  const look = () => (count.textContent !== before || where.textContent
    ? requestAnimationFrame(() => setTimeout(() => done(performance.now() - start))) : setTimeout(look));
  new Function(action)();
  look();
})"""
CHOOSE = "const box = document.querySelector('#f-{0}'); box.value = '{1}'; box.dispatchEvent(new Event('input', {{ bubbles: true }}));"
ACTIONS = {
    "a code": ("", CHOOSE.format("code", "espoir")),
    "a frequent code": ("", CHOOSE.format("code", "souffrance")),
    "a document": ("", CHOOSE.format("doc", "E07")),
    "a word": ("", "const box = document.querySelector('#q'); box.value = 'hôpital'; box.dispatchEvent(new Event('input', { bubbles: true }));"),
    "back to all": ("#?code=espoir", "document.querySelector('#clear').click();"),
    "next passage": ("#?doc=E07", "document.querySelector('#next').click();"),
}


def interviews(many: int, words: int):
    from peerqual import read
    from peerqual.language.sentences import split
    from peerqual.model import Corpus, Transcript, Turn

    said = [
        turn_text[a:b]
        for transcript in read(ROOT / "corpus_sample" / "transcripts")
        for turn in transcript.turns
        if turn.role == "respondent"
        for turn_text in [transcript.text[turn.start : turn.end].replace("\n", " ")]
        for a, b in split(turn_text)
    ]
    chance, made = random.Random(7), []
    for n in range(1, many + 1):
        text, turns, count = "", [], 0
        while count < words:
            for label, role, length in (("Enq", "interviewer", 1), ("Rép", "respondent", chance.randint(2, 9))):
                spoken = " ".join(chance.choice(said) for _ in range(length))
                text += f"{label} : "
                turns.append(Turn(label, f"P{n:02}" if role == "respondent" else None, role, len(text), len(text) + len(spoken)))
                text += spoken + "\n\n"
                count += len(spoken.split())
        made.append(Transcript(f"E{n:02}", text, tuple(turns)))
    return Corpus(tuple(made))


def median_of(browser, page: Path, place: str = "", act: str = "") -> float:
    times = []
    for _ in range(ROUNDS):
        tab = browser.new_page(viewport={"width": 1280, "height": 900})
        begin = time.perf_counter()
        tab.goto(page.as_uri() + place)
        tab.wait_for_function("document.querySelector('#count').textContent")
        opened = 1000 * (time.perf_counter() - begin)
        if act:
            tab.wait_for_timeout(500)
        times.append(tab.evaluate(TIMED, act) if act else opened)
        tab.close()
    return statistics.median(times)


def main() -> None:
    from playwright.sync_api import sync_playwright

    import peerqual as pq

    many, words = (int(word) for word in sys.argv[1:3]) if len(sys.argv) > 2 else (60, 10_000)
    corpus = interviews(many, words)
    begin = time.perf_counter()
    codings = pq.code(corpus)
    coded = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = pq.report(codings, corpus, path=Path(folder) / "report.html")
        made = time.perf_counter()
        print(f"{many} interviews of {words:,} words: {len(codings):,} codings in {coded - begin:.0f} s, report in {made - coded:.1f} s")
        print(f"size {page.stat().st_size / 1e6:.1f} MB (aim: 15)")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        print(f"opening {median_of(browser, page) / 1000:.2f} s (aim: 2)")
        for name, (place, act) in ACTIONS.items():
            print(f"{name}: {median_of(browser, page, place, act):.0f} ms (aim: 100)")
        browser.close()


if __name__ == "__main__":
    main()

"""Make the pictures of the report in docs/images from the sample corpus. Needs Chromium, playwright and pillow; looks at nothing outside.

python docs/make_images.py
"""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image

import peerqual as pq

ROOT = Path(__file__).resolve().parents[1]
IMAGES = Path(__file__).parent / "images"
MOST = 150_000  # bytes a picture
# name: place in the page (with filters), width, height, scheme, what to do first
VIEWS: dict[str, tuple[str, int, int, str, str]] = {
    "report_found": ("", 1280, 900, "light", ""),
    "report_found_dark": ("", 1280, 900, "dark", ""),
    "report_found_phone": ("", 390, 800, "light", ""),
    "report_codes": ("#code-souffrance", 1280, 900, "light", ""),
    "report_comparisons": ("#comparisons", 1280, 900, "light", ""),
    "report_frequencies": ("#frequencies", 1280, 900, "light", ""),
    "report_transcript": ("#transcripts?code=espoir&rest=1", 1280, 900, "light", "j"),
    "report_transcript_dark": ("#transcripts", 1280, 900, "dark", "j"),
    "report_transcript_tablet": ("#transcripts", 820, 1000, "light", "j"),
    "report_transcript_phone": ("#transcripts", 390, 800, "dark", "j"),
    "report_guidelines": ("#appendix", 1280, 900, "light", ""),
}


def report(folder: Path) -> Path:
    """Run the sample corpus and return its report, in French, compared by association."""
    sample = ROOT / "corpus_sample"
    corpus = pq.anonymize(pq.read(sample / "transcripts", participants=sample / "participants.csv"))
    return pq.report(pq.code(corpus), corpus, path=folder / "report.html", by=("association",))


def picture(tab: Any, page: Path, view: tuple[str, int, int, str, str]) -> bytes:
    """Return what one sees there, with few enough colours to be small."""
    place, width, height, scheme, keys = view
    tab.set_viewport_size({"width": width, "height": height})
    tab.emulate_media(color_scheme=scheme)
    tab.goto("about:blank")
    tab.goto(page.as_uri() + place)
    for key in keys:
        tab.keyboard.press(key)
    tab.mouse.move(0, 0)
    tab.wait_for_timeout(400)
    seen = Image.open(io.BytesIO(tab.screenshot())).convert("RGB").quantize(256, dither=Image.Dither.NONE)
    kept = io.BytesIO()
    seen.save(kept, "PNG", optimize=True)
    return kept.getvalue()


def main() -> None:
    """Make all of them."""
    from playwright.sync_api import sync_playwright

    IMAGES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = report(Path(folder))
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        tab = browser.new_page()
        for name, view in VIEWS.items():
            made = picture(tab, page, view)
            if len(made) > MOST:
                raise SystemExit(f"{name}: {len(made):,} bytes, more than {MOST:,}")
            (IMAGES / f"{name}.png").write_bytes(made)
        browser.close()


if __name__ == "__main__":
    main()

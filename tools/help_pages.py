"""Make the help pages of the command line, in French and English, from its commands. `--check` only compares.

python tools/help_pages.py [--check]
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[1] / "src" / "peerqual" / "help"
WORDS = {
    "fr": {
        "Usage:": "Usage\u00a0:",
        "Arguments:": "Arguments\u00a0:",
        "Options:": "Options\u00a0:",
        "Commands:": "Commandes\u00a0:",
        "[required]": "[obligatoire]",
        "[default:": "[par défaut\u00a0:",
        "Show this message and exit.": "Affiche cette page.",
    },
    "en": {},
}


def pages(lang: str) -> dict[str, str]:
    """Return the text of each page by its stem ("peerqual", "run", "codebook-check")."""
    from peerqual.cli import command_tree

    found: dict[str, str] = {}

    def visit(command: Any, path: tuple[str, ...], parent: Any) -> None:
        context = command.make_context(path[-1], [], resilient_parsing=True, parent=parent, terminal_width=100, max_content_width=100)
        text = context.get_help().rstrip() + "\n"
        for english, words in WORDS[lang].items():
            text = text.replace(english, words)
        found["-".join(path[1:]) or "peerqual"] = text
        for name, child in getattr(command, "commands", {}).items():
            visit(child, (*path, name), context)

    visit(command_tree(lang), ("peerqual",), None)
    return found


def main() -> int:
    """Write or compare all pages; returns 1 when `--check` finds a difference."""
    wrong = []
    for lang in ("fr", "en"):
        made = pages(lang)
        (FOLDER / lang).mkdir(parents=True, exist_ok=True)
        old = {path.stem: path.read_text(encoding="utf-8") for path in (FOLDER / lang).glob("*.txt")}
        if "--check" in sys.argv:
            wrong += [f"{lang}/{stem}" for stem in sorted(set(made) | set(old)) if made.get(stem) != old.get(stem)]
            continue
        for stem in set(old) - set(made):
            (FOLDER / lang / f"{stem}.txt").unlink()
        for stem, text in made.items():
            (FOLDER / lang / f"{stem}.txt").write_text(text, encoding="utf-8", newline="\n")
    if wrong:
        print("help pages differ from the commands, run « make help-pages »:", ", ".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

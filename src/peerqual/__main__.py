"""The door of the command line: prints a help page at once, else hands over to `peerqual.cli`.

Help pages are files made from the commands by ``tools/help_pages.py`` (a test compares them), so that asking for help loads nothing.
"""

import codecs
import io
import os
import sys

HELP = {"--help", "-h"}


def main() -> None:
    """Run the command line; exits with 0, 1, 2, 3 or 4 (see ``peerqual --help``)."""
    _print_anywhere()
    words = sys.argv[1:]
    lang = _language(words)
    if not words or HELP & set(words):
        sys.stdout.write(_page(words, lang))
        sys.exit(0 if words else 2)
    if words == ["--version"]:
        from . import __version__

        print(f"peerqual {__version__}")
        return
    import warnings

    from .cli import console, run_command_line

    warnings.showwarning = console.warned
    sys.exit(run_command_line(words, lang))


def _print_anywhere() -> None:
    """Let a terminal or a file whose encoding lacks a character get « ? », and a space for a narrow no-break space."""
    codecs.register_error("peerqual", _plain)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="peerqual")


def _plain(fault: UnicodeError) -> tuple[str, int]:
    if not isinstance(fault, UnicodeEncodeError):
        raise fault
    return "".join(" " if char == "\u202f" else "?" for char in fault.object[fault.start : fault.end]), fault.end


def _language(words: list[str]) -> str:
    asked = ""
    for i, word in enumerate(words):
        if word == "--lang" and i + 1 < len(words):
            asked = words[i + 1]
        elif word.startswith("--lang="):
            asked = word[7:]
    asked = asked or os.environ.get("PEERQUAL_LANG", "")
    return asked if asked in ("fr", "en") else "fr"


def _page(words: list[str], lang: str) -> str:
    folder = os.path.join(os.path.dirname(__file__), "help", lang)
    names = [word for word in words if not word.startswith("-") and word not in ("fr", "en")]
    for stem in ("-".join(names[:2]), "-".join(names[:1]), "peerqual"):
        path = os.path.join(folder, f"{stem}.txt")
        if stem and os.path.exists(path):
            with open(path, encoding="utf-8") as page:
                return page.read()
    return ""


if __name__ == "__main__":
    main()

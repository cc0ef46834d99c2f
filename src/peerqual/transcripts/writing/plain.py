"""Plain text and Markdown: the transcript's text is the file."""

from __future__ import annotations

from .revision import Revision


def rewritten(revision: Revision) -> bytes:
    """Return the pseudonymized text, in UTF-8."""
    return revision.new.text.encode("utf-8")

"""Plain text and Markdown: the transcript's text is the file."""

from __future__ import annotations

from .rewrite import Rewrite


def rewritten(rewrite: Rewrite) -> bytes:
    """Return the pseudonymized text, in UTF-8."""
    return rewrite.new.text.encode("utf-8")

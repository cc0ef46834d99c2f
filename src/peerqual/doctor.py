"""What `peerqual doctor` looks at: Python, libraries, the codebook and sample that travel with the package, extras, writing, browser."""

from __future__ import annotations

import sys
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from typing import Any

Row = tuple[str, bool, bool, dict[str, Any]]

NEEDED = ("spacy", "simplemma", "ruamel.yaml", "pydantic", "cryptography", "lxml", "webvtt-py", "jinja2", "matplotlib", "joblib", "pandas")
EXTRAS = {"notebook": "ipykernel", "pdf": "pypdf", "xlsx": "openpyxl", "learn": "sklearn", "encoder": "onnxruntime"}


def examine() -> list[Row]:
    """Return a row a check: its name (a message's), whether it is good, whether it is needed, values for the message."""
    rows: list[Row] = [("python", sys.version_info >= (3, 11), True, {"version": ".".join(map(str, sys.version_info[:3]))})]
    rows += [_library(name) for name in NEEDED]
    rows += [_data(), _writing()]
    rows += [("extra", find_spec(module) is not None, False, {"name": name}) for name, module in EXTRAS.items()]
    return rows


def _library(name: str) -> Row:
    try:
        return "library", True, True, {"name": name, "version": version(name)}
    except PackageNotFoundError:
        return "library", False, True, {"name": name, "version": ""}


def _data() -> Row:
    from .codebook import check
    from .resources import packaged

    book = packaged("codebook.yaml")
    good = book.exists() and (packaged("corpus_sample") / "transcripts").is_dir() and not check(book)
    return "data", good, True, {}


def _writing() -> Row:
    import tempfile

    try:
        with tempfile.TemporaryFile():
            return "writing", True, True, {}
    except OSError:
        return "writing", False, True, {}

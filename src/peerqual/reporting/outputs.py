"""Writing results: a folder that appears whole or not at all, tables as CSV, and reading such tables back.

Comes in: DataFrames and strings. Goes out: files. Never knows how a number was made.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import PeerqualError

if TYPE_CHECKING:
    import pandas as pd

MANIFEST = "manifest.json"
# Every other column is words, even where it looks like a number: a document may be called « 001 ».
NUMERIC = ("start", "end", "score", "passages", "words", "words_share", "proposed", "accepted", "added")


@contextmanager
def output_folder(folder: Path, *, overwrite: bool = False) -> Iterator[Path]:
    """Give a fresh folder to write in; when all went well, its entries become those of `folder`, else nothing changes.

    With `overwrite` an earlier output of peerqual (it holds a manifest, which tells its entries) gives way to the new one; other files in it stay.
    Raises `PeerqualError` when `folder` is a file, or holds things that may not be replaced.
    """
    folder = Path(folder)
    check_free(folder, overwrite=overwrite)
    folder.parent.mkdir(parents=True, exist_ok=True)
    aside = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        yield aside
        _take_over(aside, folder)
    finally:
        shutil.rmtree(aside, ignore_errors=True)


def check_free(folder: Path, *, overwrite: bool = False) -> None:
    """Raise `PeerqualError` when results may not be written to `folder`; called before any long work."""
    folder = Path(folder)
    if folder.exists() and not folder.is_dir():
        raise PeerqualError("outputs.not_a_folder", where=folder)
    if folder.is_dir() and any(folder.iterdir()):
        if not overwrite:
            raise PeerqualError("outputs.not_empty", where=folder)
        if not (folder / MANIFEST).exists():
            raise PeerqualError("outputs.not_ours", where=folder)


def _take_over(aside: Path, folder: Path) -> None:
    if not folder.exists():
        aside.chmod(0o755)
        aside.rename(folder)
        return
    made = {entry.name for entry in aside.iterdir()}
    for name in _entries(folder / MANIFEST) - made:  # what was internal does not stay beside what is for publication
        left = folder / name
        shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
    # The manifest goes last: a folder without one is never taken for a complete output.
    for entry in sorted(aside.iterdir(), key=lambda path: path.name == MANIFEST):
        target = folder / entry.name
        old = None
        if target.exists():
            old = folder / f".old-{entry.name}"
            target.rename(old)
        entry.rename(target)
        if old is not None:
            shutil.rmtree(old) if old.is_dir() else old.unlink()


def _entries(manifest: Path) -> set[str]:
    """Return what an earlier output of peerqual is made of: the names that its manifest tells, never a path."""
    try:
        told = json.loads(manifest.read_text(encoding="utf-8")).get("entries", ())
    except (OSError, ValueError, AttributeError):
        return set()
    return {name for name in told or () if isinstance(name, str) and Path(name).name == name and name not in (MANIFEST, ".", "..")}


def write_text(path: Path, text: str) -> None:
    r"""Write `text` as UTF-8 with ``\n``, aside and renamed, so that the file is never half-written."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, aside = tempfile.mkstemp(prefix=f".{path.name}-", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
        os.chmod(aside, 0o644)
        os.replace(aside, path)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write `value` as indented JSON with sorted keys: same value, same bytes."""
    write_text(path, json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n")


def write_csv(table: pd.DataFrame, path: Path, *, excel_fr: bool = False) -> None:
    """Write `table` as CSV: UTF-8 with commas; `excel_fr`: « ; », decimal commas and a byte-order mark, as Excel in French opens it."""
    sep, decimal = (";", ",") if excel_fr else (",", ".")
    text = table.to_csv(index=False, sep=sep, decimal=decimal, lineterminator="\n", float_format="%.6g")
    write_text(path, ("\ufeff" if excel_fr else "") + text)


def read_csv(path: Path, columns: tuple[str, ...]) -> pd.DataFrame:
    """Read a table that `write_csv` (or Excel in French, in Windows-1252) wrote; every cell as it stands, empty cells as "".

    Raises `PeerqualError` when the file is missing, is no such table, or lacks one of `columns`.
    """
    import io

    import pandas as pd

    try:
        raw = Path(path).read_bytes()
    except OSError:
        raise PeerqualError("outputs.no_table", where=path) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    header = text.split("\n", 1)[0]
    sep = ";" if header.count(";") > header.count(",") else ","
    try:
        table = pd.read_csv(io.StringIO(text), sep=sep, dtype=str, keep_default_na=False)
        for column in set(NUMERIC) & set(table.columns):
            table[column] = pd.to_numeric(table[column].str.replace(",", "."))
    except (ValueError, pd.errors.ParserError):
        raise PeerqualError("outputs.not_a_table", where=path) from None
    missing = [column for column in columns if column not in table.columns]
    if missing:
        raise PeerqualError("outputs.no_column", where=path, columns=", ".join(missing))
    return table

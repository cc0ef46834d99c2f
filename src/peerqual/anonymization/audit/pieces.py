"""Everything in a folder that may hold words, as pieces of text: names, files, members of archives, properties, what is encoded."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...errors import PeerqualError

PROSE, DATA, SETTINGS, NAME, BYTES = "prose", "data", "settings", "name", "bytes"
UNREAD, KEY = "unread", "key"
MAX_FILE = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Piece:
    """A `text` of `file` at `place` ("" for a file's own text), and what kind of text it is.

    "prose" is what people read as sentences, "data" other text, "settings" text that a program made, "name" a short string that names something,
    "bytes" what was made out in a binary file; "unread" and "key" hold no text: what could not be opened, and a key of peerqual.
    `again`: the text is the one before in another reading.
    """

    file: str
    place: str
    text: str
    where: str
    again: bool = False


def pieces(folder: Path) -> Iterator[Piece]:
    """Yield all pieces of `folder` (or of one file), in the order of its names.

    Raises `PeerqualError` when there is no such folder.
    """
    from .containers import inside

    if not folder.exists():
        raise PeerqualError("audit.no_folder", where=folder)
    yield Piece(".", "name", folder.resolve().name, NAME)
    for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
        file = path.relative_to(folder).as_posix() if path != folder else folder.name
        yield Piece(file, "name", path.name, NAME)
        if path.is_symlink():
            yield Piece(file, "link", str(path.readlink()), NAME)
        elif path.is_file():
            try:
                data = path.read_bytes() if path.stat().st_size <= MAX_FILE else None
            except OSError:
                data = None
            if data is None:
                yield Piece(file, "", "", UNREAD)
            else:
                yield from inside(file, "", path.name, data)

"""The checklist as files: they hold words of the originals, so they are their owner's alone and lie in no folder of results."""

from __future__ import annotations

from pathlib import Path

from ...errors import PeerqualError, UsageError
from ..key import is_shared, write_private
from .tables import Risk
from .writing import localized, markdown


def write(made: Risk, folder: str | Path, *, lang: str | None = None) -> None:
    """Write the tables of `made` as CSV (``people.csv`` …) and the page ``risk.md`` to a new `folder`, in `lang`.

    Raises `UsageError` when `folder` lies among results that are meant to be shared, `PeerqualError` when it holds something.
    """
    folder = Path(folder)
    if is_shared(folder / "risk.md"):
        raise UsageError("cli.originals_shared", where=folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise PeerqualError("outputs.not_empty", where=folder)
    for name, table in localized(made, lang).tables().items():
        write_private(folder / f"{name}.csv", table.to_csv(index=False, lineterminator="\n").encode())
    write_private(folder / "risk.md", markdown(made, lang).encode())

"""A model as a file: numpy arrays without pickle and a JSON head in one zip archive whose bytes depend on nothing else."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

_HEAD = "head.json"
_EPOCH = (1980, 1, 1, 0, 0, 0)


def write(path: Path, head: str, arrays: Mapping[str, Any]) -> None:
    """Write `head` (JSON) and `arrays` to `path`, aside and then renamed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr(zipfile.ZipInfo(_HEAD, _EPOCH), head, zipfile.ZIP_DEFLATED)
        for name, array in sorted(arrays.items()):
            one = io.BytesIO()
            np.lib.format.write_array(one, np.asarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", _EPOCH), one.getvalue(), zipfile.ZIP_DEFLATED)
    aside = path.with_name(f".{path.name}.part")
    aside.write_bytes(buffer.getvalue())
    aside.replace(path)


def read(path: Path) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the head and the arrays of the model at `path`."""
    with zipfile.ZipFile(path) as archive:
        head = json.loads(archive.read(_HEAD))
        names = [name for name in archive.namelist() if name.endswith(".npy")]
        return head, {name[:-4]: np.lib.format.read_array(io.BytesIO(archive.read(name)), allow_pickle=False) for name in names}

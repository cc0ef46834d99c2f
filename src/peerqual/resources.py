"""Where the files that travel with the package are: the codebooks and the sample corpus."""

from __future__ import annotations

import hashlib
from pathlib import Path


def packaged(name: str) -> Path:
    """Return the path of `name` ("codebook.yaml", "corpus_sample") as installed, else at the root of the source tree."""
    here = Path(__file__).resolve().parent
    installed = here / "data" / name
    return installed if installed.exists() else here.parents[1] / name


def codebook_path(path: str | Path | None = None) -> Path:
    """Return where the codebook `path` is: None is the package's, and "professionnels" or "cooperation" one of its others where no such file exists.

    >>> codebook_path("cooperation").name
    'cooperation.yaml'
    """
    if path is None:
        return packaged("codebook.yaml")
    named = packaged("codebooks") / f"{path}.yaml"
    return named if Path(path).name == str(path) and not Path(path).exists() and named.exists() else Path(path)


def model_path(model: str | Path | None) -> str:
    """Return the path of a learned model: "default" is the one in the package, None none ("")."""
    if model == "default":
        return str(Path(__file__).resolve().parent / "coding" / "data" / "model.npz")
    return str(model) if model else ""


def model_mark(model: str | Path | None) -> str:
    """Return the fingerprint of a learned model for a manifest: SHA-256 of its file, 16 digits; "" where rules code alone."""
    path = model_path(model)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:16] if path else ""

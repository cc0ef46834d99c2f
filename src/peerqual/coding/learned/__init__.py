"""The learned coder: a linear model over words, letters, semantic fields, rules and what stands around, made from judged sentences."""

from __future__ import annotations

from pathlib import Path
from zipfile import BadZipFile
from zlib import error

from ...errors import PeerqualError
from .coder import Learned
from .scoring import Model

__all__ = ["Learned", "Model", "load"]


def load(path: str) -> Model:
    """Return the model at `path`. Raises `PeerqualError` when there is none, or it is no model."""
    if not Path(path).is_file():
        raise PeerqualError("coding.no_model", Path(path).name)
    try:
        return Model.load(Path(path))
    except (BadZipFile, KeyError, ValueError, TypeError, EOFError, error):
        raise PeerqualError("coding.not_a_model", Path(path).name) from None

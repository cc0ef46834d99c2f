"""The learned coder: a linear model over words, letters, semantic fields, rules and what stands around, made from judged sentences."""

from __future__ import annotations

from functools import cache

from .coder import Learned
from .scoring import Model

__all__ = ["Learned", "Model", "load"]


@cache
def load(path: str) -> Model:
    """Return the model at `path`, read once. Raises `PeerqualError` when it is no model."""
    from pathlib import Path

    return Model.load(Path(path))

"""The learned coder: a linear model over words, letters, semantic fields, rules and what stands around, made from judged sentences."""

from __future__ import annotations

import json
from pathlib import Path
from zipfile import BadZipFile
from zlib import error

from ...errors import PeerqualError
from .coder import Learned
from .scoring import Model

__all__ = ["Learned", "Model", "keep", "load"]


def load(path: str) -> Model:
    """Return the model at `path`. Raises `PeerqualError` when there is none, or it is no model."""
    if not Path(path).is_file():
        raise PeerqualError("coding.no_model", Path(path).name)
    try:
        return Model.load(Path(path))
    except (BadZipFile, KeyError, ValueError, TypeError, EOFError, error):
        raise PeerqualError("coding.not_a_model", Path(path).name) from None


def keep(model: Model, path: Path) -> None:
    """Write `model` to `path`, and beside it its card (.json: its facts), for their owner's eyes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    card = path.with_suffix(".json")
    told = json.dumps(model.facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    card.write_text(told, encoding="utf-8", newline="\n")  # first: no model without
    card.chmod(0o600)
    model.save(path)
    path.chmod(0o600)

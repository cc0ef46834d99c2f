"""The user's own sentence encoder: a folder with an ONNX model and its tokenizer; a sentence goes in, a vector of length 1 comes out.

The layout is that of sentence-transformers' ONNX exports: ``model.onnx`` (or ``onnx/model.onnx``) and ``tokenizer.json``. Where the model gives
vectors of tokens, a sentence's is their mean (Reimers & Gurevych 2019, Sentence-BERT, EMNLP, 3982–3992). Nothing is downloaded or sent.
Needs onnxruntime and tokenizers (``pip install "peerqual[encoder]"``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import PeerqualError

Array = Any  # numpy arrays of float32

BATCH, LONGEST = 32, 256  # sentences at once; tokens, where the tokenizer names no length of its own
_INPUTS = ("input_ids", "attention_mask", "token_type_ids")
_INTEGERS = {"tensor(int64)": np.int64, "tensor(int32)": np.int32}


class Encoder:
    """An encoder at work. `mark`: hash of its two files, 16 digits; `width`: numbers in a vector. Get it from `load`."""

    def __init__(self, folder: Path, model: Path, tokenizer: Path, threads: int = 1) -> None:
        self.name, self._where = folder.resolve().name, folder
        self.mark = hashlib.sha256(_digest(model) + _digest(tokenizer)).hexdigest()[:16]
        self._tokenizer, self._pad = _tokenizer(tokenizer)
        self._session = _session(model, threads)
        self._inputs = {one.name: _INTEGERS.get(one.type) for one in self._session.get_inputs()}
        if "input_ids" not in self._inputs or not set(_INPUTS).issuperset(self._inputs) or None in self._inputs.values():
            raise PeerqualError("encoder.inputs", where=model, names=", ".join(self._inputs) or "—")
        self._output = self._chosen([one.name for one in self._session.get_outputs()], model)
        self.width = int(self._of_batch([self._tokenizer.encode("Bonjour.")]).shape[1])

    def vectors(self, texts: Sequence[str]) -> Array:
        """Return the vectors of `texts` (texts, width), float32, each of length 1 (of a text without a token: zeros).

        Raises `PeerqualError` when the model cannot be run, or gives what is no number.
        """
        read = [self._tokenizer.encode(text) for text in texts]
        order = sorted(range(len(read)), key=lambda i: len(read[i].ids))  # of one length together: little is padding
        made = np.zeros((len(read), self.width), dtype=np.float32)
        for start in range(0, len(order), BATCH):
            at = order[start : start + BATCH]
            made[at] = self._of_batch([read[i] for i in at])
        return made

    def _of_batch(self, read: Sequence[Any]) -> Array:
        given = self._given(read)
        (told,) = self._run([self._output], given)
        told = told.astype(np.float32)
        if told.ndim == 3:
            mask = given["attention_mask"][:, :, None].astype(np.float32)
            told = (told * mask).sum(axis=1) / np.maximum(mask.sum(axis=1), 1)
        if not np.isfinite(told).all():
            raise PeerqualError("encoder.cannot_run", where=self._where)
        return told / np.maximum(np.linalg.norm(told, axis=1, keepdims=True), 1e-12)

    def _given(self, read: Sequence[Any]) -> dict[str, Array]:
        """Return tokens as the model takes them, padded to the longest; what is padding is masked."""
        shape = len(read), max(1, *(len(one.ids) for one in read))
        given = {name: np.zeros(shape, dtype=self._inputs.get(name) or np.int64) for name in _INPUTS}
        given["input_ids"] += self._pad
        for n, one in enumerate(read):
            for name, values in zip(_INPUTS, (one.ids, one.attention_mask, one.type_ids), strict=True):
                given[name][n, : len(values)] = values
        return given

    def _run(self, outputs: Sequence[str], given: Mapping[str, Array]) -> list[Array]:
        try:
            return list(self._session.run(list(outputs), {name: given[name] for name in self._inputs}))
        except Exception:  # onnxruntime raises classes of its own, whose words may hold tokens
            raise PeerqualError("encoder.cannot_run", where=self._where) from None

    def _chosen(self, names: Sequence[str], model: Path) -> str:
        """Return the output to read: a vector of the sentence (not BERT's pooler, which was made for another task), else vectors of its tokens."""
        given = self._given([self._tokenizer.encode("Bonjour.")])
        ranks = {name: np.ndim(one) for name, one in zip(names, self._run(names, given), strict=True)}
        own = [name for name, rank in ranks.items() if rank == 2 and name != "pooler_output"]
        named = [name for name in ("sentence_embedding", *own) if ranks.get(name) == 2]
        told = [*named, *(name for name, rank in ranks.items() if rank == 3), *(name for name, rank in ranks.items() if rank == 2)]
        if not told:
            raise PeerqualError("encoder.outputs", where=model)
        return told[0]


def load(folder: str | Path, *, threads: int = 1) -> Encoder:
    """Return the encoder in `folder`; read once while its files stay the same.

    `threads`: with 1, the same sentences give the same vectors to the last bit. Raises `PeerqualError` when onnxruntime or tokenizers is not
    installed, there is no such folder, it lacks ``model.onnx`` or ``tokenizer.json``, or these cannot be read or are no encoder's.
    """
    place = Path(folder)
    if not place.is_dir():
        raise PeerqualError("encoder.no_folder", where=place)
    model = next((path for path in (place / "model.onnx", place / "onnx" / "model.onnx") if path.is_file()), None)
    if model is None:
        raise PeerqualError("encoder.no_model", where=place)
    tokenizer = place / "tokenizer.json"
    if not tokenizer.is_file():
        raise PeerqualError("encoder.no_tokenizer", where=place)
    if find_spec("onnxruntime") is None or find_spec("tokenizers") is None:
        raise PeerqualError("encoder.extra_missing")
    return _loaded(place, model, tokenizer, threads, (model.stat().st_mtime_ns, tokenizer.stat().st_mtime_ns))


def for_model(facts: Mapping[str, Any], folder: str, name: str) -> Encoder | None:
    """Return the encoder in `folder` ("": none) for the model of these `facts` in the file `name`; raises `PeerqualError` as `load` and `check`."""
    encoder = load(folder) if folder else None
    check(facts, encoder, name)
    return encoder


def check(facts: Mapping[str, Any], encoder: Encoder | None, name: str) -> None:
    """Raise `PeerqualError` where the model of these `facts` in the file `name` was not made with `encoder`.

    It was made with one and none is given, or without and one is; the one given makes vectors of another width, or is another one.
    """
    made = facts.get("encoder")
    if made and encoder is None:
        raise PeerqualError("encoder.needed", where=name, encoder=made["name"])
    if encoder is None:
        return
    if not made:
        raise PeerqualError("encoder.not_made_with_one", where=name)
    if encoder.width != made["width"]:
        raise PeerqualError("encoder.another_width", where=encoder.name, width=encoder.width, made=made["width"], encoder=made["name"])
    if encoder.mark != made["mark"]:
        raise PeerqualError("encoder.another", where=encoder.name, encoder=made["name"])


@lru_cache(maxsize=1)
def _loaded(folder: Path, model: Path, tokenizer: Path, threads: int, changed: tuple[int, int]) -> Encoder:
    return Encoder(folder, model, tokenizer, threads)


def _digest(path: Path) -> bytes:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _tokenizer(path: Path) -> tuple[Any, int]:
    """Return the tokenizer, and the number of the token that pads: its own, else the one so called, else 0."""
    from tokenizers import Tokenizer

    try:
        made = Tokenizer.from_file(str(path))
    except Exception:  # the library raises `Exception` itself
        raise PeerqualError("encoder.bad_tokenizer", where=path) from None
    called = [number for name in ("<pad>", "[PAD]") if (number := made.token_to_id(name)) is not None]
    pad = int(made.padding["pad_id"]) if made.padding else (called or [0])[0]
    made.no_padding()
    made.enable_truncation((made.truncation or {}).get("max_length", LONGEST))
    return made, pad


def _session(path: Path, threads: int) -> Any:
    import onnxruntime

    onnxruntime.disable_telemetry_events()  # its builds for Windows report to their makers otherwise
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = threads
    options.log_severity_level = 4
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception:  # classes of its own, one a kind of fault
        raise PeerqualError("encoder.bad_model", where=path) from None

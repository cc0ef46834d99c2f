"""The key: the correspondence between pseudonyms and people, its secret and the maps of positions, in one encrypted file.

scrypt (RFC 7914) makes two keys of the passphrase: one for AES-256-GCM (NIST SP 800-38D), whose authenticated data is the file's header,
and one that tells a wrong passphrase from a file that was changed. The header holds salt and nonce, no name.
"""

from __future__ import annotations

import hashlib
import json
import os
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import KeyFileError
from ..model import OffsetMap
from .assignments import Assignments

_MAGIC = b"peerqual-key 1\n"
_COST = {"n": 2**15, "r": 8, "p": 1}
_SIZES = {"salt": 16, "check": 16, "nonce": 12}
_HEADER = len(_MAGIC) + sum(_SIZES.values())


@dataclass
class Key:
    """What links pseudonyms to people. Made by `Key.create` or `Key.open`; nothing is on disk before `save`.

    `assignments` holds every decision; `originals` (new id → id of the original) and `maps` (new id → `OffsetMap`) lead back.

    >>> import peerqual as pq
    >>> key = pq.Key.create("study.key", passphrase="correct horse battery staple")  # doctest: +SKIP
    """

    path: Path
    assignments: Assignments = field(default_factory=Assignments, repr=False)
    originals: dict[str, str] = field(default_factory=dict, repr=False)
    maps: dict[str, OffsetMap] = field(default_factory=dict, repr=False)
    _salt: bytes = field(default=b"", repr=False)
    _keys: tuple[bytes, bytes] = field(default=(b"", b""), repr=False)

    @property
    def secret(self) -> bytes:
        """The study's secret, 32 random bytes: pseudonyms are proposed under it, and hashes in manifests are keyed with it."""
        return self.assignments.secret

    @classmethod
    def create(cls, path: str | Path, *, passphrase: str) -> Key:
        """Make a new key for `path`, written by `save` (and by `anonymize`).

        Raises `KeyFileError` when there is a file at `path` (a key is never overwritten by another) or the passphrase is empty.
        """
        if Path(path).exists():
            raise KeyFileError("anonymization.key_exists", where=path)
        if not passphrase:
            raise KeyFileError("anonymization.empty_passphrase", where=path)
        salt = os.urandom(_SIZES["salt"])
        return cls(Path(path), _salt=salt, _keys=_derive(passphrase, salt))

    @classmethod
    def open(cls, path: str | Path, *, passphrase: str) -> Key:
        """Open the key at `path`. Raises `KeyFileError` when there is none, the passphrase is wrong, or the file was changed."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            data = Path(path).read_bytes()
        except OSError:
            raise KeyFileError("anonymization.no_key", where=path) from None
        if len(data) < _HEADER or not data.startswith(_MAGIC):
            raise KeyFileError("anonymization.not_a_key", where=path)
        salt, check, nonce = _parts(data)
        keys = _derive(passphrase, salt)
        if _check(keys) != check:
            raise KeyFileError("anonymization.wrong_passphrase", where=path)
        try:
            state = json.loads(AESGCM(keys[0]).decrypt(nonce, data[_HEADER:], data[:_HEADER]))
        except InvalidTag:
            raise KeyFileError("anonymization.key_tampered", where=path) from None
        maps = {new: OffsetMap(tuple((a, b, c, d) for a, b, c, d in segments)) for new, segments in state["maps"].items()}
        return cls(Path(path), Assignments.of(state), state["originals"], maps, salt, keys)

    def remember(self, originals: Mapping[str, str], maps: Mapping[str, OffsetMap]) -> None:
        """Keep how the documents of a pseudonymized corpus lead back to their originals."""
        self.originals.update(originals)
        self.maps.update(maps)

    def save(self) -> None:
        """Write the key: aside, then renamed, readable by its owner alone. A folder that does not exist is made for the owner alone too."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        state = {**self.assignments.state(), "originals": self.originals}
        state["maps"] = {new: self.maps[new].segments for new in sorted(self.maps)}
        nonce = os.urandom(_SIZES["nonce"])
        header = _MAGIC + self._salt + _check(self._keys) + nonce
        plain = json.dumps(state, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        write_private(self.path, header + AESGCM(self._keys[0]).encrypt(nonce, plain, header))


def _parts(data: bytes) -> list[bytes]:
    at, parts = len(_MAGIC), []
    for size in _SIZES.values():
        parts.append(data[at : at + size])
        at += size
    return parts


def _derive(passphrase: str, salt: bytes) -> tuple[bytes, bytes]:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    words = unicodedata.normalize("NFC", passphrase).encode()  # the same keys typed on a Mac and on Windows
    made = Scrypt(salt=salt, length=64, **_COST).derive(words)
    return made[:32], made[32:]


def _check(keys: tuple[bytes, bytes]) -> bytes:
    return hashlib.sha256(keys[1]).digest()[: _SIZES["check"]]


def write_private(path: Path, data: bytes) -> None:
    """Write `data` to `path`, whole or not at all, with rights 0600."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    descriptor = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0), 0o600)
    try:
        with os.fdopen(descriptor, "wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        os.replace(aside, path)
    finally:
        aside.unlink(missing_ok=True)

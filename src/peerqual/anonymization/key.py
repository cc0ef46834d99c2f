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
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..errors import KeyFileError
from ..model import OffsetMap
from .assignments import Assignments
from .restoring import Replaced

_MAGIC = b"peerqual-key 1\n"
_COST = {"n": 2**15, "r": 8, "p": 1}
_SIZES = {"salt": 16, "check": 16, "nonce": 12}
_HEADER = len(_MAGIC) + sum(_SIZES.values())


@dataclass
class Key:
    """What links pseudonyms to people. Made by `Key.create` or `Key.open`; nothing is on disk before `save`.

    `assignments` holds every decision; `originals` (new id → id of the original), `maps` (new id → `OffsetMap`) and `replaced` (new id → the words
    that were replaced) lead back.

    >>> import peerqual as pq
    >>> key = pq.Key.create("study.key", passphrase="correct horse battery staple")  # doctest: +SKIP
    """

    path: Path
    assignments: Assignments = field(default_factory=Assignments, repr=False)
    originals: dict[str, str] = field(default_factory=dict, repr=False)
    maps: dict[str, OffsetMap] = field(default_factory=dict, repr=False)
    replaced: dict[str, Replaced] = field(default_factory=dict, repr=False)
    _salt: bytes = field(default=b"", repr=False)
    _keys: tuple[bytes, bytes] = field(default=(b"", b""), repr=False)

    @property
    def secret(self) -> bytes:
        """The study's secret, 32 random bytes: pseudonyms are proposed under it, and hashes in manifests are keyed with it."""
        return self.assignments.secret

    @classmethod
    def create(cls, path: str | Path, *, passphrase: str) -> Key:
        """Make a new key for `path`, written by `save` (and by `anonymize`).

        Raises `KeyFileError` when there is a file at `path` (a key is never overwritten by another), when `path` lies in a folder that is meant to
        be shared (it or one above holds a ``manifest.json``), or the passphrase is empty.
        """
        if is_shared(path):
            raise KeyFileError("anonymization.key_shared", where=path)
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
        replaced = {new: Replaced.of(kept) for new, kept in state.get("replaced", {}).items()}  # older keys have none
        return cls(Path(path), Assignments.of(state), state["originals"], maps, replaced, salt, keys)

    def remember(self, originals: Mapping[str, str], maps: Mapping[str, OffsetMap], replaced: Mapping[str, Replaced]) -> None:
        """Keep how the documents of a pseudonymized corpus lead back to their originals."""
        self.originals.update(originals)
        self.maps.update(maps)
        self.replaced.update(replaced)

    def rotate(self, passphrase: str) -> Key:
        """Encrypt the key anew under another `passphrase` and another salt, in the place of its file; return the new key.

        The file before stands aside (``NAME.old``) until the new one was opened again and holds the same; then it is erased.
        Raises `KeyFileError` when `passphrase` is empty, or the new file does not hold the same: the key is as before.
        """
        if not passphrase:
            raise KeyFileError("anonymization.empty_passphrase", where=self.path)
        salt = os.urandom(_SIZES["salt"])
        aside, old = (self.path.with_name(f"{self.path.name}.{end}") for end in ("new", "old"))
        new = replace(self, path=aside, _salt=salt, _keys=_derive(passphrase, salt))
        try:
            new.save()
            if Key.open(aside, passphrase=passphrase)._state() != self._state():
                raise KeyFileError("anonymization.key_not_rotated", where=self.path)
            os.replace(self.path, old)
            try:
                os.replace(aside, self.path)
            except OSError:
                os.replace(old, self.path)
                raise KeyFileError("anonymization.key_not_rotated", where=self.path) from None
        finally:
            aside.unlink(missing_ok=True)
        erase(old)
        return replace(new, path=self.path)

    def _state(self) -> bytes:
        state = {**self.assignments.state(), "originals": self.originals}
        state["maps"] = {new: self.maps[new].segments for new in sorted(self.maps)}
        state["replaced"] = {new: kept.state() for new, kept in self.replaced.items()}
        return json.dumps(state, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()

    def save(self) -> None:
        """Write the key: aside, then renamed, readable by its owner alone. A folder that does not exist is made for the owner alone too."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = os.urandom(_SIZES["nonce"])
        header = _MAGIC + self._salt + _check(self._keys) + nonce
        write_private(self.path, header + AESGCM(self._keys[0]).encrypt(nonce, self._state(), header))


def destroy(path: str | Path) -> None:
    """Overwrite the key at `path` and remove it, with what a rotation left aside. Raises `KeyFileError` when the file there is no key.

    What was pseudonymized stays personal data: as long as the originals exist, or a text tells who speaks, people can be found again.
    """
    path = Path(path)
    if not is_key(path):
        raise KeyFileError("anonymization.not_a_key" if path.exists() else "anonymization.no_key", where=path)
    for end in (".old", ".new", ""):
        erase(path.with_name(path.name + end))


def is_key(path: str | Path) -> bool:
    """Tell whether the file at `path` is a key."""
    try:
        with Path(path).open("rb") as handle:
            return handle.read(len(_MAGIC)) == _MAGIC
    except OSError:
        return False


def is_shared(path: str | Path) -> bool:
    """Tell whether `path` lies under a folder that peerqual made to be shared (it holds a manifest)."""
    return any((folder / "manifest.json").exists() for folder in Path(path).resolve().parents)


def erase(path: Path) -> None:
    """Overwrite the file at `path` with random bytes and remove it. A disk that spreads what it writes (SSD), or a copy, may keep its words."""
    with suppress(FileNotFoundError):
        with path.open("r+b") as handle:
            left = handle.seek(0, os.SEEK_END)
            handle.seek(0)
            while left > 0:
                left -= handle.write(os.urandom(min(left, 1 << 20)))
            handle.flush()
            os.fsync(handle.fileno())
        path.unlink()


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

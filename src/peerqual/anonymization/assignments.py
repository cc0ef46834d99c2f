"""What was decided about names, and the secret that proposes: entities, pseudonyms, ids of documents and participants."""

from __future__ import annotations

import hashlib
import hmac
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import gcd
from typing import Any

from .names import norm


@dataclass
class Assignments:
    """The correspondence table. Every decision is written here once and found again at the next run.

    `entities`: each identity an entity has been met under → the entity's id. `values`: id → its pseudonym in parts. `surnames`: real → given.
    `documents`, `participants`: real id → given id. `met`: parts of every real name seen. `former`: pseudonyms that were taken back,
    and ids of documents and participants that were withdrawn: none is given again.
    `forms`: id → each way in which what was replaced was written ("COLUMN": values of the participants' table), for the audit.
    `decided`: the log of decisions on names (`review.log`): it only grows.
    """

    secret: bytes = field(default_factory=lambda: os.urandom(32), repr=False)
    entities: dict[str, str] = field(default_factory=dict, repr=False)
    values: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)
    surnames: dict[str, str] = field(default_factory=dict, repr=False)
    documents: dict[str, str] = field(default_factory=dict, repr=False)
    participants: dict[str, str] = field(default_factory=dict, repr=False)
    met: set[str] = field(default_factory=set, repr=False)
    former: set[str] = field(default_factory=set, repr=False)
    forms: dict[str, set[str]] = field(default_factory=dict, repr=False)
    decided: list[dict[str, Any]] = field(default_factory=list, repr=False)
    _counts: dict[str, int] = field(default_factory=dict, repr=False)

    def draw(self, pool: Sequence[str], *about: str) -> Iterable[str]:
        """Yield every entry of `pool` once, from a place that the secret and `about` tell (HMAC-SHA-256), in a fixed order."""
        digest = hmac.new(self.secret, "\0".join(about).encode(), hashlib.sha256).digest()
        start = int.from_bytes(digest[:8], "big") % len(pool)
        # A step that has no divisor in common with the length visits every entry, in an order that differs from entity to entity.
        step = int.from_bytes(digest[8:16], "big") % len(pool) or 1
        while gcd(step, len(pool)) != 1:
            step += 1
        return (pool[(start + n * step) % len(pool)] for n in range(len(pool)))

    def entity(self, label: str, identities: Sequence[str], taken: set[str]) -> str:
        """Return the id of the entity met under `identities` (the most telling first), a new one when nobody knows it.

        `taken` are the ids given to other entities of this corpus: two entities that were one before get two ids.
        """
        known = (self.entities[name] for name in identities if name in self.entities)
        found = next((id for id in known if id not in taken), None)
        if found is None:
            found = f"{label}{self._next(label):03d}"
        for name in identities:
            self.entities[name] = found
        return found

    def given(self) -> set[str]:
        """Return every part of a person's pseudonym that is given, normalized."""
        firsts = (value[part] for value in self.values.values() for part in ("first", "last") if part in value)
        return {norm(name) for name in (*firsts, *self.surnames.values())}

    def _next(self, label: str) -> int:
        if not self._counts:
            for id in self.entities.values():
                name = id.rstrip("0123456789")
                self._counts[name] = max(self._counts.get(name, 0), int(id[len(name) :]))
        self._counts[label] = self._counts.get(label, 0) + 1
        return self._counts[label]

    def forget(self, forms: set[str]) -> None:
        """Take `forms`, which were found to be no identifiers, out of the ways in which anything is written."""
        for written in self.forms.values() if forms else ():
            written -= forms

    def state(self) -> dict[str, Any]:
        """Return everything as plain data, for the key's file."""
        return {
            "secret": self.secret.hex(),
            "entities": self.entities,
            "values": self.values,
            "surnames": self.surnames,
            "documents": self.documents,
            "participants": self.participants,
            "met": sorted(self.met),
            "former": sorted(self.former),
            "forms": {id: sorted(forms) for id, forms in self.forms.items()},
            "decided": self.decided,
        }

    @classmethod
    def of(cls, state: dict[str, Any]) -> Assignments:
        """Return what `state` made plain."""
        plain = {name: state[name] for name in ("entities", "values", "surnames", "documents", "participants")}
        forms = {id: set(written) for id, written in state.get("forms", {}).items()}  # keys made before there was an audit have none
        decided = state.get("decided", [])
        return cls(bytes.fromhex(state["secret"]), met=set(state["met"]), former=set(state["former"]), forms=forms, decided=decided, **plain)

"""A coded corpus asked for parts of claims: who carries these codes, or gives this answer, and where (see ``data/claims.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.ground import Ground, survey
from peerqual.analysis.passages import Tree, counted, passages
from peerqual.errors import PeerqualError
from peerqual.model import Corpus

Place = tuple[str, int, int]


@dataclass(frozen=True)
class Part:
    """What shows one part of a claim: `count` is of participants, or of documents where nobody is a participant."""

    count: int
    total: int = 0
    people: frozenset[str] = frozenset()
    places: tuple[Place, ...] = ()
    shown: bool = False
    why: str = ""


@dataclass(frozen=True)
class Told:
    """A coded corpus asked for parts of claims."""

    codings: pd.DataFrame
    corpus: Corpus
    codes: Tree
    variables: pd.DataFrame | None
    ground: Ground = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "ground", survey(self.corpus))

    @cached_property
    def everybody(self) -> frozenset[str]:
        """All the participants of the corpus."""
        return frozenset(self.ground.turn_participant[self.ground.turn_person])

    @cached_property
    def rows(self) -> pd.DataFrame:
        polarity = self.codings if "polarity" in self.codings.columns else self.codings.assign(polarity="")
        return counted(passages(polarity, self.ground, self.codes, columns=("polarity",)), self.codes, distinct=("polarity",))

    @cached_property
    def _order(self) -> dict[str, int]:
        return {id: i for i, id in enumerate(self.ground.ids)}

    def order(self, place: Place) -> tuple[int, int, int]:
        """Return what sorts places in the order of the texts."""
        return self._order[place[0]], place[1], place[2]

    def part(self, asked: Mapping[str, Any]) -> Part:
        """Return what shows the part `asked` of a claim."""
        if "variable" in asked:
            found, total, name = self._answered(asked), len(self.corpus), f"{asked['variable']} = {asked['answer']}"
        else:
            material, polarity = asked.get("material", ""), asked.get("polarity", "")
            ids = asked.get("together") or asked["codes"]
            found = self._together(ids, material, polarity) if "together" in asked else self.coded(ids, material, polarity)
            total = self._total(material)
            name = (" + " if "together" in asked else ", ").join(ids) + (f" [{material}]" if material else "")
        shown, wanted = _shown(asked, found.count, total)
        return Part(found.count, total, found.people, found.places, shown, f"{name} {found.count}/{total} ({wanted})")

    def coded(self, ids: Sequence[str], material: str, polarity: str) -> Part:
        """Return who carries one of the codes `ids`, and where."""
        rows, ground = self.rows, self.ground
        wanted = rows["code"].isin([self._code(id) for id in ids])
        if material:
            wanted &= ground.materials[rows["document"]] == material
        if polarity != "any":  # who denies a theme does not carry it
            wanted &= rows["polarity"] == polarity if polarity else rows["polarity"] != "-"
        found = rows[wanted]
        base = ground.base[found["document"]]
        spans = zip(found["document"], found["start"] - base, found["end"] - base, strict=True)
        places = sorted({(ground.ids[d], int(start), int(end)) for d, start, end in spans}, key=self.order)
        turns = found["turn"].to_numpy()
        turns = turns[turns >= 0]
        people = frozenset(ground.turn_participant[turns[ground.turn_person[turns]]])
        documents = {place[0] for place in places}
        return Part(len(people) if self._people(material) else len(documents), people=people, places=tuple(places))

    def _together(self, ids: Sequence[str], material: str, polarity: str) -> Part:
        each = [self.coded([id], material, polarity) for id in ids]
        people = frozenset.intersection(*(part.people for part in each))
        places = tuple(place for part in each for place in part.places if self._voice(place) in people)
        return Part(len(people), people=people, places=places)

    def _voice(self, place: Place) -> str:
        ground = self.ground
        base = int(ground.base[self._order[place[0]]])
        turn = int(ground.turn_of(np.array([place[1] + base]), np.array([place[2] + base]))[0])
        return str(ground.turn_participant[turn]) if turn >= 0 else ""

    def _answered(self, asked: Mapping[str, Any]) -> Part:
        if self.variables is None:
            return Part(0)
        rows = self.variables[(self.variables["variable"] == asked["variable"]) & (self.variables["answer"] == asked["answer"])]
        rows = rows[rows["document"].isin(self._order)]
        places = [(str(d), int(start), int(end)) for d, start, end in zip(rows["document"], rows["start"], rows["end"], strict=True)]
        return Part(rows["document"].nunique(), places=tuple(places))

    def _code(self, id: str) -> int:
        if id not in self.codes.ids:
            raise PeerqualError("analysis.unknown_code", id)
        return self.codes.ids.index(id)

    def _people(self, material: str) -> bool:
        return material not in ("field_notes", "document")

    def _total(self, material: str) -> int:
        ground = self.ground
        if not self._people(material):
            return int((ground.materials == material).sum())
        counts = ground.turn_person & (ground.materials[ground.turn_document] == material) if material else ground.turn_person
        return len(set(ground.turn_participant[counts]))


def _shown(asked: Mapping[str, Any], count: int, total: int) -> tuple[bool, str]:
    if "exactly" in asked:
        return count == asked["exactly"], f"= {asked['exactly']}"
    if "share" in asked:
        return total > 0 and count > asked["share"] * total, f"> {asked['share']:.0%}".replace("%", " %")
    least = asked.get("least", 2)
    return count >= least, f"≥ {least}"

"""How often each code is found, and by how many people: frequencies with their denominators, by material, group and polarity."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.ground import Ground, spoken, survey, words_in_union
from peerqual.analysis.passages import RANKED, Tree, counted, passages, tree
from peerqual.errors import PeerqualError
from peerqual.model import MATERIALS, MODALITIES, Corpus

COLUMNS = [
    *("code", "parent", "label", "material", "group"),
    *("passages", "documents", "documents_total", "participants", "participants_total", "words", "words_share"),
    *("proposed", "accepted", "added"),
]
NO_GROUP = "—"


def theme_frequencies(
    codings: pd.DataFrame, corpus: Corpus, *, codebook: Any = None, by: str = "material", branches: bool = False, lang: str = "fr"
) -> pd.DataFrame:
    """Count passages, documents, participants and words of every code, apart for each material and group.

    Args:
        codings: DESIGN.md's columns; `document`, `start`, `end`, `code`, `status` are used, rejected codings are not counted.
        corpus: the transcripts that were coded.
        codebook: its codes in its order (None: the package's).
        by: "material" (the group is ""), "role" (respondent, facilitator, …), or an attribute of participants (the group is its value, "—" for
            those without).
        branches: also a row for each branch, which counts all that is under it, each span and each person once.
        lang: the language of labels.

    Returns:
        One row per assignable code × material × group of the corpus, zeros included, never pooled over materials:

        - `code`, `parent` ("" at the top), `label`, `material`, `group`;
        - `passages`: distinct spans that carry the code or a child of it; `proposed`, `accepted`, `added` add up to it
          (a span coded several times counts once, under its strongest status: accepted, then added, then proposed);
        - `documents` of `documents_total`: documents with such a passage, of those of the material (in which the group speaks);
        - `participants` of `participants_total`: respondents and facilitators who speak such a passage, of those of the material and group
          (0 of 0 in field notes, whose words are the researcher's, and in documents);
        - `words`: words inside the union of the passages; `words_share`: over all words of the material and group that can carry a code
          (0 to 1; interviewers' words are in neither).

    Raises:
        PeerqualError: a missing column, an unknown document, code or status, an attribute that no participant has.
    """
    codes, ground = tree(codebook, lang, branches=branches), survey(corpus)
    rows = counted(passages(codings, ground, codes), codes)
    turn_group = groups(ground, corpus, by)
    cells, turn_cell, row_cell = _cells(ground, rows, turn_group, by)
    return _table(ground, codes, rows, cells, turn_cell, row_cell, whole=by == "material")


def groups(ground: Ground, corpus: Corpus, by: str) -> np.ndarray:
    """Return the group of each turn: "" for "material", its speaker's role for "role", else the participant's value of the attribute `by`.

    It is "—" where there is none.

    Raises:
        PeerqualError: no participant has the attribute.
    """
    if by == "material":
        return np.full(len(ground.turn_start), "", dtype=object)
    if by == "role":
        return np.array([turn.role for transcript in corpus for turn in spoken(transcript)], dtype=object)
    known = sorted({name for participant in corpus.participants for name in participant.attributes})
    if by not in known:
        raise PeerqualError("analysis.unknown_by", by, known=", ".join(known) or NO_GROUP)
    value = {participant.id: str(participant.attributes.get(by) or NO_GROUP) for participant in corpus.participants}
    return np.array([value.get(participant, NO_GROUP) for participant in ground.turn_participant], dtype=object)


def _cells(ground: Ground, rows: pd.DataFrame, turn_group: np.ndarray, by: str) -> tuple[list[tuple[str, str]], np.ndarray, np.ndarray]:
    # A cell is a (material, group): those of the words that can be coded, and those where a person coded something else.
    alone = "" if by == "material" else NO_GROUP
    material, materials = pd.factorize(ground.materials)
    group, names = pd.factorize(np.append(turn_group, alone))
    turn = material[ground.turn_document] * len(names) + group[:-1]
    turns, documents = rows["turn"].to_numpy(), rows["document"].to_numpy()
    row = np.where(turns >= 0, _take(turn, rows["turn"]), material[documents] * len(names) + group[-1])
    present = np.unique(np.concatenate([turn[ground.turn_coded], row, np.arange(len(materials)) if by == "material" else row]))
    cells = {(str(materials[at // len(names)]), str(names[at % len(names)])): int(at) for at in present}
    ordered = sorted(cells, key=lambda cell: (_order(cell[0]), cell[0], cell[1] == NO_GROUP, cell[1]))
    place = np.full(len(materials) * len(names), -1, dtype=np.int64)
    place[[cells[cell] for cell in ordered]] = np.arange(len(ordered))
    return ordered, place[turn], place[row]


def _order(material: str) -> int:
    return MATERIALS.index(material) if material in MATERIALS else len(MATERIALS)


def _table(
    ground: Ground, codes: Tree, rows: pd.DataFrame, cells: list[tuple[str, str]], turn_cell: np.ndarray, row_cell: np.ndarray, *, whole: bool
) -> pd.DataFrame:
    n = len(cells)
    keys = len(codes.ids) * n
    key = rows["code"].to_numpy() * n + row_cell
    speaks = (rows["turn"].to_numpy() >= 0) & _take(ground.turn_person, rows["turn"])
    word_cell = turn_cell[ground.word_turn]
    words = words_in_union(ground, rows["start"].to_numpy(), rows["end"].to_numpy(), key=key, keys=keys, cell=row_cell, word_cell=word_cell)
    heard = ground.turn_coded & (turn_cell >= 0)
    spoken = np.bincount(word_cell[ground.word_coded & (word_cell >= 0)], minlength=n)
    named = heard & ground.turn_person
    documents_total = (
        np.array([int(np.sum(ground.materials == material)) for material, _ in cells], dtype=np.int64)
        if whole
        else distinct(turn_cell[heard], ground.turn_document[heard], n)
    )
    table = pd.DataFrame(
        {
            "code": np.repeat(np.array(codes.ids, dtype=object), n),
            "parent": np.repeat(np.array(codes.parents, dtype=object), n),
            "label": np.repeat(np.array(codes.labels, dtype=object), n),
            "material": [material for material, _ in cells] * len(codes.ids),
            "group": [group for _, group in cells] * len(codes.ids),
            "passages": np.bincount(key, minlength=keys),
            "documents": distinct(key, rows["document"].to_numpy(), keys),
            "documents_total": np.tile(documents_total, len(codes.ids)),
            "participants": distinct(key[speaks], _take(ground.person, rows["turn"])[speaks], keys),
            "participants_total": np.tile(distinct(turn_cell[named], ground.person[named], n), len(codes.ids)),
            "words": words,
            "words_share": words / np.maximum(np.tile(spoken, len(codes.ids)), 1),
        }
    )
    for i, status in enumerate(RANKED):
        table[status] = np.bincount(key[rows["rank"].to_numpy() == i], minlength=keys)
    return table[COLUMNS]


def _take(values: np.ndarray, turns: pd.Series) -> np.ndarray:
    # Of passages in no turn (-1) the value does not matter: the caller masks them.
    return values[np.maximum(turns.to_numpy(), 0)] if len(values) else np.zeros(len(turns), dtype=values.dtype)


def distinct(key: np.ndarray, value: np.ndarray, keys: int) -> np.ndarray:
    """Count the distinct values (whole numbers ≥ 0) of each key: shape ``(keys,)``."""
    if not len(key):
        return np.zeros(keys, dtype=np.int64)
    size = int(value.max()) + 1
    return np.bincount(np.unique(key * size + value) // size, minlength=keys)


def polarity_table(codings: pd.DataFrame, corpus: Corpus, codebook: Any = None) -> pd.DataFrame:
    """Count passages and participants of each code apart by polarity: hope lost (`espoir`, "-") is not hope.

    Returns:
        `code`, `material`, `polarity` ("+" or "-"), `passages` (distinct spans, children's included), `participants`
        (respondents and facilitators who speak them), `passages_total` and `participants_total` (of the code in the material, whatever the polarity:
        a span that is both counts once, so that the two can exceed it); only the combinations found, in the codebook's order.

    Raises:
        PeerqualError: as `theme_frequencies`.
    """
    return _apart(codings, corpus, codebook, "polarity")


def qualifier_table(codings: pd.DataFrame, corpus: Corpus, codebook: Any = None) -> pd.DataFrame:
    """Count passages and participants of each code apart by how they are meant: denied, supposed, past, reported, of another person, asked.

    A passage with several qualifiers counts under each; one without any under "". Whether a practice is done, told of or held right is in
    `modality_table`.

    Returns:
        `code`, `material`, `qualifier` (one of `model.QUALIFIERS`, or ""), `passages`, `participants`, `passages_total`, `participants_total` as in
        `polarity_table`; only the combinations found.

    Raises:
        PeerqualError: as `theme_frequencies`.

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> told = CODINGS.assign(qualifiers=["past reported", "", "", "past"])
    >>> qualifier_table(told, CORPUS, BOOK).query("code == 'espoir'")[["material", "qualifier", "passages", "passages_total"]].values.tolist()
    [['interview', 'past', 1, 1], ['interview', 'reported', 1, 1], ['group', 'past', 1, 1]]
    """
    if "qualifiers" not in codings.columns:
        raise PeerqualError("analysis.missing_column", column="qualifiers")
    each = [[word for word in str(words).split() if word not in MODALITIES] or [""] for words in codings["qualifiers"].fillna("")]
    long = codings.assign(qualifier=pd.Series(each, index=codings.index, dtype=object)).explode("qualifier", ignore_index=True)
    return _apart(long, corpus, codebook, "qualifier")


def _apart(codings: pd.DataFrame, corpus: Corpus, codebook: Any, column: str) -> pd.DataFrame:
    codes, ground = tree(codebook), survey(corpus)
    rows = counted(passages(codings, ground, codes, columns=(column,)), codes, distinct=(column,))
    speaks = (rows["turn"].to_numpy() >= 0) & _take(ground.turn_person, rows["turn"])
    rows["person"] = np.where(speaks, _take(ground.person, rows["turn"]), -1)
    rows["material"] = ground.materials[rows["document"].to_numpy()]
    found = rows.groupby(["code", "material", column], sort=False)
    table = found.agg(passages=("start", "size"), participants=("person", _people)).reset_index()
    whole = rows.drop_duplicates(["code", "start", "end"]).groupby(["code", "material"], sort=False)
    totals = whole.agg(passages_total=("start", "size"), participants_total=("person", _people)).reset_index()
    table = table.merge(totals, on=["code", "material"], how="left")
    table = table.sort_values(["code", "material", column], key=lambda values: values.map(_order) if values.name == "material" else values)
    return table.assign(code=[codes.ids[code] for code in table["code"]]).reset_index(drop=True)


def _people(person: pd.Series) -> int:
    return int(person[person >= 0].nunique())

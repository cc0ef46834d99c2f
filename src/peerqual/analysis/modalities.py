"""Whether a practice is done in the scene, told of, or held right: « accompli », « rapporté », « prôné » (the codebook's modality).

DESIGN.md's columns of codings have none, so it is derived here from the material, the code and the words; a modality that a person writes among
the `qualifiers` of a coding counts more. What was chosen:

- In a group session, and in what an observer notes, people act: there a practice is done, unless it is told of an act toward somebody who is not
  there (« l'autre jour je lui ai dit »). In an interview, and in a document, it is told.
- Everywhere it is held right where duty or worth is said in the speaker's own name (« c'est utile de savoir », « il faut que les gens demandent »);
  to advise somebody who is there (« faut que tu demandes ») is to do it, and « je leur dis toujours qu'il faut demander » tells of it. To be
  annoyed at people's passivity, of nobody present, holds an active attitude right.
- A practice that is denied or refused (polarity "-") is none of the three.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from peerqual.analysis.ground import Ground, survey
from peerqual.analysis.passages import RANKED, counted, loaded, passages, tree
from peerqual.language.stance import holds_right, of_people, tells_of
from peerqual.model import MATERIALS, MODALITIES, Corpus

PRACTICES = "pratiques"  # the branch whose codes have a modality
REPROACH = "attitude_active_reproche"
SCENES = ("group", "field_notes")  # where acts take place; elsewhere they are told
DONE, TOLD, HELD = MODALITIES
COLUMNS = [
    *("code", "label", "material", "modality", "passages", "documents", "documents_total", "participants", "participants_total"),
    *("proposed", "accepted", "added"),
]


def modality_of(text: str, *, material: str, code: str = "") -> str:
    """Return the modality of a practice: one of `model.MODALITIES`.

    Args:
        text: the words of the passage.
        material: of its document, one of `model.MATERIALS`.
        code: what it is coded as: a reproach is read apart.

    >>> modality_of("Je lui ai dit d'en parler.", material="interview"), modality_of("Parlez-en au docteur.", material="group")
    ('rapporté', 'accompli')
    >>> modality_of("C'est important que les gens sachent.", material="interview")
    'prôné'
    """
    present = material in SCENES
    told = tells_of(text)
    if not told and (holds_right(text, present=present) or (code == REPROACH and of_people(text))):
        return HELD
    return DONE if present and not told else TOLD


def practices(codebook: Any = None) -> tuple[str, ...]:
    """Return the ids of the codes of `codebook` (None: the package's) that have a modality: those under its branch "pratiques"."""
    book = loaded(codebook)
    parents = {code.id: code.parent for code in book.codes}

    def inside(id: str | None) -> bool:
        return id is not None and (id == PRACTICES or inside(parents.get(id)))

    return tuple(code.id for code in book.codes if code.assignable and inside(code.id))


def with_modality(codings: pd.DataFrame, corpus: Corpus, codebook: Any = None) -> pd.DataFrame:
    """Return `codings` with a column `modality`: one of `model.MODALITIES`, "" for what is no practice, or a practice of polarity "-".

    >>> from peerqual.analysis.example import BOOK, CODINGS, CORPUS
    >>> set(with_modality(CODINGS, CORPUS, BOOK)["modality"])
    {''}
    """
    texts = corpus.by_id()
    given = codings["qualifiers"].tolist() if "qualifiers" in codings.columns else [""] * len(codings)
    made = [next((word for word in str(words).split() if word in MODALITIES), "") for words in given]
    asked = codings["code"].isin(practices(codebook)) & codings["document"].isin(texts)
    if "polarity" in codings.columns:
        asked &= codings["polarity"] != "-"
    rows = (codings.loc[asked, column].tolist() for column in ("document", "start", "end", "code"))
    for place, document, start, end, code in zip(np.flatnonzero(asked), *rows, strict=True):
        transcript = texts[document]
        made[place] = made[place] or modality_of(transcript.text[int(start) : int(end)], material=transcript.material, code=code)
    return codings.assign(modality=made)


def modality_table(codings: pd.DataFrame, corpus: Corpus, codebook: Any = None, *, lang: str = "fr") -> pd.DataFrame:
    """Count the passages of each practice apart by modality: done in the scene, told of, held right.

    Args:
        codings: DESIGN.md's columns; rejected codings are not counted, a child counts as its parents. A modality written among `qualifiers` counts
            more than the one derived.
        corpus: the transcripts that were coded.
        codebook: its codes (None: the package's); practices are those under its branch "pratiques".
        lang: the language of labels.

    Returns:
        One row per practice × material where it is found × modality, zeros included ("" where polarity is "-", only if there are any): `code`,
        `label`, `material`, `modality`, `passages` (distinct spans), `documents` of `documents_total` (of the material), `participants` of
        `participants_total` (respondents and facilitators of the material), `proposed`, `accepted`, `added` (they add up to `passages`).

    Raises:
        PeerqualError: as `theme_frequencies`.

    Measured on passages of the sample and of the bank judged by hand before the rules were written: ``benchmarks/modality.py``.
    """
    codes, ground = tree(codebook, lang), survey(corpus)
    having = [codes.ids.index(code) for code in practices(codebook)]
    table = passages(codings, ground, codes)
    told = with_modality(codings[codings["status"] != "rejected"], corpus, codebook)
    rows = counted(table.assign(modality=told["modality"].to_numpy()), codes, distinct=("modality",))
    rows = rows[rows["code"].isin(having)].assign(material=lambda rows: ground.materials[rows["document"]])
    made = []
    for code in having:
        of_code = rows[rows["code"] == code]
        for material in sorted(set(of_code["material"]), key=_place):
            here = of_code[of_code["material"] == material]
            for modality in (*MODALITIES, *([""] if (here["modality"] == "").any() else [])):
                made.append((codes.ids[code], codes.labels[code], material, modality, *_counts(here[here["modality"] == modality], ground, material)))
    return pd.DataFrame(made, columns=COLUMNS)


def _place(material: str) -> int:
    return MATERIALS.index(material) if material in MATERIALS else len(MATERIALS)


def _counts(rows: pd.DataFrame, ground: Ground, material: str) -> tuple[int, ...]:
    here = ground.turn_person & (ground.materials[ground.turn_document] == material)
    turns = rows["turn"].to_numpy()
    turns = turns[turns >= 0]
    people = set(ground.turn_participant[turns[ground.turn_person[turns]]])
    documents = (rows["document"].nunique(), int(np.sum(ground.materials == material)))
    status = [int((rows["rank"] == RANKED.index(name)).sum()) for name in COLUMNS[-3:]]
    return (len(rows), *documents, len(people), len(set(ground.turn_participant[here])), *status)

"""What a sentence encoder of the user's brings: to the packaged model, by the exemplar bank, and to what is learned from decisions."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from .resources import model_mark, model_path
from .study import Progress
from .study_learn_gain import compared

if TYPE_CHECKING:
    import pandas as pd

    from .coding.learned import Model
    from .coding.learned.encoder import Encoder
    from .coding.learned.learning import Lesson


@dataclass(frozen=True)
class OverBank:
    """The packaged `model` with an encoder's vectors for the codes that they help; `table`: see `study_learn_gain.compared` (participants are the
    bank's voices); `path`: where it is kept in a study, else None."""

    model: Model
    table: pd.DataFrame
    path: Path | None

    @property
    def helped(self) -> list[str]:
        """The codes whose vectors are kept."""
        return self.table.loc[(self.table["outcome"] == "learned") & (self.table["code"] != ""), "code"].tolist()


def over_bank(encoder: Encoder, folder: Path | None, seed: int, progress: Progress) -> OverBank:
    """Learn from the exemplar bank where the vectors of `encoder` help the packaged model among voices that were not learned from.

    Takes about two minutes and the time to encode the bank's 13,000 sentences; in a study (`folder`: its models) it is done once and kept.
    """
    import pandas as pd

    from .coding.learned import keep, load

    path = folder / f"encoder-{encoder.mark[:8]}.npz" if folder is not None else None
    if path is not None and path.exists():
        model = load(str(path))
        if model.facts.get("earlier") == model_mark("default"):
            return OverBank(model, pd.DataFrame(model.facts["codes"]), path)
    progress("learn")
    model, table = _made(encoder, seed)
    if path is not None:
        keep(model, path)
    return OverBank(model, table, path)


def _made(encoder: Encoder, seed: int) -> tuple[Model, pd.DataFrame]:
    from .codebook import Codebook
    from .coding.learned import bank, load
    from .coding.learned.adapting import corrected
    from .coding.learned.encoded import crossed_and_taught, facts_of, of_bank

    base, book = load(model_path("default")), Codebook.load()
    parents = {code.id: code.parent for code in book.codes if code.id in base.codes and code.parent in base.codes}
    lesson = of_bank(base, book, encoder, bank.scenes(), parents)
    chances, correction, names = crossed_and_taught(lesson)
    table = compared(lesson, lesson.given(lesson.chances), lesson.given(chances), seed=seed)
    chosen = np.isin(base.codes, table.loc[table["outcome"] == "learned", "code"].tolist())
    made = corrected(base, correction, names, chosen)
    made.facts |= {**facts_of(encoder), "earlier": model_mark("default"), "participants": [], "codes": _records(table)}
    return made, table


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return list(json.loads(table.round(4).to_json(orient="records")))


def crossed_with_vectors(lesson: Lesson, use: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the probabilities of each sentence after learning from the others' in `use`, and for which codes vectors are learned from too.

    They are where F1 among participants that were not learned from is better with them than with words alone.
    """
    from .coding.learned.learning import crossed

    if lesson.vectors is None:
        return crossed(lesson, use), np.zeros(len(lesson.base.codes), dtype=bool)
    words, both = crossed(replace(lesson, fits_vectors=False), use), crossed(lesson, use)
    table = compared(lesson, lesson.given(words), lesson.given(both)).iloc[:-1]
    better = (table["f1_after"] > table["f1_before"].fillna(0)).to_numpy()
    return np.asarray(np.where(better, both, words)), better


def learned_with_vectors(
    lesson: Lesson, use: np.ndarray, chosen: np.ndarray, by_vectors: np.ndarray, facts: dict[str, Any], encoder: Encoder | None
) -> Model:
    """Return the model of the codes `chosen`, of which `by_vectors` are learned from vectors too; it names its encoder where it weighs vectors."""
    from .coding.learned.encoded import facts_of
    from .coding.learned.learning import learned

    made = lesson.base
    for one, mine in ((replace(lesson, fits_vectors=False), chosen & ~by_vectors), (lesson, chosen & by_vectors)):
        if mine.any():
            made = learned(one, use, mine, facts, upon=made)
    if encoder is not None and made.of_vectors(np.eye(encoder.width, dtype=np.float32)).any():
        made.facts |= facts_of(encoder)
    return made

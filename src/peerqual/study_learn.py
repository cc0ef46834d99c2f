"""Learn from what people decided: a model of the study, made of the earlier one and of decisions on pseudonymized text.

Every model is made anew of the packaged one (or the one given) and of all decisions, so that none counts twice. Per code it is kept only where it
is better among participants it had not seen; the other codes stay as they were. Such a model is personal data: it says on whom it was made, so
that a withdrawal takes it away, and holds no word that fewer than three participants said.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import PeerqualError, UsageError, message
from .resources import model_mark, model_path
from .study import Progress, _quiet
from .study_codes import Place, place_of
from .study_folder import SETTINGS
from .study_learn_gain import FEW, OUTCOMES, compared

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from .codebook import Codebook
    from .coding.learned import Model
    from .coding.learned.learning import Lesson
    from .model import Corpus, Decision

STUDY = "study"  # what such a model says that it is made of
Said = tuple[str, dict[str, Any]]


@dataclass(frozen=True)
class LearnResult:
    """What `learn` came to.

    `path`: the model, None where nothing is better than the earlier one. `table`: see `study_learn_gain.compared`. `said`: what must be known, keys
    of messages with their values.
    """

    path: Path | None
    table: pd.DataFrame
    said: tuple[Said, ...] = ()


def learn(
    study: str | Path | Place,
    out: str | Path | None = None,
    *,
    model: str | Path | None = "default",
    least: int = 3,
    seed: int = 0,
    use: bool = False,
    progress: Progress = _quiet,
) -> LearnResult:
    """Make a model of the decisions of `study` and of the pseudonymized texts on which they were made.

    Args:
        study: its folder, or where the things lie (`peerqual.study_codes.place_of`).
        out: the new model's file (.npz; default: ``models/model-N.npz`` in the study). Beside it a card (.json) says what it is made of.
        model: the earlier one: "default" (the packaged one), a file, or None: learn from decisions alone.
        least: participants who must have said a word for it to become a feature.
        seed: of the bootstrap over participants.
        use: write it into the study's settings, so that `run` codes with it.

    Returns:
        A `LearnResult`; without `path` nothing was written, since nothing got better.

    Raises:
        PeerqualError: there are no decisions on today's texts, or on one participant's only; a decision's code is no more; the earlier model is
            none, was made for another codebook, or is itself a study's; scikit-learn is not installed.
        UsageError: no `out` beside a study, a file that exists already, or one in a folder to be shared.

    >>> import peerqual as pq
    >>> pq.learn("my_study").table  # doctest: +SKIP
    """
    import numpy as np

    from .codebook import Codebook
    from .coding.learned.learning import crossed, learned
    from .decisions import todays
    from .transcripts import read

    if find_spec("sklearn") is None:
        raise PeerqualError("learn.extra_missing")
    place = study if isinstance(study, Place) else place_of([Path(study)], texts=False)
    target = _target(place, out)
    progress("read")
    book = Codebook.load(place.codebook)
    if not place.decisions.exists():
        raise PeerqualError("learn.no_decisions", where=place.decisions)
    corpus = read(place.texts)
    decisions = [one for one in todays(place.decisions, corpus, book) if one.text_hash in {text.text_hash for text in corpus}]
    progress("learn")
    lesson = _lesson(corpus, decisions, book, model, least)
    use_all = lesson.judged.known.any(axis=1)
    people = {lesson.judged.people[i] for i in np.flatnonzero(use_all).tolist()}
    if not people:
        raise PeerqualError("learn.no_decisions", where=place.decisions)
    if len(people) < 2:
        raise PeerqualError("learn.one_participant", where=place.decisions)
    table = compared(lesson, _before(lesson), lesson.given(crossed(lesson, use_all)), seed=seed)
    chosen = np.isin(lesson.base.codes, table.loc[table["outcome"] == "learned", "code"].tolist())
    if not chosen.any():
        return LearnResult(None, table, (*_about(table), ("learn.nothing_better", {})))
    facts = _facts(lesson, corpus, decisions, book, model, table, chosen)
    _write(learned(lesson, use_all, chosen, facts), facts, target)
    said = (*_about(table), ("learn.personal", {}))
    if use and place.is_study:
        _use(place.root / SETTINGS, f"models/{target.name}")
        said = (*said, ("learn.used", {}))
    elif place.is_study:
        said = (*said, ("learn.to_use", {"name": f"models/{target.name}"}))
    return LearnResult(target, table, said)


# --- what comes in -----------------------------------------------------------------------------------------------------


def _target(place: Place, out: str | Path | None) -> Path:
    from .anonymization.key import is_shared

    if out is None and not place.is_study:
        raise UsageError("learn.no_out", where="--out")
    if out is not None:
        path = Path(out)
        if path.suffix != ".npz" or path.exists():
            raise UsageError("learn.bad_out" if path.suffix != ".npz" else "learn.exists", where=path)
        if is_shared(path):
            raise UsageError("learn.out_is_shared", where=path)
        return path
    folder = place.root / "models"
    told = [int(found[1]) for path in folder.glob("model-*") if (found := re.fullmatch(r"model-(\d+)", path.stem))]
    return folder / f"model-{max(told, default=0) + 1}.npz"


def _lesson(corpus: Corpus, decisions: list[Decision], book: Codebook, model: str | Path | None, least: int) -> Lesson:
    from .coding.learned import Learned, load
    from .coding.learned.adapting import extended
    from .coding.learned.judged import of_decisions
    from .coding.learned.learning import Lesson

    earlier = load(model_path(model)) if model is not None else None
    if earlier is not None and earlier.facts.get("made_of") == STUDY:
        raise PeerqualError("learn.of_a_study", where=Path(str(model)).name)
    kept = Learned(earlier, book).codes if earlier is not None else frozenset()
    if earlier is not None and not kept and model != "default":
        raise PeerqualError("coding.model_of_another_codebook", where=Path(str(model)).name)
    codes = [code.id for code in book.codes if code.assignable]
    parents = {code.id: code.parent for code in book.codes if code.assignable and code.parent in codes}
    return Lesson(extended(earlier, codes, sorted(kept)), of_decisions(corpus, decisions, book, codes), parents, least)


def _before(lesson: Lesson) -> np.ndarray:
    """Return what is proposed without learning: the earlier model's proposals, of codes that it does not know what their rules propose."""
    import numpy as np

    given = lesson.given(lesson.chances)
    for k in np.flatnonzero(lesson.new):
        given[:, k] = [f"r:{lesson.base.codes[k]}" in unit.held for unit in lesson.judged.units]
    return given


# --- what goes out -----------------------------------------------------------------------------------------------------


def _about(table: pd.DataFrame) -> tuple[Said, ...]:
    """Return the codes that are left as they are, and why."""
    codes = {outcome: ", ".join(table.loc[(table["outcome"] == outcome) & (table["code"] != ""), "code"]) for outcome in OUTCOMES}
    return tuple((f"learn.codes_{outcome}", {"codes": told, "few": FEW}) for outcome, told in codes.items() if told)


def _facts(
    lesson: Lesson, corpus: Corpus, decisions: list[Decision], book: Codebook, model: str | Path | None, table: pd.DataFrame, chosen: np.ndarray
) -> dict[str, Any]:
    import sklearn

    from .coding.learned.coder import meaning
    from .coding.learned.judged import people_of

    meant = [code for code, is_new, is_learned in zip(lesson.base.codes, lesson.new, chosen, strict=True) if is_learned or not is_new]
    return {
        "made_of": STUDY,
        "sharing": " / ".join(message("learn.sharing", lang) for lang in ("fr", "en")),
        "earlier": model_mark(model),
        "codebook": book.hash[:16],
        "meanings": {code: meaning(book.get(code)) for code in meant},
        "participants": people_of(corpus, {one.document for one in decisions}),
        "documents": {one.document: one.text_hash for one in sorted(decisions, key=lambda one: one.document)},
        "decisions": len(decisions),
        "sentences": int(lesson.judged.known.any(axis=1).sum()),
        "least": lesson.least,
        "codes": json.loads(table.round(4).to_json(orient="records")),
        "scikit-learn": sklearn.__version__,
    }


def _write(model: Model, facts: dict[str, Any], path: Path) -> None:
    """Write the model and its card, for their owner's eyes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    card = path.with_suffix(".json")
    card.write_text(json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n", encoding="utf-8", newline="\n")  # first: no model without
    card.chmod(0o600)
    model.save(path)
    path.chmod(0o600)


def _use(settings: Path, name: str) -> None:
    """Write the model's name into the study's settings; what else stands there stays."""
    text = settings.read_text(encoding="utf-8")
    line = f'model = "{name}"'
    changed, n = re.subn(r'(?m)^model\s*=\s*"[^"\n]*"', line, text)
    settings.write_text(changed if n else f"{text.rstrip()}\n{line}\n", encoding="utf-8", newline="\n")

"""Learn from what people decided: a model of the study, made of the earlier one and of decisions on pseudonymized text.

Every model is made anew of the packaged one (or the one given) and of all decisions, so that none counts twice. Per code it is kept only where it
is better among participants it had not seen; the other codes stay as they were. Such a model is personal data: it says on whom it was made, so
that a withdrawal takes it away, and holds no word that fewer than three participants said.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import PeerqualError, UsageError, message
from .resources import model_mark, model_path
from .study import Progress, _quiet
from .study_codes import Place, place_of
from .study_folder import SETTINGS
from .study_learn_encoder import OverBank, crossed_with_vectors, learned_with_vectors, over_bank
from .study_learn_gain import FEW, OUTCOMES, compared

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

    from .codebook import Codebook
    from .coding.learned import Model
    from .coding.learned.encoder import Encoder
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
    study: str | Path | Place | None,
    out: str | Path | None = None,
    *,
    model: str | Path | None = "default",
    encoder: str | Path | None = None,
    least: int = 3,
    seed: int = 0,
    use: bool = False,
    progress: Progress = _quiet,
) -> LearnResult:
    """Make a model of the decisions of `study` and of the pseudonymized texts on which they were made.

    Args:
        study: its folder, or where the things lie (`peerqual.study_codes.place_of`); None: none, an `encoder` is learned to be used (see there).
        out: the new model's file (.npz; default: ``models/model-N.npz`` in the study). Beside it a card (.json) says what it is made of.
        model: the earlier one: "default" (the packaged one), a file, or None: learn from decisions alone.
        encoder: the folder of a sentence encoder (`peerqual.coding.learned.encoder.load`). Its vectors are first laid upon the packaged model, by the
            exemplar bank, for the codes where they help among voices that were not learned from (in a study that is kept: ``models/encoder-….npz``);
            decisions, where there are some on two participants, come upon that, their vectors where these help.
        least: participants who must have said a word for it to become a feature.
        seed: of the bootstrap over participants.
        use: write it into the study's settings, so that `run` codes with it.

    Returns:
        A `LearnResult`; without `path` nothing was written, since nothing got better.

    Raises:
        PeerqualError: there are no decisions on today's texts, or on one participant's only; a decision's code is no more; the earlier model is
            none, was made for another codebook, or is itself a study's; scikit-learn is not installed; the encoder cannot be loaded, or is not the
            one that the earlier model was made with.
        UsageError: no `out` beside a study, a file that exists already, or one in a folder to be shared.

    >>> import peerqual as pq
    >>> pq.learn("my_study").table  # doctest: +SKIP
    """
    from .codebook import Codebook
    from .coding.learned import Learned, load
    from .coding.learned.encoder import load as load_encoder

    if find_spec("sklearn") is None:
        raise PeerqualError("learn.extra_missing")
    reader = load_encoder(encoder) if encoder is not None else None
    if study is None:
        return _of_encoder(reader, _target(None, out), seed, progress)
    place = study if isinstance(study, Place) else place_of([Path(study)], texts=False)
    target = _target(place, out)
    progress("read")
    book = Codebook.load(place.codebook)
    over = None
    if reader is not None and model == "default" and Learned(load(model_path(model)), book).codes:  # else the bank knows nothing of this codebook
        over = over_bank(reader, place.root / "models" if place.is_study else None, seed, progress)
    try:
        result = _of_decisions(place, target, book, model, over, reader, least, seed, progress)
    except PeerqualError as fault:
        if over is None or fault.key not in ("learn.no_decisions", "learn.one_participant"):
            raise
        result = LearnResult(None, over.table, (("encoder.bank_alone", {}),))
    if over is not None:
        result = _with_bank(result, over, target if out is not None else None)
    return _used(result, place, use, encoder)


def _of_decisions(
    place: Place,
    target: Path,
    book: Codebook,
    model: str | Path | None,
    over: OverBank | None,
    encoder: Encoder | None,
    least: int,
    seed: int,
    progress: Progress,
) -> LearnResult:
    """Learn from the decisions of `place` over the earlier model, or `over` what the bank made of the packaged one with the `encoder`."""
    import numpy as np

    from .coding.learned import keep

    corpus, decisions = _decided(place, book)
    progress("learn")
    lesson = _lesson(corpus, decisions, book, over.model if over else _earlier(model, encoder), model, least, encoder)
    use_all = lesson.judged.known.any(axis=1)
    people = {lesson.judged.people[i] for i in np.flatnonzero(use_all).tolist()}
    if len(people) < 2:
        raise PeerqualError("learn.one_participant" if people else "learn.no_decisions", where=place.decisions)
    chances, by_vectors = crossed_with_vectors(lesson, use_all)
    table = compared(lesson, _before(lesson), lesson.given(chances), seed=seed)
    chosen = np.isin(lesson.base.codes, table.loc[table["outcome"] == "learned", "code"].tolist())
    if not chosen.any():
        return LearnResult(None, table, (*_about(table), ("learn.nothing_better", {})))
    facts = _facts(lesson, corpus, decisions, book, model, table, chosen)
    keep(learned_with_vectors(lesson, use_all, chosen, by_vectors, facts, encoder), target)
    helped = ", ".join(np.array(lesson.base.codes)[chosen & by_vectors].tolist())
    said = (*_about(table), *((("encoder.helps_decisions", {"codes": helped}),) if helped else ()), ("learn.personal", {}))
    return LearnResult(target, table, said)


def _of_encoder(encoder: Encoder | None, target: Path, seed: int, progress: Progress) -> LearnResult:
    """Learn, beside any study, where the encoder's vectors help the packaged model."""
    if encoder is None:
        raise PeerqualError("study.not_a_study", where=Path())
    over = over_bank(encoder, None, seed, progress)
    return _with_bank(LearnResult(None, over.table), over, target)


def _with_bank(result: LearnResult, over: OverBank, target: Path | None) -> LearnResult:
    """Add what the bank says of the encoder; where decisions made no model, that of the bank is the result, at `target` if told."""
    from .coding.learned import keep

    told: Said = ("encoder.helps_bank", {"codes": ", ".join(over.helped)}) if over.helped else ("encoder.helps_nothing", {})
    path, said = result.path, result.said
    if path is None and over.helped:
        path = target or over.path
        said = tuple(one for one in said if one[0] != "learn.nothing_better")  # this model is
        if path is not None and path != over.path:
            keep(over.model, path)
    return replace(result, path=path, said=(told, *said))


def _used(result: LearnResult, place: Place, use: bool, encoder: str | Path | None) -> LearnResult:
    """Write the model, and its encoder, into the study's settings if asked; else say how."""
    from .coding.learned import load

    if result.path is None or not place.is_study:
        return result
    values = {"model": f"models/{result.path.name}", "encoder": ""}
    if "encoder" in load(str(result.path)).facts:
        values["encoder"] = Path(str(encoder)).resolve().as_posix()
    if use:
        _use(place.root / SETTINGS, values)
        return replace(result, said=(*result.said, ("learn.used", {})))
    key = "encoder.to_use" if values["encoder"] else "learn.to_use"
    return replace(result, said=(*result.said, (key, {"name": values["model"], "encoder": values["encoder"]})))


# --- what comes in -----------------------------------------------------------------------------------------------------


def _target(place: Place | None, out: str | Path | None) -> Path:
    from .anonymization.key import is_shared

    if out is None and (place is None or not place.is_study):
        raise UsageError("learn.no_out", where="--out")
    if out is not None:
        path = Path(out)
        if path.suffix != ".npz" or path.exists():
            raise UsageError("learn.bad_out" if path.suffix != ".npz" else "learn.exists", where=path)
        if is_shared(path):
            raise UsageError("learn.out_is_shared", where=path)
        return path
    folder = (place.root if place is not None else Path()) / "models"
    told = [int(found[1]) for path in folder.glob("model-*") if (found := re.fullmatch(r"model-(\d+)", path.stem))]
    return folder / f"model-{max(told, default=0) + 1}.npz"


def _decided(place: Place, book: Codebook) -> tuple[Corpus, list[Decision]]:
    """Return the texts, and the decisions on them as they are today."""
    from .decisions import todays
    from .transcripts import read

    if not place.decisions.exists() or not place.decisions.stat().st_size:
        raise PeerqualError("learn.no_decisions", where=place.decisions)
    corpus = read(place.texts)
    hashes = {text.text_hash for text in corpus}
    return corpus, [one for one in todays(place.decisions, corpus, book) if one.text_hash in hashes]


def _earlier(model: str | Path | None, encoder: Encoder | None) -> Model | None:
    from .coding.learned import load
    from .coding.learned.encoder import check

    if model is None:
        return None
    earlier, name = load(model_path(model)), Path(str(model)).name
    if earlier.facts.get("made_of") == STUDY:
        raise PeerqualError("learn.of_a_study", where=name)
    if model != "default":
        check(earlier.facts, encoder, name)
    return earlier


def _lesson(
    corpus: Corpus, decisions: list[Decision], book: Codebook, earlier: Model | None, model: str | Path | None, least: int, encoder: Encoder | None
) -> Lesson:
    from .coding.learned import Learned
    from .coding.learned.adapting import extended
    from .coding.learned.judged import of_decisions
    from .coding.learned.learning import Lesson

    learned = Learned(earlier, book) if earlier is not None else None
    earlier, kept = (learned.model, learned.codes) if learned is not None else (None, frozenset())
    if earlier is not None and not kept and model != "default":
        raise PeerqualError("coding.model_of_another_codebook", where=Path(str(model)).name)
    codes = [code.id for code in book.codes if code.assignable]
    parents = {code.id: code.parent for code in book.codes if code.assignable and code.parent in codes}
    judged = of_decisions(corpus, decisions, book, codes)
    vectors = encoder.vectors([unit.text for unit in judged.units]) if encoder is not None else None
    return Lesson(extended(earlier, codes, sorted(kept)), judged, parents, least, vectors)


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


def _use(settings: Path, values: dict[str, str]) -> None:
    """Write the names of the model and its encoder into the study's settings; what else stands there stays."""
    text = settings.read_text(encoding="utf-8")
    for key, value in values.items():
        line = f'{key} = "{value}"'
        changed, n = re.subn(rf'(?m)^{key}\s*=\s*"[^"\n]*"', line.replace("\\", r"\\"), text)
        text = changed if n or not value else f"{text.rstrip()}\n{line}\n"
    settings.write_text(text, encoding="utf-8", newline="\n")

"""A participant withdraws: what they said and what names them leaves the study; a tombstone without content stays.

What the study becomes is prepared aside (`study_purge`); a journal then says what takes the place of what, so that a withdrawal that was broken off
is finished by the next one. An audit with the forms that the key held proves it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import PeerqualError, message
from .study import Progress, _quiet
from .study_folder import StudyFolder
from .study_purge import Purged, purge

if TYPE_CHECKING:
    import pandas as pd

    from .anonymization.key import Key

ASIDE = ".withdrawal"
JOURNAL = "journal.json"
TAKEN = "taken.key"
COUNTED = ("documents", "turns", "mentions", "versions", "rows", "codings", "decisions", "key", "models", "exports")
Said = tuple[tuple[str, dict[str, object]], ...]


@dataclass(frozen=True)
class WithdrawResult:
    """What `withdraw` did (or would do).

    `participant`: the id in the tombstone. `counts`: what went, with the columns what,n (``what`` is one of `COUNTED`). `places`: paths under the
    study that are replaced or removed: path,done ("replaced", "removed"). `findings`: certain findings of the audit afterwards, with its columns.
    `left`: other files of the study that hold their words (a list of excerpts, a matrix), for a person to mend.
    `said`: what a person is told, as keys of messages with their values.
    """

    participant: str
    counts: pd.DataFrame
    places: pd.DataFrame
    findings: pd.DataFrame
    said: Said = ()
    left: tuple[str, ...] = ()

    def named_counts(self, lang: str | None = None) -> pd.DataFrame:
        """Return the counts with their names in `lang`."""
        return self.counts.assign(what=[message(f"withdraw.what_{what}", lang) for what in self.counts["what"]])

    def plain(self) -> dict[str, Any]:
        """Return the result as plain data, without the words that the audit found."""
        findings = self.findings[["file", "line", "kind", "masked"]].to_dict("records")
        counts = {str(what): int(n) for what, n in self.counts.itertuples(index=False)}
        return {
            "participant": self.participant,
            "counts": counts,
            "places": self.places.to_dict("records"),
            "findings": findings,
            "left": list(self.left),
        }


def withdraw(
    participant: str,
    study: StudyFolder,
    *,
    ask: Callable[[], str],
    dry_run: bool = False,
    lang: str | None = None,
    progress: Progress = _quiet,
) -> WithdrawResult:
    """Take `participant` out of `study`: texts, codings, decisions, models, exports, key; a tombstone (id, date, counts) stays in the log.

    `participant`: an id of participants.csv, the id in pseudonymized texts, or « DOCUMENT:SPEAKER ». Texts in which nobody else speaks go; in the
    others their turns become « [propos retirés] » and their name, where others say it, a pseudonym that leads to nobody. `ask` gives the
    passphrase of the study's key. `dry_run`: nothing is written, only told. A withdrawal that was broken off is finished first.
    Raises `PeerqualError`, and nothing is changed: nobody is called so, a file cannot be read, the passphrase is wrong. When something cannot be
    replaced (it is open elsewhere), the same command finishes it later.

    >>> import peerqual as pq
    >>> pq.withdraw("P07", pq.StudyFolder.open("my_study"), ask=lambda: "passphrase", dry_run=True)  # doctest: +SKIP
    """
    from .anonymization.key import Key

    aside = study.root / ASIDE
    if (aside / JOURNAL).exists() and dry_run:
        raise PeerqualError("withdraw.pending", where=study.root)
    words = ask() if study.key.exists() or (aside / TAKEN).exists() else ""
    if (aside / JOURNAL).exists():
        return _finish(study, words, resumed=True)
    key = Key.open(study.key, passphrase=words) if words else None
    _remove(aside)
    aside.mkdir(mode=0o700)
    try:
        done = purge(study, participant, aside, key=key, lang=lang, progress=progress)
        if dry_run:
            said = (*_to_look_at(done), ("withdraw.dry_run", {}))
            return _result(done.participant, done.counts, done.swaps, left=done.left, said=said)
        _prepare(study, done, key)
    finally:
        if not (aside / JOURNAL).exists():
            _remove(aside)
    progress("audit")
    result = _finish(study, words)
    return replace(result, said=(*_to_look_at(done), *result.said))


def _to_look_at(done: Purged) -> Said:
    said: Said = (("withdraw.unknown_models", {"names": ", ".join(done.unknown)}),) if done.unknown else ()
    return (*said, ("withdraw.namesakes", {"documents": ", ".join(done.namesakes)})) if done.namesakes else said


def _prepare(study: StudyFolder, done: Purged, key: Key | None) -> None:
    """Write the log that is left with its tombstone, what an audit must not find, and the journal, last: from then on it is decided."""
    aside = study.root / ASIDE
    tomb = {"kind": "withdrawal", "participant": done.participant, "at": datetime.now(UTC).date().isoformat()}
    counts = {what: done.counts.get(what, 0) for what in COUNTED}
    lines = [json.dumps(entry, ensure_ascii=False, sort_keys=True) for entry in (*done.entries, {**tomb, **counts})]
    (aside / "decisions.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    swaps = [*done.swaps, ("decisions.jsonl", "decisions.jsonl")]
    if key is not None and done.proof is not None:
        replace(key, path=aside / TAKEN, assignments=done.proof, originals={}, maps={}, replaced={}).save()
    journal = {"participant": done.participant, "counts": counts, "swaps": swaps, "left": done.left}
    written = aside / f"{JOURNAL}.part"
    with written.open("w", encoding="utf-8") as handle:
        json.dump(journal, handle)
        handle.flush()
        os.fsync(handle.fileno())
    written.replace(aside / JOURNAL)


def _finish(study: StudyFolder, words: str, *, resumed: bool = False) -> WithdrawResult:
    """Do what the journal says and was not done yet, then look for what must not be there any more."""
    aside = study.root / ASIDE
    journal: dict[str, Any] = json.loads((aside / JOURNAL).read_text(encoding="utf-8"))
    for source, target in journal["swaps"]:
        _swap(aside / source if source else None, study.root / target)
    findings = _audit(study, aside / TAKEN, words)
    _remove(aside)
    said: Said = (("withdraw.resumed", {"participant": journal["participant"]}),) if resumed else ()
    said += (("withdraw.found", {"n": len(findings)}),) if len(findings) else (("withdraw.proved" if words else "withdraw.no_key", {}),)
    said = (*said, ("withdraw.elsewhere", {}))
    return _result(journal["participant"], journal["counts"], journal["swaps"], findings, left=journal.get("left", ()), said=said)


def _swap(new: Path | None, target: Path) -> None:
    """Put `new` in the place of `target` (None: nothing); done again, it does nothing."""
    try:
        if new is None:
            _remove(target)
        elif new.exists():
            _remove(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            new.rename(target)
    except OSError:
        raise PeerqualError("withdraw.interrupted", where=target) from None


def _remove(path: Path) -> None:
    """Overwrite and remove a file, or all files of a folder."""
    from .anonymization.key import erase

    if path.is_dir() and not path.is_symlink():
        for file in path.rglob("*"):
            if file.is_file() and not file.is_symlink():
                erase(file)
        shutil.rmtree(path)
    elif path.is_symlink():
        path.unlink()
    else:
        erase(path)


def _audit(study: StudyFolder, taken: Path, words: str) -> pd.DataFrame:
    """Return the certain findings, in the study, of what the key held of the person and holds no more."""
    import pandas as pd

    from .anonymization.audit import COLUMNS, audit
    from .anonymization.key import Key

    if not taken.exists():
        return pd.DataFrame(columns=list(COLUMNS))
    found = audit(study.root, key=Key.open(taken, passphrase=words), keep=study.settings.get("keep", ()))
    ours = found["file"].str.startswith(ASIDE)
    shared = (found["kind"] == "CONTACT") & ~found["text"].str.contains(r"[@\d]")  # the domain of an association's addresses
    return found[(found["certainty"] == "certain") & ~ours & ~shared].reset_index(drop=True)


def _result(
    participant: str, counts: dict[str, int], swaps: list[Any], findings: pd.DataFrame | None = None, *, left: Sequence[str], said: Said
) -> WithdrawResult:
    import pandas as pd

    from .anonymization.audit import COLUMNS

    rows = [(what, counts.get(what, 0)) for what in COUNTED]
    places = [(target, "replaced" if source else "removed") for source, target in swaps]
    return WithdrawResult(
        participant,
        pd.DataFrame(rows, columns=["what", "n"]),
        pd.DataFrame(places, columns=["path", "done"]),
        findings if findings is not None else pd.DataFrame(columns=list(COLUMNS)),
        (*said, ("withdraw.left", {"names": ", ".join(left)})) if left else said,
        tuple(left),
    )

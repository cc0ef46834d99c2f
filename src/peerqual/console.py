"""What the command line prints: tables, closing lines, progress, errors. Results on stdout, the rest on stderr."""

from __future__ import annotations

import json as jsonlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .errors import PeerqualError, UsageError, message
from .model import MATERIALS, ROLES

if TYPE_CHECKING:
    import pandas as pd


_SHOWN = 20  # rows of doubts


def say(key: str, lang: str | None, /, **values: object) -> None:
    """Print the message `key` on stdout."""
    print(message(key, lang, **values))


def error(fault: PeerqualError, lang: str | None) -> None:
    """Print `fault` as one line on stderr."""
    line = " ".join(fault.render(lang).split("\n"))
    print(message("cli.error", lang, line=line), file=sys.stderr)


def warned(message: Warning | str, category: type[Warning], filename: str, lineno: int, file: Any = None, line: str | None = None) -> None:
    """Print a warning on stderr: peerqual's own as one line for people, another library's with its place."""
    own = category.__module__.startswith("peerqual.") or (category is UserWarning and "peerqual" in Path(filename).parts)
    print(message if own else f"{category.__name__}: {message} ({Path(filename).name}:{lineno})", file=sys.stderr)


def unexpected(fault: Exception, lang: str | None, words: Sequence[str] = ()) -> int:
    """Print one line on an error that peerqual did not foresee, without its words (they may be a transcript's); return the exit status.

    `words`: the command line.
    """
    if hasattr(fault, "format_message"):  # a usage error of click
        print(message("cli.usage", lang, line=_usage(fault, words, lang)), file=sys.stderr)
        return 2
    if type(fault).__name__ in ("Exit", "Abort"):
        return int(getattr(fault, "exit_code", 130))
    if os.environ.get("PEERQUAL_DEBUG"):
        raise fault
    trace = fault.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    print(message("cli.unexpected", lang, kind=type(fault).__name__, place=place), file=sys.stderr)
    return 1


def _usage(fault: Any, words: Sequence[str], lang: str | None) -> str:
    if near := _near_commands(fault, words):
        return message("cli.usage_NoSuchCommand", lang, name=near[0], near=", ".join(near[1:]))
    kind = type(fault).__name__
    if kind not in ("NoSuchOption", "MissingParameter", "BadParameter"):
        kind = "UsageError"
    parameter = getattr(fault, "param", None)
    name = getattr(fault, "option_name", "") or (parameter.opts[0] if parameter is not None and parameter.opts else "")
    name = name if name.startswith("-") else getattr(parameter, "metavar", None) or name.upper()
    return message(f"cli.usage_{kind}", lang, name=name)


def _near_commands(fault: Any, words: Sequence[str]) -> list[str]:
    # The word that is no command of the group that was asked, and the commands near it.
    from difflib import get_close_matches

    context = getattr(fault, "ctx", None)
    commands = getattr(getattr(context, "command", None), "commands", {})
    asked = next(iter(words[0 if context is None or context.parent is None else 1 :]), "")
    near = get_close_matches(asked, commands) if asked not in commands else []
    return [asked, *near] if near else []


def failures(failed: Sequence[Any], lang: str | None) -> int:
    """Print each file that failed on stderr; return 4 when there is one, else 0."""
    for failure in failed:
        if isinstance(failure.error, PeerqualError):
            error(failure.error, lang)
    return 4 if failed else 0


def model(word: str) -> str | None:
    """Return the model that ``--model`` names: "none" is none."""
    return None if word == "none" else word


def asker(file: Path | None, lang: str | None) -> Callable[[], str]:
    """Return a function that gives the passphrase: from `file`, the environment, or a prompt when somebody is there."""
    from .anonymization.unlock import passphrase

    def prompt() -> str:
        from getpass import getpass

        return getpass(message("cli.ask_passphrase", lang))

    return lambda: passphrase(file, ask=prompt if sys.stdin is not None and sys.stdin.isatty() else None)


def new_passphrase(file: Path | None, lang: str | None) -> str:
    """Return a new passphrase: from `file`, ``PEERQUAL_NEW_PASSPHRASE``, or typed twice when somebody is there. Raises when the two differ."""
    from .anonymization.unlock import passphrase

    def prompt() -> str:
        from getpass import getpass

        words = getpass(message("cli.ask_new_passphrase", lang))
        if words != getpass(message("cli.ask_new_again", lang)):
            raise UsageError("cli.passphrases_differ")
        return words

    return passphrase(file, ask=prompt if sys.stdin is not None and sys.stdin.isatty() else None, variable="PEERQUAL_NEW_PASSPHRASE")


def confirmed(key: str, lang: str | None, /, *, yes: bool, **values: object) -> bool:
    """Ask the question `key` and tell whether the answer is yes; `yes` answers it. Raises `UsageError` when nobody is there to answer."""
    if yes:
        return True
    if sys.stdin is None or not sys.stdin.isatty():
        raise UsageError("cli.nobody_to_confirm")
    say(key, lang, **values)
    return input(message("cli.ask_yes", lang)).strip().casefold() in ("oui", "o", "yes", "y")


@contextmanager
def progress(lang: str | None) -> Iterator[Callable[..., None]]:
    """Show the stage that runs, with a bar where its length is known, on stderr when it is a terminal."""
    if not sys.stderr.isatty():
        yield lambda stage, done=0, total=0: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        tasks: dict[str, Any] = {}

        def step(stage: str, done: int = 0, total: int = 0) -> None:
            if stage not in tasks:
                for task in tasks.values():
                    bar.update(task, total=1, completed=1)
                tasks[stage] = bar.add_task(message(f"cli.stage_{stage}", lang), total=None)
            bar.update(tasks[stage], completed=done, total=total or None)

        yield step


def table(frame: pd.DataFrame, lang: str | None, json: bool, *, title: str, **values: object) -> None:
    """Print `frame`: as JSON records, else as a table with headings in `lang`, `values` in its title; nothing when it is empty."""
    if json:
        print(frame.to_json(orient="records", force_ascii=False))
        return
    if frame.empty:
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table

    grid = Table(title=message(title, lang, **values), box=box.SIMPLE, title_justify="left")
    for column in frame.columns:
        number = frame[column].dtype.kind in "if"
        grid.add_column(message(f"cli.column_{column}", lang), justify="right" if number else "left", overflow="fold")
    for row in frame.itertuples(index=False):
        grid.add_row(*(in_words(str(column), cell, lang) for column, cell in zip(frame.columns, row, strict=True)))
    width = None if sys.stdout.isatty() else 160
    Console(width=width, highlight=False).print(grid)


def in_words(column: str, cell: object, lang: str | None) -> str:
    """Return a cell of `column` as people read it: materials and roles in `lang`."""
    if column == "material" and cell in MATERIALS:
        return message(f"report.material_one_{cell}", lang)
    if column == "role" and cell in ROLES:
        return message(f"report.role_{cell}", lang)
    return str(cell)


def finished(result: Any, lang: str | None, json: bool) -> int:
    """Print where the results of `result` are, and return the exit status (0, or 4 when files failed)."""
    if json:
        names = [Path(failure.source).name for failure in result.failures]
        print(jsonlib.dumps({"out": str(result.folder), "report": str(result.report), **result.counts, "failed": names}, ensure_ascii=False))
    else:
        if result.key is not None:
            say("cli.key_at", lang, path=result.key)
        say("cli.done", lang, path=result.report)
        if result.doubts is not None and len(result.doubts):
            table(result.doubts[["document", "line", "words"]].head(_SHOWN), lang, json, title="cli.agreement_title")
            say("cli.to_agree", lang, n=len(result.doubts))
        if result.draft is not None:
            say("excerpts.drafted", lang, path=result.draft)
        elif result.recheck is not None:
            table(result.recheck, lang, json, title="excerpts.recheck_title")
            say("excerpts.recheck", lang, n=len(result.recheck))
        if proposed := result.counts.get("status", {}).get("proposed"):
            say("cli.to_read", lang, n=proposed)
    return failures(result.failures, lang)


def mentions_summary(frame: pd.DataFrame, lang: str | None, json: bool) -> None:
    """Print how many identifiers were found, by label and tier."""
    counts = frame.groupby(["label", "tier"], sort=True).size().rename("n").reset_index()
    table(counts, lang, json, title="cli.mentions_title")


def audited(found: pd.DataFrame, lang: str | None, json: bool) -> int:
    """Print the findings of an audit; return 3 when one is certain. Programs get the words masked: what they print lands in logs."""
    from .anonymization.audit import listed

    certain = int((found["certainty"] == "certain").sum())
    if json:
        print(found.drop(columns="text").to_json(orient="records", force_ascii=False))
    else:
        table(listed(found, lang), lang, json, title="cli.audit_title")
        say("cli.audit_leaks" if certain else "cli.audit_clean", lang, certain=certain, doubts=len(found) - certain)
    return 3 if certain else 0


def codings_summary(frame: pd.DataFrame, out: Path, lang: str | None, json: bool) -> None:
    """Print how many passages carry each code."""
    counts = frame.groupby("code", sort=True).size().rename("n").reset_index()
    table(counts, lang, json, title="cli.codings_title")
    if not json:
        say("cli.done", lang, path=out)


def faults(found: Sequence[PeerqualError], lang: str | None, json: bool) -> int:
    """Print each fault of a codebook with its line; return 3 when there is one."""
    if json:
        print(jsonlib.dumps([{"line": fault.line, "key": fault.key, "message": fault.render(lang)} for fault in found], ensure_ascii=False))
    else:
        for fault in found:
            print(fault.render(lang))
        say("cli.check_faults" if found else "cli.check_good", lang, n=len(found))
    return 3 if found else 0


def examples(results: Sequence[Any], lang: str | None, json: bool) -> int:
    """Print the examples and counter-examples of a codebook that failed; return 3 when there is one."""
    failed = [result for result in results if not result.passed]
    if json:
        rows = [{"code": r.code, "kind": r.kind, "index": r.index, "passed": r.passed, "got": sorted(r.got)} for r in results]
        print(jsonlib.dumps(rows, ensure_ascii=False))
    else:
        for result in failed:
            say(f"cli.test_{result.kind}", lang, code=result.code, n=result.index + 1, got=", ".join(sorted(result.got)) or "—")
        say("cli.test_done", lang, passed=len(results) - len(failed), total=len(results))
    return 3 if failed else 0


def checks(rows: Sequence[tuple[str, bool, bool, dict[str, Any]]], lang: str | None, json: bool) -> int:
    """Print the doctor's rows (name, good, needed, values); return 1 when something needed is missing."""
    if json:
        print(jsonlib.dumps([{"check": name, "good": good, "needed": needed, **values} for name, good, needed, values in rows], ensure_ascii=False))
    else:
        for name, good, needed, values in rows:
            mark = "✓" if good else ("✗" if needed else "–")
            print(f"{mark} {message(f'doctor.{name}' if good else f'doctor.no_{name}', lang, **values)}")
    return 1 if any(needed and not good for _, good, needed, _ in rows) else 0

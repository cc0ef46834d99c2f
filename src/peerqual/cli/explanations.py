"""What `codebook explain` and `codebook suggest` print."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

from ..errors import language, message
from ..language.typography import number, quote

if TYPE_CHECKING:
    import pandas as pd

    from ..coding.explaining import Blocked, Explanation, RuleTold
    from ..coding.learned.explaining import Part, Weighed
    from ..model import Corpus

_WIDTH = 90  # of a list of expressions


def explained(told: Explanation, lang: str | None, *, learned: bool) -> Iterator[str]:
    """Yield the lines that explain one sentence; `learned`: a model was asked."""
    lang = language(lang)
    yield message("explain.head", lang, text=quote(told.text.strip(), lang), code=told.code)
    shown = [line for rule in told.rules if (line := _rule(rule, lang))]
    yield from (f"    {line}" for line in shown)
    if nothing := len(told.rules) - len(shown):
        yield f"    {message('explain.nothing', lang, n=nothing)}"
    if told.weighed is not None:
        yield from _model(told.weighed, lang)
    elif learned:
        yield message("explain.no_model", lang)
    yield message(f"explain.decision_{told.decision}", lang, code=told.code, proposed=", ".join(told.proposed) or "—")


def _rule(rule: RuleTold, lang: str) -> str:
    values = {"rule": f"{rule.code}.{rule.rule}", "line": rule.line, "words": _quoted(rule.words, lang)}
    if rule.holds:
        return message("explain.holds", lang, weight=number(rule.weight, lang, 2), **values)
    if rule.blocked:
        joint = "\u202f; " if lang == "fr" else "; "
        return message("explain.blocked", lang, why=joint.join(_why(one, lang) for one in rule.blocked), **values)
    return message("explain.nearly", lang, missing=_short(rule.missing[0]), **values) if len(rule.missing) == 1 else ""


def _why(blocked: Blocked, lang: str) -> str:
    what = blocked.what
    if blocked.why == "min_words":
        return message("explain.why_min_words", lang, what=what[0], more=what[1])
    if blocked.why == "unless":
        return message("explain.why_unless", lang, what=_quoted(what, lang))
    if blocked.why.endswith("qualifiers"):
        what = tuple(message(f"report.qualifier_{one}", lang) for one in what)
    return message(f"explain.why_{blocked.why}", lang, what=_short(", ".join(what)))


def _short(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: text.rfind("|", 0, _WIDTH) if "|" in text[:_WIDTH] else _WIDTH] + " …"


def _quoted(words: Iterable[str], lang: str) -> str:
    return ", ".join(quote(" ".join(one.split()), lang) for one in words)


def _model(weighed: Weighed, lang: str) -> Iterator[str]:
    values = {name: number(getattr(weighed, name), lang, 2) for name in ("probability", "chance", "asked")}
    yield message("explain.model", lang, **values)
    for key, parts in (("for", weighed.speaking()), ("against", weighed.speaking(against=True))):
        if parts:
            yield "  " + message(f"explain.{key}", lang, parts=" · ".join(_part(one, lang) for one in parts))


def _part(part: Part, lang: str) -> str:
    sign = "+" if part.value > 0 else ""
    key = f"shape_{part.name}" if part.kind == "shape" else part.kind
    return f"{message(f'explain.{key}', lang, name=part.name)} {sign}{number(part.value, lang, 2)}"


def as_json(told: Iterable[Explanation]) -> str:
    """Return explanations for programs: JSON, what the model weighed with its five parts on each side."""
    from dataclasses import asdict

    rows: list[dict[str, Any]] = []
    for one in told:
        row = asdict(one)
        if one.weighed is not None:
            del row["weighed"]["parts"]
            row["weighed"]["for"] = [asdict(part) for part in one.weighed.speaking()]
            row["weighed"]["against"] = [asdict(part) for part in one.weighed.speaking(against=True)]
        rows.append(row)
    return json.dumps(rows, ensure_ascii=False)


def suggested(table: pd.DataFrame, corpus: Corpus, lang: str | None) -> Iterator[str]:
    """Yield the lines of suggestions: each term with its counts, an example in its own words and a rule to copy."""
    lang = language(lang)
    texts = corpus.by_id()
    for row in table.itertuples(index=False):
        counts = {name: getattr(row, name) for name in ("passages", "elsewhere", "participants", "documents")}
        mark = ("!" if row.few else " ") + ("=" if row.known else " ")
        kind = message(f"suggest.kind_{row.kind}", lang)
        yield message("suggest.line", lang, z=number(float(str(row.z)), lang, 2).rjust(6), mark=mark, term=row.term, kind=kind, **counts)
        document, start, end = json.loads(str(row.places))[0]
        yield f"           {document} {start}–{end} {_quoted([texts[document].text[start:end]], lang)}"
        yield f"           {row.rule}"

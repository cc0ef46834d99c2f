"""Faults of a codebook that no single value shows: ids, parents, fields, rules. Each check notes its faults in the `Source`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .codebook_expressions import BadExpression, FieldRef, parse
from .codebook_fields import fields as packaged_fields
from .codebook_schema import KINDS, CodeText, RuleText
from .codebook_yaml import Place, Source
from .language import lexicons
from .language.fold import fold

# Attributes that every spaCy pipeline has; the others (POS, DEP, ENT_TYPE…) need a trained model.
ATTRIBUTES = frozenset(
    "ORTH TEXT NORM LOWER LENGTH LEMMA SHAPE OP IS_ALPHA IS_ASCII IS_DIGIT IS_LOWER IS_UPPER IS_TITLE IS_PUNCT IS_SPACE IS_STOP "
    "LIKE_NUM LIKE_URL LIKE_EMAIL".split()
)


# --- codes -------------------------------------------------------------------------------------------------------------


def check_codes(codes: Mapping[int, CodeText], raw: list[Any], language: str, source: Source) -> None:
    """Check ids, parents, labels and definitions. `codes` are those without faults so far, by their index in `raw`."""
    first: dict[Any, int] = {}
    for i, value in enumerate(raw):
        given = value.get("id") if isinstance(value, dict) else None
        if isinstance(given, str) and first.setdefault(given, i) != i:
            source.fault("same_id", ("codes", i, "id"), name=given, first=source.line(("codes", first[given], "id")))
    for i, code in codes.items():
        place: Place = ("codes", i)
        for key, texts in (("label", code.label), ("definition", code.definition)):
            if language not in texts:
                source.fault("no_text", (*place, key), name=key, code=code.id, lang=language)
        if code.parent is not None and code.parent not in first:
            source.fault("no_parent", (*place, "parent"), name=code.parent)
        if code.rules and not code.assignable:
            source.fault("rules_on_branch", (*place, "rules"), name=code.id)
    parents = {code.id: (code.parent,) for code in codes.values() if code.parent is not None}
    for code_id in _in_cycles(parents):
        source.fault("parent_cycle", ("codes", first[code_id], "parent"), name=code_id)


def _in_cycles(graph: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Return the nodes that can reach themselves."""
    found = []
    for node in graph:
        seen: set[str] = set()
        queue = list(graph[node])
        while queue:
            at = queue.pop()
            if at not in seen:
                seen.add(at)
                queue += graph.get(at, ())
        if node in seen:
            found.append(node)
    return found


# --- fields and rules --------------------------------------------------------------------------------------------------


def check_fields(fields: Mapping[str, list[Any]], names: set[str], source: Source) -> None:
    """Check the expressions of `fields`; `names` are all the fields written, those with faults too; those of the package may be used as well."""
    for name, expressions in fields.items():
        _check_expressions(expressions, ("fields", name), names, source)
    uses = {name: tuple(one.name for one in expressions if isinstance(one, FieldRef)) for name, expressions in fields.items()}
    for name in _in_cycles(uses):
        source.fault("field_cycle", ("fields", name), name=name)


def check_rule(rule: RuleText, place: Place, names: set[str], source: Source) -> None:
    """Check one rule at `place`: its kind, its expressions or pattern; `names` are the fields written, beside those of the package."""
    kinds = [kind for kind in KINDS if getattr(rule, kind) is not None]
    if len(kinds) != 1:
        source.fault("two_kinds" if kinds else "empty_rule", place, kinds=", ".join(kinds or KINDS))
    if kinds != ["near"]:
        for key in sorted({"within", "ordered"} & rule.model_fields_set):
            source.fault("only_near", (*place, key), name=key)
    for i, phrase in enumerate(rule.phrase or []):
        _check_heard(phrase.split(), phrase, (*place, "phrase", i), source)
    for key in ("lemmas", "before", "section", "unless"):
        _check_expressions(getattr(rule, key) or [], (*place, key), names, source)
    for i, expressions in enumerate(rule.near or []):
        _check_expressions(expressions, (*place, "near", i), names, source)
    for one in rule.pattern or []:
        _check_pattern(one, (*place, "pattern"), source)


def check_rule_ids(rules: Mapping[int, str], place: Place, source: Source) -> None:
    """Check that the rules of the code at `place` have ids of their own."""
    first: dict[str, int] = {}
    for i, name in rules.items():
        if first.setdefault(name, i) != i:
            source.fault("same_id", (*place, i, "id"), name=name, first=source.line((*place, first[name])))


def _check_expressions(expressions: list[Any], place: Place, names: set[str], source: Source) -> None:
    for i, expression in enumerate(expressions):
        at: Place = (*place, i)
        if isinstance(expression, FieldRef):
            if expression.name not in names and expression.name not in packaged_fields():
                source.fault("no_field", at, name=expression.name)
            continue
        try:
            words = parse(expression)
        except BadExpression as error:
            source.fault(f"bad_{error.args[0]}", at, expression=expression)
            continue
        _check_heard([choice for word in words for choice, _ in word.choices], expression, at, source)


def _check_heard(words: list[str], expression: str, place: Place, source: Source) -> None:
    if any(not word.strip("[]") or fold(word) in lexicons.words("hesitations") for word in words):
        source.fault("bad_unheard", place, expression=expression)


def _check_pattern(pattern: list[dict[str, Any]], place: Place, source: Source) -> None:
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

    unknown = sorted({str(key) for token in pattern for key in token if str(key).upper() not in ATTRIBUTES})
    if unknown:
        source.fault("pattern_attribute", place, names=", ".join(unknown), known=", ".join(sorted(ATTRIBUTES)))
        return
    try:
        Matcher(Vocab(), validate=True).add("pattern", [pattern])
        list(_expressions_of(pattern))
    except Exception:  # spaCy raises its own errors, those of `re` and plain ValueErrors
        source.fault("bad_pattern", place)


def _expressions_of(value: Any) -> Iterator[Any]:
    import re

    if isinstance(value, dict):
        for key, inner in value.items():
            if key in ("REGEX", "NOT_REGEX"):
                yield re.compile(inner) if isinstance(inner, str) else None
            yield from _expressions_of(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _expressions_of(inner)

"""From the values of a codebook's file to `Codebook`, with every fault noted on the way."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from .codebook import Codebook
from .codebook_expressions import FieldRef
from .codebook_faults import check_codes, check_fields, check_rule, check_rule_ids
from .codebook_fields import fields as packaged_fields
from .codebook_history import Change, check_history
from .codebook_schema import KINDS, BookText, ChangeText, CodeText, ExampleText, FieldText, RuleText, checked
from .codebook_yaml import Place, Source
from .model import Code, Example, Rule


def build(source: Source) -> Codebook | None:
    """Return the codebook that `source` holds, or None when it has faults: all of them are then in ``source.faults``."""
    if source.data is None and source.faults:
        return None
    if not isinstance(source.data, dict):
        source.fault("not_a_codebook")
        return None
    head = checked(BookText, source.data, source, ())
    fields = _fields(source)
    codes = _codes(source, head.language if head is not None else "fr")
    history = _history(source, {code.id for code in codes})
    if head is None or source.faults:
        return None
    borrowed = {name: packaged_fields()[name] for name in sorted(_used(fields.values(), codes) - set(fields))}
    content = json.dumps([source.data, borrowed] if borrowed else source.data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return Codebook(codes, fields | borrowed, _texts(head.title), head.language, head.version, hashlib.sha256(content.encode()).hexdigest(), history)


def _written(source: Source) -> set[str]:
    fields = source.data.get("fields")
    return set(fields) if isinstance(fields, dict) else set()


def _fields(source: Source) -> dict[str, tuple[Any, ...]]:
    good = {}
    for name in [name for name in source.data.get("fields") or () if name in _written(source)]:
        one = checked(FieldText, {"expressions": source.data["fields"][name]}, source, ("fields", name))
        if one is not None:
            good[name] = one.expressions
    check_fields(good, _written(source), source)
    return {name: tuple(expressions) for name, expressions in good.items()}


def _history(source: Source, codes: set[str]) -> tuple[Change, ...]:
    raw = source.data.get("history")
    made = {i: checked(ChangeText, value, source, ("history", i)) for i, value in enumerate(raw if isinstance(raw, list) else ())}
    good = {i: one for i, one in made.items() if one is not None}
    return check_history(good, codes, source) if not source.faults else ()


def _used(fields: Iterable[Any], codes: Iterable[Code]) -> set[str]:
    """Return the names of the fields that fields and rules refer to."""
    lists = list(fields)
    for rule in (rule for code in codes for rule in code.rules):
        lists += rule.body if rule.kind == "near" else [rule.body]
        lists += [rule.conditions.get(key, ()) for key in ("before", "section", "unless")]
    return {one.name for expressions in lists for one in expressions if isinstance(one, FieldRef)}


def _codes(source: Source, language: str) -> tuple[Code, ...]:
    raw = source.data.get("codes")
    if not isinstance(raw, list):
        return ()
    if not raw:
        source.fault("no_code", ("codes",))
    good = {i: one for i, value in enumerate(raw) if (one := checked(CodeText, value, source, ("codes", i))) is not None}
    check_codes(good, raw, language, source)
    rules = {i: _rules(value.get("rules"), ("codes", i, "rules"), source) for i, value in enumerate(raw) if isinstance(value, dict)}
    return tuple(_code(code, rules[i]) for i, code in good.items())


def _code(code: CodeText, rules: tuple[Rule, ...]) -> Code:
    return Code(
        id=code.id,
        parent=code.parent,
        assignable=code.assignable,
        label=_texts(code.label),
        definition=_texts(code.definition),
        include={lang: tuple(texts) for lang, texts in code.include.items()},
        exclude={lang: tuple(texts) for lang, texts in code.exclude.items()},
        examples=tuple(map(_example, code.examples)),
        counter_examples=tuple(map(_example, code.counter_examples)),
        rules=rules,
        in_vivo=code.in_vivo,
    )


def _texts(texts: Mapping[Any, str]) -> dict[str, str]:
    return dict(texts)


def _example(example: ExampleText) -> Example:
    return Example(example.text, example.before, example.role, example.before_role, example.section)


def _rules(raw: Any, place: Place, source: Source) -> tuple[Rule, ...]:
    made: dict[int, Rule] = {}
    counts: Counter[str] = Counter()
    for i, value in enumerate(raw if isinstance(raw, list) else ()):
        rule = checked(RuleText, value, source, (*place, i))
        if rule is None:
            continue
        check_rule(rule, (*place, i), _written(source), source)
        kind = next((kind for kind in KINDS if getattr(rule, kind) is not None), "rule")
        counts[kind] += 1
        made[i] = _rule(rule, kind, rule.id or f"{kind}{counts[kind]}", source.line((*place, i)))
    check_rule_ids({i: rule.id for i, rule in made.items()}, place, source)
    return tuple(made.values())


def _rule(rule: RuleText, kind: str, id: str, line: int) -> Rule:
    given = ((key, getattr(rule, key)) for key in ("qualifiers", "not_qualifiers", "role", "before", "before_role", "section", "unless"))
    conditions: dict[str, Any] = {key: tuple(value) for key, value in given if value}
    body = getattr(rule, kind, None) or ()
    if rule.min_words:
        conditions["min_words"] = rule.min_words
    if kind == "near":
        conditions |= {"within": rule.within, "ordered": rule.ordered}
        body = map(tuple, body)
    return Rule(id, kind, tuple(body), conditions, rule.weight, rule.polarity, line)

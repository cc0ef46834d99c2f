"""``variables.yaml`` → `Variables`: questions and their options, what each is about, rules in the codebook's notation.

.. code-block:: yaml

    peerqual_variables: 1
    language: fr
    slots:                         # what is spoken of: the first slot holds subjects, the second acts
      sujet:
        gem: ["GEM", "groupe d' entraide", "La Passerelle Bleue"]   # names too; of a pseudonymized text its pseudonyms
      acte:
        connaitre: ["connaître", "savoir"]
        aller: ["aller", "entrer", "visiter"]
    variables:
      - id: connait_gem
        question: {fr: "Connaît-il ou elle les GEM ?"}
        asks: {sujet: gem, acte: connaitre}
        options: [{id: oui, label: {fr: Oui}}, {id: non, label: {fr: Non}}]
      - id: contact_gem
        question: {fr: "Y est-il ou elle déjà allé·e ?"}
        asks: {sujet: gem, acte: aller}
        implies: {oui: {connait_gem: oui}}
        options:
          - {id: oui, label: {fr: Oui}, rules: [{lemmas: ["siéger … comité"]}]}   # as of a code; goes before what replies say
          - {id: non, label: {fr: Non}}

`asks` has a yes speak for the first option and a no for the second (`yes`, `no` name others; "" for none). Of several subjects the first is the
whole: who denies a part does not deny it. `others: true`: what others do answers too. What a rule finds denied (« je n'en connais pas ») speaks for
the other option where there are two, and for none where there are more.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from peerqual.codebook import Codebook, FaultyCodebook
from peerqual.codebook_build import build
from peerqual.codebook_schema import Id, Strict, Texts, checked
from peerqual.codebook_yaml import Place, Source, parse, read

JOINT = "__"  # between a variable and an option, in the id of the code that stands for both


class OptionText(Strict):
    """An option as written; its rules are checked as a code's."""

    id: Id
    label: Texts = Field(default_factory=dict)
    rules: list[Any] = Field(default_factory=list)


Values = Annotated[list[str], BeforeValidator(lambda value: value if isinstance(value, list) else [value])]


class VariableText(Strict):
    """A variable as written."""

    id: Id
    question: Texts
    asks: dict[Id, Values] = Field(default_factory=dict)
    yes: str | None = None
    no: str | None = None
    others: bool = False
    implies: dict[Id, dict[Id, Id]] = Field(default_factory=dict)
    options: Annotated[list[OptionText], Field(min_length=2)]


class VariablesText(Strict):
    """The file as written; variables are checked one by one."""

    peerqual_variables: Literal[1]
    title: Texts = Field(default_factory=dict)
    language: Literal["fr", "en"] = "fr"
    fields: dict[str, Any] = Field(default_factory=dict)
    slots: dict[Id, dict[Id, Any]] = Field(default_factory=dict)
    variables: Annotated[list[Any], Field(min_length=1)]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a closed question."""

    id: str
    label: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Variable:
    """A closed question; texts are mappings from language to words.

    `asks`: the values that are meant of each slot that it is about ("": the slot may stay empty); `act`: the slot of what is done; `whole`: the first
    subject, of which the others are parts; `yes`, `no`: the option that an answer speaks for ("": none); `others`: what others do answers it;
    `implies`: option → (variable, option) that follow.
    """

    id: str
    question: Mapping[str, str]
    options: tuple[Option, ...]
    asks: Mapping[str, frozenset[str]] = field(default_factory=dict)
    act: str = ""
    whole: str = ""
    yes: str = ""
    no: str = ""
    others: bool = False
    implies: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class Variables:
    """Closed questions in the order of their file; `codebook` holds their rules, a code ``VARIABLE__OPTION`` for each option."""

    variables: tuple[Variable, ...]
    codebook: Codebook
    language: str = "fr"
    slots: Mapping[tuple[str, str], tuple[Any, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: str | Path) -> Variables:
        """Read the file at `path`. Raises `CodebookError` with all faults (each with its line, cause and remedy) when there is one."""
        return _built(read(Path(path)))

    @classmethod
    def from_text(cls, text: str, where: str = "variables.yaml") -> Variables:
        """Read the YAML `text`; `where` names it in faults. Raises `CodebookError` as `load` does.

        >>> asked = Variables.from_text('''
        ... peerqual_variables: 1
        ... variables:
        ...   - id: espere
        ...     question: {fr: "Espère-t-il ?"}
        ...     options: [{id: oui, label: {fr: Oui}, rules: [{lemmas: [croire]}]}, {id: non, label: {fr: Non}}]
        ... ''')
        >>> [option.id for option in asked.variables[0].options]
        ['oui', 'non']
        """
        return _built(parse(text, where))

    def get(self, id: str) -> Variable | None:
        """Return the variable `id`, None where there is none."""
        return next((one for one in self.variables if one.id == id), None)


def _built(source: Source) -> Variables:
    head = checked(VariablesText, source.data, source, ()) if isinstance(source.data, dict) else None
    raw = source.data.get("variables") if isinstance(source.data, dict) else None
    told = {i: checked(VariableText, value, source, ("variables", i)) for i, value in enumerate(raw if isinstance(raw, list) else ())}
    if not isinstance(source.data, dict) and not source.faults:
        source.fault("not_variables")
    good = {i: one for i, one in told.items() if one is not None}
    if head is not None and not source.faults:
        _check_references(source, head, good)
    book = build(_as_codes(source, good)) if head is not None and not source.faults else None
    if book is None or head is None or source.faults:
        raise FaultyCodebook(tuple(sorted(source.faults, key=lambda fault: fault.line)))
    slots = {(slot, value): book.fields[f"{slot}{JOINT}{value}"] for slot, values in head.slots.items() for value in values}
    return Variables(tuple(_variable(one, list(head.slots)) for one in good.values()), book, head.language, slots)


def _check_references(source: Source, head: VariablesText, variables: Mapping[int, VariableText]) -> None:
    options = {one.id: {option.id for option in one.options} for one in variables.values()}
    for i, one in variables.items():
        place: Place = ("variables", i)
        for slot, values in one.asks.items():
            for value in values:
                if slot not in head.slots or (value and value not in head.slots[slot]):
                    source.fault("no_slot", (*place, "asks", slot), slot=slot, value=value)
        for key, option in (("yes", one.yes), ("no", one.no)):
            if option and option not in options[one.id]:
                source.fault("no_option", (*place, key), variable=one.id, option=option)
        for option, follow in one.implies.items():
            for variable, other in ((one.id, option), *follow.items()):
                if other not in options.get(variable, ()):
                    source.fault("no_option", (*place, "implies", option), variable=variable, option=other)


def _variable(one: VariableText, slots: Sequence[str]) -> Variable:
    options = tuple(Option(option.id, _texts(option.label) or {"fr": option.id, "en": option.id}) for option in one.options)
    yes, no = (option.id if len(options) == 2 else "" for option in options[:2])
    return Variable(
        one.id,
        _texts(one.question),
        options,
        asks={slot: frozenset(one.asks[slot]) for slot in slots if slot in one.asks},
        whole=next((one.asks[slot][0] for slot in slots if one.asks.get(slot)), ""),
        act=next((slot for slot in slots[1:2] if slot in one.asks), ""),
        yes=yes if one.yes is None else one.yes,
        no=no if one.no is None else one.no,
        others=one.others,
        implies={option: tuple(follow.items()) for option, follow in one.implies.items()},
    )


def _texts(texts: Mapping[Any, str]) -> dict[str, str]:
    return dict(texts)


def _as_codes(source: Source, variables: Mapping[int, VariableText]) -> Source:
    # The same file as a codebook, places of rules known by their lines, so that faults are told where they stand.
    codes: list[dict[str, Any]] = []
    made = Source(source.where, lines={(): 1}, faults=source.faults)
    language = source.data.get("language", "fr")
    for i, one in variables.items():
        for j, option in enumerate(one.options):
            place = ("variables", i, "options", j)
            for at, line in source.lines.items():
                if at[:4] == place:
                    made.lines[("codes", len(codes), *at[4:])] = line
            texts = {language: dict(one.question).get(language) or option.id}
            codes.append({"id": f"{one.id}{JOINT}{option.id}", "label": texts, "definition": texts, "rules": option.rules})
    made.lines |= {at: line for at, line in source.lines.items() if at[:1] == ("fields",)}
    fields = dict(source.data.get("fields") or {})
    for slot, values in (source.data.get("slots") or {}).items():
        for value, expressions in values.items():
            fields[f"{slot}{JOINT}{value}"] = expressions
            for at, line in source.lines.items():
                if at[:3] == ("slots", slot, value):
                    made.lines["fields", f"{slot}{JOINT}{value}", *at[3:]] = line
    made.data = {"peerqual": 1, "language": language, "fields": fields, "codes": codes}
    return made

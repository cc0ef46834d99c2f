"""What ``codebook.yaml`` may hold, checked by pydantic at the door: unknown keys are faults everywhere."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator, StringConstraints, ValidationError
from pydantic_core import PydanticCustomError

from .codebook_expressions import FieldRef
from .codebook_history import ACTIONS
from .codebook_yaml import Place, Source
from .model import QUALIFIERS, ROLES

KINDS = ("phrase", "lemmas", "near", "pattern")


def _many(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _expression(value: Any) -> str | FieldRef:
    if isinstance(value, str) and value.strip():
        return value
    if isinstance(value, dict) and list(value) in (["field"], ["champ"]) and all(isinstance(name, str) for name in value.values()):
        return FieldRef(*value.values())
    raise PydanticCustomError("expression", "expression")


def _patterns(value: Any) -> list[list[dict[str, Any]]]:
    many = value if isinstance(value, list) and any(isinstance(item, list) for item in value) else [value]
    if not all(isinstance(one, list) and all(isinstance(token, dict) for token in one) for one in many):
        raise PydanticCustomError("pattern", "pattern")
    return many


Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Texts = dict[Literal["fr", "en"], Text]
Lists = dict[Literal["fr", "en"], list[Text]]
Expression = Annotated[Any, PlainValidator(_expression)]
Expressions = Annotated[list[Expression], BeforeValidator(_many), Field(min_length=1)]
Role = Literal[ROLES]  # type: ignore[valid-type]
Qualifier = Literal[QUALIFIERS]  # type: ignore[valid-type]
Roles = Annotated[list[Role], BeforeValidator(_many), Field(min_length=1)]
Qualifiers = Annotated[list[Qualifier], BeforeValidator(_many)]


class Strict(BaseModel):
    """A mapping of the file: no unknown key, no value of another type."""

    model_config = ConfigDict(extra="forbid", strict=True)


class RuleText(Strict):
    """A rule as written; exactly one of `KINDS` must be given (checked apart)."""

    phrase: Annotated[list[Text], BeforeValidator(_many), Field(min_length=1)] | None = None
    lemmas: Expressions | None = None
    near: Annotated[list[Expressions], Field(min_length=1)] | None = None
    pattern: Annotated[Any, PlainValidator(_patterns)] = None
    within: Annotated[int, Field(ge=1, le=1000)] = 8
    ordered: bool = False
    id: Id | None = None
    weight: Annotated[float, Field(ge=0, le=1)] = 0.6
    polarity: Literal["+", "-", "auto"] = "auto"
    qualifiers: Qualifiers = []
    not_qualifiers: Qualifiers = []
    role: Roles | None = None
    before: Expressions | None = None
    before_role: Roles | None = None
    section: Expressions | None = None
    unless: Expressions | None = None
    min_words: Annotated[int, Field(ge=1, le=1000)] | None = None


class ExampleText(Strict):
    """An example: a sentence, or a mapping with the words of the turn before it and what tells the section."""

    text: Text
    before: str = ""
    before_role: Role = "respondent"
    role: Role = "respondent"
    section: str = ""


Examples = list[Annotated[ExampleText, BeforeValidator(lambda value: {"text": value} if isinstance(value, str) else value)]]


class CodeText(Strict):
    """A code as written; its rules are checked one by one, so that one fault hides no other."""

    id: Id
    parent: Text | None = None
    assignable: bool = True
    label: Texts = {}
    definition: Texts = {}
    include: Lists = {}
    exclude: Lists = {}
    examples: Examples = []
    counter_examples: Examples = []
    in_vivo: bool = False
    rules: list[Any] = []


class ChangeText(Strict):
    """One entry of the history, as the commands write it."""

    action: Literal[ACTIONS]  # type: ignore[valid-type]
    code: Id = ""
    at: Text
    into: list[Id] = []
    was: Texts = {}
    why: str = ""
    noted: dict[str, str] = {}


class BookText(Strict):
    """The file as written; codes and fields are checked one by one."""

    peerqual: Literal[1]
    title: Texts = {}
    version: Annotated[str, BeforeValidator(lambda value: str(value) if type(value) in (int, float) else value)] = ""
    language: Literal["fr", "en"] = "fr"
    fields: dict[str, Any] = {}
    codes: list[Any]
    history: list[Any] = []


class FieldText(Strict):
    """The expressions of one field."""

    expressions: Expressions


Model = TypeVar("Model", bound=Strict)

# pydantic's kinds of errors → what was expected instead (the end of a message's key)
_EXPECTED = {
    "string_type": "text", "string_too_short": "text", "string_pattern_mismatch": "id",
    "list_type": "list", "too_short": "filled",
    "dict_type": "mapping", "model_type": "mapping", "model_attributes_type": "mapping",
    "bool_type": "bool", "int_type": "whole", "float_type": "number",
    "expression": "expression", "pattern": "pattern",
}  # fmt: skip


def checked(model: type[Model], value: Any, source: Source, place: Place) -> Model | None:
    """Return `value` (at `place`) as a `model`, or None with its faults noted in `source`."""
    try:
        return model.model_validate(value)
    except ValidationError as error:
        for one in _first_of_each(error.errors(include_url=False)):
            _note(model, one, source, place)
        return None


def _first_of_each(errors: Iterable[Any]) -> list[Any]:
    return list({one["loc"]: one for one in reversed(list(errors))}.values())[::-1]


def _note(model: type[Strict], one: Any, source: Source, place: Place) -> None:
    # pydantic names steps that do not stand in the file: the key of a mapping, the wrapping of a field's list.
    kind, where = one["type"], (*place, *(part for part in one["loc"] if part not in ("[key]", "expressions")))
    name = next((part for part in reversed(where) if isinstance(part, str)), "")
    if kind == "extra_forbidden":
        source.fault("unknown_key", where, name=name, known=", ".join(_known(model, one["loc"])))
    elif kind == "missing":
        source.fault("missing_key", where, name=name)
    elif kind == "literal_error":
        source.fault("expected_choice", where, name=name, choices=one["ctx"]["expected"].replace("'", "").replace(" or ", ", "))
    elif kind.startswith(("greater", "less")):
        source.fault("expected_range", where, name=name)
    else:
        source.fault(f"expected_{_EXPECTED.get(kind, 'other')}", where, name=name)


def _known(model: type[Strict], loc: tuple[Any, ...]) -> Iterable[str]:
    return (ExampleText if loc[0] in ("examples", "counter_examples") else model).model_fields

"""Values made into records, and what pydantic finds wrong with them in our words, at its place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from handbook.model.values import Record, Strict
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Report, nearest

if TYPE_CHECKING:
    from handbook.parsing.yaml_values import Document, ValuePath


R = TypeVar("R", bound=Record)


def validate(model: type[R], document: Document, name: str, report: Report) -> R | None:
    """Make a record of a document, or report each thing that keeps it from being one.

    Args:
        model: the shape to give it.
        document: the values read.
        name: what to call the entry in messages.
        report: called with each problem.
    """
    if not isinstance(document.value, dict):
        message = f"{name} is {_said(document.value)}; write an entry of the form 'key: value'"
        report(Problem(document.places[()], ProblemKind.WRONG_TYPE, message))
        return None
    try:
        return model.placed(document.value, document.places)  # type: ignore[no-any-return]
    except ValidationError as error:
        faults = error.errors(include_url=False)
        for fault in faults:
            if not _follows(fault, faults):
                report(_problem(model, document, name, fault))
        return None


def _follows(fault: Any, faults: Any) -> bool:  # noqa: ANN401 - pydantic's dict
    """Tell whether a list is short only because pydantic has put aside the faulty entries in it."""
    depth = len(fault["loc"])
    return fault["type"] == "too_short" and any(
        len(other["loc"]) > depth and other["loc"][:depth] == fault["loc"] for other in faults
    )


def _problem(model: type[Strict], document: Document, name: str, fault: Any) -> Problem:  # noqa: ANN401 - pydantic's dict
    """Say in our words what pydantic found."""
    path: ValuePath = fault["loc"]
    place = _nearest_place(document, path)
    key, said = _key(path), _said(fault["input"])
    kind = ProblemKind.WRONG_VALUE
    match fault["type"]:
        case "extra_forbidden":
            kind, place = ProblemKind.UNKNOWN_KEY, document.keys.get(path, place)
            advice = nearest(str(path[-1]), _keys_of(model, path)) or "; delete it"
            message = f"{name} has the key '{path[-1]}', which is not defined{advice}"
        case "missing":
            kind, message = ProblemKind.MISSING_KEY, f"{name} lacks the key '{path[-1]}'; add it"
        case "enum":
            allowed = str(fault["ctx"]["expected"]).replace("'", "").replace(" or ", ", ")
            advice = nearest(str(fault["input"]), allowed.split(", "))
            message = f"{said} is not a value of '{key}'; write one of {allowed}{advice}"
        case "too_short":
            message = f"'{key}' has too few entries; write at least one"
        case "too_long":
            message = f"'{key}' has more than {fault['ctx']['max_length']} entries; delete some"
        case "string_too_long":
            message = f"'{key}' has {len(fault['input'])} characters; shorten it to {fault['ctx']['max_length']}"
        case ours if ours in _OUR_KINDS:
            kind, message = _OUR_KINDS[ours], fault["msg"]
        case type_ if type_.endswith(("_type", "_parsing")):
            kind, message = ProblemKind.WRONG_TYPE, f"'{key}' is {said}; {_wanted(type_)}"
        case _:
            message = f"'{key}' is {said}: {fault['msg'][0].lower()}{fault['msg'][1:]}"
    return Problem(place, kind, message)


_OUR_KINDS = {str(kind): kind for kind in ProblemKind}
"""What `models.fault` can say."""


def _nearest_place(document: Document, path: ValuePath) -> Location:
    while path not in document.places:
        path = path[:-1]
    return document.places[path]


def _key(path: ValuePath) -> str:
    return ".".join(str(step) for step in path if isinstance(step, str))


def _keys_of(model: type[Strict], path: ValuePath) -> list[str]:
    """Return the keys that are defined where the path's last key stands."""
    for step in path[:-1]:
        if isinstance(step, str):
            model = next(t for t in _types_in(model.model_fields[step].annotation) if issubclass(t, Strict))
    return list(model.model_fields)


def _types_in(annotation: Any) -> list[type]:  # noqa: ANN401 - any type form
    if isinstance(annotation, type):
        return [annotation]
    return [t for part in getattr(annotation, "__args__", ()) for t in _types_in(part)]


def _said(value: object) -> str:
    match value:
        case None:
            return "empty"
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return f"'{value}'"


def _wanted(kind: str) -> str:
    wanted = {
        "string": "write text",
        "tuple": "write a list, as in [one, two]",
        "model": "write an entry of the form 'key: value'",
        "int": "write a whole number",
        "date": "write a date as YYYY-MM-DD",
    }
    return next((words for stem, words in wanted.items() if kind.startswith(stem)), "write a value of the right type")

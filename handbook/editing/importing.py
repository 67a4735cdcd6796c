"""A table of recommendations, as an editor copies them from a report, made into entries for `data/`.

Every cell is looked at before anything is written, so that all that is wrong is known at once, by row and column.
"""

from __future__ import annotations

import re
from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, get_origin

from handbook.editing.entries import free_ids, with_entries, with_news
from handbook.model.records import Recommendation
from handbook.model.references import sorts_of, unknown_name
from handbook.model.registry import HISTORY_FILE, group_by
from handbook.model.validation import validate
from handbook.model.vocabulary import Attestation, Nature, Status
from handbook.parsing.csv_tables import original
from handbook.parsing.yaml_values import Document
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from handbook.model.corpus import Corpus
    from handbook.model.registry import Registry
    from handbook.parsing.csv_tables import Row
    from handbook.parsing.yaml_values import ValuePath
    from handbook.problems import Problem, Report

COLUMNS = ("number", "area", "title", "asks", "issuer", "addressees", "attestation", "basis", "sources")
"""Columns that every table has; each but `number` and `area` becomes the key of that name."""

OPTIONAL = ("issued", "actors", "nature")

_MAY_BE_EMPTY = frozenset({"issued", "actors", "nature", "sources"})
_KEYS = frozenset({*COLUMNS, *OPTIONAL} - {"number", "area"})
_LISTS = frozenset(key for key in _KEYS if get_origin(Recommendation.model_fields[key].annotation) is tuple)
_REFERENCES = MappingProxyType({"area": ("area",), **{key: sorts_of(Recommendation, key) for key in _KEYS}})
"""What the names in a column refer to."""

_UNSOURCED = Attestation.UNVERIFIED

_FORMULA = re.compile(r"[=+\-@]")

_NO_ID = "XXX-00"
"""Stands for the id of a row whose area is not known, so that the rest of the row can be looked at."""


def read_entries(rows: Sequence[Row], registry: Registry, today: dt.date, report: Report) -> list[Recommendation]:
    """Make recommendations of the rows, each with the next free id of its area.

    Args:
        rows: the table.
        registry: what there is.
        today: the day of the import, for the history.
        report: called with each problem.
    """
    ids = {area.id: free_ids(area.prefix, registry) for area in registry.areas.values()}
    numbers: dict[tuple[str, str], str] = {}
    entries = []
    for row in rows:
        _check_cells(row, registry, report)
        _check_number(row, numbers, registry, report)
        area = row["area"].text if "area" in row else ""
        id_ = next(ids[area]) if area in ids else _NO_ID
        if entry := _entry(row, id_, today, report):
            entries.append(entry)
    return entries


def _check_cells(row: Row, registry: Registry, report: Report) -> None:
    for name, cell in row.items():
        if _FORMULA.match(cell.text):
            message = f"'{cell.text[:20]}' begins like a formula; write the text itself, or an apostrophe before it"
            report(cell.problem(ProblemKind.WRONG_VALUE, message))
        elif not cell.text and name in COLUMNS and name not in _MAY_BE_EMPTY:
            report(cell.problem(ProblemKind.MISSING_KEY, "the cell is empty; fill it in"))
        elif name == "sources" and not cell.text and "attestation" in row and row["attestation"].text != _UNSOURCED:
            message = f"the cell is empty; name a source, or write '{_UNSOURCED}' under 'attestation'"
            report(cell.problem(ProblemKind.MISSING_KEY, message))
        elif sorts := _REFERENCES.get(name):
            for member in cell.names():
                if problem := unknown_name(member, cell.location, *(registry.names[sort] for sort in sorts)):
                    report(cell.problem(problem.kind, problem.message))


def _check_number(row: Row, numbers: dict[tuple[str, str], str], registry: Registry, report: Report) -> None:
    """Report a number that the same issuer has used before, in the table or in what was imported earlier."""
    cell, issuer = row.get("number"), row.get("issuer")
    if not cell or not issuer or not cell.text:
        return
    if first := numbers.get((issuer.text, cell.text)):
        report(cell.problem(ProblemKind.DUPLICATE_ID, f"the number '{cell.text}' stands already in {first}"))
    numbers.setdefault((issuer.text, cell.text), cell.place)
    for known in registry.recommendations_by_actor.get(issuer.text, ()):
        if known.issuer == issuer.text and known.basis.startswith(_origin(cell.text)):
            report(cell.problem(ProblemKind.DUPLICATE_ID, f"the number '{cell.text}' is '{known.id}' already"))


def _origin(number: str) -> str:
    return f"Number {number} in the issuer's own count. "


def _entry(row: Row, id_: str, today: dt.date, report: Report) -> Recommendation | None:
    """Make a recommendation of a row; what its cells lack or are not allowed to say is reported already."""
    cells = {name: cell for name, cell in row.items() if name in _KEYS and not _FORMULA.match(cell.text)}
    values: dict[str, Any] = {
        name: [original(member) for member in cell.names()] if name in _LISTS else original(cell.text)
        for name, cell in cells.items()
        if cell.text or name in _LISTS & _MAY_BE_EMPTY
    }
    values.setdefault("nature", Nature.PRACTICE)
    values |= {"id": id_, "status": Status.DRAFT, "history": [{"date": today.isoformat(), "change": "First entry."}]}
    if "basis" in values and "number" in row:
        values["basis"] = _origin(row["number"].text) + values["basis"]
    places: dict[ValuePath, Location] = {(name,): Location(name) for name in cells} | {(): Location(next(iter(row)))}

    def with_place(problem: Problem) -> None:  # whose file is the column
        if problem.kind is not ProblemKind.MISSING_KEY:
            report(row[problem.location.file].problem(problem.kind, problem.message))

    return validate(Recommendation, Document(values, places, {}), "the recommendation", with_place)


def changed_files(entries: Sequence[Recommendation], corpus: Corpus, root: Path) -> Mapping[str, bytes]:
    """Return the new content of each file that changes when the entries are taken in.

    Args:
        entries: new recommendations.
        corpus: what there is.
        root: the project's folder.
    """
    registry = corpus.registry
    by_area = group_by(entries, lambda entry: [registry.area_by_prefix[entry.prefix].id])
    files = {}
    for area, added in by_area.items():
        file = f"data/recommendations/{area}.yml"
        values = (entry.model_dump(mode="json", exclude_defaults=True) for entry in added)
        files[file] = with_entries((root / file).read_text(encoding="utf-8"), values).encode()
    everything = {**registry.recommendations, **{entry.id: entry for entry in entries}}
    files[HISTORY_FILE] = with_news(replace(registry, recommendations=everything), corpus.pages).encode()
    return files

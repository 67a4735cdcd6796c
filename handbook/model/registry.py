"""Everything under `data/`: read once, indexed once, looked up after.

`Registry` is immutable. Whatever is wrong with a file is reported while it is read; the entries that are right still
make a registry, so that one mistake does not hide the next.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from handbook.model.records import (
    SHELF_ROOM,
    Actor,
    Advice,
    ChallengeArea,
    ChangeNote,
    Confirmation,
    Event,
    History,
    Pack,
    Recommendation,
    Redirect,
    Role,
    Shelf,
    Situation,
    Source,
    Term,
    Tier,
)
from handbook.model.validation import validate
from handbook.model.values import Record
from handbook.model.vocabulary import Status
from handbook.parsing.text_files import read_text
from handbook.parsing.yaml_values import Document, ValuePath, read_yaml
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Report, nearest

if TYPE_CHECKING:
    from pathlib import Path

R = TypeVar("R", bound=Record)
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

UNKNOWN: Mapping[str, tuple[ProblemKind, str]] = MappingProxyType(
    {
        "area": (ProblemKind.UNKNOWN_AREA, "is not a challenge area"),
        "role": (ProblemKind.UNKNOWN_ROLE, "is not a role"),
        "source": (ProblemKind.UNKNOWN_SOURCE, "is not in the list of sources"),
        "term": (ProblemKind.UNKNOWN_TERM, "is not in the glossary"),
        "actor": (ProblemKind.UNKNOWN_ACTOR, "is not an actor"),
        "advice": (ProblemKind.UNKNOWN_ADVICE, "is not a table of advice"),
        "recommendation": (ProblemKind.UNKNOWN_RECOMMENDATION, "is not in the registry"),
    }
)
"""For what a name can refer to: the kind of problem and the words when there is no such thing."""


_BY_FILE = frozenset({"advice"})
"""What is called by the names of its files, so that all names are known even if there are none."""

HISTORY_FILE = "data/ids.yml"
REVIEWS_FILE = "data/reviews.yml"

_MAY_BE_MISSING = frozenset({"redirects", "reviews"})
"""Files that a project has from the first redirect, the first confirmation on."""


def group_by(values: Iterable[V], keys: Callable[[V], Iterable[K]]) -> Mapping[K, tuple[V, ...]]:
    """Group values by each of their keys, in their order."""
    groups: defaultdict[K, list[V]] = defaultdict(list)
    for value in values:
        for key in keys(value):
            groups[key].append(value)
    return MappingProxyType({key: tuple(group) for key, group in groups.items()})


@dataclass(frozen=True)
class Registry:
    """The typed set of everything under `data/`, by id and in the order of the files.

    Attributes:
        terms: by the term itself in lower case.
        names: for each sort of thing that can be referred to, every name that stands for one, those of broken
            entries included: a reference to an entry with a fault is not a second fault. Empty when the whole file
            is broken; then nothing is unknown.
        history: every id and page that there ever was; None when the file cannot be read.
        redirects: by the page that is no longer there.
        confirmations: by the page that was confirmed.
    """

    areas: Mapping[str, ChallengeArea]
    roles: Mapping[str, Role]
    sources: Mapping[str, Source]
    shelves: Mapping[str, Shelf]
    actors: Mapping[str, Actor]
    terms: Mapping[str, Term]
    events: tuple[Event, ...]
    tiers: tuple[Tier, ...]
    changes: tuple[ChangeNote, ...]
    packs: Mapping[str, Pack]
    situations: Mapping[str, Situation]
    advice: Mapping[str, Advice]
    recommendations: Mapping[str, Recommendation]
    names: Mapping[str, frozenset[str]]
    history: History | None
    redirects: Mapping[str, Redirect]
    confirmations: Mapping[str, Confirmation]

    @cached_property
    def area_by_prefix(self) -> Mapping[str, ChallengeArea]:
        """Areas by the letters with which their recommendations begin."""
        return MappingProxyType({area.prefix: area for area in self.areas.values()})

    @cached_property
    def recommendations_by_area(self) -> Mapping[str, tuple[Recommendation, ...]]:
        """Recommendations by the id of their area."""
        return group_by(self.recommendations.values(), lambda r: [self.area_by_prefix[r.prefix].id])

    @cached_property
    def recommendations_by_addressee(self) -> Mapping[str, tuple[Recommendation, ...]]:
        """Recommendations by the id of an actor or role whom they ask."""
        return group_by(self.recommendations.values(), lambda r: r.addressees)

    @cached_property
    def recommendations_by_source(self) -> Mapping[str, tuple[Recommendation, ...]]:
        """Recommendations by the id of a source on which they rest."""
        return group_by(self.recommendations.values(), lambda r: r.sources)

    @cached_property
    def recommendations_by_actor(self) -> Mapping[str, tuple[Recommendation, ...]]:
        """Recommendations by the id of an actor who issued them or whom they concern."""
        return group_by(self.recommendations.values(), lambda r: dict.fromkeys((r.issuer, *r.actors)))

    @cached_property
    def shelf_by_source(self) -> Mapping[str, Shelf]:
        """The page of the list on which each source stands, by the id of the source."""
        found = {
            source.id: [shelf for shelf in self.shelves.values() if shelf.takes(source)]
            for source in self.sources.values()
        }
        return MappingProxyType(
            {id_: max(shelves, key=lambda shelf: shelf.begins.casefold()) for id_, shelves in found.items() if shelves}
        )

    @cached_property
    def sources_by_shelf(self) -> Mapping[str, tuple[Source, ...]]:
        """Sources by the id of the page of the list on which they stand, by publisher and title."""
        order = sorted(self.sources.values(), key=lambda source: (source.publisher.casefold(), source.title))
        placed = [source for source in order if source.id in self.shelf_by_source]
        return group_by(placed, lambda source: [self.shelf_by_source[source.id].id])

    @cached_property
    def term_by_form(self) -> Mapping[str, Term]:
        """Terms by every form in which they are looked up, in lower case."""
        return MappingProxyType(
            {form.casefold(): term for term in self.terms.values() for form in (term.term, *term.also)}
        )

    def unknown(self, target: str, name: str, location: Location) -> Problem | None:
        """Give the problem of a reference that leads nowhere; None when it leads somewhere."""
        known = self.names[target]
        if (not known and target not in _BY_FILE) or (name.casefold() if target == "term" else name) in known:
            return None
        kind, words = UNKNOWN[target]
        advice = nearest(name, known) or "; check the spelling or add it under data/"
        return Problem(location, kind, f"'{name}' {words}{advice}")

    def unknown_addressee(self, name: str, location: Location) -> Problem | None:
        """Give the problem of an addressee who is neither an actor nor a role; None if there is one."""
        known = self.names["actor"] | self.names["role"]
        if name in known or not self.names["actor"] or not self.names["role"]:
            return None
        advice = nearest(name, known) or "; add it to data/actors.yml"
        return Problem(location, ProblemKind.UNKNOWN_ACTOR, f"'{name}' is neither an actor nor a role{advice}")


def load_registry(root: Path, report: Report) -> Registry:
    """Read `data/` below the project's root.

    Args:
        root: the project's folder.
        report: called with each problem.
    """
    reader = _Reader(root, report)
    areas = reader.read("areas", ChallengeArea, _id)
    roles = reader.read("roles", Role, _id)
    sources = reader.read("sources", Source, _id)
    shelves = reader.read("shelves", Shelf, _id)
    actors = reader.read("actors", Actor, _id)
    terms = reader.read("glossary", Term, lambda term: term.term.casefold(), key="term")
    events = reader.read("timeline", Event, lambda event: event.at(), key="event")
    tiers = reader.read("tiers", Tier, lambda tier: tier.title, key="title")
    changes = reader.read("changes", ChangeNote, lambda note: note.at(), key="change")
    packs = reader.read("packs", Pack, _id)
    situations = reader.read("situations", Situation, _id)
    advice = reader.read_advice()
    recommendations = reader.read_recommendations(areas)
    forms = {form.casefold() for term in terms.values() for form in (term.term, *term.also)}
    names = {
        "area": reader.names("areas"),
        "role": reader.names("roles"),
        "source": reader.names("sources"),
        "actor": reader.names("actors"),
        "term": reader.names("glossary") and forms | {name.casefold() for name in reader.names("glossary")},
        "recommendation": reader.names("recommendations"),
        "advice": reader.names("advice"),
        "shelf": reader.names("shelves"),
        "situation": reader.names("situations"),
    }
    registry = Registry(
        areas=areas,
        roles=roles,
        sources=sources,
        shelves=shelves,
        actors=actors,
        terms=terms,
        events=tuple(events.values()),
        tiers=tuple(tiers.values()),
        changes=tuple(changes.values()),
        packs=packs,
        situations=situations,
        advice=advice,
        recommendations=recommendations,
        names=MappingProxyType({target: frozenset(found) for target, found in names.items()}),
        history=reader.read_history(),
        redirects=reader.read("redirects", Redirect, lambda redirect: redirect.old, key="old"),
        confirmations=reader.read("reviews", Confirmation, lambda confirmation: confirmation.page, key="page"),
    )
    _check(registry, report)
    return registry


def _id(record: ChallengeArea | Role | Source | Shelf | Actor | Pack | Situation | Recommendation) -> str:
    return record.id


class _Reader:
    """Reads the files; `group` is the name of a file, or "recommendations" for those of all areas."""

    def __init__(self, root: Path, report: Report) -> None:
        self._root = root
        self._report = report
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        self._incomplete: set[str] = set()

    def names(self, group: str) -> frozenset[str]:
        """Give the names of all entries, broken ones too; nothing when some cannot be known."""
        return frozenset() if group in self._incomplete else frozenset(self._names[group])

    def read(self, group: str, model: type[R], identity: Callable[[R], K], key: str = "id") -> Mapping[K, R]:
        """Read `data/<group>.yml`, a list of entries, each called by the value of `key` in messages."""
        found: dict[K, R] = {}
        for record in self._records(group, f"data/{group}.yml", model, key):
            self._add(found, identity(record), record, key)
        return MappingProxyType(found)

    def read_history(self) -> History | None:
        """Read `data/ids.yml`, which is one entry."""
        text = read_text(self._root / HISTORY_FILE, HISTORY_FILE, self._report)
        document = read_yaml(text, HISTORY_FILE, self._report) if text is not None else None
        return validate(History, document, "the history", self._report) if document is not None else None

    def read_advice(self) -> Mapping[str, Advice]:
        """Read `data/advice/`, one table in each file, called as the file."""
        found: dict[str, Advice] = {}
        folder = self._root / "data" / "advice"
        for path in sorted(folder.glob("*.yml")) if not folder.is_symlink() else ():
            file = path.relative_to(self._root).as_posix()
            self._names["advice"].add(path.stem)
            text = read_text(path, file, self._report)
            document = read_yaml(text, file, self._report) if text is not None else None
            advice = validate(Advice, document, f"'{path.stem}'", self._report) if document is not None else None
            if advice and advice.id != path.stem:
                message = f"'{advice.id}' stands in the file of '{path.stem}'; call both alike"
                self._report(Problem(advice.at("id"), ProblemKind.MALFORMED_ID, message))
            elif advice:
                found[advice.id] = advice
        return MappingProxyType(found)

    def read_recommendations(self, areas: Mapping[str, ChallengeArea]) -> Mapping[str, Recommendation]:
        """Read the file of each area; what is in it must bear the area's prefix."""
        found: dict[str, Recommendation] = {}
        for area in areas.values():
            for record in self._records("recommendations", f"data/recommendations/{area.id}.yml", Recommendation, "id"):
                if record.prefix == area.prefix:
                    self._add(found, record.id, record, "id")
                else:
                    advice = f"ids in this file begin with '{area.prefix}'; move the entry or change its id"
                    message = f"'{record.id}' does not belong to the area '{area.id}': {advice}"
                    self._report(Problem(record.at("id"), ProblemKind.MALFORMED_ID, message))
        if "areas" not in self._incomplete:
            self._refuse_other_files(areas)
        return MappingProxyType(found)

    def _refuse_other_files(self, areas: Mapping[str, ChallengeArea]) -> None:
        folder = self._root / "data" / "recommendations"
        for path in sorted(folder.glob("*")) if not folder.is_symlink() else ():
            if path.suffix != ".yml" or path.stem not in areas:
                file = path.relative_to(self._root).as_posix()
                advice = nearest(path.stem, areas) or "; name it after an area in data/areas.yml"
                message = f"'{path.name}' is not the file of a challenge area{advice}"
                self._report(Problem(Location(file), ProblemKind.UNKNOWN_AREA, message))

    def _records(self, group: str, file: str, model: type[R], key: str) -> Iterator[R]:
        """Give the entries of a file that are right, and note the names of all."""
        for entry in self._entries(group, file):
            name = entry.value.get(key) if isinstance(entry.value, dict) else None
            if isinstance(name, str):
                self._names[group].add(name)
            else:
                self._incomplete.add(group)
            record = validate(model, entry, f"'{name}'" if name else "the entry", self._report)
            if record is not None:
                yield record

    def _entries(self, group: str, file: str) -> Iterator[Document]:
        if group in _MAY_BE_MISSING and not (self._root / file).exists():
            return
        text = read_text(self._root / file, file, self._report)
        document = read_yaml(text, file, self._report) if text is not None else None
        if document is not None and isinstance(document.value, list):
            yield from document.entries()
            return
        self._incomplete.add(group)
        if document is not None:
            message = "the file must be a list of entries, each beginning with '- '"
            self._report(Problem(document.places[()], ProblemKind.WRONG_TYPE, message))

    def _add(self, found: dict[K, R], identity: K, record: R, key: str) -> None:
        first = found.setdefault(identity, record)
        if first is not record:
            message = f"'{getattr(record, key)}' stands already at {first.at(key)}; give this entry a name of its own"
            self._report(Problem(record.at(key), ProblemKind.DUPLICATE_ID, message))


def _check(registry: Registry, report: Report) -> None:
    """Report every reference within `data/` that leads nowhere, and chains of replacements without an end."""
    for record, target, path, name in _references(registry):
        if problem := registry.unknown(target, name, record.at(*path)):
            report(problem)
    _check_shelves(registry, report)
    for recommendation in registry.recommendations.values():
        for position, name in enumerate(recommendation.addressees):
            if problem := registry.unknown_addressee(name, recommendation.at("addressees", position)):
                report(problem)
        if recommendation.replaced_by:
            _check_successor(recommendation, registry, report)


def _references(registry: Registry) -> Iterator[tuple[Record, str, ValuePath, str]]:
    """Give each reference: the record that makes it, what it names, the path to the value, the name."""
    lists = {
        "sources": "source",
        "actors": "actor",
        "related": "recommendation",
        "recommendations": "recommendation",
        "areas": "area",
        "roles": "role",
    }
    singles = {"issuer": "actor", "succeeded_by": "actor"}
    listed = (registry.events, registry.tiers, registry.changes)
    by_name = (registry.actors, registry.terms, registry.situations, registry.recommendations)
    for record in chain(*listed, *(group.values() for group in by_name)):
        for key, target in lists.items():
            for position, name in enumerate(getattr(record, key, ())):
                yield record, target, (key, position), name
        for key, target in singles.items():
            if name := getattr(record, key, None):
                yield record, target, (key,), name
    yield from _references_of_advice(registry)
    yield from _references_of_relations(registry)
    for pack in registry.packs.values():
        for key, target, names in (("areas", "area", pack.selection.areas), ("roles", "role", pack.selection.roles)):
            for position, name in enumerate(names):
                yield pack, target, ("selection", key, position), name


def _references_of_advice(registry: Registry) -> Iterator[tuple[Record, str, ValuePath, str]]:
    for advice in registry.advice.values():
        for rank, row in enumerate(advice.rows):
            for position, citation in enumerate(row.cites):
                yield advice, "source", ("rows", rank, "cites", position, "source"), citation.source


def _references_of_relations(registry: Registry) -> Iterator[tuple[Record, str, ValuePath, str]]:
    for actor in registry.actors.values():
        for rank, relation in enumerate(actor.relations):
            yield actor, "actor", ("relations", rank, "actor"), relation.actor
            for position, name in enumerate(relation.sources):
                yield actor, "source", ("relations", rank, "sources", position), name


def _check_shelves(registry: Registry, report: Report) -> None:
    """Report sources that no page of the list takes, and full pages; while pages are broken, neither is known."""
    if not registry.names["shelf"] or len(registry.names["shelf"]) > len(registry.shelves):
        return
    for source in registry.sources.values():
        if source.id not in registry.shelf_by_source:
            message = (
                f"'{source.id}' has no place in the list of sources: no page there takes '{source.evidence}' by "
                f"'{source.publisher}'; add one to data/shelves.yml"
            )
            report(Problem(source.at("evidence"), ProblemKind.SHELF, message))
    for id_, sources in registry.sources_by_shelf.items():
        if len(sources) > SHELF_ROOM:
            message = (
                f"'{id_}' has {len(sources)} sources, and there is room for {SHELF_ROOM}; add an entry of these kinds "
                f"that begins in its middle, at '{sources[len(sources) // 2].publisher}'"
            )
            report(Problem(registry.shelves[id_].at("id"), ProblemKind.SHELF, message))


def _check_successor(recommendation: Recommendation, registry: Registry, report: Report) -> None:
    """Follow the replacements until one that is not retired; a circle has none."""
    met: list[str] = []
    current: Recommendation | None = recommendation
    while current and current.status is Status.RETIRED and current.id not in met:
        met.append(current.id)
        current = registry.recommendations.get(current.replaced_by or "")
    place = recommendation.at("replaced_by")
    if current is None:
        if problem := registry.unknown("recommendation", str(recommendation.replaced_by), place):
            report(problem)
    elif current.status is Status.RETIRED:
        circle = " → ".join([*met, current.id])
        report(
            Problem(
                place, ProblemKind.REPLACEMENT, f"the replacements go round in a circle: {circle}; name a current one"
            )
        )
    elif not current.public:
        message = (
            f"'{recommendation.id}' is replaced by '{current.id}', which is unverified; name one that readers may see"
        )
        report(Problem(place, ProblemKind.REPLACEMENT, message))

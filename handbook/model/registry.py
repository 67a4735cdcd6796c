"""Everything under `data/`: read once, indexed once, looked up after.

`Registry` is immutable. Whatever is wrong with a file is reported while it is read; the entries that are right still
make a registry, so that one mistake does not hide the next.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from enum import Enum
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import Any, Generic, Self, TypeVar, get_args, get_origin, get_type_hints

from handbook.limits import (
    MOST_ADVICE,
    MOST_CONTACTS,
    MOST_COUNTRIES,
    MOST_DECISIONS,
    MOST_ENTRIES,
    MOST_PROVISIONS,
)
from handbook.model.records import (
    Actor,
    Advice,
    BestBet,
    BibliographyPage,
    ChallengeArea,
    ChangeNote,
    Confirmation,
    Contact,
    Conversation,
    Country,
    Decision,
    DiagramRow,
    Event,
    FormTemplate,
    History,
    Pack,
    Phrase,
    Provision,
    Recommendation,
    Redirect,
    Role,
    Situation,
    Source,
    Synonym,
    Term,
)
from handbook.model.references import Names
from handbook.model.validation import validate
from handbook.model.values import Record
from handbook.parsing.text_files import read_text
from handbook.parsing.yaml_values import Document, read_yaml
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Report, nearest

R = TypeVar("R", bound=Record)
K = TypeVar("K", bound=Hashable)
V = TypeVar("V")

_HISTORY = "ids"
_REVIEWS = "reviews"
_CHANGES = "changes"
HISTORY_FILE = f"data/{_HISTORY}.yml"
REVIEWS_FILE = f"data/{_REVIEWS}.yml"
CHANGES_FILE = f"data/{_CHANGES}.yml"

Table = Mapping[str, R]
"""The entries of a data file by their name, in its order."""


class Form(Enum):
    """How the entries of a data file are stored."""

    LIST = "a list of entries"
    ENTRY = "one entry"
    LISTS = "a folder with a list for each challenge area"
    ENTRIES = "a folder with an entry in each file, called as the file"


@dataclass(frozen=True)
class DataFile:
    """A file of `data/`, or a folder of them.

    Attributes:
        name: without its ending.
        form: how its entries are stored.
        sort: what an entry is, for those that refer to one; see `RefersTo`. None if nothing does.
        kind: of the problem when there is no such entry.
        words: what such a name is not.
        may_be_missing: whether a project has it only from the first entry on.
        most: how many entries it may have.
    """

    name: str
    form: Form = Form.LIST
    sort: str | None = None
    kind: ProblemKind = ProblemKind.WRONG_VALUE
    words: str = "is not the name of an entry"
    may_be_missing: bool = False
    most: int = MOST_ENTRIES

    @property
    def path(self) -> str:
        """Its path in the project."""
        return f"data/{self.name}" + ("" if self.form in {Form.LISTS, Form.ENTRIES} else ".yml")


def data_file(name: str, **settings: Any) -> Any:  # noqa: ANN401 - as `dataclasses.field`, which it is
    """Declare the data file from which a field of the registry comes; see `DataFile`."""
    return field(metadata={"file": DataFile(name, **settings)})


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

    The one table of data files: reading, schemas, references and the importer follow from the fields and their types.

    Attributes:
        names: for each sort of thing that can be referred to, every name that stands for one.
        terms: by the term itself in lower case.
        history: every id and page that there ever was; None when the file cannot be read.
        redirects: by the page that is no longer there.
        confirmations: by the page that was confirmed.
    """

    names: Mapping[str, Names]
    areas: Table[ChallengeArea] = data_file(
        "areas", sort="area", kind=ProblemKind.UNKNOWN_AREA, words="is not a challenge area"
    )
    roles: Table[Role] = data_file("roles", sort="role", kind=ProblemKind.UNKNOWN_ROLE, words="is not a role")
    sources: Table[Source] = data_file(
        "sources", sort="source", kind=ProblemKind.UNKNOWN_SOURCE, words="is not in the list of sources"
    )
    bibliography_pages: Table[BibliographyPage] = data_file("bibliography-pages", sort="bibliography page")
    actors: Table[Actor] = data_file("actors", sort="actor", kind=ProblemKind.UNKNOWN_ACTOR, words="is not an actor")
    terms: Table[Term] = data_file(
        "glossary", sort="term", kind=ProblemKind.UNKNOWN_TERM, words="is not in the glossary"
    )
    phrases: Table[Phrase] = data_file("phrases", may_be_missing=True)
    best_bets: Table[BestBet] = data_file("best-bets", may_be_missing=True)
    synonyms: Table[Synonym] = data_file("synonyms", may_be_missing=True)
    events: tuple[Event, ...] = data_file("timeline")
    diagram_rows: tuple[DiagramRow, ...] = data_file("diagram-rows")
    changes: tuple[ChangeNote, ...] = data_file(_CHANGES)
    packs: Table[Pack] = data_file("packs")
    situations: Table[Situation] = data_file("situations", sort="situation")
    countries: Table[Country] = data_file(
        "countries",
        sort="country",
        kind=ProblemKind.UNKNOWN_COUNTRY,
        words="is not a country",
        may_be_missing=True,
        most=MOST_COUNTRIES,
    )
    contacts: Table[Contact] = data_file("contacts", may_be_missing=True, most=MOST_CONTACTS)
    provisions: Table[Provision] = data_file("national-law", may_be_missing=True, most=MOST_PROVISIONS)
    advice: Table[Advice] = data_file(
        "advice",
        form=Form.ENTRIES,
        sort="advice",
        kind=ProblemKind.UNKNOWN_ADVICE,
        words="is not a table of advice",
        most=MOST_ADVICE,
    )
    decisions: Table[Decision] = data_file(
        "decisions",
        form=Form.ENTRIES,
        sort="decision",
        kind=ProblemKind.UNKNOWN_DECISION,
        words="is not a decision",
        most=MOST_DECISIONS,
    )
    forms: Table[FormTemplate] = data_file(
        "forms",
        form=Form.ENTRIES,
        sort="form",
        kind=ProblemKind.UNKNOWN_FORM,
        words="is not a form",
    )
    conversations: Table[Conversation] = data_file(
        "conversations",
        sort="conversation",
        kind=ProblemKind.UNKNOWN_CONVERSATION,
        words="is not a card",
        may_be_missing=True,
    )
    recommendations: Table[Recommendation] = data_file(
        "recommendations",
        form=Form.LISTS,
        sort="recommendation",
        kind=ProblemKind.UNKNOWN_RECOMMENDATION,
        words="is not in the registry",
    )
    history: History | None = data_file(_HISTORY, form=Form.ENTRY)
    redirects: Table[Redirect] = data_file("redirects", may_be_missing=True)
    confirmations: Table[Confirmation] = data_file(_REVIEWS, may_be_missing=True)

    @classmethod
    def load(cls, root: Path, report: Report) -> Self:
        """Read `data/` below the project's root.

        Args:
            root: the project's folder.
            report: called with each problem.
        """
        types = get_type_hints(cls)
        values: dict[str, Any] = {}
        names: dict[str, Names] = {}
        for name, file, model in cls.data_files():
            reader = _Reader(root, file, model, report)
            match file.form:
                case Form.ENTRY:
                    values[name] = reader.read_entry(file.path, f"'{file.path}'")
                case Form.LIST:
                    table = reader.read_list()
                    values[name] = tuple(table.values()) if get_origin(types[name]) is tuple else table
                case Form.LISTS:
                    values[name] = reader.read_lists(values["areas"], names["area"])
                case Form.ENTRIES:
                    values[name] = reader.read_entries()
            if file.sort:
                names[file.sort] = reader.names()
        return cls(names=MappingProxyType(names), **values)

    @classmethod
    def data_files(cls) -> Iterator[tuple[str, DataFile, type[Record]]]:
        """Yield for each data file the field that holds it, the file, and the model of its entries."""
        types = get_type_hints(cls)
        for declared in fields(cls):
            if "file" in declared.metadata:
                model = next(t for t in get_args(types[declared.name]) if isinstance(t, type) and issubclass(t, Record))
                yield declared.name, declared.metadata["file"], model

    def records(self) -> Iterator[Record]:
        """Yield every entry of every data file."""
        for name, _, _ in self.data_files():
            match getattr(self, name):
                case Mapping() as table:
                    yield from table.values()
                case tuple() as entries:
                    yield from entries
                case Record() as entry:
                    yield entry

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

    def addressee_name(self, id_: str) -> str:
        """Return the name of a role or actor."""
        return self.roles[id_].title if id_ in self.roles else self.actors[id_].name

    @cached_property
    def recommendations_by_source(self) -> Mapping[str, tuple[Recommendation, ...]]:
        """Recommendations by the id of a source on which they rest."""
        return group_by(self.recommendations.values(), lambda r: r.sources)

    @cached_property
    def recommendations_by_actor(self) -> Mapping[str, tuple[Recommendation, ...]]:
        """Recommendations by the id of an actor who issued them or whom they concern."""
        return group_by(self.recommendations.values(), lambda r: dict.fromkeys((r.issuer, *r.actors)))

    @cached_property
    def contacts_by_country(self) -> Mapping[str, tuple[Contact, ...]]:
        """Contacts by the id of their country."""
        return group_by(self.contacts.values(), lambda contact: [contact.country])

    @cached_property
    def provisions_by_country(self) -> Mapping[str, tuple[Provision, ...]]:
        """Provisions of national law by the id of their country."""
        return group_by(self.provisions.values(), lambda provision: [provision.country])

    @cached_property
    def bibliography_page_of(self) -> Mapping[str, BibliographyPage]:
        """The page of the list on which each source stands, by the id of the source."""
        by_kind = group_by(
            sorted(self.bibliography_pages.values(), key=BibliographyPage.beginning), lambda page: page.kinds
        )
        found = {}
        for source in self.sources.values():
            pages = by_kind.get(source.evidence, ())
            if count := bisect_right(pages, source.publisher.casefold(), key=BibliographyPage.beginning):
                found[source.id] = pages[count - 1]
        return MappingProxyType(found)

    @cached_property
    def sources_by_bibliography_page(self) -> Mapping[str, tuple[Source, ...]]:
        """Sources by the id of the page of the list on which they stand, by publisher and title."""
        order = sorted(self.sources.values(), key=lambda source: (source.publisher.casefold(), source.title))
        placed = [source for source in order if source.id in self.bibliography_page_of]
        return group_by(placed, lambda source: [self.bibliography_page_of[source.id].id])

    @cached_property
    def term_by_form(self) -> Mapping[str, Term]:
        """Terms by every form in which they are looked up, in lower case."""
        return MappingProxyType(
            {form.casefold(): term for term in self.terms.values() for form in (term.term, *term.also)}
        )


class _Reader(Generic[R]):
    """Reads the entries of a data file, those that are right, and notes the names of all."""

    def __init__(self, root: Path, file: DataFile, model: type[R], report: Report) -> None:
        self._root = root
        self._file = file
        self._model = model
        self._report = report
        self._found: dict[Hashable, R] = {}
        self._known: set[str] = set()
        self._are_all = True

    def names(self) -> Names:
        """Return the names of all entries, broken ones too."""
        known = self._known.union(*(record.names for record in self._found.values()))
        if self._model.is_caseless:
            known = {name.casefold() for name in known}
        file = self._file
        advice = f"check the spelling, or add it to {file.path}"
        return Names(frozenset(known), file.kind, file.words, advice, self._are_all, self._model.is_caseless)

    def read_list(self) -> Mapping[Any, R]:
        """Read a list of entries."""
        for record in self._records(self._file.path):
            self._add(record)
        return MappingProxyType(self._found)

    def read_entry(self, path: str, name: str) -> R | None:
        """Read a file that is one entry, which messages call by a name."""
        text = read_text(self._root / path, path, self._report)
        document = read_yaml(text, path, self._report) if text is not None else None
        return validate(self._model, document, name, self._report) if document is not None else None

    def read_entries(self) -> Mapping[Any, R]:
        """Read a folder with an entry in each file, called as the file; so all names are known."""
        files = self._files("*.yml")
        if len(files) > self._file.most:
            message = f"there are {len(files)} files here, {self._file.most} at most; delete some"
            self._report(Problem(Location(self._file.path), ProblemKind.TOO_MUCH, message))
        for path in files[: self._file.most]:
            self._known.add(path.stem)
            record = self.read_entry(path.relative_to(self._root).as_posix(), f"'{path.stem}'")
            if record and record.names[0] != path.stem:
                message = f"'{record.names[0]}' stands in the file of '{path.stem}'; call both alike"
                self._report(Problem(record.at(record.key), ProblemKind.MALFORMED_ID, message))
            elif record:
                self._found[path.stem] = record
        return MappingProxyType(self._found)

    def read_lists(self, areas: Mapping[str, ChallengeArea], names: Names) -> Mapping[Any, R]:
        """Read the list of each area; what is in it must bear the area's prefix."""
        for area in areas.values():
            for record in self._records(f"{self._file.path}/{area.id}.yml"):
                if record.names[0].startswith(f"{area.prefix}-"):
                    self._add(record)
                else:
                    advice = f"ids in this file begin with '{area.prefix}'; move the entry or change its id"
                    message = f"'{record.names[0]}' does not belong to the area '{area.id}': {advice}"
                    self._report(Problem(record.at(record.key), ProblemKind.MALFORMED_ID, message))
        self._are_all &= names.are_all and names.known == areas.keys()
        if names.are_all:
            self._refuse_other_files(areas)
        return MappingProxyType(self._found)

    def _refuse_other_files(self, areas: Mapping[str, ChallengeArea]) -> None:
        for path in self._files("*"):
            if path.suffix != ".yml" or path.stem not in areas:
                file = path.relative_to(self._root).as_posix()
                advice = nearest(path.stem, areas) or "; name it after an area in data/areas.yml"
                message = f"'{path.name}' is not the file of a challenge area{advice}"
                self._report(Problem(Location(file), ProblemKind.UNKNOWN_AREA, message))

    def _files(self, pattern: str) -> list[Path]:
        folder = self._root / self._file.path
        return [] if folder.is_symlink() else sorted(folder.glob(pattern))

    def _records(self, path: str) -> Iterator[R]:
        for entry in self._entries(path):
            name = entry.value.get(self._model.key) if isinstance(entry.value, dict) else None
            if isinstance(name, str):
                self._known.add(name)
            else:
                self._are_all = False
            record = validate(self._model, entry, f"'{name}'" if name else "the entry", self._report)
            if record is not None:
                yield record

    def _entries(self, path: str) -> Iterator[Document]:
        if self._file.may_be_missing and not (self._root / path).exists():
            return
        text = read_text(self._root / path, path, self._report)
        document = read_yaml(text, path, self._report) if text is not None else None
        if document is not None and isinstance(document.value, list):
            if len(document.value) <= self._file.most:
                yield from document.entries()
                return
            message = f"the file has {len(document.value)} entries, {self._file.most} at most; delete some"
            self._report(Problem(document.places[()], ProblemKind.TOO_MUCH, message))
            document = None
        self._are_all = False
        if document is not None:
            message = "the file must be a list of entries, each beginning with '- '"
            self._report(Problem(document.places[()], ProblemKind.WRONG_TYPE, message))

    def _add(self, record: R) -> None:
        identity = record.names[0] if record.names else record.at()
        first = self._found.setdefault(identity, record)
        if first is not record:
            key = record.key
            message = f"'{getattr(record, key)}' stands already at {first.at(key)}; give this entry a name of its own"
            self._report(Problem(record.at(key), ProblemKind.DUPLICATE_ID, message))

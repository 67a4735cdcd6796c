"""A new data file and a new reference each cost one edit: the table and the types say all that there is to say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from handbook.checks.references import check_references
from handbook.model.pages import load_pages
from handbook.model.references import RefersTo
from handbook.model.registry import Registry, Table, data_file
from handbook.model.values import ActorId, KnownPage, Record, Slug, SourceId, Strict, Text

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.problems import Problem


class Site(Strict):
    """Where a partner works."""

    page: KnownPage


class Partner(Record):
    """An entry of a data file that no module of the handbook knows."""

    id: Slug
    name: Text
    bodies: tuple[ActorId, ...] = ()
    friend: Annotated[Slug, RefersTo("partner")] | None = None
    asks: tuple[Annotated[Slug, RefersTo("actor", "role")], ...] = ()
    source: SourceId | None = None
    sites: tuple[Site, ...] = ()


@dataclass(frozen=True)
class WiderRegistry(Registry):
    """The registry with one more data file."""

    partners: Table[Partner] = data_file("partners", sort="partner", words="is not a partner")


def problems_of(root: Path, text: str) -> list[str]:
    """Return the lines of the problems of `data/partners.yml` with this text."""
    (root / "data/partners.yml").write_text(text, encoding="utf-8")
    problems: list[Problem] = []
    registry = WiderRegistry.load(root, problems.append)
    check_references(registry, load_pages(root, problems.append), problems.append)
    return sorted(problem.line() for problem in problems)


def test_new_data_file(tiny: Path) -> None:
    """Declared once, it is read, and what is wrong with it is said."""
    assert problems_of(tiny, "- id: one\n  name: One\n") == []
    assert problems_of(tiny, "- id: one\n  name: One\n- id: one\n  nme: Two\n") == [
        "data/partners.yml:3:3: error[missing-key] 'one' lacks the key 'name'; add it",
        "data/partners.yml:4:3: error[unknown-key] 'one' has the key 'nme', which is not defined; did you mean 'name'?",
    ]


def test_new_references(tiny: Path) -> None:
    """A type that says what it refers to is enough: lists, other files, several sorts, pages and nested entries."""
    text = """\
- id: one
  name: One
  bodies: [rn]
  friend: two
  asks: [teacher, nobody-at-all]
  source: guidelins
  sites:
    - page: prison/release.md
- id: three
  name: Three
  friend: one
"""
    assert problems_of(tiny, text) == [
        "data/partners.yml:3:12: error[unknown-actor] 'rn' is not an actor; did you mean 'ran'?",
        (
            "data/partners.yml:4:11: error[wrong-value] 'two' is not a partner; check the spelling, or add it to "
            "data/partners.yml"
        ),
        (
            "data/partners.yml:5:19: error[unknown-actor] 'nobody-at-all' is neither an actor nor a role; check the "
            "spelling, or add it to data/actors.yml"
        ),
        (
            "data/partners.yml:6:11: error[unknown-source] 'guidelins' is not in the list of sources; did you mean "
            "'guidelines'?"
        ),
        (
            "data/partners.yml:8:13: error[unknown-page] 'prison/release.md' is not a page under docs/; did you mean "
            "'prisons/release.md'?"
        ),
    ]


def test_what_cannot_be_read_is_not_missed(tiny: Path) -> None:
    """While a file is broken, nobody is told that its entries do not exist."""
    (tiny / "data/actors.yml").write_text("- [", encoding="utf-8")
    lines = problems_of(tiny, "- id: one\n  name: One\n  bodies: [anyone]\n")
    assert [line for line in lines if "partners" in line] == []

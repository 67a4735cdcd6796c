"""A synthetic project of any size to measure with; the same numbers and day always give the same bytes.

Everything grows with the number of recommendations in about the proportions of the real project, since a check whose
time grows with the square of anything shows only when all of it grows. Roles alone stay as few as they are.
"""

from __future__ import annotations

import argparse
import datetime as dt
import random
import textwrap
from itertools import islice, product
from pathlib import Path
from string import ascii_uppercase
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from handbook.checks import load_corpus
from handbook.checks.guidance import LABELS
from handbook.editing.entries import with_confirmed, with_news
from handbook.model.front_matter import PARTS
from handbook.model.records import BIBLIOGRAPHY_ROOM
from handbook.model.registry import HISTORY_FILE, REVIEWS_FILE
from handbook.model.vocabulary import PageKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Entry = dict[str, Any]
"""One entry of a data file, as YAML will have it."""

T = TypeVar("T")

PER_AREA = 99
"""As many recommendations as an id of two digits allows."""

PARAGRAPH_WORDS = 56
"""With the lists, tables and code, this makes the text of a guidance page about 900 words long."""

SEED = 20261123

AREAS = {
    "prisons": "PRI",
    "online-propaganda": "ONL",
    "polarisation": "POL",
    "local-cooperation": "LOC",
    "education": "EDU",
    "returning-children": "CHI",
    "eu-cooperation": "COO",
}

ROLES = (
    "prison-officer",
    "probation-officer",
    "teacher",
    "school-leader",
    "youth-worker",
    "social-worker",
    "police-officer",
    "local-coordinator",
    "health-professional",
    "communications-officer",
    "policy-maker",
    "family-support",
)

SHORT_WORDS = """
a about after all and any are as ask at be before but by can care case change child claim court data early family first
for from get give go group harm has have health help home if in is it keep law leave let make may meet name need new no
not of offer on one or other own person plan police public read report review right risk say school see service share
should so staff start step talk teach team that the their them they this time to trust wait walk want what when where
who why will with word work write young youth
"""

LONG_WORDS = """
agency another assessment authority between children community concern contact coordinator custody decision education
evidence exchange guidance information judgement language municipality naïve network partner practice practitioner
prevention prison probation professional programme propaganda protect purpose question radicalisation release safeguard
support teacher understand violence voluntary without
"""


ANSWER = {
    "now": "Tell a colleague at once what you saw and heard, so that nobody has to carry it alone.",
    "say": "I have to tell somebody what you said, because I want you to be safe.",
    "today": "Write down what you saw and heard in the words that were used, with place and time.",
    "avoid": "wait until you are certain, because others may know something that you do not.",
}
ANSWERED = f'{ANSWER["now"]} Say: "{ANSWER["say"]}" {ANSWER["today"]} Do not {ANSWER["avoid"]}'
"""What each situation answers, and each page says."""


class Prose:
    """Sentences and choices from one seeded source of chance."""

    def __init__(self, seed: int) -> None:
        """Start anew; equal seeds tell equal stories."""
        self._chance = random.Random(seed)  # noqa: S311 - filler text, no secret
        self._words = (SHORT_WORDS + SHORT_WORDS + LONG_WORDS).split()
        """Mixed so that a page is about as hard to read as a real one, and passes the check of that."""

    def pick(self, among: Sequence[T]) -> T:
        """Return one of several."""
        return self._chance.choice(among)

    def some(self, among: Sequence[T], at_most: int) -> list[T]:
        """Return one or more of several, none twice."""
        return self.several(among, self._chance.randint(1, at_most))

    def several(self, among: Sequence[T], count: int) -> list[T]:
        """Return so many of several, none twice."""
        return self._chance.sample(among, min(count, len(among)))

    def words(self, count: int) -> str:
        """Return a phrase that begins like a title."""
        return " ".join(self._chance.choices(self._words, k=count)).capitalize()

    def sentences(self, words: int) -> list[str]:
        """Return sentences of ten to eighteen words, which have about so many words together."""
        found: list[str] = []
        while words > 0:
            count = self._chance.randint(10, 18)
            found.append(f"{self.words(count)}.")
            words -= count
        return found

    def text(self, words: int) -> str:
        """Return sentences in one line."""
        return " ".join(self.sentences(words))


class Corpus:
    """The names in a project, which tie its files together, and the files made from them."""

    def __init__(self, recommendations: int, pages: int, today: dt.date) -> None:
        """Name everything; nothing is written yet."""
        self.prose = Prose(SEED)
        self.today = today
        self.pages = pages
        self.bodies = pages // 10
        """Pages about an actor; each tenth page is one."""
        self.areas = _areas(recommendations)
        prefixes = list(self.areas.values())
        places = (divmod(number, len(prefixes)) for number in range(recommendations))
        self.ids = [f"{prefixes[area]}-{row + 1:02}" for row, area in places]
        self.sources = [f"source-{number:05}" for number in range(recommendations)]
        """One for each recommendation, which cites it: a source that nothing cites is a problem."""
        self.actors = [f"actor-{number:05}" for number in range(max(recommendations // 5, self.bodies))]
        self.terms = [f"term {number:05}" for number in range(recommendations // 3)]

    def write(self, root: Path) -> None:
        """Write the project into a folder."""
        root.mkdir(parents=True, exist_ok=True)
        (root / "mkdocs.yml").write_text("site_name: Synthetic\n", encoding="utf-8")
        for file, entries in self._data().items():
            _write(root / "data" / f"{file}.yml", _yaml(entries))
        for number in range(self.pages):
            _write(root / "docs" / self._src_uri(number), self._page(number))

    def _data(self) -> dict[str, list[Entry]]:
        """Return what belongs into each file below `data/`."""
        data = {
            "areas": [self._titled(area) | {"prefix": prefix} for area, prefix in self.areas.items()],
            "roles": [self._titled(role) for role in ROLES],
            "sources": [self._source(source) for source in self.sources],
            "actors": [self._actor(number) for number in range(len(self.actors))],
            "glossary": [self._term(term) for term in self.terms],
            "timeline": [self._event(number) for number in range(len(self.actors))],
            "changes": [{"date": self.today.isoformat(), "change": self.prose.text(12), "pages": [self._src_uri(0)]}],
            "diagram-rows": [{"title": self.prose.words(3), "actors": self.actors[:2]}],
            "packs": [self._pack(area) for area in self.areas],
            "situations": [self._situation(number) for number in range(0, self.pages, 3)],
        }
        data["bibliography-pages"] = list(_bibliography_pages(data["sources"]))
        recommendations = [self._recommendation(number) for number in range(len(self.ids))]
        for area, prefix in self.areas.items():
            own = [entry for entry in recommendations if entry["id"].startswith(prefix)]
            data[f"recommendations/{area}"] = own
        return data

    def _titled(self, slug: str) -> Entry:
        return {"id": slug, "title": slug.replace("-", " ").capitalize(), "summary": self.prose.text(15)}

    def _source(self, slug: str) -> Entry:
        return {
            "id": slug,
            "title": self.prose.words(11),
            "publisher": self.prose.words(4),
            "year": self.prose.pick(range(2004, 2027)),
            "url": f"https://example.org/publications/{slug}_en",
            "evidence": self.prose.pick(("standard", "review", "study", "guidance", "official", "report")),
            "language": "en",
            "read": self.prose.pick(("whole", "opening")),
            "note": self.prose.text(10),
        }

    def _actor(self, number: int) -> Entry:
        entry = {
            "id": self.actors[number],
            "name": self.prose.words(5),
            "definition": self.prose.text(22),
            "since": f"20{number % 20 + 4:02}-09",
            "url": f"https://example.org/bodies/{self.actors[number]}",
            "sources": self.prose.some(self.sources, 3),
        }
        return entry | {"page": self._src_uri(number * 10)} if number < self.bodies else entry

    def _term(self, term: str) -> Entry:
        return {
            "term": term,
            "definition": self.prose.text(22),
            "sources": self.prose.some(self.sources, 2),
            "also": [f"{term}, in other words"],
        }

    def _event(self, number: int) -> Entry:
        return {
            "date": f"20{number % 20 + 4:02}-{number % 12 + 1:02}",
            "event": self.prose.text(20),
            "sources": self.prose.some(self.sources, 2),
            "actors": self.prose.some(self.actors, 2),
        }

    def _pack(self, area: str) -> Entry:
        return {
            "id": area,
            "title": self.prose.words(4),
            "audience": self.prose.text(14),
            "selection": {"areas": [area]},
        }

    def _situation(self, number: int) -> Entry:
        return {
            "id": f"seen-{number:04}",
            "words": self.prose.words(6),
            "areas": [self.prose.pick(list(self.areas))],
            "roles": self.prose.some(ROLES, 3),
            "stage": ["secondary"],
            "group": "danger",
            "pages": [self._src_uri(page) for page in range(number, min(number + 3, self.pages))],
            **{part: [sentence] for part, sentence in ANSWER.items()},
        }

    def _recommendation(self, number: int) -> Entry:
        return {
            "id": self.ids[number],
            "title": textwrap.shorten(self.prose.words(11), 90, placeholder=""),
            "asks": self.prose.text(27),
            "issuer": self.prose.pick(self.actors),
            "issued": "2018-05-18",
            "addressees": self.prose.some((*self.actors, *ROLES), 3),
            "nature": "practice",
            "attestation": "unverified" if _is_draft(number) else "reported",
            "basis": self.prose.text(26),
            "sources": sorted({self.sources[number], self.prose.pick(self.sources)}),
            "actors": self.prose.some(self.actors, 2),
            "related": self.prose.some(self.ids, 3),
            **self._status(number),
            "history": [{"date": "2026-11-23", "change": "First entry."}],
        }

    def _status(self, number: int) -> Entry:
        if _is_draft(number):
            return {"status": "draft"}
        if _is_retired(number):
            return {"status": "retired", "replaced_by": self.ids[number - 2]}
        return {"status": "active"}

    def _is_body(self, number: int) -> bool:
        return number % 10 == 0 and number // 10 < self.bodies

    def _src_uri(self, number: int) -> str:
        if self._is_body(number):
            return f"eu-cooperation/body-{number:05}.md"
        area = list(self.areas)[number % len(self.areas)]
        return f"{area}/page-{number:05}.md"

    def _page(self, number: int) -> str:
        kind = PageKind.ACTOR if self._is_body(number) else PageKind.GUIDANCE
        parts = PARTS[kind]
        blocks, inline = self._covers(number), self._mentions()
        body = "\n\n".join(
            self._part(part, position, blocks[position : position + 1], inline[position :: len(parts)])
            for position, part in enumerate(parts)
        )
        return f"---\n{_yaml(self._front_matter(kind))}---\n\n{body}\n"

    def _front_matter(self, kind: PageKind) -> Entry:
        return {
            "title": self.prose.words(6),
            "summary": self.prose.text(20),
            "kind": str(kind),
            "roles": self.prose.some(ROLES, 6),
            "stage": self.prose.some(("primary", "secondary", "tertiary"), 2),
            "evidence": {
                "outcomes": [{"outcome": "violent-extremism", "level": "limited", "why": self.prose.text(14)}]
            },
            "reviewed": str(self.today),
            "review_months": 12,
            "owner": "Synthetic editors",
            "also_called": [self.prose.words(2) for _ in range(3)],
        }

    def _covers(self, number: int) -> list[str]:
        """Return the marks of a page, one for each of its first two parts.

        The pages share the active recommendations out among themselves, so that each has its section.
        """
        active = [id_ for number, id_ in enumerate(self.ids) if not _is_draft(number) and not _is_retired(number)]
        first, *rest = active[number :: self.pages] or active[:1]
        return [_call("covers", first), _call("covers", *(rest or [first]))]

    def _mentions(self) -> list[str]:
        """Return the eight inline calls of a page."""
        known = [id_ for number, id_ in enumerate(self.ids) if not _is_draft(number)]
        first, second, third = self.prose.several(self.sources, 3)
        return [
            _call("cite", first),
            _call("term", self.prose.pick(self.terms)),
            _call("cite", second, "Article 11"),
            _call("rec", self.prose.pick(known)),
            _call("actor", self.prose.pick(self.actors)),
            _call("role", self.prose.pick(ROLES)),
            _call("term", self.prose.pick(self.terms)),
            _call("cite", third),
        ]

    def _part(self, heading: str, position: int, blocks: list[str], calls: list[str]) -> str:
        """Write a part of a page, which ends with a list, a table, code or a note by turns."""
        if heading == PARTS[PageKind.GUIDANCE][0]:
            return "\n\n".join((f"## {heading}", "\n".join(self._in_short(calls)), *blocks))
        special = (self._list, self._table, self._fence, self._admonition)[position % 4]
        paragraphs = [self._paragraph([call], PARAGRAPH_WORDS) for call in calls]
        paragraphs += [ANSWERED] if position == 1 else []
        title = f"### {position + 1}. {self.prose.words(5)}"
        return "\n\n".join((f"## {heading}", *paragraphs, title, special(), *blocks))

    def _in_short(self, calls: list[str]) -> Iterator[str]:
        """Yield what to read in a hurry, the calls in its last line."""
        for label in LABELS:
            said = f"- **{label}** {self.prose.words(12).lower()}"
            yield f"{said} {' '.join(calls)}." if label == LABELS[-1] else f"{said}."

    def _paragraph(self, calls: list[str], words: int) -> str:
        """Write one sentence a line, the calls in the first."""
        first, *rest = self.prose.sentences(words)
        return "\n".join((f"{first[:-1]} {' '.join(calls)}.", *rest))

    def _list(self) -> str:
        return "\n".join(f"- **{self.prose.words(1)}** {self.prose.words(9)}." for _ in range(5))

    def _table(self) -> str:
        rows = (f"| {self.prose.words(2)} | {self.prose.words(5)} | {self.prose.words(2)} |" for _ in range(5))
        return "\n".join(("| Who | Does | Hands over to |", "| --- | --- | --- |", *rows))

    def _admonition(self) -> str:
        """Write a note that leads to another page."""
        other = self._src_uri(self.prose.pick(range(self.pages)))
        return f"!!! note\n\n    {self.prose.text(30)} See [{self.prose.words(3)}](../{other})."

    def _fence(self) -> str:
        lines = (f"{hour:02}:00  {self.prose.words(6)}" for hour in range(9, 14))
        return "\n".join(("```text", *lines, "```"))


def write_corpus(root: Path, recommendations: int, pages: int, today: dt.date) -> None:
    """Write a project that has no problem into the folder `root`.

    Args:
        root: a new or empty folder.
        recommendations: how many, ten at least; one in six is a draft, one in a hundred is retired.
        pages: how many, of about 900 words and with ten macro calls each.
        today: the day on which all pages were reviewed, so that none is overdue.
    """
    Corpus(recommendations, pages, today).write(root)
    note(root, today)


def note(root: Path, today: dt.date) -> None:
    """Note every id and page in the project's history, and confirm all pages."""
    written = load_corpus(root, today)
    _write(root / HISTORY_FILE, with_news(written.registry, written.pages))
    _write(root / REVIEWS_FILE, with_confirmed(written.registry, written.coverage, written.pages.by_uri.keys()))


def _areas(recommendations: int) -> dict[str, str]:
    """Return the real areas, and as many more as ids are needed, each with its prefix."""
    missing = max(0, -(-recommendations // PER_AREA) - len(AREAS))
    letters = ("".join(letters) for letters in product(ascii_uppercase, repeat=3))
    prefixes = islice((prefix for prefix in letters if prefix not in AREAS.values()), missing)
    return AREAS | {f"area-{prefix.lower()}": prefix for prefix in prefixes}


def _bibliography_pages(sources: list[Entry]) -> Iterator[Entry]:
    """Yield the pages of the list of sources, none of which may be full."""
    for kind in sorted({source["evidence"] for source in sources}):
        publishers = sorted(source["publisher"] for source in sources if source["evidence"] == kind)
        for number, begins in enumerate(publishers[::BIBLIOGRAPHY_ROOM]):
            page = {"id": f"{kind}-{number}", "title": f"{kind.capitalize()} from {begins}", "kinds": [kind]}
            yield page | {"begins": begins} if number else page


def _is_draft(number: int) -> bool:
    return number % 6 == 5  # noqa: PLR2004 - the last of each six


def _is_retired(number: int) -> bool:
    """Choose even numbers, so that the one two before, which replaces it, is neither draft nor retired."""
    return number % 100 == 50  # noqa: PLR2004 - one of each hundred


def _call(macro: str, *arguments: str) -> str:
    quoted = ", ".join(f'"{argument}"' for argument in arguments)
    return f"{{{{ {macro}({quoted}) }}}}"


def _yaml(value: Entry | list[Entry]) -> str:
    dumper = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    text: str = yaml.dump(value, Dumper=dumper, sort_keys=False, allow_unicode=True, width=110)
    return text


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def main() -> None:
    """Write a project from the command line."""
    parser = argparse.ArgumentParser(description="Write a synthetic project.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("recommendations", type=int)
    parser.add_argument("pages", type=int)
    wanted = parser.parse_args()
    write_corpus(wanted.folder, wanted.recommendations, wanted.pages, dt.datetime.now(tz=dt.UTC).date())


if __name__ == "__main__":
    main()

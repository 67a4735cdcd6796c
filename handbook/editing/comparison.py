"""What a change does to the handbook, in plain words: Markdown for whoever has to agree to it.

Everything that comes from the content stands in code spans, so that the text can be posted where Markdown acts: nobody
is called, nothing is linked and no HTML is made by what a stranger has written.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.checks.external_links import addresses
from handbook.model.changes import is_announced
from handbook.model.confirmations import wording_digest
from handbook.model.registry import CHANGES_FILE, Registry
from handbook.model.vocabulary import Degree
from handbook.problem_kinds import ProblemKind
from handbook.problems import Severity
from handbook.wording import code_span, plural

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Iterator

    from handbook.model.corpus import Corpus
    from handbook.model.pages import Page
    from handbook.model.records import Recommendation
    from handbook.model.values import Record
    from handbook.problems import Problem

_MOST_LINES = 40
"""Of one list: a comment has to be read, and GitHub takes 65,536 characters."""

_LONGEST = 240

_LINKS = frozenset({ProblemKind.BROKEN_LINK, ProblemKind.VANISHED, ProblemKind.REDIRECT})


@dataclass(frozen=True)
class Change:
    """Two states of the handbook, and the day by which reviews are due or not."""

    before: Corpus
    after: Corpus
    today: dt.date


def explain(change: Change) -> str:
    """Return in Markdown what a change does; each part only if there is something to say."""
    parts = [
        f"### {title}\n\n{_listed(lines)}" for title, lines_of in _PARTS.items() if (lines := list(lines_of(change)))
    ]
    return "\n".join(["## What this changes\n", *(parts or ["Nothing in the pages and the data.\n"])])


def _listed(lines: list[str]) -> str:
    left_out = len(lines) - _MOST_LINES
    more = [f"… and {left_out} more."] if left_out > 0 else []
    return "".join(f"- {line}\n" for line in [*lines[:_MOST_LINES], *more])


def _pages(change: Change) -> Iterator[str]:
    before, after = change.before.pages, change.after.pages
    led_to = {redirect.new for redirect in change.after.registry.redirects.values() if redirect.old in before.by_uri}
    for src_uri in sorted({*before.by_uri, *before.broken} | {*after.by_uri, *after.broken}):
        was = src_uri in before.by_uri or src_uri in before.broken
        now = src_uri in after.by_uri or src_uri in after.broken
        moved = change.after.registry.redirects.get(src_uri)
        if not now:
            yield f"{code_span(src_uri)} is gone{f'; its readers go to {code_span(moved.new)}' if moved else ''}"
            if moved and moved.new not in before.by_uri and src_uri in before.by_uri and moved.new in after.by_uri:
                yield from _words(moved.new, before.by_uri[src_uri].body, after.by_uri[moved.new].body)
        elif not was and src_uri not in led_to:
            yield f"{code_span(src_uri)} is new{_described(after.by_uri.get(src_uri), change.after)}"
        if src_uri in before.by_uri and src_uri in after.by_uri:
            yield from _words(src_uri, before.by_uri[src_uri].body, after.by_uri[src_uri].body)


def _described(page: Page | None, corpus: Corpus) -> str:
    """Say what somebody who has not opened a new page wants to know of it."""
    if page is None:
        return ""
    covered = dict.fromkeys(covering.recommendation.id for covering in corpus.coverage.by_page.get(page.src_uri, ()))
    facts = [
        code_span(page.meta.title),
        plural(len(page.body.split()), "word"),
        plural(len(page.citations), "source"),
        *([f"for {', '.join(map(code_span, page.meta.roles))}"] if page.meta.roles else []),
        *([f"puts into practice {', '.join(map(code_span, covered))}"] if covered else []),
    ]
    silence = "" if is_announced(page, corpus) else f"; no entry of {code_span(CHANGES_FILE)} tells readers of it"
    return f": {', '.join(facts)}{silence}"


_ADDRESS = re.compile(r"(?<=\])\([^()\s]*\)")
"""Where a link leads, which changes with each page that moves, and is no word."""


def _words(src_uri: str, before: str, after: str) -> Iterator[str]:
    was, now = (Counter(_ADDRESS.sub("", text).split()) for text in (before, after))
    if added_or_gone := (now - was) + (was - now):
        added = (now - was).total()
        gone = added_or_gone.total() - added
        yield f"{code_span(src_uri)}: {plural(added, 'word')} new, {plural(gone, 'word')} gone, {now.total()} now"
    elif before != after:
        yield f"{code_span(src_uri)}: the same words, in another order or with other links"


def _recommendations(change: Change) -> Iterator[str]:
    before, after = change.before.registry.recommendations, change.after.registry.recommendations
    for id_ in sorted({*before, *after}):
        was, now = before.get(id_), after.get(id_)
        if now is None:
            yield f"**{code_span(id_)} is gone.** Ids are never deleted."
        elif was is None:
            yield f"{code_span(id_)} is new ({now.status}): {code_span(now.title)}"
        elif was.status is not now.status:
            yield f"{code_span(id_)} was {was.status} and is {now.status}: {code_span(now.title)}"
        elif wording_digest(was) != wording_digest(now):
            yield f"{code_span(id_)} is worded anew: {code_span(now.title)}. {_old_and_new(was, now)}"


def _old_and_new(was: Recommendation, now: Recommendation) -> str:
    said = [f"It was called: {code_span(was.title)}."] if was.title != now.title else []
    if was.asks != now.asks:
        said.append(f"It asked: {code_span(was.asks)} It asks: {code_span(now.asks)}")
    return " ".join(said)


_TOLD_ELSEWHERE = frozenset({"recommendations", "history", "redirects", "confirmations"})


def _data(change: Change) -> Iterator[str]:
    """Compare the entries of all other data files by their names."""
    for field, file, _ in Registry.data_files():
        if field in _TOLD_ELSEWHERE:
            continue
        before, after = (_by_name(getattr(corpus.registry, field)) for corpus in (change.before, change.after))
        for name in sorted({*before, *after}):
            if said := _entry(before.get(name), after.get(name)):
                yield f"{code_span(file.path)}: {code_span(name)} {said}"


def _by_name(entries: Mapping[str, Record] | Iterable[Record]) -> dict[str, Record]:
    records = entries.values() if isinstance(entries, Mapping) else entries
    return {getattr(record, record.key): record for record in records}


def _entry(was: Record | None, now: Record | None) -> str:
    if now is None:
        return "is gone"
    if was is None:
        words = [value for key, value in now if key != now.key and isinstance(value, str)]
        return f"is new: {code_span(words[0])}" if words else "is new"
    others = [key for key, value in now if value != getattr(was, key)]
    return f"has another {', '.join(map(code_span, others))}" if others else ""


def _coverage(change: Change) -> Iterator[str]:
    """Compare what sections do about each recommendation; one section with steps counts for more than any without."""
    before, after = (corpus.coverage.by_recommendation for corpus in (change.before, change.after))
    for id_ in sorted({*before, *after}):
        was, now = (
            [Counter(c.degree for c in found.get(id_, ()))[degree] for degree in Degree] for found in (before, after)
        )
        if was == now:
            continue
        verdict = (
            "gained" if not any(was) else "**lost**" if not any(now) else "stronger" if now > was else "**weaker**"
        )
        title = next(
            corpus.registry.recommendations[id_].title
            for corpus in (change.after, change.before)
            if id_ in corpus.registry.recommendations
        )
        yield f"{code_span(id_)} {verdict}: now {_sections(now)}; before, {_sections(was)} ({code_span(title)})"


def _sections(counts: Iterable[int]) -> str:
    """Say how many sections there are in each degree.

    >>> _sections([2, 0, 1]), _sections([0, 0, 0])
    ('2 sections with steps and 1 section as a report', 'no section')
    """
    words = ("with steps", "in part", "as a report")
    said = [f"{plural(count, 'section')} {how}" for count, how in zip(counts, words, strict=True) if count]
    return " and ".join(said) or "no section"


def _reviews(change: Change) -> Iterator[str]:
    for src_uri, recommendations in change.after.suspects.items():
        new = [r.id for r in recommendations if r not in change.before.suspects.get(src_uri, ())]
        if new:
            names = ", ".join(map(code_span, new))
            yield f"{code_span(src_uri)} is to be confirmed: {names} is worded anew, or marked there for the first time"
    due_before = _due(change.before, change.today)
    for src_uri in sorted(_due(change.after, change.today) - due_before):
        yield f"{code_span(src_uri)} is now due for review"
    for src_uri in sorted(due_before - _due(change.after, change.today)):
        yield f"{code_span(src_uri)} is no longer due for review"


def _due(corpus: Corpus, today: dt.date) -> set[str]:
    return {page.src_uri for page in corpus.pages if page.meta.next_review <= today}


def _links(change: Change) -> Iterator[str]:
    yield from _problems(change, lambda problem: problem.kind in _LINKS)
    before, after = addresses(change.before), addresses(change.after)
    for address in sorted(after.keys() - before.keys()):
        yield f"new link out of the handbook: {code_span(address)} in {code_span(after[address].file)}"
    for address in sorted(before.keys() - after.keys()):
        yield f"no longer linked: {code_span(address)}"


def _other_problems(change: Change) -> Iterator[str]:
    shown_elsewhere = _LINKS | {ProblemKind.SUSPECT}
    return _problems(change, lambda problem: problem.kind not in shown_elsewhere)


def _problems(change: Change, wanted: Callable[[Problem], bool]) -> Iterator[str]:
    """Compare problems by file, kind and words: that one has moved to another line is no news."""
    before, after = (
        {(problem.location.file, problem.kind, problem.message): problem for problem in filter(wanted, corpus.problems)}
        for corpus in (change.before, change.after)
    )
    yield from _told("new", [problem for key, problem in after.items() if key not in before])
    yield from _told("mended", [problem for key, problem in before.items() if key not in after])


def _told(news: str, problems: Iterable[Problem]) -> Iterator[str]:
    for problem in problems:
        place = f"{problem.location.file}:{problem.location.line}"
        weight = "**" if problem.severity is Severity.ERROR and news == "new" else ""
        yield f"{weight}{news}{weight}: {code_span(place)} {code_span(problem.message)}"


_PARTS: dict[str, Callable[[Change], Iterator[str]]] = {
    "Problems": _other_problems,
    "Links": _links,
    "Recommendations put into practice": _coverage,
    "Recommendations": _recommendations,
    "Data": _data,
    "Reviews": _reviews,
    "Pages": _pages,
}
"""Each part of the text, what stops the change first."""

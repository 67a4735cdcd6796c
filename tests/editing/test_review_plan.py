"""Reviews are spread over the months, and nothing else of the pages changes."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from handbook.checks import load_corpus
from handbook.editing.review_plan import due_months, spread
from tests.support.project import TODAY, replace, run

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus


def text_of(project: Path) -> str:
    """Return all pages, one after the other."""
    return "".join(path.read_text(encoding="utf-8") for path in sorted((project / "docs").rglob("*.md")))


def test_real_pages_can_be_spread(corpus: Corpus) -> None:
    """With the plan no month brings more than an eighth of the pages, and there are as many as before."""
    after = due_months(corpus.pages, spread(corpus.pages, TODAY))
    assert max(after.values()) <= len(corpus.pages.by_uri) / 8
    assert sum(after.values()) == len(corpus.pages.by_uri)


def test_plan_and_write(tiny: Path) -> None:
    """The plan alone changes nothing; written, it changes the months of the pages named, and a second one is empty."""
    before = text_of(tiny)
    plan = run("handbook", "review", "--plan", folder=tiny).stdout
    month = re.search(r"2027-11: (\d+) pages, now (\d+)\n", plan)
    assert month is not None
    assert 0 < int(month[1]) < int(month[2])
    assert "2027-10: 1 pages, now 0\n" in plan
    assert text_of(tiny) == before
    assert run("handbook", "review", "--plan", "--write", folder=tiny).stdout == plan
    after = text_of(tiny)
    changed = [(old, new) for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new]
    assert len(changed) == plan.count("→") > 0
    assert {old.partition(":")[0] for old, _ in changed} == {"review_months"}
    assert "→" not in run("handbook", "review", "--plan", folder=tiny).stdout
    assert run("handbook", "check", folder=tiny).stdout == ""


def test_nobody_waits_longer(tiny: Path) -> None:
    """A page comes earlier by half of its time at most, never later, and never into the past."""
    pages = load_corpus(tiny, TODAY).pages
    planned = spread(pages, dt.date(2028, 6, 15))
    assert planned
    for src_uri, months in planned.items():
        meta = pages.by_uri[src_uri].meta
        assert meta.review_months / 2 <= months < meta.review_months
        assert meta.due_after(months) > dt.date(2028, 6, 15)


def test_overdue_pages_stay_overdue(tiny: Path) -> None:
    """A plan cannot make a review that is due disappear."""
    replace(tiny, "docs/prisons/release.md", "reviewed: 2026-11-23", "reviewed: 2020-11-23")
    assert "prisons/release.md" not in spread(load_corpus(tiny, TODAY).pages, TODAY)


def test_write_alone_is_wrong(tiny: Path) -> None:
    """There is nothing to write without a plan; exit code 2."""
    done = run("handbook", "review", "--write", folder=tiny)
    assert (done.returncode, "--write goes with --plan" in done.stderr) == (2, True)

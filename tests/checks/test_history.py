"""Ids and addresses last: what is new is noted, what has moved leads on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import html

from handbook.downloads.articles import read_articles
from handbook.downloads.offline import copied_names
from tests.support.project import replace, run

if TYPE_CHECKING:
    from pathlib import Path

IDS = "data/ids.yml"


def test_fix_notes_what_is_new(tiny: Path) -> None:
    """An id and a page that are not noted are added in their order; then the check is clean, and there is no news."""
    replace(tiny, IDS, "EDU-01, PRI-01", "PRI-01")
    (tiny / "docs/education/index.md").rename(tiny / "docs/education/start.md")
    replace(tiny, "data/reviews.yml", "education/index.md", "education/start.md")
    replace(tiny, "data/redirects.yml", "- old", "- old: education/index.md\n  new: education/start.md\n- old")
    assert run("handbook", "check", folder=tiny).stdout.count("error[not-in-history]") == 2
    done = run("handbook", "check", "--fix", folder=tiny)
    assert (done.returncode, done.stdout) == (0, "")
    assert f"'{IDS}' is written." in done.stderr
    text = (tiny / IDS).read_text(encoding="utf-8")
    assert "recommendations:\n  - EDU-01\n  - PRI-01\n" in text
    pages = text.partition("pages:\n")[2].splitlines()
    assert "  - education/start.md" in pages
    assert pages == sorted(pages)
    assert "is written" not in run("handbook", "check", "--fix", folder=tiny).stderr


def test_fix_forgets_nothing(tiny: Path) -> None:
    """What is gone stays noted, and so stays a problem."""
    (tiny / "data/redirects.yml").unlink()
    assert "error[vanished] the page 'prisons/talk.md'" in run("handbook", "check", "--fix", folder=tiny).stdout


def test_fix_leaves_a_broken_history_alone(tiny: Path) -> None:
    """A file that cannot be read is not written over."""
    (tiny / IDS).write_text("pages: [", encoding="utf-8")
    assert "error[yaml-syntax]" in run("handbook", "check", "--fix", folder=tiny).stdout
    assert (tiny / IDS).read_text(encoding="utf-8") == "pages: ["


def test_redirect(tiny_site: Path) -> None:
    """The former address leads to the page at once and by a link, says so to search engines, and runs no script."""
    document = html.parse(tiny_site / "prisons/talk/index.html").getroot()
    assert document.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../release/"]
    assert document.xpath("//link[@rel='canonical']/@href") == ["../release/"]
    assert document.xpath("//main//a/@href") == ["tel:112", "../release/"]
    assert document.xpath("//script | //@style | //style") == []


def test_redirect_is_no_page(tiny_site: Path) -> None:
    """It is neither an article to print, nor in the copies."""
    assert "prisons/talk/" not in read_articles(tiny_site)
    assert "prisons/talk/index.html" not in copied_names(tiny_site)

"""The mail that the foot of a page offers to readers who have no account at a repository."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlsplit

from tests.support.project import replace, run
from tests.support.site import read, words

if TYPE_CHECKING:
    from pathlib import Path


def test_mail_is_filled_in(tiny: Path) -> None:
    """With the page, and the state of it that was read; beside the form if there is one."""
    extra = 'extra:\n  repository: !ENV [REPOSITORY_URL, ""]\n  contact: !ENV [CONTACT_EMAIL, ""]\n'
    replace(tiny, "mkdocs.yml", "strict: true\n", f"strict: true\n{extra}")
    address = "editors@example.org"
    settings = {"CONTACT_EMAIL": address, "REPOSITORY_URL": "https://example.org/a/b"}
    built = run("mkdocs", "build", folder=tiny, SOURCE_DATE_EPOCH="1795435200", **settings)
    assert built.returncode == 0, built.stderr
    (foot,) = read(tiny / "site", "prisons/release").find_class("suggest")
    form, mail = (urlsplit(str(link.get("href"))) for link in foot.iter("a"))
    assert words(foot) == "Suggest a change to this page, or write to its editors"
    assert (form.netloc, mail.scheme, mail.path) == ("example.org", "mailto", address)
    filled = parse_qs(mail.query)
    assert filled["subject"] == ["Suggestion: Preparing release"]
    assert filled["body"][0].startswith("Page: prisons/release.md (reviewed 2026-11-23, published 2026-11-23)")


def test_no_address_no_mail(tiny_site: Path) -> None:
    """Nothing is offered that leads nowhere."""
    assert b"mailto:" not in (tiny_site / "prisons/release/index.html").read_bytes()

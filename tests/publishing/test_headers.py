"""What browsers may do with the pages: in each page, and in the files for servers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from lxml import html

from handbook.publishing.headers import POLICY, write_headers

if TYPE_CHECKING:
    from pathlib import Path

PAGE = '<!doctype html>\n<meta charset="utf-8">\n<title>x</title>\n'


def rules(policy: str) -> dict[str, str]:
    """Return what is allowed, by kind."""
    return dict(rule.split(" ", 1) for rule in policy.split("; "))


def test_every_page_carries_the_policy_first(tiny_site: Path) -> None:
    """Also a redirect and the page for lost addresses; nothing that it judges comes before it."""
    pages = list(tiny_site.rglob("*.html"))
    assert len(pages) > 10
    for page in pages:
        first, second = html.parse(page).getroot().findall("head/*")[:2]
        assert (first.get("charset"), second.get("http-equiv")) == ("utf-8", "Content-Security-Policy"), page


def test_nothing_is_allowed_but_the_sites_own(tiny_site: Path) -> None:
    """No page has a script in it, so none needs an exception."""
    page = html.parse(tiny_site / "index.html")
    said = rules(page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)"))
    assert said["default-src"] == "'none'"
    assert {said[kind] for kind in ("script-src", "style-src", "connect-src", "form-action")} == {"'self'"}


@pytest.mark.parametrize("script", ["<script>document.title = 'x';</script>", '<script src="a.js"></script>'])
def test_no_page_widens_the_policy(script: str, tmp_path: Path) -> None:
    """Whatever stands in a page, the policy is the same; so no script in a page can run."""
    (tmp_path / "index.html").write_text(PAGE + script, encoding="utf-8")
    write_headers(tmp_path)
    page = html.parse(tmp_path / "index.html")
    assert page.xpath("string(//meta[@http-equiv='Content-Security-Policy']/@content)") == POLICY
    assert rules(POLICY)["script-src"] == "'self'"


def test_files_for_servers(tmp_path: Path) -> None:
    """Both say the same, in the form that each kind of server reads."""
    (tmp_path / "index.html").write_text(PAGE, encoding="utf-8")
    write_headers(tmp_path)
    first, *lines = (tmp_path / "_headers").read_text(encoding="utf-8").splitlines()
    headers = dict(line.strip().split(": ", 1) for line in lines)
    assert first == "/*"
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"].startswith("max-age=63072000")
    nginx = (tmp_path / "nginx-headers.conf").read_text(encoding="utf-8")
    assert nginx == "".join(f'add_header {name} "{value}" always;\n' for name, value in headers.items())

"""What browsers may do with the pages: in each page, and in the files for servers."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING

import pytest
from lxml import html

from handbook.publishing.headers import policy_for, write_headers

if TYPE_CHECKING:
    from pathlib import Path

PAGE = '<!doctype html>\n<meta charset="utf-8">\n<title>x</title>\n'


def rules(policy: str) -> dict[str, str]:
    """Give what is allowed, by kind."""
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


def test_script_in_a_page_is_allowed_by_its_hash() -> None:
    """And by nothing wider."""
    script = "document.title = 'x';\n"
    hashed = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = policy_for([f"{PAGE}<script>{script}</script>", f'{PAGE}<script src="a.js"></script>'])
    assert rules(policy)["script-src"] == f"'self' 'sha256-{hashed}'"


@pytest.mark.parametrize("script", ['<script src="a.js"></script>', '<script type="application/ld+json">{}</script>'])
def test_what_no_browser_runs_needs_no_hash(script: str) -> None:
    """A script in a file is named by it; data for search engines is not run."""
    assert policy_for([PAGE + script]) == policy_for([PAGE])


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

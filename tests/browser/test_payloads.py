"""Every payload that the check and the build let pass, opened in a real browser: none does anything."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from functools import cache, partial
from http.server import ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest
from pydantic import TypeAdapter, ValidationError

from handbook.checks import load_corpus
from handbook.downloads.articles import is_redirect
from handbook.model.values import Text
from handbook.parsing.glyphs import missing_glyphs
from tests.browser.conftest import WATCH, QuietHandler
from tests.support.project import REAL, TODAY, run, write_project

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Dialog

pytestmark = pytest.mark.slow

TOOLS = REAL / "tests/node"

PRINT_FIXTURES = "console.log(JSON.stringify(require('dompurify-fixtures/test/fixtures/expect.js')))"

HEAD = """\
---
title: {title}
summary: {title}
kind: reference
reviewed: 2026-11-23
review_months: 24
owner: {title}
also_called: [{title}]
---

"""

TOUCH = """
for (const element of document.querySelectorAll("article, article *, title, header *, nav *")) {
  for (const name of ["mouseover", "mouseenter", "focus", "load", "error", "toggle", "animationstart", "pointerover"])
    element.dispatchEvent(new Event(name));
}
"""
"""What a reader's hand might do on a page, short of following a link."""


def _is_plain(text: str) -> bool:
    try:
        TypeAdapter(Text).validate_python(text)
    except ValidationError:
        return False
    return not any(missing_glyphs(text, "payload"))


@cache
def _payloads() -> list[str]:
    """Return our own payloads and those that DOMPurify's release 0.8.0 came with."""
    lines = (REAL / "tests/payloads.txt").read_text(encoding="utf-8").split("\n")
    node = shutil.which("node")
    if node is None or not (TOOLS / "node_modules/dompurify-fixtures").exists():
        pytest.fail("DOMPurify's fixtures are missing; 'make test-slow' installs them, and needs Node.js and npm")
    done = subprocess.run([node, "-e", PRINT_FIXTURES], cwd=TOOLS, capture_output=True, text=True, check=True)
    foreign = [fixture["payload"] for fixture in json.loads(done.stdout)]
    assert len(foreign) == 185
    return list(dict.fromkeys([line.replace("⏎", "\n") for line in lines if line] + foreign))


@cache
def _plain() -> list[str]:
    """Return those that values of the front matter and of the data may say, titles among them, which all differ."""
    return list({payload.casefold(): payload for payload in _payloads() if _is_plain(payload)}.values())


def _write(project: Path) -> None:
    """Put each payload into the text of a page of its own, and each that values may say wherever there are values."""
    for number, payload in enumerate(_payloads()):
        text = HEAD.format(title=f"Text {number}") + payload + "\n\nEnd.\n"
        (project / f"docs/prisons/text-{number}.md").write_text(text, encoding="utf-8")
    recommendations, situations = [], []
    for number, payload in enumerate(_plain()):
        said = json.dumps(payload, ensure_ascii=False)
        text = HEAD.format(title=said) + f"## {number}\n\nText.\n"
        (project / f"docs/prisons/head-{number}.md").write_text(text, encoding="utf-8")
        short = json.dumps(payload[:90], ensure_ascii=False)
        recommendations.append(
            f"- {{id: EDU-{number + 10}, title: {short}, asks: {said}, issuer: ran, addressees: [teacher], "
            f"nature: practice, attestation: reported, basis: {said}, sources: [revue], status: draft, "
            f"history: [{{date: 2026-11-23, change: {said}}}]}}\n"
        )
        situations.append(
            f"- {{id: situation-{number}, words: {short}, areas: [prisons], roles: [prison-officer], "
            "stage: [tertiary], group: prison, pages: [prisons/release.md], now: [Before release], "
            "say: [Before release], today: [Before release], avoid: [wait.]}\n"
        )
    for name, entries in (("recommendations/education", recommendations), ("situations", situations)):
        with (project / f"data/{name}.yml").open("a", encoding="utf-8") as file:
            file.writelines(entries)
    _note_ids(project)


def _note_ids(project: Path) -> None:
    """Write the list of everything that has an id, as `handbook check` asks for it."""
    pages = sorted(path.relative_to(project / "docs").as_posix() for path in (project / "docs").rglob("*.md"))
    ids = ["PRI-01", "PRI-02", "PRI-03", "EDU-01", *(f"EDU-{number + 10}" for number in range(len(_plain())))]
    lines = [f"recommendations: [{', '.join(sorted(ids))}]", "pages:", *(f"  - {page}" for page in pages)]
    (project / "data/ids.yml").write_text("\n".join([*lines, ""]), encoding="utf-8")


def _refused(lines: list[str]) -> set[str]:
    return {page for line in lines for page in re.findall(r"docs/(prisons/(?:text|head)-\d+\.md)", line)}


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site of all payloads that the check and then the gates let pass."""
    project = write_project(tmp_path_factory.mktemp("hostile") / "tiny", REAL)
    _write(project)
    lines = [problem.line() for problem in load_corpus(project, TODAY).problems if "error" in problem.line()]
    for _ in range(5):
        for page in _refused(lines):
            (project / "docs" / page).unlink()
        _note_ids(project)
        done = run("mkdocs", "build", folder=project)
        if done.returncode == 0:
            return project / "site"
        assert "Traceback" not in done.stderr
        lines = done.stderr.splitlines()
        assert _refused(lines), done.stderr
    pytest.fail("the build refuses more each time")


@pytest.fixture(scope="session")
def hostile_address(hostile: Path) -> Iterator[str]:
    """Serve it."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(QuietHandler, directory=hostile))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def test_no_payload_does_anything(browser: Browser, hostile: Path, hostile_address: str) -> None:
    """No dialog, no other address, no request to others, nothing that the policy had to stop, no error of a script."""
    pages = (path for path in hostile.rglob("index.html") if not is_redirect(path))
    names = sorted(path.parent.relative_to(hostile).as_posix() for path in pages)
    assert len([name for name in names if "prisons/text-" in name]) > 20
    assert len([name for name in names if "prisons/head-" in name]) == len(_plain())
    context = browser.new_context()
    context.add_init_script(WATCH)
    page = context.new_page()
    seen: list[str] = []

    def note_dialog(dialog: Dialog) -> None:
        seen.append(f"dialog {dialog.message}")
        dialog.dismiss()

    page.on("dialog", note_dialog)
    page.on("pageerror", lambda error: seen.append(f"error {error}"))
    page.on("popup", lambda popup: seen.append(f"popup {popup.url}"))
    page.on(
        "request", lambda request: seen.append(request.url) if not request.url.startswith(hostile_address) else None
    )
    for name in names:
        hash_ = "" if name.startswith("reference/sources") else "#x"  # there, the list's own script leads on
        url = f"{hostile_address}/{name.removesuffix('.')}/{hash_}"
        page.goto(url)
        page.evaluate(TOUCH)
        assert page.url == url
        assert page.evaluate("window.broken") == [], name
        assert (
            page.evaluate("document.querySelectorAll('script:not([src], [type=\"application/ld+json\"])').length") == 0
        )
        assert seen == [], name
    context.close()

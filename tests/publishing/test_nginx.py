"""The recipe for nginx in the contributors' guide, as nginx understands it."""

from __future__ import annotations

import re
import subprocess
import threading
from typing import TYPE_CHECKING
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from benchmarks.server import configuration, nginx, serving
from handbook.publishing.checksums import write_sums
from handbook.publishing.releases import publish, roll_back
from tests.support.site import small_site

if TYPE_CHECKING:
    from collections.abc import Iterator
    from http.client import HTTPResponse
    from pathlib import Path


def site(folder: Path, text: str) -> Path:
    """Write a finished site with what the recipe expects of one."""
    small_site(folder, text)
    (folder / "nginx-headers.conf").write_text('add_header X-Frame-Options "DENY" always;\n', encoding="utf-8")
    (folder / "assets/site.0123abcd.css").write_text("a {}", encoding="utf-8")
    (folder / "fonts").mkdir()
    (folder / "fonts/face.0123abcd.woff2").write_bytes(b"wOF2")
    (folder / "data").mkdir()
    for name in ("sources.csv", "glossary.ttl", "sources.bib", "feed.xml"):
        (folder / "data" / name).write_text("a\n" * 100, encoding="utf-8")
    (folder / "_headers").write_text("/*", encoding="utf-8")
    write_sums(folder)
    return folder


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a place with a release."""
    folder = tmp_path_factory.mktemp("served")
    publish(site(folder / "site", "old"), folder / "live")
    return folder / "live"


@pytest.fixture(scope="module")
def address(place: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the place as the recipe says."""
    with serving(place, tmp_path_factory.mktemp("nginx")) as address:
        yield address


def ask(address: str) -> HTTPResponse | HTTPError:
    """Return the answer to a question, good or bad."""
    try:
        answer: HTTPResponse = urlopen(address, timeout=10)  # noqa: S310 - our own server
    except HTTPError as error:
        return error
    return answer


def test_recipe_is_correct(place: Path, tmp_path: Path) -> None:
    """Nginx's own check finds nothing to say, warnings included."""
    (tmp_path / "nginx.conf").write_text(configuration(place, tmp_path, 8080), encoding="utf-8")
    done = subprocess.run(
        nginx("-t", "-q", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf"), "-e", str(tmp_path / "error.log")),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("path", "status", "cache"),
    [
        ("/", 200, "public, max-age=300"),
        ("/prisons/", 200, "public, max-age=300"),
        ("/assets/site.css", 200, "public, max-age=300"),
        ("/assets/site.0123abcd.css", 200, "public, max-age=31536000, immutable"),
        ("/fonts/face.0123abcd.woff2", 200, "public, max-age=31536000, immutable"),
        ("/downloads/handbook.pdf", 200, "public, max-age=3600"),
        ("/SHA256SUMS", 200, "public, max-age=300"),
        ("/nowhere/", 404, "public, max-age=300"),
        ("/_headers", 404, "public, max-age=300"),
        ("/nginx-headers.conf", 404, "public, max-age=300"),
    ],
)
def test_answers(address: str, path: str, status: int, cache: str) -> None:
    """Pages are kept shortly, fingerprinted files for ever; the site's own headers are sent with all, errors too."""
    with ask(address + path) as answer:
        assert (answer.status, answer.headers["Cache-Control"]) == (status, cache)
        assert answer.headers["X-Frame-Options"] == "DENY"
        assert path != "/nowhere/" or b"404.html" in answer.read()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("sources.csv", "text/csv; charset=utf-8"),
        ("glossary.ttl", "text/turtle; charset=utf-8"),
        ("sources.bib", "application/x-bibtex"),
        ("feed.xml", "text/xml; charset=utf-8"),
    ],
)
def test_data_are_called_what_they_are_and_sent_small(address: str, name: str, kind: str) -> None:
    """Programs are told the kind of a file, which nginx does not know of itself, and get it compressed."""
    with urlopen(Request(f"{address}/data/{name}", headers={"Accept-Encoding": "gzip"}), timeout=10) as answer:  # noqa: S310 - our own server
        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Encoding"] == "gzip"


def test_address_without_its_slash(address: str) -> None:
    """It leads to the one with it, so that links on the page lead where they should."""
    with ask(f"{address}/prisons") as answer:
        assert answer.url == f"{address}/prisons/"


def test_switch_while_readers_come(address: str, place: Path, tmp_path: Path) -> None:
    """While releases go live and back again, every reader gets a whole page of one of them."""
    new = site(tmp_path / "site", "new")
    stop = threading.Event()
    seen: list[tuple[int | None, str]] = []

    def read() -> None:
        while not stop.is_set():
            with ask(address) as answer:
                seen.append((answer.status, answer.read().decode()))

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    for _ in range(5):
        publish(new, place)
        roll_back(place)
    stop.set()
    for reader in readers:
        reader.join()
    assert {status for status, _ in seen} == {200}
    whole = re.compile(r"(?:(?:old index\.html\n){50}|(?:new index\.html\n){50})")
    assert [text for _, text in seen if not whole.fullmatch(text)] == []
    assert len(seen) > 20

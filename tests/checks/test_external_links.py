"""Links to other sites are asked for, and those that do not answer are named with their place."""

from __future__ import annotations

import socketserver
import threading
import time
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from handbook.checks.external_links import check_urls, is_public
from tests.support.project import replace, run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


HERE = ip_address("127.0.0.1")


def answers(address: str) -> str:
    """Say what is wrong with an address, where this machine may be asked by one of its addresses."""
    ((asked, fault),) = check_urls([address], 0, HERE.__eq__)
    assert asked == address
    return fault or ""


class Host(BaseHTTPRequestHandler):
    """Answers by what the address says."""

    def do_HEAD(self) -> None:
        """Answer the short question."""
        redirects = {"/moved": 301, "/to": 302}
        self._answer({"/good": 200, "/picky": 405, "/shy": 403, **redirects}.get(self.path.partition("?")[0], 404))

    def do_GET(self) -> None:
        """Answer the long question."""
        self._answer({"/good": 200, "/picky": 200, "/shy": 403}.get(self.path, 404))

    def _answer(self, code: int) -> None:
        self.send_response(code)
        self.send_header("Location", self.path.partition("?")[2] or "/good")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Say nothing."""


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    """Yield the address of a host on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "fault"),
    [
        ("/good", ""),
        ("/moved", ""),
        ("/picky", ""),
        ("/gone", "answers 404"),
        ("/shy", "answers 403, which may be meant for programs only; look"),
    ],
)
def test_answers(host: str, path: str, fault: str) -> None:
    """What moved is found, what asks for a browser is left to people, what is gone is gone."""
    assert answers(f"{host}{path}") == fault


def test_nobody_there() -> None:
    """A host that does not exist, or an address that is none, is a line and no traceback."""
    faults = [answers(address) for address in ("http://127.0.0.1:9/", "http://nowhere.invalid/", "http://[broken")]
    assert [fault.partition(" (")[0] for fault in faults] == ["does not answer", "does not answer", "was not asked for"]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:{port}/good",
        "http://localhost:{port}/good",
        "http://2130706433:{port}/good",
        "http://0177.0.0.1:{port}/good",
        "http://0x7f.1:{port}/good",
        "http://[::ffff:127.0.0.1]:{port}/good",
        "http://[::1]:{port}/good",
        "http://0.0.0.0:{port}/good",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://[fd00::1]/",
    ],
)
def test_this_network_is_not_asked(host: str, address: str) -> None:
    """However its address is written: who proposes a page must not learn what answers beside us."""
    ((_, fault),) = check_urls([address.format(port=host.rpartition(":")[2])], 0)
    assert fault
    assert fault.startswith("was not asked for ('")
    assert fault.endswith("' is not in the public network)")


@pytest.mark.parametrize(
    ("address", "public"),
    [
        ("93.184.215.14", True),
        ("2606:2800:21f:cb07:6820:80da:af6b:8b2c", True),
        ("64:ff9b::5db8:d70e", True),
        ("64:ff9b::a00:1", False),
        ("64:ff9b:1::1", False),
        ("2002:7f00:1::", False),
        ("2001:0:4136:e378:8000:63bf:80ff:fffe", False),
        ("::127.0.0.1", False),
        ("fec0::1", False),
        ("fe80::1%eth0", False),
        ("100.64.0.1", False),
        ("224.0.0.1", False),
        ("ff0e::1", False),
        ("255.255.255.255", False),
    ],
)
def test_public_addresses(address: str, public: bool) -> None:  # noqa: FBT001 - a table's column
    """Those of version 6 that carry one of version 4 count as that."""
    assert is_public(ip_address(address)) is public


@pytest.mark.parametrize(
    ("leads_to", "fault"),
    [
        ("/good", ""),
        ("/gone", "answers 404"),
        ("//127.0.0.2/", "was not asked for ('127.0.0.2' is not in the public network)"),
        ("http://169.254.169.254/", "was not asked for ('169.254.169.254' is not in the public network)"),
        ("ftp://127.0.0.1/", "was not asked for ('ftp://127.0.0.1/' is no address of a page)"),
        ("file:///etc/passwd", "was not asked for ('file:///etc/passwd' is no address of a page)"),
        ("/to?/to?/good", ""),
    ],
)
def test_redirects_lead_to_public_pages_only(host: str, leads_to: str, fault: str) -> None:
    """Each hop is looked at like the first address."""
    assert answers(f"{host}/to?{leads_to}") == fault


def test_redirects_end() -> None:
    """A host that leads to itself for ever is left after some hops."""
    with raw(b"HTTP/1.1 302 Found\r\nLocation: /\r\nContent-Length: 0\r\n\r\n") as address:
        assert answers(address) == "leads elsewhere more than 10 times"


def test_name_cannot_change_its_mind(host: str) -> None:
    """The connection goes to the address that was looked at, whatever the name leads to a moment later."""
    port = int(host.rpartition(":")[2])
    found = [[(0, 0, 0, "", (ip, port))] for ip in ("127.0.0.1", "127.0.0.2")]
    with mock.patch("handbook.checks.external_links.getaddrinfo", side_effect=found) as asked:
        assert answers(f"http://turncoat.example:{port}/good") == ""
        assert asked.call_count == 1
        assert answers(f"http://turncoat.example:{port}/good").endswith("is not in the public network)")


@contextmanager
def raw(first: bytes, again: bytes = b"", scheme: str = "http") -> Iterator[str]:
    """Yield the address of a host that sends some bytes to everybody, and others again and again."""
    ended = threading.Event()

    class Speaker(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                self.request.sendall(first)
                while again and not ended.wait(0.05):
                    self.request.sendall(again)

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Speaker) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        try:
            yield f"{scheme}://127.0.0.1:{server.server_address[1]}/"
        finally:
            ended.set()
            server.shutdown()
            thread.join()


@pytest.mark.parametrize(
    ("first", "again", "scheme"),
    [
        (b"HTTP/1.1 200 OK\r\nX: ", b"x", "http"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n", "http"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n" * 10_000, "http"),
        (b"\x16\x03\x03\x40\x00", b"\x00", "https"),
    ],
    ids=["header", "continue", "flood", "handshake"],
)
def test_nobody_holds_us(first: bytes, again: bytes, scheme: str) -> None:
    """An address takes its time and no more, however busily its host goes on."""
    with raw(first, again, scheme) as address, mock.patch("handbook.checks.external_links.SECONDS", 1):
        begun = time.monotonic()
        assert answers(address) == "does not answer within 1 seconds"
        assert time.monotonic() - begun < 20


def test_all_together_have_an_end() -> None:
    """A host with many addresses cannot take the time in which the report is to be written."""
    with (
        raw(b"HTTP/1.1 200 OK\r\nX: ", b"x", "http") as address,
        mock.patch("handbook.checks.external_links.SECONDS", 1),
        mock.patch("handbook.checks.external_links.SECONDS_IN_ALL", 0.5),
    ):
        said = [answer.fault for answer in check_urls([f"{address}?{n}" for n in range(50)], 0, HERE.__eq__)]
    assert said == ["does not answer within 1 seconds", *["was not asked for, as others took too long"] * 49]


@pytest.mark.parametrize(
    "status",
    [
        b"x\r```\r\r@everyone [a](https://evil.example) <img src=x>\r````",
        b"\x1b[31m\x1b]0;owned\x07",
        b"HTTP/1.1 200" + b"x" * 500,
        "\u202eowned".encode(),
    ],
)
def test_answers_are_one_printable_line(status: bytes) -> None:
    """What is shown of a host's words fits a line, and does nothing to whatever shows it."""
    with raw(status + b"\r\n\r\n") as address:
        fault = answers(address)
    assert fault.isprintable()
    assert 0 < len(fault) <= 120


def test_command(tiny: Path, host: str) -> None:
    """Each address is asked for once, and named where it stands first; this machine, too, only if it is public."""
    replace(tiny, "data/sources.yml", "https://rm.coe.int/guidelines", f"{host}/gone")
    replace(tiny, "docs/prisons/release.md", "Silence.", f"[Good]({host}/good), [bad]({host}/missing) and {host}/gone.")
    replace(tiny, "data/actors.yml", "acronym: RAN", f"url: {host}/body")
    replace(tiny, "data/advice/whom-to-tell.yml", "Write it down.", f"'[Write]({host}/table) it down.'")
    for name in ("contacts", "national-law"):
        (tiny / f"data/{name}.yml").write_text("[]\n", encoding="utf-8")
    done = run("handbook", "links", folder=tiny)
    places = [
        ("data/actors.yml:3:8", "body"),
        ("data/advice/whom-to-tell.yml:13:5", "table"),
        ("data/sources.yml:5:8", "gone"),
        ("docs/prisons/release.md:47:8", "good"),
        ("docs/prisons/release.md:47:44", "missing"),
    ]
    assert done.stdout.splitlines() == [
        f"{place}: '{host}/{page}' was not asked for ('127.0.0.1' is not in the public network)"
        for place, page in places
    ]
    assert (done.returncode, done.stderr) == (1, "5 addresses asked for, 5 to look at.\n")

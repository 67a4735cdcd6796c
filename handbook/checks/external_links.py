"""Other people's pages that the handbook links to, and whether they still answer.

The one module that asks the network.
"""

from __future__ import annotations

import re
import ssl
import string
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from socket import SHUT_RDWR, SOCK_STREAM, create_connection, getaddrinfo, socket
from threading import Timer
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from handbook.model import advice as tables
from handbook.model import decisions as trees
from handbook.problems import Location

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from handbook.model.corpus import Corpus
    from handbook.model.records import Contact, Provision
    from handbook.model.registry import Registry

_ADDRESS = re.compile(r"https?://(?:\([^\s<>\"'()]*\)|[^\s<>\"'()])+")
SECONDS = 30
"""For an address, whatever its host does in that time."""

SECONDS_IN_ALL = 2400
"""For all addresses: less than the job has that asks every week, so that its report is written whatever hosts do."""

_PAUSE = 1.0
"""Seconds between two questions to the same host."""

_HOSTS_AT_ONCE = 8
_MAY_BE_FOR_PROGRAMS = frozenset({401, 403, 405, 429, 501, 503})
"""Answers of hosts that keep programs out."""

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_MOST_HOPS = 10
_PORTS = {"http": 80, "https": 443}
_HEADERS = {"User-Agent": "Mozilla/5.0 (compatible; link check of a handbook)", "Accept": "*/*"}

_AS_IT_IS = string.punctuation
"""Characters that an address may have, or has encoded already; `quote` encodes the others."""

_TRANSLATED = IPv6Network("64:ff9b::/96")
"""What networks of version 6 alone use for addresses of version 4 (RFC 6052)."""

_LONGEST = 120
"""Characters that are shown of what another host has answered."""

_Ip = IPv4Address | IPv6Address


class Answer(NamedTuple):
    """What came of asking for an address; `fault` is None if nothing is wrong."""

    address: str
    fault: str | None


def addresses(corpus: Corpus) -> Mapping[str, Location]:
    """Return every address outside the site to which entries or pages link, with the first place of each."""
    found: dict[str, Location] = {}
    for address, location in (*_of_entries(corpus.registry), *_of_pages(corpus)):
        found.setdefault(address, location)
    return found


def _of_entries(registry: Registry) -> Iterator[tuple[str, Location]]:
    for record in registry.records():
        if url := getattr(record, "url", None):
            yield url, record.at("url")
    linked = (
        *((advice, tables.targets(advice)) for advice in registry.advice.values()),
        *((decision, trees.targets(decision)) for decision in registry.decisions.values()),
    )
    for record, targets in linked:
        yield from ((target, record.at(*path)) for path, target in targets if _ADDRESS.match(target))
    seen: list[Contact | Provision] = [*registry.contacts.values(), *registry.provisions.values()]
    for entry in seen:
        if entry.page.url:
            yield entry.page.url, entry.at("page", "url")


def _of_pages(corpus: Corpus) -> Iterator[tuple[str, Location]]:
    for page in corpus.pages:
        for number, line in enumerate(page.body.splitlines(), page.first_line):
            for match in _ADDRESS.finditer(line):
                yield match[0].rstrip(".,;"), Location(page.file, number, match.start() + 1)


def is_public(ip: _Ip) -> bool:
    """Tell whether an address is in the public network, and not in that of whoever asks.

    One of version 6 that carries one of version 4 is judged by that.
    """
    inner = _carried(ip) if isinstance(ip, IPv6Address) else None
    if inner:
        return is_public(inner)
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or getattr(ip, "is_site_local", False))


def _carried(ip: IPv6Address) -> IPv4Address | None:
    if ip in _TRANSLATED:
        return IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)


def check_urls(
    addresses: Sequence[str], pause: float = _PAUSE, may_ask: Callable[[_Ip], bool] = is_public
) -> Iterator[Answer]:
    """Ask for each address: several hosts at a time, each host one question after the other.

    Args:
        addresses: beginning with `http://` or `https://`.
        pause: seconds between two questions to the same host.
        may_ask: whether a host at an IP address may be asked; it is asked for each host that an answer leads to, too.
    """
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[address.split("/")[2]].append(address)

    end = time.monotonic() + SECONDS_IN_ALL

    def ask_host(of_host: list[str]) -> list[Answer]:
        answers = []
        for address in of_host:
            if time.monotonic() >= end:
                answers.append(Answer(address, "was not asked for, as others took too long"))
                continue
            answers.append(Answer(address, _fault(address, may_ask)))
            time.sleep(pause)
        return answers

    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        for answers in pool.map(ask_host, by_host.values()):
            yield from answers


def _fault(address: str, may_ask: Callable[[_Ip], bool]) -> str | None:
    """Say what is wrong with an address, if anything; ask a host that does not know the short question the long one."""
    end = time.monotonic() + SECONDS
    try:
        said = _status("HEAD", address, end, may_ask) and _status("GET", address, end, may_ask)
    except (OSError, HTTPException) as error:
        said = f"does not answer ({error})"
    except ValueError as error:
        said = f"was not asked for ({error})"
    if time.monotonic() >= end:  # what was cut may look whole
        said = f"does not answer within {SECONDS} seconds"
    return _one_line(said) if said else None


def _one_line(text: str) -> str:
    """Return what other hosts may have had a part in as something to show: printable, on one line, and short."""
    shown = "".join(character if character.isprintable() else "?" for character in text)
    return shown if len(shown) <= _LONGEST else f"{shown[: _LONGEST - 1]}…"


def _status(method: str, address: str, end: float, may_ask: Callable[[_Ip], bool]) -> str | None:
    """Ask once, wherever the answers lead; return what is wrong with the last one, None if nothing is.

    Args:
        method: of HTTP.
        address: of a page.
        end: when to give up, by the monotonic clock.
        may_ask: whether a host at this address may be asked.
    """
    for _ in range(_MOST_HOPS):
        code, leads_to = _answer(method, address, end, may_ask)
        if code not in _REDIRECTS or not leads_to:
            break
        address = urljoin(address, quote(leads_to, _AS_IT_IS, "latin-1"))  # as `http.client` reads headers
    else:
        return f"leads elsewhere more than {_MOST_HOPS} times"
    if code < HTTPStatus.BAD_REQUEST:
        return None
    doubt = ", which may be meant for programs only; look" if code in _MAY_BE_FOR_PROGRAMS else ""
    return f"answers {code}{doubt}"


def _answer(method: str, address: str, end: float, may_ask: Callable[[_Ip], bool]) -> tuple[int, str]:
    """Return the code of a host's answer, and where it leads; its body is not read.

    Raises:
        ValueError: if it is no address of a page, or one of a host that is not to be asked.
        OSError: from the network, or if the time is up.
        HTTPException: if the answer is none.
    """
    parts = urlsplit(address)
    if parts.scheme not in _PORTS or not parts.hostname:
        message = f"'{address}' is no address of a page"
        raise ValueError(message)
    port = parts.port or _PORTS[parts.scheme]
    path = quote(urlunsplit(("", "", parts.path or "/", parts.query, "")), _AS_IT_IS)
    with closing(_connected(parts.hostname, port, end, may_ask)) as plain:
        connection, line = HTTPConnection(parts.hostname, port), plain
        if parts.scheme == "https":
            context = ssl.create_default_context()
            connection = HTTPSConnection(parts.hostname, port, context=context)
            line = context.wrap_socket(plain, server_hostname=parts.hostname, do_handshake_on_connect=False)
        with closing(line), _cut_at(end, line):
            if isinstance(line, ssl.SSLSocket):
                line.do_handshake()
            connection.sock = line
            connection.request(method, path, headers=_HEADERS)
            answer = connection.getresponse()
            return answer.status, answer.headers.get("Location", "")


def _connected(host: str, port: int, end: float, may_ask: Callable[[_Ip], bool]) -> socket:
    """Connect to a host by one of the addresses that were looked at, so that its name cannot lead elsewhere since."""
    found = [str(address[0]) for *_, address in getaddrinfo(host, port, type=SOCK_STREAM)]
    if not all(may_ask(ip_address(ip)) for ip in found):
        message = f"'{host}' is not in the public network"
        raise ValueError(message)
    fault = OSError("the time is up")
    for ip in found:
        left = end - time.monotonic()
        if left <= 0:
            break
        try:
            return create_connection((ip, port), left)
        except OSError as error:
            fault = error
    raise fault


@contextmanager
def _cut_at(end: float, connection: socket) -> Iterator[None]:
    """Cut a connection at a time, however busily it sends; the limits of sockets are for each of their steps."""

    def cut() -> None:
        with suppress(OSError):  # it was closed just now
            socket.shutdown(connection, SHUT_RDWR)  # of an encrypted one, too, what lies below is cut

    timer = Timer(max(0, end - time.monotonic()), cut)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()

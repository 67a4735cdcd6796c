"""Other people's pages that the handbook links to, and whether they still answer.

The one module that asks the network.
"""

from __future__ import annotations

import re
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import TYPE_CHECKING, NamedTuple
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from handbook.problems import Location

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from handbook.model.corpus import Corpus

_ADDRESS = re.compile(r"https?://(?:\([^\s<>\"'()]*\)|[^\s<>\"'()])+")
_SECONDS = 20
_PAUSE = 1.0
"""Seconds between two questions to the same host."""

_HOSTS_AT_ONCE = 8
_MAY_BE_FOR_PROGRAMS = frozenset({401, 403, 405, 429, 501, 503})
"""Answers of hosts that keep programs out."""


class Answer(NamedTuple):
    """What came of asking for an address: nothing wrong if `fault` is empty."""

    address: str
    fault: str


def addresses(corpus: Corpus) -> Mapping[str, Location]:
    """Give every address outside the site that sources, actors or pages link to, with the first place of each."""
    found: dict[str, Location] = {}
    for source in corpus.registry.sources.values():
        if source.url:
            found.setdefault(source.url, source.at("url"))
    for page in corpus.pages:
        for number, line in enumerate(page.body.splitlines(), page.first_line):
            for match in _ADDRESS.finditer(line):
                found.setdefault(match[0].rstrip(".,;"), Location(page.file, number, match.start() + 1))
    return found


def ask(addresses: Sequence[str], pause: float = _PAUSE) -> Iterator[Answer]:
    """Ask for each address: several hosts at a time, each host one question after the other.

    Args:
        addresses: beginning with `http://` or `https://`.
        pause: seconds between two questions to the same host.
    """
    by_host: defaultdict[str, list[str]] = defaultdict(list)
    for address in addresses:
        by_host[address.split("/")[2]].append(address)

    def ask_host(of_host: list[str]) -> list[Answer]:
        answers = []
        for address in of_host:
            answers.append(Answer(address, _fault(address)))
            time.sleep(pause)
        return answers

    with ThreadPoolExecutor(_HOSTS_AT_ONCE) as pool:
        for answers in pool.map(ask_host, by_host.values()):
            yield from answers


def _fault(address: str) -> str:
    """Say what is wrong with an address, or nothing; a host that does not know the short question gets the long one."""
    try:
        return _status("HEAD", address) and _status("GET", address)
    except (OSError, HTTPException, ValueError) as error:
        return f"does not answer ({getattr(error, 'reason', error)})"


def _status(method: str, address: str) -> str:
    headers = {"User-Agent": "Mozilla/5.0 (compatible; link check of a handbook)", "Accept": "*/*"}
    try:
        with urlopen(Request(address, headers=headers, method=method), timeout=_SECONDS):  # noqa: S310 - http or https
            return ""
    except HTTPError as error:
        error.close()
        doubt = ", which may be meant for programs only; look" if error.code in _MAY_BE_FOR_PROGRAMS else ""
        return f"answers {error.code}{doubt}"

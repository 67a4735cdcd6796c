"""Measure how many readers one machine serves: nginx as the guide recommends, asked by wrk on the same machine.

    python -m benchmarks.load [SITE]

SITE is a finished site, `site` without it. The requests go to this machine only, and end after about a minute.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from statistics import median
from typing import NamedTuple

from benchmarks.server import serving
from handbook.publishing.checksums import write_sums
from handbook.publishing.releases import publish, roll_back

ROUNDS = 3
SECONDS = 5
CONNECTIONS = 32

ADDRESSES = {
    "home page": "/",
    "guidance page": "/prisons/release/",
    "coverage page, the largest": "/about/coverage/",
    "PDF of an area": "/downloads/prisons.pdf",
}


class Round(NamedTuple):
    """What wrk says of one round.

    Attributes:
        rate: requests answered in a second.
        middle: milliseconds within which half of the answers came.
        slow: milliseconds within which 99 % of the answers came.
        bad: answers that were no answers: errors, and everything but the file.
    """

    rate: float
    middle: float
    slow: float
    bad: int


def ask(address: str) -> Round:
    """Ask for an address from some connections for some seconds."""
    command = ["wrk", "--threads", "1", "--connections", str(CONNECTIONS), "--duration", f"{SECONDS}s", "--latency"]
    command += ["--header", "Accept-Encoding: gzip", address]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603 - our own words
    rate = float(re.findall(r"Requests/sec: +([\d.]+)", said)[0])
    bad = sum(map(int, re.findall(r"(?:Non-2xx.*|connect|read|write|timeout):? (\d+)", said)))
    return Round(rate, _milliseconds(said, "50%"), _milliseconds(said, "99%"), bad)


def _milliseconds(said: str, share: str) -> float:
    ((number, unit),) = re.findall(rf"{share} +([\d.]+)(us|ms|s)\n", said)
    return float(number) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def line(what: str, rounds: list[Round], size: int) -> str:
    """Return the table's line for the rounds of one address."""
    rate, middle, slow = (median(values) for values in list(zip(*rounds, strict=True))[:3])
    bad = sum(round_.bad for round_ in rounds)
    return f"| {what} | {size / 1000:,.0f} | {rate:,.0f} | {middle:.1f} | {slow:.1f} | {bad} |"


def while_switching(address: str, place: Path, other: Path) -> Round:
    """Ask for an address while releases go live and back again without a pause."""
    stop = threading.Event()

    def switch() -> None:
        while not stop.is_set():
            publish(other, place)
            roll_back(place)

    switching = threading.Thread(target=switch)
    switching.start()
    try:
        return ask(address)
    finally:
        stop.set()
        switching.join()


def changed(site: Path, folder: Path) -> Path:
    """Copy a site with a change, so that it makes a release of its own."""
    shutil.copytree(site, folder)
    (folder / "changed.txt").write_text("changed", encoding="utf-8")
    write_sums(folder)
    return folder


def main() -> None:
    """Print the table."""
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "site")
    lines = [
        "| What | kB | Requests/s | Half within ms | 99 % within ms | Bad answers |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    with tempfile.TemporaryDirectory() as folder:
        place, other = Path(folder) / "live", changed(site, Path(folder) / "other")
        publish(site, place)
        with serving(place, Path(folder)) as address:
            for what, path in ADDRESSES.items():
                rounds = [ask(address + path) for _ in range(ROUNDS)]
                lines.append(line(what, rounds, _size(site, path)))
            rounds = [while_switching(address, place, other) for _ in range(ROUNDS)]
            lines.append(line("home page, while releases go live and back", rounds, _size(site, "/")))
    sys.stdout.write("\n".join([*lines, ""]))


def _size(site: Path, path: str) -> int:
    file = site / path.strip("/")
    return (file / "index.html" if file.is_dir() else file).stat().st_size


if __name__ == "__main__":
    main()

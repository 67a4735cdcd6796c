"""Whatever stops a build or a publication, and wherever: readers keep a whole site, and the next run tidies up."""

from __future__ import annotations

import fcntl
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from handbook.publishing.releases import publish
from tests.support.project import REAL, run, write_project
from tests.support.saboteur import SURVIVED, Outcome, digest
from tests.support.site import small_site

if TYPE_CHECKING:
    from collections.abc import Iterable

KILLED = -9
FAULTS = ("kill", "full", "denied")

STRIDES = [31, pytest.param(1, marks=pytest.mark.slow)]
"""Every how-manieth step is spoilt: some of them every day, in the slow tests each."""

GENERATOR = """\
import sys
from pathlib import Path
site = Path(sys.argv[sys.argv.index("--site-dir") + 1])
for name in ("index.html", "404.html", "prisons/index.html", "assets/site.css"):
    (site / name).parent.mkdir(parents=True, exist_ok=True)
    (site / name).write_text("new " + name)
"""
"""Stands in for MkDocs: what it writes is the same for us, and it takes no time."""


KILLER = """\
import os, signal, sys
def kill(event, arguments):
    if event == "open" and os.environ["KILL_AT"] in str(arguments[0]) and arguments[2] & os.O_CREAT:
        os.kill(0 if os.environ["KILL"] == "all" else os.getpid(), signal.SIGKILL)
if "KILL_AT" in os.environ:
    sys.addaudithook(kill)
"""
"""Kills the whole run, or a process of it, when it is about to write a file of a name."""


def spoilt(  # noqa: PLR0913 - the choices of an experiment
    pristine: Path,
    command: Iterable[str],
    live: str,
    fault: str,
    *,
    numbers: Iterable[int],
    can_swap: bool = True,
) -> list[Outcome]:
    """Run a command once for each of some of its steps, each run spoilt at that step, until it has no such step."""
    generator = pristine.with_name("generator")
    (generator / "mkdocs").mkdir(parents=True, exist_ok=True)
    (generator / "mkdocs/__main__.py").write_text(GENERATOR, encoding="utf-8")
    (generator / "mkdocs/__init__.py").touch()
    spec = {
        "pristine": str(pristine),
        "command": list(command),
        "live": live,
        "fault": fault,
        "numbers": list(numbers),
        "can_swap": can_swap,
    }
    done = subprocess.run(
        [sys.executable, REAL / "tests/support/saboteur.py", json.dumps(spec)],
        env=os.environ | {"PYTHONPATH": str(generator)},
        capture_output=True,
        text=True,
        check=True,
    )
    return [Outcome(*outcome) for outcome in json.loads(done.stdout)]


@pytest.fixture
def published(tmp_path: Path) -> Path:
    """Return a folder with five releases and one that never went live, and a new site to publish."""
    pristine = tmp_path / "pristine"
    for number in range(1, 6):
        publish(small_site(tmp_path / f"site-{number}", f"{number}"), pristine / "live")
    small_site(pristine / "live/releases/0006-00000000", "never live")
    small_site(pristine / "site", "new")
    return pristine


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Make a tiny project with a site, from which a new build differs."""
    pristine = write_project(tmp_path / "pristine", REAL)
    small_site(pristine / "site", "old")
    return pristine


def require_all_or_nothing(outcomes: list[Outcome], old: str, new: str) -> None:
    """Check what must hold of every spoilt run: the old site or the new one, the old one after a failure."""
    *spoilt, last = outcomes
    assert (last.code, last.live) == (0, new)
    assert {outcome.live for outcome in spoilt} <= {old, new}
    assert [outcome.broken for outcome in spoilt if outcome.broken] == []
    assert [outcome.said for outcome in spoilt if outcome.code == 1 and outcome.live != old] == []
    assert [outcome.said for outcome in spoilt if outcome.code == SURVIVED and outcome.live != new] == []
    assert [outcome.said for outcome in spoilt if outcome.code not in {1, KILLED, SURVIVED}] == []
    require_tidy(outcomes, new)


def require_tidy(outcomes: list[Outcome], new: str) -> None:
    """Check that each next run did its work and left behind what a run that nothing spoilt leaves, no more, no less."""
    assert [outcome.said for outcome in outcomes if (outcome.next_code, outcome.next_live) != (0, new)] == []
    assert {tuple(outcome.left) for outcome in outcomes} == {tuple(outcomes[-1].left)}
    assert [name for name in outcomes[-1].left if "fresh" in name] == []


@pytest.mark.parametrize("stride", STRIDES)
@pytest.mark.parametrize("fault", FAULTS)
def test_spoilt_publication(published: Path, fault: str, stride: int) -> None:
    """Publishing is killed at every step, finds the disk full from each on, may not touch the file of each."""
    outcomes = spoilt(published, ["publish", "live"], "live/current", fault, numbers=range(1, 1000, stride))
    require_all_or_nothing(outcomes, digest(published / "live/current"), digest(published / "site"))
    assert len(outcomes) * stride > (30 if fault == "kill" else 10)


def test_short_writes(published: Path) -> None:
    """The disk takes a part of a file and no more."""
    numbers = [0, 1, 100, 600, 800, 1_000_000]
    outcomes = spoilt(published, ["publish", "live"], "live/current", "short", numbers=numbers)
    assert [outcome.code for outcome in outcomes] == [1, 1, 1, 1, 1, 0]
    require_all_or_nothing(outcomes, digest(published / "live/current"), digest(published / "site"))


@pytest.mark.parametrize("stride", STRIDES)
@pytest.mark.parametrize("fault", FAULTS)
def test_spoilt_rollback(published: Path, fault: str, stride: int) -> None:
    """Rolling back is one step, too; the next run goes one release further back when the first one was not in vain."""
    names = sorted(path.name for path in (published / "live/releases").iterdir())
    sites = [digest(published / "live/releases" / name) for name in names]
    live = names.index((published / "live/current").readlink().name)
    outcomes = spoilt(published, ["rollback", "live"], "live/current", fault, numbers=range(1, 1000, stride))
    assert {outcome.live for outcome in outcomes} == {sites[live], sites[live - 1]}
    assert {outcome.next_code for outcome in outcomes} == {0}
    assert all(outcome.next_live == sites[sites.index(outcome.live) - 1] for outcome in outcomes)


@pytest.mark.parametrize("stride", STRIDES)
@pytest.mark.parametrize("fault", FAULTS)
def test_spoilt_build(built: Path, fault: str, stride: int) -> None:
    """Building is spoilt at every step of its own; MkDocs and the press have their turn below."""
    outcomes = spoilt(built, ["build"], "site", fault, numbers=range(1, 1000, stride))
    require_all_or_nothing(outcomes, digest(built / "site"), outcomes[-1].live)


@pytest.mark.slow
def test_killed_build_where_folders_cannot_change_names(built: Path) -> None:
    """Between the two steps that are needed there, the site is away; the next run goes on from there."""
    outcomes = spoilt(built, ["build"], "site", "kill", numbers=range(1, 1000), can_swap=False)
    old, new = digest(built / "site"), outcomes[-1].live
    assert [outcome.live for outcome in outcomes].count("missing") == 1
    assert {outcome.live for outcome in outcomes} == {old, new, "missing"}
    require_tidy(outcomes, new)


def test_site_that_was_away_comes_back(built: Path) -> None:
    """A build that fails first of all brings back what a killed one had put aside."""
    (built / ".site-fresh").mkdir()
    (built / "site").rename(built / ".site-fresh/.old")
    (built / "docs/index.md").write_text("no page", encoding="utf-8")
    assert run("handbook", "build", folder=built).returncode == 1
    assert (built / "site/index.html").read_text(encoding="utf-8").startswith("old")
    assert not (built / ".site-fresh").exists()


@pytest.mark.parametrize("command", [["build"], ["publish", "live"], ["rollback", "live"]])
def test_second_run_leaves(built: Path, command: list[str]) -> None:
    """While one run is at work, another says so and leaves all as it is."""
    publish(built / "site", built / "live")
    before = digest(built)
    folder = built / ("live/.fresh" if "live" in command else ".site-fresh")
    folder.mkdir()
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    second = run("handbook", *command, folder=built)
    os.close(handle)
    assert second.returncode == 1
    assert f"{folder.name}: another run is at work here; wait until it has ended\n" in second.stderr
    shutil.rmtree(built / "__pycache__", ignore_errors=True)
    assert digest(built) == before


def killed_build(project: Path, name: str, whom: str) -> subprocess.CompletedProcess[str]:
    """Run a build of which all or one process is killed before it writes a file of a name."""
    (project / "sitecustomize.py").write_text(KILLER, encoding="utf-8")
    done = subprocess.run(
        [Path(sys.executable).with_name("handbook"), "build"],
        cwd=project,
        env=os.environ | {"PYTHONPATH": str(project), "KILL_AT": name, "KILL": whom},
        capture_output=True,
        text=True,
        start_new_session=True,
        check=False,
    )
    (project / "sitecustomize.py").unlink()
    return done


def digest_of_build(project: Path) -> str:
    """Build, and return the digest of the site but for the file for Kiwix, which never is the same, and the sums."""
    assert run("handbook", "build", folder=project).returncode == 0
    for file in ("downloads/handbook.zim", "SHA256SUMS"):
        (project / "site" / file).unlink()
    return digest(project / "site")


@pytest.mark.slow
def test_killed_while_others_work(tiny: Path) -> None:
    """The real build is killed while MkDocs writes, while the press prints, and when it thought it had finished."""
    new = digest_of_build(tiny)
    shutil.rmtree(tiny / "site")
    old = digest(small_site(tiny / "site", "old"))
    for name in ("404.html", "prisons.pdf", "offline.zip", "SHA256SUMS"):
        assert (killed_build(tiny, name, "all").returncode, digest(tiny / "site")) == (KILLED, old), name
    assert (tiny / ".site-fresh").exists()
    assert digest_of_build(tiny) == new
    assert not list(tiny.glob(".site*"))


@pytest.mark.parametrize(
    ("name", "said"),
    [("404.html", "MkDocs was ended (-9)"), ("prisons.pdf", "The process for pack 'prisons' was ended")],
)
def test_one_process_is_killed(tiny: Path, name: str, said: str) -> None:
    """When the system ends one process of a build, as it does without memory, the build says so and ends."""
    old = digest(small_site(tiny / "site", "old"))
    done = killed_build(tiny, name, "one")
    assert (done.returncode, said in done.stderr, digest(tiny / "site")) == (1, True, old)
    assert not list(tiny.glob(".site*"))

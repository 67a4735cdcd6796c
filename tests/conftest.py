"""Fixtures for all tests: a tiny project to break, and the real one, built once."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings
from xdist.scheduler import LoadScopeScheduling

from handbook.checks import load_corpus
from handbook.downloads.zim import write_zim
from handbook.model.corpus import Corpus
from tests.support.project import REAL, TODAY, run, write_project
from tests.support.shared import made_once

if TYPE_CHECKING:
    from pathlib import Path

    from xdist.remote import Producer

    from handbook.model.corpus import Corpus

sys.path.append(str(REAL))  # for the benchmarks; after all that is installed, as it is never before that

settings.register_profile("quick", max_examples=50, deadline=None)
settings.register_profile("long", max_examples=10_000, deadline=None)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


class FewBrowsers(LoadScopeScheduling):  # type: ignore[misc]  # xdist does not say its types
    """Deals out tests one by one to the processes, but those of a file for browsers together, so that few start."""

    def _split_scope(self, nodeid: str) -> str:
        return nodeid.partition("::")[0] if nodeid.startswith("tests/browser/") else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> FewBrowsers:
    """Say how tests are dealt out where there are several processes, as in `make test`."""
    return FewBrowsers(config, log)


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:  # noqa: ARG001 - pytest looks at the names
    """Return one process more than there are processors, as tests wait for browsers and servers."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
def tiny(tmp_path: Path) -> Path:
    """Make a tiny project without problems."""
    return write_project(tmp_path / "tiny", REAL)


@pytest.fixture(scope="session")
def tiny_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the built site of the tiny project, built once for all tests; they leave it as it is."""

    def build(folder: Path) -> None:
        done = run("mkdocs", "build", folder=write_project(folder / "tiny", REAL))
        assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, "built", build) / "tiny/site"


@pytest.fixture(scope="session")
def corpus() -> Corpus:
    """Return the real project, loaded and checked."""
    return load_corpus(REAL, TODAY)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the real site, built once for all tests, outside the working tree; they leave it as it is."""

    def build(folder: Path) -> None:
        done = run("mkdocs", "build", "--strict", "--site-dir", str(folder / "site"), folder=REAL)
        assert done.returncode == 0, done.stderr

    return made_once(tmp_path_factory, "real", build) / "site"


@pytest.fixture(scope="session")
def zim(site: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the file for Kiwix of the real site."""
    return made_once(tmp_path_factory, "zim", lambda folder: write_zim(site, folder / "handbook.zim")) / "handbook.zim"

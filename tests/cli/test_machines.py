"""Whatever the machine is like, the commands work, or say in a line why they do not."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.project import REAL, replace, run, run_anew
from tests.support.site import small_site

RELEASE = "docs/prisons/release.md"


@pytest.mark.parametrize(
    ("style", "encoding"), [("text", "latin-1"), ("text", "cp850"), ("github", "ascii"), ("json", "ascii")]
)
def test_terminal_that_is_not_utf_8(tiny: Path, style: str, encoding: str) -> None:
    """A problem that quotes what the terminal cannot show is shown all the same, the rest of it as it is."""
    replace(tiny, RELEASE, '{{ actor("ran") }}', '{{ actor("Βουλή“") }}')
    done = run_anew("handbook", "check", "--format", style, folder=tiny, PYTHONIOENCODING=encoding)
    assert done.returncode == 1
    assert "unknown-actor" in done.stdout
    assert "Traceback" not in done.stderr


def test_title_in_another_encoding(tiny: Path) -> None:
    """It is refused, and nothing is written."""
    done = run_anew("handbook", "new", "guidance", "prisons", os.fsdecode(b"\xe9t\xe9"), folder=tiny)
    assert (done.returncode, "no UTF-8" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


def test_folder_that_may_not_be_written(tiny: Path) -> None:
    """A line names the file. Not even root may write where a file has the place of the folder."""
    folder = tiny / "docs/prisons"
    folder.rename(tiny / "away")
    folder.write_text("", encoding="utf-8")
    done = run("handbook", "new", "guidance", "prisons", "Night shifts", folder=tiny)
    assert (done.returncode, "cannot be read or written" in done.stderr) == (1, True)
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SITE_URL", "https://exam ple.org/", "is no address of a site"),
        ("SITE_URL", "example.org", "is no address of a site"),
        ("REPOSITORY_URL", "github.com/a/b", "is no address of a repository"),
        ("CONTACT_EMAIL", "editors at example.org", "is no address of mail"),
    ],
)
def test_slip_in_a_setting(tiny: Path, name: str, value: str, said: str) -> None:
    """Each command says it in one line, and the build too."""
    for program, command in (("handbook", "export"), ("mkdocs", "build")):
        done = run(program, command, folder=tiny, **{name: value})
        assert (done.returncode > 0, "Traceback" in done.stderr) == (True, False)
    assert f"{name} is '{value}', which {said}" in done.stderr


def test_space_around_the_address(tiny: Path) -> None:
    """It is taken away, as it comes from copying."""
    done = run("handbook", "export", "out", folder=tiny, SITE_URL=" https://example.org/handbook/ ")
    assert done.returncode == 0, done.stderr
    assert "https://example.org/handbook/" in (tiny / "out/glossary.ttl").read_text(encoding="utf-8")


def test_strict_umask(tmp_path: Path) -> None:
    """The web server, another user, may read whatever is published, and go to it."""
    small_site(tmp_path / "site", "one")
    program = Path(sys.executable).with_name("handbook")
    subprocess.run([program, "publish", "srv/live"], cwd=tmp_path, umask=0o077, check=True)
    live = tmp_path / "srv/live"
    assert stat.S_IMODE(live.stat().st_mode) == 0o755
    for path in (live / "releases").rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path


def copied(folder: Path) -> Path:
    """Give a copy of all that make looks at before it builds, without git."""
    for name in ("Makefile", "requirements.txt", "requirements-dev.txt", "pyproject.toml"):
        shutil.copy(REAL / name, folder / name)
    (folder / ".venv/bin").mkdir(parents=True)
    for name in (".ready", ".tooled"):
        (folder / ".venv" / name).touch()
    return folder


def made(folder: Path, *arguments: str, program: str) -> subprocess.CompletedProcess[str]:
    """Run make in a folder where all programs are this one."""
    for name in ("handbook", "mkdocs", "codespell"):
        (folder / ".venv/bin" / name).write_text(f"#!/bin/sh\n{program}\n", encoding="utf-8")
        (folder / ".venv/bin" / name).chmod(0o755)
    # What make hands on to these tests is not for the make that they start: it would set up the environment of theirs.
    environment = {"PATH": os.environ["PATH"], "GIT_CEILING_DIRECTORIES": str(folder.parent)}
    return subprocess.run(
        ["make", *arguments],  # noqa: S607 - as an editor types it
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_make_without_git(tmp_path: Path) -> None:
    """The day of the build is left to the newest review."""
    done = made(copied(tmp_path), "site", program='echo "[$SOURCE_DATE_EPOCH]"')
    assert done.stdout == "[]\n"


def test_make_adds_nothing(tmp_path: Path) -> None:
    """What fails has said why, and that is the last line; it counts as failed."""
    copied(tmp_path)
    for target in ("site", "check", "serve", "pdf"):
        done = made(tmp_path, target, program="echo said; exit 1")
        assert (done.returncode != 0, "Error 1" in done.stderr + done.stdout) == (True, False), target


def test_port(tmp_path: Path) -> None:
    """`make serve PORT=…` hands it on."""
    done = made(copied(tmp_path), "serve", "PORT=8123", program='echo "$@"')
    assert done.stdout.endswith("--dev-addr 127.0.0.1:8123\n")


def test_diff_without_git(tiny: Path) -> None:
    """What git says is handed on: that there is none of its folders here, or whose folder it is."""
    done = run("handbook", "diff", "main", folder=tiny, GIT_CEILING_DIRECTORIES=str(tiny.parent))
    assert (done.returncode, "git does not answer. It says: fatal: not a git repository" in done.stderr) == (1, True)


def test_check_looks_at_the_spelling(tmp_path: Path) -> None:
    """`make check` ends with where a word goes that is right all the same, and fails; help names the other commands."""
    copied(tmp_path)
    done = made(
        tmp_path, "check", program='case "$0" in *codespell) echo "docs/x.md:1: organize ==> organise"; exit 65; esac'
    )
    assert done.stdout.splitlines()[0] == "docs/x.md:1: organize ==> organise"
    assert (done.returncode != 0, "goes into spelling/words.txt" in done.stdout) == (True, True)
    assert ".venv/bin/handbook new, move, remove" in made(tmp_path, "help", program="true").stdout

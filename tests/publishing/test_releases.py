"""Publishing and rolling back, as whoever runs the server does it."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from handbook.publishing.checksums import SumsError, write_sums
from handbook.publishing.releases import publish
from handbook.system.atomic import ForeignError
from tests.support.project import run
from tests.support.site import small_site

if TYPE_CHECKING:
    from pathlib import Path


def live(place: Path) -> str:
    """Return the first word of the home page that a server of this folder would send."""
    return (place / "current/index.html").read_text(encoding="utf-8").split()[0]


def names(place: Path) -> list[str]:
    """Name the releases by number."""
    return sorted(path.name[:4] for path in (place / "releases").iterdir())


def test_publish_and_roll_back(tmp_path: Path) -> None:
    """The last five stay, each whole; the way back goes one step at a time, as far as there are releases."""
    place = tmp_path / "live"
    for number in range(1, 8):
        small_site(tmp_path / "site", f"{number}")
        done = run("handbook", "publish", "live", folder=tmp_path)
        assert (done.returncode, live(place)) == (0, f"{number}")
    said = done.stderr.splitlines()
    assert said[-1] == f"'{(place / 'current').readlink().name}' is live in 'live'."
    assert said[0].startswith("It was built without SITE_URL")
    (tmp_path / "site/sitemap.xml").write_text("<urlset/>", encoding="utf-8")
    write_sums(tmp_path / "site")
    assert "SITE_URL" not in run("handbook", "publish", "live", folder=tmp_path).stderr
    assert names(place) == ["0004", "0005", "0006", "0007", "0008"]
    assert sorted(path.name for path in place.iterdir()) == ["current", "releases"]
    gone_back = [run("handbook", "rollback", "live", folder=tmp_path).returncode for _ in range(5)]
    assert (gone_back, live(place)) == ([0, 0, 0, 0, 1], "4")


def test_sums_are_those_of_a_public_tool(tmp_path: Path) -> None:
    """Anyone can tell whether a release is as it was built."""
    publish(small_site(tmp_path / "site", "new"), tmp_path / "live")
    check = ["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"]
    folder = tmp_path / "live/current"
    assert subprocess.run(check, cwd=folder, check=False).returncode == 0
    (folder / "index.html").write_text("other", encoding="utf-8")
    assert subprocess.run(check, cwd=folder, check=False, capture_output=True).returncode == 1


def test_same_site_is_published_once(tmp_path: Path) -> None:
    """Nothing new, nothing done."""
    site = small_site(tmp_path / "site", "new")
    assert publish(site, tmp_path / "live") == publish(site, tmp_path / "live")
    assert names(tmp_path / "live") == ["0001"]


def test_what_was_taken_back_stays_so(tmp_path: Path) -> None:
    """After a rollback, the next release follows the live one; rolling back never leads to the bad one."""
    for text in ("good", "bad"):
        publish(small_site(tmp_path / "site", text), tmp_path / "live")
    run("handbook", "rollback", "live", folder=tmp_path)
    publish(small_site(tmp_path / "site", "better"), tmp_path / "live")
    assert (live(tmp_path / "live"), names(tmp_path / "live")) == ("better", ["0001", "0002"])
    run("handbook", "rollback", "live", folder=tmp_path)
    assert live(tmp_path / "live") == "good"


def test_unfinished_site_is_refused(tmp_path: Path) -> None:
    """A site without its list, or not as the list says, does not go live; the line says which file and what to do."""
    publish(small_site(tmp_path / "site", "old"), tmp_path / "live")
    small_site(tmp_path / "site", "new")
    (tmp_path / "site/index.html").write_text("changed by hand", encoding="utf-8")
    changed = run("handbook", "publish", "live", folder=tmp_path)
    assert changed.returncode == 1
    assert "site/index.html: not as in SHA256SUMS (1 such); run 'make site' again\n" in changed.stderr
    assert changed.stderr.endswith("What is live is as it was.\n")
    (tmp_path / "site/index.html").unlink()
    assert run("handbook", "publish", "live", folder=tmp_path).returncode == 1
    (tmp_path / "site/SHA256SUMS").unlink()
    unfinished = run("handbook", "publish", "live", folder=tmp_path)
    assert "site: there is no SHA256SUMS in it, so it is no finished site; run 'make site'" in unfinished.stderr
    assert (live(tmp_path / "live"), names(tmp_path / "live")) == ("old", ["0001"])


def test_bad_copy_is_noticed(tmp_path: Path) -> None:
    """When the disk does not give back what was written, nothing goes live."""
    site = small_site(tmp_path / "site", "new")
    with mock.patch("shutil.copyfile", lambda _, to: to.write_bytes(b"")), pytest.raises(SumsError):
        publish(site, tmp_path / "live")
    assert list((tmp_path / "live").iterdir()) == []


def test_what_others_made_is_left_alone(tmp_path: Path) -> None:
    """A `current` that is a folder, or leads elsewhere, is not replaced."""
    small_site(tmp_path / "site", "new")
    shutil.copytree(tmp_path / "site", tmp_path / "folder/current")
    (tmp_path / "link").mkdir()
    (tmp_path / "link/current").symlink_to("../site")
    for place in ("folder", "link"):
        for command in ("publish", "rollback"):
            assert run("handbook", command, place, folder=tmp_path).returncode == 1
    assert "not made by '.venv/bin/handbook publish'" in run("handbook", "publish", "folder", folder=tmp_path).stderr
    assert (tmp_path / "link/current").readlink().as_posix() == "../site"
    assert not (tmp_path / "folder/current").is_symlink()


def test_nothing_to_go_back_to(tmp_path: Path) -> None:
    """Without any release the answer is a line, and no folder is made."""
    done = run("handbook", "rollback", "live", folder=tmp_path)
    assert (done.returncode, done.stderr.splitlines()[0]) == (1, "live: nothing was published here")
    assert not (tmp_path / "live").exists()


def test_changed_release_does_not_go_live(tmp_path: Path) -> None:
    """Rolling back leads only to what was published: no changed file, no changed list, no link to elsewhere."""
    place = tmp_path / "live"
    for text in ("old", "new"):
        publish(small_site(tmp_path / "site", text), place)
    (old,) = place.glob("releases/0001-*")
    pristine = tmp_path / "pristine"
    shutil.copytree(old, pristine)
    (old / "index.html").write_text("EVIL", encoding="utf-8")
    changed = run("handbook", "rollback", "live", folder=tmp_path)
    write_sums(old)
    relisted = run("handbook", "rollback", "live", folder=tmp_path)
    shutil.rmtree(old)
    old.symlink_to(pristine)
    linked = run("handbook", "rollback", "live", folder=tmp_path)
    assert (changed.returncode, relisted.returncode, linked.returncode, live(place)) == (1, 1, 1, "new")
    assert "index.html: not as in SHA256SUMS" in changed.stderr
    assert "not what was published under this name" in relisted.stderr
    assert "a link, and a finished site has none" in linked.stderr


def test_changed_live_release_is_replaced(tmp_path: Path) -> None:
    """Publishing the same site again mends what somebody changed in the live one."""
    site = small_site(tmp_path / "site", "new")
    publish(site, tmp_path / "live")
    (tmp_path / "live/current/index.html").write_text("EVIL", encoding="utf-8")
    publish(site, tmp_path / "live")
    assert live(tmp_path / "live") == "new"


def test_link_in_a_site_is_refused(tmp_path: Path) -> None:
    """It would publish a file of the machine."""
    site = small_site(tmp_path / "site", "new")
    (site / "passwd.txt").symlink_to("/etc/passwd")
    write_sums(site)
    with pytest.raises(SumsError, match=r"site/passwd.txt: a link"):
        publish(site, tmp_path / "live")
    assert not (tmp_path / "live").exists()


def test_folder_of_another_user_is_not_used(tmp_path: Path) -> None:
    """Who owns the folder could change the site before it goes live."""
    site = small_site(tmp_path / "site", "new")
    (tmp_path / "live/.fresh").mkdir(parents=True)
    with mock.patch("os.geteuid", return_value=os.geteuid() + 1), pytest.raises(ForeignError, match="another user"):
        publish(site, tmp_path / "live")
    assert not (tmp_path / "live/current").exists()

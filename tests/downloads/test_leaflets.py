"""Guidance on one sheet, read back as those who print it, scan it or hear it read do."""

from __future__ import annotations

import copy
import shutil
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pikepdf
import pytest
import zxingcpp
from PIL import Image

from handbook.checks import load_corpus
from handbook.downloads.build import read_site
from handbook.downloads.errors import DownloadError
from tests.support.pdfs import addresses, words
from tests.support.project import TODAY

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.downloads.build import DownloadBuilder

ADDRESS = "https://handbook.example.org/"
PAGE = f"{ADDRESS}prisons/release/"

SHEET = (
    "Preparing release • Call the duty manager. • Do talk early. • Do not wait. "
    "Steps 1. Talk every day – every prison officer Checklist Talked "
    "Our numbers Whom we tell first, and the number When nobody answers there"
)


@pytest.fixture
def press(tiny: Path, tiny_site: Path) -> DownloadBuilder:
    """Return what writes the tiny project's downloads; its address is not known."""
    return read_site(tiny_site, load_corpus(tiny, TODAY))


def write_leaflet(press: DownloadBuilder, target: Path) -> Path:
    """Write the leaflet of the tiny project's guidance."""
    assert press.write_leaflet(press.corpus.pages.by_uri["prisons/release.md"], target) == 1
    return target


def scanned(pdf: Path) -> list[str]:
    """Return what a camera reads from the codes on a printed page."""
    program = shutil.which("pdftoppm")
    if program is None:
        pytest.fail("pdftoppm is missing; 'make setup' installs poppler-utils, or says how")
    subprocess.run([program, "-r", "100", "-png", "-singlefile", pdf, pdf.with_suffix("")], check=True)
    with Image.open(pdf.with_suffix(".png")) as picture:
        return [code.text for code in zxingcpp.read_barcodes(picture)]


def test_what_is_on_it(press: DownloadBuilder, tmp_path: Path) -> None:
    """In short, each step with who takes it, the checklist, two lines for numbers, the release and its day."""
    leaflet = write_leaflet(press, tmp_path / "leaflet.pdf")
    assert words(leaflet).startswith(f"{SHEET} Independent; not an official publication of the European Union.")
    assert f"release {press.release}, " in words(leaflet)
    assert scanned(leaflet) == []
    with pikepdf.open(leaflet) as pdf:
        fields = [(str(field.T), str(field.TU)) for field in pdf.Root.AcroForm.Fields]
    assert fields == [("first", "Whom we tell first, and the number"), ("next", "When nobody answers there")]


def test_code_leads_to_the_page(press: DownloadBuilder, tmp_path: Path) -> None:
    """Where the site's address is known, a camera finds the page, and so do eyes."""
    leaflet = write_leaflet(replace(press, address=ADDRESS), tmp_path / "leaflet.pdf")
    assert scanned(leaflet) == [PAGE]
    assert f"The whole page, with its sources: {PAGE} " in words(leaflet).replace("\N{ZERO WIDTH SPACE}", "")
    assert PAGE in addresses(leaflet)


def test_long_one_leaves_out_who(press: DownloadBuilder, tmp_path: Path) -> None:
    """The names of the steps have room even where who takes them has none."""
    (who,) = press.articles["prisons/release/"].content.xpath("//p[starts-with(., 'Who:')]")
    who[-1].tail = " and another officer" * 300
    assert "1. Talk every day Checklist" in words(write_leaflet(press, tmp_path / "leaflet.pdf"))


def test_too_long_one_is_a_problem_of_its_page(press: DownloadBuilder, tmp_path: Path) -> None:
    """Nothing of the checklist is cut unseen; an editor is told what to shorten, and where."""
    (listed,) = press.articles["prisons/release/"].content.xpath("//ul[@class='task-list']")
    listed.extend(copy.deepcopy(listed[0]) for _ in range(40))
    with pytest.raises(DownloadError) as caught:
        write_leaflet(press, tmp_path / "leaflet.pdf")
    assert [problem.line() for problem in caught.value.problems] == [
        (
            "docs/prisons/release.md:21:1: error[not-printable] 'In short', the names of the steps and the checklist "
            "of 'Preparing release' are longer than a page; shorten them"
        )
    ]
    assert not (tmp_path / "leaflet.pdf").exists()

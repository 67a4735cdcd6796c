"""Forms to fill in, read back with the libraries that others would use, and opened in LibreOffice."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import docx
import odfdo
import pikepdf
import pytest

from handbook.checks import load_corpus
from handbook.downloads.build import read_site
from handbook.model import offered
from tests.support.pdfs import words
from tests.support.project import TODAY

if TYPE_CHECKING:
    from collections.abc import Mapping

ASKED = ["Place", "Day", "What was said", "How urgent is it?"]

FIELDS = {
    "place": "Place",
    "day": "Day",
    "words": "What was said",
    "urgent-1": "How urgent is it?: Now",
    "urgent-2": "How urgent is it?: Today",
    "tasks-1-2": "Tasks: Who, row 1",
    "tasks-2-2": "Tasks: Who, row 2",
    "others-1-1": "Others: Name, row 1",
    "others-1-2": "Others: Task, row 1",
    "others-2-1": "Others: Name, row 2",
    "others-2-2": "Others: Task, row 2",
}
"""What is read aloud for each field, by its name, in the order of the form."""


def write_forms(tiny: Path, site: Path, target: Path) -> Mapping[str, Path]:
    """Write the files of the tiny project's form, and return them by their ends."""
    corpus = load_corpus(tiny, TODAY)
    (form,) = corpus.registry.forms.values()
    files = {}
    for file in offered.of_form(form):
        end = file.url.rpartition(".")[2]
        files[end] = target / f"form.{end}"
        read_site(site, corpus).write_form(form, files[end])
    return files


@pytest.fixture
def forms(tiny: Path, tiny_site: Path, tmp_path: Path) -> Mapping[str, Path]:
    """Return the files of a form."""
    return write_forms(tiny, tiny_site, tmp_path)


def test_pdf_has_fields_with_names(forms: Mapping[str, Path]) -> None:
    """Each field has a name, words to be read aloud, and its place in the order of reading; nothing is filled in."""
    with pikepdf.open(forms["pdf"]) as pdf:
        fields = list(pdf.Root.AcroForm.Fields)
        assert {str(field.T): str(field.TU) for field in fields} == FIELDS
        assert [str(field.FT) for field in fields] == ["/Tx"] * 3 + ["/Btn"] * 2 + ["/Tx"] * 6
        assert {str(field.V) for field in fields if "/V" in field} == {"/Off"}
        tagged = [element for element in pdf.objects if isinstance(element, pikepdf.Dictionary) and "/S" in element]
        assert sum(pikepdf.Name.Form == element.S for element in tagged) == len(FIELDS)
        assert all("/StructParent" in field for field in fields)
        assert len(pdf.pages) == 2, "the part that begins a sheet does"


def test_pdf_can_be_filled_in(forms: Mapping[str, Path], tmp_path: Path) -> None:
    """What another program writes into the fields stays there."""
    with pikepdf.open(forms["pdf"]) as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        fields["place"].V = pikepdf.String("Yard")
        fields["urgent-2"].V = fields["urgent-2"].AS = pikepdf.Name.Yes
        pdf.save(tmp_path / "filled.pdf")
    with pikepdf.open(tmp_path / "filled.pdf") as pdf:
        fields = {str(field.T): field for field in pdf.Root.AcroForm.Fields}
        assert (str(fields["place"].V), str(fields["urgent-2"].V)) == ("Yard", "/Yes")
        assert "/Yes" in fields["urgent-2"].AP.N


def test_pdf_is_accessible(forms: Mapping[str, Path]) -> None:
    """It keeps to PDF/UA, and says in words what it asks."""
    for program, arguments in (("qpdf", ["--check"]), ("pdfua", ["check"])):
        found = shutil.which(program, path=f"{Path(sys.executable).parent}:{os.environ['PATH']}")
        assert found, program
        done = subprocess.run([found, *arguments, forms["pdf"]], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
    assert all(asked in words(forms["pdf"]) for asked in ASKED)


def test_docx_comes_back(forms: Mapping[str, Path]) -> None:
    """The document has the headings, tables and boxes of the form, with empty cells and no answers."""
    document = docx.Document(str(forms["docx"]))
    assert [p.text for p in document.paragraphs if p.style and p.style.name.startswith("Heading")] == [
        "Note on a wing",
        "1. What was seen",
        "2. What is done",
    ]
    first, tasks, others = ([[cell.text for cell in row.cells] for row in table.rows] for table in document.tables)
    assert [row[0].split("\n")[0] for row in first] == ASKED
    assert first[3][1] == "☐ Now\n☐ Today"
    assert tasks == [["Task", "Who"], ["Talk", ""], ["Call", ""]]
    assert others == [["Name", "Task"], ["", ""], ["", ""]]
    assert (document.core_properties.title, document.core_properties.language) == ("Note on a wing", "en-GB")


def test_odt_comes_back(forms: Mapping[str, Path]) -> None:
    """The same of the other document."""
    document = odfdo.Document(str(forms["odt"]))
    assert [header.text_recursive for header in document.body.headers] == [
        "Note on a wing",
        "1. What was seen",
        "2. What is done",
    ]
    first, tasks, others = (table.get_values() for table in document.body.tables)
    assert [str(row[0]).split("\n")[0] for row in first] == ASKED
    assert tasks == [["Task", "Who"], ["Talk", ""], ["Call", ""]]
    assert others == [["Name", "Task"], ["", ""], ["", ""]]
    assert document.meta.title == "Note on a wing"


def test_same_bytes_in_two_builds(tiny: Path, tiny_site: Path, tmp_path: Path) -> None:
    """Nothing in a file depends on when it was made."""
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    one, two = (write_forms(tiny, tiny_site, tmp_path / name) for name in ("one", "two"))
    assert {end: path.read_bytes() for end, path in one.items()} == {e: path.read_bytes() for e, path in two.items()}


@pytest.mark.slow
@pytest.mark.parametrize("end", ["odt", "docx"])
def test_libreoffice_opens_it(end: str, forms: Mapping[str, Path], tmp_path: Path) -> None:
    """LibreOffice makes a PDF of the document without a complaint, and all words are in it."""
    office = shutil.which("soffice")
    assert office, "install LibreOffice with 'make setup-slow'"
    done = subprocess.run(
        [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", forms[end]],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    said = [line for line in done.stderr.splitlines() if "javaldx" not in line]
    assert (said, "filter : writer_pdf_Export" in done.stdout) == ([], True)
    assert all(asked in words(tmp_path / "form.pdf") for asked in ASKED)

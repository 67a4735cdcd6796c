"""`handbook import page`: a document of Word becomes a page that its editor can finish."""

from __future__ import annotations

import zipfile
from typing import TYPE_CHECKING

from handbook.checks import load_corpus
from handbook.problem_kinds import ProblemKind
from tests.support.project import TODAY, run

if TYPE_CHECKING:
    from pathlib import Path

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def paragraph(text: str, style: str = "", *, bold: bool = False) -> str:
    """Give a paragraph as Word stores it."""
    styled = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    look = "<w:rPr><w:b/></w:rPr>" if bold else ""
    return f'<w:p>{styled}<w:r>{look}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def table(*rows: tuple[str, ...]) -> str:
    """Give a table as Word stores it."""
    cells = ("".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def write_document(file: Path, *blocks: str) -> None:
    """Write the least that a document is made of."""
    heading = '<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/></w:style>'
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document {WORD}><w:body>{''.join(blocks)}</w:body></w:document>")
        archive.writestr("word/styles.xml", f"<w:styles {WORD}>{heading}</w:styles>")


def test_page(tiny: Path) -> None:
    """Parts that the page has take their text, others become steps, nothing is lost, and signs have no meaning."""
    write_document(
        tiny / "nights.docx",
        paragraph("What to avoid", "Heading1"),
        paragraph("Do not wake people."),
        paragraph("Rounds", "Heading1"),
        paragraph("Go *quietly* {{ secret() }} &lt;b&gt; ", bold=True),
        table(("Who", "When"), ("Officer", "At two")),
    )
    done = run("handbook", "import", "page", "nights.docx", "prisons", "Night", "shifts", folder=tiny)
    assert done.returncode == 0, done.stderr
    text = (tiny / "docs/prisons/night-shifts.md").read_text(encoding="utf-8")
    assert "## What to avoid\n\nDo not wake people.\n\n## Who does what" in text
    assert "### Rounds\n\n**Go \\*quietly\\* &#123;&#123; secret() &#125;&#125; &lt;b>**\n\n" in text
    assert "| Who | When |\n| --- | --- |\n| Officer | At two |\n" in text
    kinds = {problem.kind for problem in load_corpus(tiny, TODAY).problems}
    assert kinds == {ProblemKind.TO_BE_WRITTEN, ProblemKind.FEW_SOURCES, ProblemKind.UNREACHED}


def test_no_document(tiny: Path) -> None:
    """A line says so, and nothing is written."""
    (tiny / "old.doc").write_bytes(b"\xd0\xcf\x11\xe0 an older format")
    with zipfile.ZipFile(tiny / "other.docx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    write_document(tiny / "open.docx", "<w:p>")
    with zipfile.ZipFile(tiny / "damaged.docx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", "words" * 1000)
    whole = (tiny / "damaged.docx").read_bytes()
    (tiny / "damaged.docx").write_bytes(whole.replace(b"document.xml", b"document.xml\xff\xff", 1))
    write_document(tiny / "deep.docx", "<w:tbl><w:tr><w:tc>" * 500, "</w:tc></w:tr></w:tbl>" * 500)
    write_document(tiny / "large.docx", paragraph("Words. ") * 20_000)
    for name in ("old.doc", "other.docx", "missing.docx", "open.docx", "damaged.docx", "deep.docx", "large.docx"):
        done = run("handbook", "import", "page", name, "prisons", "Night", folder=tiny)
        assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
        assert done.stderr.endswith("Nothing was written.\n")
    assert "holds more than 1000 KB of text" in done.stderr
    assert not (tiny / "docs/prisons/night.md").exists()

"""What the site gives away as data: complete, valid, the same each time, and readable by the programs it is for."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from typing import TYPE_CHECKING, Any

import jsonschema
import openpyxl
import pytest
from bibtexparser.entrypoint import parse_string
from hypothesis import given
from hypothesis import strategies as st
from lxml import html
from rdflib import Graph
from rdflib.namespace import DCTERMS, RDF, SKOS

from handbook.checks import load_corpus
from handbook.exports import collect
from handbook.exports.catalogue import CATALOGUE, Dataset, exported_files
from handbook.exports.dictionary import meanings
from handbook.exports.evidence import evidence, write_evidence
from handbook.exports.shapes import DatasetFile, Exported, ExportedCovering, ExportedRecommendation
from handbook.exports.tables import columns
from handbook.exports.workbook import write_workbook
from handbook.model.corpus import Corpus
from handbook.parsing.csv_tables import harmless, joined, original, split
from tests.support.project import REAL, TODAY, replace, run_anew, write_project

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from handbook.model.corpus import Corpus

DATA = "data/recommendations/prisons.yml"


@pytest.fixture(scope="module", params=["tiny", "awkward", "real"])
def exported(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """Return the tiny corpus, one whose texts are what tables and BibTeX stumble over, and the real one."""
    if request.param == "real":
        found: Corpus = request.getfixturevalue("corpus")
        return found
    tiny = write_project(tmp_path_factory.mktemp("exported") / "tiny", REAL)
    if request.param == "awkward":
        replace(tiny, DATA, "basis: The text was read.", "basis: >-\n    =HYPERLINK(\"x\"); 'a',\n    b")
        replace(tiny, DATA, "title: Know the people you guard", "title: \"-1 'quoted'; and so on\"")
        replace(tiny, DATA, "change: Replaced by PRI-01.", 'change: Replaced; see "PRI-01".')
        replace(
            tiny, "data/sources.yml", "publisher: University\n", "publisher: U\n  authors: ['B, A and C', ' =D, E']\n"
        )
        replace(tiny, "data/sources.yml", "title: A study", "title: 'A 10 % study_of #1 & (2) \\ ~3 ^ $5'")
    found = load_corpus(tiny, TODAY)
    assert found.errors == ()
    return found


@pytest.fixture(scope="module")
def written(exported: Corpus) -> Mapping[str, bytes]:
    """Return the content of every file of the corpus, by name."""
    return files(exported)


def files(corpus: Corpus) -> Mapping[str, bytes]:
    """Return the content of every file, by name."""
    return {name: text if isinstance(text, bytes) else text.encode() for name, text in exported_files(corpus)}


@pytest.mark.parametrize("dataset", CATALOGUE, ids=lambda dataset: dataset.name)
def test_json_is_valid_and_comes_back(dataset: Dataset, exported: Corpus, written: Mapping[str, bytes]) -> None:
    """Each JSON file fits the schema beside it, and reading it gives what was written."""
    content = json.loads(written[dataset.json])
    schema = json.loads(written[content["$schema"]])
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(content, schema)
    read = DatasetFile[dataset.model].model_validate_json(written[dataset.json])  # type: ignore[name-defined]
    assert read.items == tuple(dataset.collect(exported))
    assert (read.title, read.schema_version, len(read.items) > 0) == (dataset.title, "3.1", True)


def test_schema_refuses_what_is_not_promised(written: Mapping[str, bytes]) -> None:
    """A field too many, one missing and a value that does not exist are faults."""
    schema = json.loads(written["schemas/recommendations.schema.json"])
    for change in ({"extra": 1}, {"status": "lost"}, {"title": None}):
        content = json.loads(written["recommendations.json"])
        content["items"][0].update(change)
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(content, schema)
    del content["items"][0]["title"]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(content, schema)


def test_every_id_leads_somewhere(written: Mapping[str, bytes]) -> None:
    """Whatever an entry names is in the file where its meaning says it is."""
    items = {dataset.json: json.loads(written[dataset.json])["items"] for dataset in CATALOGUE}
    known = {"recommendations": {e["id"] for e in items["recommendations.json"]}}
    known |= {name: {e["id"] for e in items[f"{name}.json"]} for name in ("sources", "actors")}
    pages = {entry["path"] for entry in items["pages.json"]}
    for entry in items["coverage.json"]:
        assert entry["recommendation"] in known["recommendations"]
        assert (entry["page"] in pages, entry["path"].startswith(f"{entry['page']}#")) == (True, True)
    relations = [relation for entry in items["actors.json"] for relation in entry["relations"]]
    assert {relation["actor"] for relation in relations} <= known["actors"]
    assert {page["area"] for page in items["pages.json"]} - {None} <= {entry["id"] for entry in items["areas.json"]}
    for entries in (*items.values(), relations):
        for entry in entries:
            assert set(entry.get("sources", ())) <= known["sources"]
            assert set(entry.get("related", ())) <= known["recommendations"]
            assert set(entry.get("actors", ())) <= known["actors"]


def test_json_is_written_to_be_compared(written: Mapping[str, bytes]) -> None:
    """Keys are sorted, and the last line ends."""
    for name, text in written.items():
        if name.endswith(".json"):
            content = json.loads(text, object_pairs_hook=_with_sorted_keys)
            assert (content is not None, text.endswith(b"\n")) == (True, True)


def _with_sorted_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    assert [key for key, _ in pairs] == sorted(key for key, _ in pairs)
    return dict(pairs)


def test_csv_comes_back(exported: Corpus, written: Mapping[str, bytes]) -> None:
    """Reading a table gives the values of the entries from which it was written."""
    for name, entries in {
        "recommendations.csv": collect.recommendations(exported),
        "coverage.csv": collect.coverings(exported),
    }.items():
        rows = csv.DictReader(io.StringIO(written[name].decode(), newline=""))
        for read, entry in zip(rows, entries, strict=True):
            values = {key: getattr(entry, key) for key in type(entry).model_fields}
            assert {key: _as_in(values[key], original(cell)) for key, cell in read.items()} == values


def _as_in(value: object, cell: str) -> object:
    """Return the value when a cell says just that, and the cell when it says something else."""
    if isinstance(value, tuple):
        return value if split(cell) == [*map(str, value)] else cell
    return value if cell == ("" if value is None else str(value)) else cell


@given(st.text())
def test_no_cell_is_a_formula(text: str) -> None:
    """A cell that a spreadsheet would run is made harmless, and reading undoes exactly that."""
    assert not harmless(text).startswith(("\t", "\r", "\n"))
    assert not harmless(text).lstrip().startswith(("=", "+", "-", "@"))
    assert original(harmless(text)) == text


@given(st.lists(st.text(st.characters(exclude_characters="\0"), min_size=1)))
def test_lists_in_cells_come_back(members: list[str]) -> None:
    """Whatever stands in a list, even semicolons, quotes and lines, is what is read."""
    assert split(joined(members)) == members


def test_spreadsheet(exported: Corpus, written: Mapping[str, bytes]) -> None:
    """Each sheet is a table with filters and a header that stays, and says what the CSV file says."""
    book = openpyxl.load_workbook(io.BytesIO(written["recommendations.xlsx"]))
    assert book.sheetnames == ["Recommendations", "Coverage"]
    (table,) = book["Recommendations"].tables.values()
    assert table.autoFilter is not None
    assert book["Recommendations"].freeze_panes == "A2"
    header, *rows = book["Recommendations"].iter_rows(values_only=True)
    assert list(header) == columns(ExportedRecommendation)
    ids = [recommendation.id for recommendation in collect.recommendations(exported)]
    assert [row[0] for row in rows] == ids
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line]
    assert not any(cell.data_type == "f" or str(cell.value).startswith(("=", "-", "+", "@")) for cell in cells)


def test_spreadsheet_without_entries() -> None:
    """A project that has nothing yet still has a sheet that opens."""
    book = openpyxl.load_workbook(io.BytesIO(write_workbook({"Coverage": (ExportedCovering, ())}, "Empty")))
    assert [cell.value for cell in book["Coverage"][1]] == columns(ExportedCovering)


def test_spreadsheet_is_printed_across_the_page(written: Mapping[str, bytes]) -> None:
    """All columns stand on one sheet of A4, and the head, which is told from the rows, on each."""
    book = openpyxl.load_workbook(io.BytesIO(written["recommendations.xlsx"]))
    for sheet in book:
        assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
        assert (sheet.sheet_properties.pageSetUpPr.fitToPage, sheet.page_setup.fitToHeight) == (True, 0)
        assert sheet.print_title_rows == "$1:$1"
        assert sheet["A1"].font.bold


def test_spreadsheet_bears_the_date_of_the_sources(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock has no say in the document, nor in the archive that it is."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    content = files(load_corpus(tiny, TODAY))["recommendations.xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert (book.properties.created, book.properties.modified) == (book.properties.created,) * 2
    assert book.properties.created.isoformat() == "2026-11-18T11:06:40"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert {entry.date_time[0] for entry in archive.infolist()} == {1980}


def test_bibtex_is_read_by_reference_managers(exported: Corpus, written: Mapping[str, bytes]) -> None:
    """A parser of BibTeX finds every source with its title, and no fault."""
    library = parse_string(written["sources.bib"].decode())
    sources = exported.registry.sources
    assert library.failed_blocks == []
    assert {entry.key for entry in library.entries} == set(sources)
    for entry in library.entries:
        authors = entry.fields_dict["author"].value if "author" in entry.fields_dict else ""
        source = sources[entry.key]
        named = len(source.authors) + len(source.bodies) + source.more_authors
        assert len(re.findall(r" and (?![^{]*\})", authors)) == max(named - 1, 0)
        title = entry.fields_dict["title"].value.removeprefix("{").removesuffix("}")
        assert _without_latex(title) == sources[entry.key].title
        assert entry.fields_dict["year"].value == str(sources[entry.key].year) if sources[entry.key].year else True


def _without_latex(text: str) -> str:
    for written, meant in ((r"\textbackslash{}", "\0"), (r"\textasciitilde{}", "~"), (r"\textasciicircum{}", "^")):
        text = text.replace(written, meant)
    return text.replace("\\", "").replace("\0", "\\")


CSL_PERSON = {"required": ["family", "given"], "additionalProperties": {"type": "string"}, "maxProperties": 2}
CSL_BODY = {"required": ["literal"], "additionalProperties": {"type": "string"}, "maxProperties": 1}
CSL = {
    "type": "array",
    "items": {
        "type": "object",
        "required": ["id", "type"],
        "additionalProperties": False,
        "properties": {
            "id": {"type": "string"},
            "type": {"const": "document"},
            "author": {"type": "array", "items": {"oneOf": [CSL_PERSON, CSL_BODY]}},
            "issued": {
                "type": "object",
                "required": ["date-parts"],
                "properties": {
                    "date-parts": {
                        "type": "array",
                        "items": {"type": "array", "items": {"type": "integer"}, "minItems": 1, "maxItems": 3},
                        "maxItems": 2,
                    }
                },
            },
            **{name: {"type": "string"} for name in ("title", "publisher", "URL", "DOI", "language", "genre", "note")},
        },
    },
}
"""What the schema of CSL-JSON asks of the fields that are used here."""


AUTHORS = """
  authors:
    - van der Linden, Jane
    - Smith, J. B.
  bodies:
    - Ministry of Justice and Security
    - Council of Europe, Committee of Ministers
  more_authors: true
  note: DOI 10.1000/182-x. The abstract was read."""


def test_authors_reach_reference_managers(tiny: Path) -> None:
    """Persons can be sorted by family name, the names of bodies stay whole, and nobody is called "et al."."""
    replace(tiny, "data/sources.yml", "title: A study", f"title: A study{AUTHORS}")
    exported = files(load_corpus(tiny, TODAY))
    (entry,) = (e for e in parse_string(exported["sources.bib"].decode()).entries if "author" in e.fields_dict)
    assert entry.fields_dict["author"].value == (
        "van der Linden, Jane and Smith, J. B. and {Ministry of Justice and Security} "
        "and {Council of Europe, Committee of Ministers} and others"
    )
    assert entry.fields_dict["doi"].value == "10.1000/182-x"
    (item,) = (item for item in json.loads(exported["sources.csl.json"]) if "author" in item)
    assert item["author"] == [
        {"family": "van der Linden", "given": "Jane"},
        {"family": "Smith", "given": "J. B."},
        {"literal": "Ministry of Justice and Security"},
        {"literal": "Council of Europe, Committee of Ministers"},
    ]
    assert item["DOI"] == "10.1000/182-x"


def test_csl_is_valid(exported: Corpus, written: Mapping[str, bytes]) -> None:
    """Citation programs get every source, with names of fields that they know."""
    items = json.loads(written["sources.csl.json"])
    jsonschema.validate(items, CSL)
    titles = {source.id: source.title for source in exported.registry.sources.values()}
    assert {item["id"]: item["title"] for item in items} == titles


def test_vocabulary(exported: Corpus, written: Mapping[str, bytes]) -> None:
    """Each term is one concept with its definition, other forms and sources, in one scheme under our licence."""
    graph = Graph().parse(data=written["glossary.ttl"], publicID="https://example.org/data/glossary.ttl")
    concepts = {
        str(graph.value(concept, SKOS.prefLabel)): concept for concept in graph.subjects(RDF.type, SKOS.Concept)
    }
    assert set(concepts) == {term.term for term in exported.registry.terms.values()}
    (scheme,) = graph.subjects(RDF.type, SKOS.ConceptScheme)
    assert graph.value(scheme, SKOS.prefLabel)
    assert set(graph.objects(scheme, SKOS.hasTopConcept)) == set(concepts.values())
    assert "creativecommons.org/licenses/by/4.0" in str(graph.value(scheme, DCTERMS.license))
    term = exported.registry.term_by_form["dynamic security"]
    concept = concepts[term.term]
    assert str(concept) == "https://example.org/reference/glossary/#dynamic-security"
    assert {str(form) for form in graph.objects(concept, SKOS.altLabel)} == set(term.also)
    assert str(graph.value(concept, SKOS.definition)) == term.definition
    assert graph.value(concept, SKOS.inScheme) == scheme
    assert len(list(graph.objects(concept, DCTERMS.source))) == len(term.sources)


def test_unverified_is_in_no_file(tiny: Path) -> None:
    """What nobody has verified is not given away, not even as a relation of something else."""
    assert b"PRI-02" in (tiny / DATA).read_bytes()
    corpus = load_corpus(tiny, TODAY)
    assert [name for name, content in files(corpus).items() if b"PRI-02" in content or b"pri-02" in content] == []
    assert [line.recommendation for line in evidence(corpus)] == ["EDU-01", "PRI-01", "PRI-03"]


def test_addresses_are_complete_once_known(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the site's address, entries have full ones and the vocabulary names its concepts by them."""
    corpus = load_corpus(tiny, TODAY)
    monkeypatch.delenv("SITE_URL", raising=False)
    covering = next(collect.coverings(corpus))
    assert (covering.path, covering.url) == ("education/#what-came-of-it", None)
    monkeypatch.setenv("SITE_URL", "https://example.org/handbook/")
    covering = next(collect.coverings(corpus))
    assert covering.url == "https://example.org/handbook/education/#what-came-of-it"
    assert b"<https://example.org/handbook/reference/glossary/#dynamic-security>" in files(corpus)["glossary.ttl"]
    assert json.loads(files(corpus)["pages.json"])["site"] == "https://example.org/handbook/"


def test_coverage_names_what_the_section_cites(tiny: Path) -> None:
    """The sources of a section are those cited in it and below it, not those of the whole page."""
    replace(tiny, "docs/prisons/release.md", "## What to avoid\n\nSilence.", '## What to avoid\n\n{{ cite("study") }}')
    replace(tiny, "docs/prisons/release.md", 'So does a study.{{ cite("study") }}', "#### Why\n\nBecause.")
    replace(tiny, "docs/prisons/release.md", '{{ advice("whom-to-tell") }}\n\n{{ covers("PRI-01") }}\n', "")
    replace(tiny, "docs/prisons/release.md", "#### Why", '{{ covers("PRI-01") }}\n\n#### Why')
    found = {covering.recommendation: covering for covering in collect.coverings(load_corpus(tiny, TODAY))}
    assert found["PRI-01"].sources == ("guidelines", "revue")
    assert found["PRI-01"].reviewed.isoformat() == "2026-11-23"


def test_evidence_says_what_is_done(tiny: Path) -> None:
    """The table for inspectors quotes the section in plain words, and shows what is not covered as empty."""
    lines = {line.recommendation: line for line in evidence(load_corpus(tiny, TODAY))}
    done = lines["PRI-01"]
    assert (
        done.what_is_done == "Who: every prison officer. Talking helps. So says a review. And again. So does a study."
    )
    assert (done.page, done.section, done.issuer) == ("Preparing release", "1. Talk every day", "Council of Europe")
    assert done.recommendation_sources == ('Council of Europe, Guidelines on "daily" work, 2016',)
    assert (done.degree, done.missing, done.nature, done.obliged) == (
        "steps",
        None,
        "practice",
        "Staff must be told why.",
    )
    assert [str(row) for row in done.tested] == [
        "violent-extremism consensus not-tested Standards agree.",
        "wellbeing limited mixed One study.",
    ]
    assert (lines["PRI-03"].page, lines["PRI-03"].what_is_done) == (None, None)
    assert (lines["EDU-01"].degree, lines["EDU-01"].tested) == ("reports", ())


def test_no_cell_of_the_evidence_is_a_formula(exported: Corpus) -> None:
    """The table for inspectors is opened in spreadsheets, so none of its cells begins as what they would run."""
    rows = list(csv.reader(io.StringIO(write_evidence(exported))))
    assert len(rows) > 1
    assert [cell for row in rows for cell in row if cell.startswith(tuple("=+-@\t\r"))] == []


def test_evidence_of_a_section_that_is_a_table(tiny: Path) -> None:
    """Where a section has no sentence of its own, the page's summary stands in."""
    replace(tiny, "docs/education/index.md", "Schools make room.", "| a | b |\n| --- | --- |\n| 1 | 2 |")
    lines = {line.recommendation: line for line in evidence(load_corpus(tiny, TODAY))}
    assert lines["EDU-01"].what_is_done == "All about schools."


@pytest.mark.parametrize(
    "model", [DatasetFile[Exported], *(dataset.model for dataset in CATALOGUE)], ids=lambda model: model.__name__
)
def test_every_field_has_its_meaning(model: type[Exported]) -> None:
    """The data dictionary has a sentence for each field, and the values where they are few."""
    found = {meaning.name: meaning for meaning in meanings(model)}
    assert [name for name, meaning in found.items() if not meaning.meaning.endswith(".")] == []
    if "status" in found:
        assert [str(value) for value in found["status"].values] == ["draft", "active", "retired"]
        assert found["history.date"].shape == "date"


def test_dictionary_shows_every_file(site: Path) -> None:
    """The page about the data links to each file that is there, and names each field."""
    page = html.parse(site / "reference/data/index.html")
    linked = {link.removeprefix("../../data/") for link in page.xpath("//article//a/@href") if "/data/" in link}
    there = {path.relative_to(site / "data").as_posix() for path in (site / "data").rglob("*") if path.is_file()}
    assert linked == there
    named = page.xpath("//article//dt/code/text()")
    assert [name for dataset in CATALOGUE for name in dataset.model.model_fields if name not in named] == []


def test_every_path_is_on_the_site(site: Path) -> None:
    """What an entry gives as its place is a page that is there, with the section that it names."""
    anchors: dict[str, set[str]] = {}
    places = [entry["path"] for d in CATALOGUE for entry in json.loads((site / "data" / d.json).read_bytes())["items"]]
    for place in places:
        page, _, anchor = place.partition("#")
        if page not in anchors:
            anchors[page] = {"", *html.parse(site / page / "index.html").xpath("//@id")}
        assert anchor in anchors[page], place
    assert len(places) > len(anchors) > len(CATALOGUE)


def test_site_has_what_the_command_writes(tiny: Path, tiny_site: Path) -> None:
    """The files of the site are those of `handbook export`, byte for byte, whatever the seed of hashes."""
    written = {}
    for seed in ("1", "2"):
        done = run_anew("handbook", "export", f"out-{seed}", folder=tiny, PYTHONHASHSEED=seed)
        assert (done.returncode, done.stderr) == (0, f"'out-{seed}': 43 files.\n")
        written[seed] = _contents(tiny / f"out-{seed}")
    assert written["1"] == written["2"]
    of_site = _contents(tiny_site / "data")
    assert {name: text for name, text in of_site.items() if not name.endswith(".xlsx")} == {
        name: text for name, text in written["1"].items() if not name.endswith(".xlsx")
    }
    assert set(of_site) == set(written["1"])


def _contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

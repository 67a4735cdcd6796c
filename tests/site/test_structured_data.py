"""What pages tell programs about themselves: true, whole, and unable to break out of its element."""

from __future__ import annotations

import json
import re
from importlib import metadata
from typing import TYPE_CHECKING, Any

import pytest
from lxml import etree, html
from rdflib import Graph

from handbook.checks import load_corpus
from handbook.site.structured_data import linked_data
from tests.support.project import REAL, TODAY, replace, run, write_project

if TYPE_CHECKING:
    from pathlib import Path

    from lxml.html import HtmlElement

ADDRESS = "https://handbook.example/"


def nodes(project: Path, src_uri: str) -> dict[str, Any]:
    """Return what is said of a page, by type."""
    data = json.loads(linked_data(src_uri, load_corpus(project, TODAY)))
    assert data["@context"] == "https://schema.org"
    return {str(node["@type"]): node for node in data["@graph"]}


def read(path: Path) -> HtmlElement:
    """Return a built page."""
    return html.document_fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))


def meta(page: HtmlElement) -> dict[str, str]:
    """Return the page's Open Graph."""
    return {e.get("property"): e.get("content") for e in page.xpath("//meta[starts-with(@property, 'og:')]")}


def test_guidance(tiny: Path) -> None:
    """A guidance page is an article to learn from, for its roles, with the day of its review."""
    page = nodes(tiny, "prisons/release.md")["['Article', 'LearningResource']"]
    assert (page["name"], page["description"]) == ("Preparing release", "How to prepare release.")
    assert (page["dateModified"], page["inLanguage"]) == ("2026-11-23", "en-GB")
    assert page["audience"] == [{"@type": "Audience", "audienceType": "Prison officer"}]
    assert "keywords" not in page
    assert "url" not in page


def test_recommendation(tiny: Path) -> None:
    """A recommendation keeps its id, issuer and date, those of the exported data."""
    asked = nodes(tiny, "recommendations/pri-01.md")["WebPage"]["mainEntity"]
    assert (asked["identifier"], asked["datePublished"]) == ("PRI-01", "2016-03-02")
    assert asked["creator"]["name"] == "Council of Europe"


def test_unverified_is_not_told(tiny: Path) -> None:
    """Nothing is said of what no page shows."""
    corpus = load_corpus(tiny, TODAY)
    assert "recommendations/pri-02.md" not in corpus.generated
    assert not [
        uri for uri in (*corpus.generated, *corpus.pages.by_uri) if "Plan for release" in linked_data(uri, corpus)
    ]


def test_way(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The way to a page leads over the first page of its section; in full where the site is known."""
    monkeypatch.setenv("SITE_URL", ADDRESS)
    steps = nodes(tiny, "prisons/release.md")["BreadcrumbList"]["itemListElement"]
    assert [(step["position"], step["name"], step["item"]) for step in steps] == [
        (1, "Tiny", ADDRESS),
        (2, "Prisons", f"{ADDRESS}prisons/"),
        (3, "Preparing release", f"{ADDRESS}prisons/release/"),
    ]


@pytest.mark.parametrize(
    ("src_uri", "names"),
    [
        ("index.md", ["Tiny"]),
        ("prisons/index.md", ["Tiny", "Prisons"]),
        ("finder/index.md", ["Tiny", "Find your situation"]),
        ("finder/release.md", ["Tiny", "Find your situation", "Somebody will soon be free"]),
        ("reference/sources/standards.md", ["Tiny", "Sources", "Sources: Standards and reviews"]),
    ],
)
def test_way_over_every_page_above(src_uri: str, names: list[str], tiny: Path) -> None:
    """Pages that nobody wrote are on the way too, and come at its end."""
    graph = json.loads(linked_data(src_uri, load_corpus(tiny, TODAY)))["@graph"]
    steps = next(node for node in graph if node["@type"] == "BreadcrumbList")["itemListElement"]
    assert [step["name"] for step in steps] == names


def test_search(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The front page offers the search of the site to programs, once it has an address."""
    assert "potentialAction" not in nodes(tiny, "index.md")["WebSite"]
    monkeypatch.setenv("SITE_URL", ADDRESS)
    action = nodes(tiny, "index.md")["WebSite"]["potentialAction"]
    assert action["target"]["urlTemplate"] == f"{ADDRESS}search/?q={{q}}"


def test_glossary(tiny: Path) -> None:
    """The glossary is a set of defined terms."""
    terms = nodes(tiny, "reference/glossary.md")["DefinedTermSet"]["hasDefinedTerm"]
    assert [(term["name"], term["alternateName"]) for term in terms] == [("dynamic security", ["relational security"])]


def test_it_cannot_break_out(tiny: Path) -> None:
    """Whatever a title says, the element around the data ends where we end it."""
    replace(tiny, "data/recommendations/prisons.yml", "asks: Plan early.", "asks: Plan & early.")
    replace(tiny, "docs/prisons/release.md", "title: Preparing release", 'title: "Preparing & release"')
    text = linked_data("prisons/release.md", load_corpus(tiny, TODAY))
    assert not set("<>&") & set(text)
    assert json.loads(text)["@graph"][0]["name"] == "Preparing & release"


def test_every_real_page(site: Path) -> None:
    """Each page has a description, Open Graph and data that a JSON-LD reader understands."""
    pages = [path for path in sorted(site.rglob("*.html")) if b'http-equiv="refresh"' not in path.read_bytes()]
    assert len(pages) > 300
    for path in pages:
        page = read(path)
        assert page.xpath("//meta[@name='description']/@content")[0], path
        assert {"og:title", "og:description", "og:type", "og:site_name", "og:locale"} <= meta(page).keys(), path
        assert page.get("lang") == "en-GB"
        scripts = page.xpath("//script[@type='application/ld+json']/text()")
        if path.name != "404.html":
            data = json.loads(scripts[0])
            assert data["@graph"][-1]["itemListElement"][-1]["name"] == meta(page)["og:title"] or path.parent == site


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # rdflib's, about itself
def test_rdf_readers_understand_it(tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The data are JSON-LD: a reader that knows schema.org's vocabulary finds the facts in them."""
    monkeypatch.setenv("SITE_URL", ADDRESS)
    data = json.loads(linked_data("prisons/release.md", load_corpus(tiny, TODAY)))
    data["@context"] = {"@vocab": "https://schema.org/"}  # schema.org's own is on the network
    graph = Graph().parse(data=json.dumps(data), format="json-ld")
    found = graph.query("SELECT ?name { ?page a <https://schema.org/Article>; <https://schema.org/name> ?name }")
    assert [str(row[0]) for row in found] == ["Preparing release"]  # type: ignore[index]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the tiny site with our frame, built for an address."""
    project = write_project(tmp_path_factory.mktemp("published") / "tiny", REAL)
    replace(project, "mkdocs.yml", "site_name: Tiny\n", f"site_name: Tiny\nsite_url: {ADDRESS}\n")
    done = run("mkdocs", "build", folder=project, SITE_URL=ADDRESS)
    assert done.returncode == 0, done.stderr
    return project / "site"


def exported(site: Path, name: str) -> list[dict[str, Any]]:
    """Return the entries of an export."""
    items: list[dict[str, Any]] = json.loads((site / f"data/{name}.json").read_bytes())["items"]
    return items


def told(site: Path) -> dict[str, list[dict[str, Any]]]:
    """Return what each built page tells programs, by its path below the site's root."""
    scripts = {
        f"{path.relative_to(site).parent.as_posix()}/".removeprefix("./"): read(path).xpath(
            "//script[@type='application/ld+json']/text()"
        )
        for path in site.rglob("index.html")
    }
    return {path: json.loads(found[0])["@graph"] for path, found in scripts.items() if found}


def names(nodes: list[dict[str, Any]]) -> list[str]:
    """Return the names of an audience."""
    return [node["audienceType"] for node in nodes]


def test_pages_agree_with_the_exports(published: Path) -> None:
    """A page gives programs the address, words, dates and people that `/data/` gives for it."""
    pages, said = exported(published, "pages"), told(published)
    titles = {name: {e["id"]: e["title"] for e in exported(published, name)} for name in ("roles", "areas")}
    assert {page["path"] for page in pages} < said.keys()
    for page in pages:
        node = said[page["path"]][0]
        assert node["@id"] == node["url"] == page["url"] == f"{ADDRESS}{page['path']}"
        assert (node["name"], node["description"], node["dateModified"]) == (
            page["title"],
            page["summary"],
            page["reviewed"],
        )
        assert node["maintainer"]["name"] == page["owner"]
        assert names(node.get("audience", [])) == [titles["roles"][role] for role in page["roles"]]
        assert node.get("about", {}).get("name") == titles["areas"].get(page["area"])


def test_recommendations_agree_with_the_exports(published: Path) -> None:
    """A recommendation has the id, words, issuer, addressees and dates that `/data/` gives; no other has a page."""
    recommendations, said = exported(published, "recommendations"), told(published)
    with_page = {path for path, (node, *_) in said.items() if "identifier" in node.get("mainEntity", {})}
    assert {found["path"] for found in recommendations} == with_page
    for found in recommendations:
        node = said[found["path"]][0]
        asked = node["mainEntity"]
        assert node["@id"] == node["url"] == found["url"] == f"{ADDRESS}{found['path']}"
        assert node["dateModified"] == max(line["date"] for line in found["history"])
        assert node["creativeWorkStatus"].lower() == found["status"]
        assert (asked["identifier"], asked["name"], asked["abstract"]) == (found["id"], found["title"], found["asks"])
        assert (asked["creator"]["name"], asked.get("datePublished")) == (found["issuer_name"], found["issued"])
        assert names(asked["audience"]) == found["addressee_names"]


def test_terms_agree_with_the_exports(published: Path) -> None:
    """The glossary tells programs of the terms that `/data/` has, at the same addresses."""
    (terms,) = (node for node in told(published)["reference/glossary/"] if node["@type"] == "DefinedTermSet")
    found = {(t["@id"], t["name"], *t.get("alternateName", [])) for t in terms["hasDefinedTerm"]}
    assert found == {(t["url"], t["term"], *t["also"]) for t in exported(published, "glossary")}


def test_open_graph_with_full_addresses(published: Path) -> None:
    """Where the site is known, a page gives its address and a picture that is there."""
    shown = meta(read(published / "prisons/release/index.html"))
    assert shown["og:url"] == f"{ADDRESS}prisons/release/"
    assert shown["og:image"].startswith(ADDRESS)
    assert (published / shown["og:image"].removeprefix(ADDRESS)).is_file()
    assert shown["og:type"] == "article"


def test_sitemap(published: Path) -> None:
    """The map has every page with the day of its review, and neither search nor what is not found."""
    root = etree.fromstring((published / "sitemap.xml").read_bytes())
    found = {url[0].text: url[1].text if len(url) > 1 else None for url in root}
    assert found[f"{ADDRESS}prisons/release/"] == "2026-11-23"
    assert f"{ADDRESS}recommendations/pri-01/" in found
    assert not any("404" in str(url) or "search" in str(url) or "prisons/talk" in str(url) for url in found)
    assert f"Sitemap: {ADDRESS}sitemap.xml" in (published / "robots.txt").read_text(encoding="utf-8").splitlines()


def test_no_sitemap_without_an_address(site: Path) -> None:
    """A map needs full addresses, so there is none, rather than an empty one, and nothing that leads to it."""
    assert (site / "index.html").is_file()
    assert not [path for name in ("sitemap*", "robots.txt") for path in site.glob(name)]


def test_not_found(site: Path) -> None:
    """The page for what is not there helps at any depth: links from the root, search, areas, roles, 112."""
    page = read(site / "404.html")
    (article,) = page.xpath("//article")
    assert article.xpath(".//form[@role='search']/@action") == ["/search/"]
    links = article.xpath(".//a/@href")
    assert {"tel:112", "/prisons/", "/roles/teacher/", "/recommendations/"} <= set(links)
    for link in [*links, *page.xpath("//link[@rel='stylesheet']/@href"), *page.xpath("//script/@src")]:
        path = link.partition("#")[0]
        if not link.startswith("tel:"):
            assert path.startswith("/"), link
            assert (site / f"{path}index.html".lstrip("/")).is_file() or (site / path.lstrip("/")).is_file(), link


def test_printed_sheets_say_what_they_are(published: Path) -> None:
    """What stands on each printed sheet names the site, the release, the day and the address."""
    (line,) = read(published / "prisons/release/index.html").xpath("//p[@class='print-footer']")
    wanted = (
        rf"Tiny, release {re.escape(metadata.version('handbook'))}, state of \d+ \w+ \d{{4}}, {ADDRESS}prisons/release/"
    )
    assert re.fullmatch(wanted, line.text_content())

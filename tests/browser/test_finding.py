"""Search, the situation finder and the tables, as readers use them."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from handbook.checks import load_corpus
from handbook.model.addresses import situation_url
from handbook.model.registry import group_by
from handbook.site.search_index import INDEX, entries, search_files, stems
from handbook.urls import url_of
from tests.browser.conftest import DESK, PHONE, note_errors
from tests.support.project import REAL, TODAY

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from handbook.model.corpus import Corpus

WORDS = """async (questions) => {
  await handbookSearch.load();
  await handbookSearch.complete();
  return questions.map((question) => handbookSearch.find(question).pages.slice(0, 3));
}"""
"""The first three entries for each of some queries, all indexes being there."""


def questions(name: str) -> list[dict[str, Any]]:
    """Return a set of questions with the pages that answer them."""
    read: list[dict[str, Any]] = yaml.safe_load((REAL / "tests" / "search" / f"{name}.yml").read_text(encoding="utf-8"))
    return read


STATUS = "[role=status]"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a page that fails the test on any error in the browser's console."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    errors = note_errors(page)
    yield page
    context.close()
    assert errors == []


@pytest.fixture
def bare(browser: Browser) -> Iterator[Page]:
    """Yield a page in a browser without JavaScript."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("name", "missed"),
    [
        ("words_of_work", 3),
        ("words_of_work_held_back", 3),
        pytest.param("questions", 3, marks=pytest.mark.slow),
        pytest.param("held_back", 5, marks=pytest.mark.slow),
    ],
)
def test_questions_of_practitioners(name: str, missed: int, page: Page, address: str, corpus: Corpus) -> None:
    """The right page, wherever it has moved, is among the first three for 95 of 100 questions in people's words.

    For those that were held back, for fewer. A situation is right if the first page from which its answer is taken is.
    """
    moved = {redirect.old: redirect.new for redirect in corpus.registry.redirects.values()}
    situations = group_by(corpus.registry.situations.values(), lambda situation: situation.pages[:1])
    page.goto(f"{address}/search/")
    asked = questions(name)
    answers = page.evaluate(WORDS, [question["asks"] for question in asked])
    wrong = []
    for question, answer in zip(asked, answers, strict=True):
        pages = [moved.get(f"{path}.md", f"{path}.md") for path in question["pages"]]
        right = {url_of(path) for path in pages} | {
            situation_url(s) for path in pages for s in situations.get(path, ())
        }
        if right.isdisjoint(entry["id"] for entry in answer):
            wrong.append(f"{question['asks']}: {[entry['id'] for entry in answer]}")
    assert len(asked) >= 20
    assert len(wrong) <= missed, "\n".join(wrong)


def test_worried_words_lead_to_their_page(page: Page, address: str, corpus: Corpus) -> None:
    """Each query of `data/best-bets.yml` has its page first, before and after the second index is there."""
    bets = corpus.registry.best_bets.values()
    page.goto(f"{address}/search/")
    early = page.evaluate(
        """async (queries) => {
          await handbookSearch.load();
          return queries.map((query) => handbookSearch.find(query).pages[0].id);
        }""",
        [bet.asks for bet in bets],
    )
    late = [found[0]["id"] for found in page.evaluate(WORDS, [bet.asks for bet in bets])]
    assert len(bets) >= 40
    assert early == late == [url_of(bet.page) for bet in bets]


@pytest.mark.slow
def test_titles_lead_to_their_page(page: Page, address: str, corpus: Corpus) -> None:
    """Who types a title finds its page first, whether somebody has written it or the site makes it."""
    titles = {
        **{page.meta.title: page.url for page in corpus.pages},
        **{page.title: page.url for page in corpus.generated.values() if page.in_search},
    }
    page.goto(f"{address}/search/")
    found = page.evaluate(WORDS, list(titles))
    wrong = [title for title, answer in zip(titles, found, strict=True) if titles[title] != answer[0]["id"]]
    assert len(titles) > 300
    assert wrong == []


def test_bodies_come_when_they_are_named(page: Page, address: str) -> None:
    """A body of the EU is first for its acronym, and not among the first for what others are concerned with, too."""
    page.goto(f"{address}/search/")
    named, *others = page.evaluate(WORDS, ["HLCEG-R", "nephew radicalised", "threat", "radicalisation", "help"])
    assert named[0]["kind"] == "actor"
    assert ["actor" in [entry["kind"] for entry in found] for found in others] == [False] * 4


def test_all_words_are_required(page: Page, address: str) -> None:
    """Of two words, each page found has both, unless no page has."""
    page.goto(f"{address}/search/")
    counts = page.evaluate(
        """async (words) => {
          await handbookSearch.load();
          return words.map((query) => handbookSearch.find(query).pages.length);
        }""",
        ["chaplain", "airport", "airport chaplain", "chaplain xqzvwk"],
    )
    assert 0 < counts[2] <= min(counts[:2]) + 2
    assert counts[3] == counts[0]


@pytest.mark.parametrize(
    ("title", "written"),
    [
        ("Preparing release and the hand-over", ("hand-over", "handover", "hand over")),
        ("School re-entry", ("re-entry", "reentry", "re entry", "re\N{NON-BREAKING HYPHEN}entry")),
        ("Setting up a multi-agency group", ("multi-agency", "multiagency", "Multi agency")),
        ("Alternative narratives that do no harm", ("counter-narratives", "counternarratives", "counter narrative")),
        ("The local coordinator's first 100 days", ("co-ordinator", "coordinator")),
        ("Making a rehabilitation plan", ("de-radicalisation", "deradicalisation")),
        ("PRI-11 Make everyday contact with prisoners a working method", ("PRI-11", "pri11", "PRI 11")),
    ],
)
def test_hyphens_make_no_difference(title: str, written: tuple[str, ...], page: Page, address: str) -> None:
    """A page is among the first three whether a word is written joined, apart or with a hyphen."""
    page.goto(f"{address}/search/")
    answers = [[entry["title"] for entry in found] for found in page.evaluate(WORDS, written)]
    assert [title in answer for answer in answers] == [True] * len(written), answers


@pytest.mark.slow
def test_both_sides_find_the_same_stems(page: Page, address: str) -> None:
    """The browser brings each word of the site to the stem under which the index has it."""
    words = {
        word for entry in entries(load_corpus(REAL, TODAY)) for text in entry.words.values() for word in text.split()
    }
    plain = sorted({word.lower() for word in words if word.isalpha() and list(stems(word))})
    page.goto(f"{address}/search/")
    stemmed = page.evaluate(
        "async (words) => { await handbookSearch.load(); return words.map(handbookSearch.stem); }", plain
    )
    assert len(plain) > 3000
    assert [(word, stem) for word, stem in zip(plain, stemmed, strict=True) if next(stems(word)) != stem] == []


def test_nothing_is_fetched_before_the_first_search(page: Page, address: str) -> None:
    """Neither index nor engine weighs on a reader who does not search; the first answer needs three files."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(address)))
    for url in ("/", "/prisons/first-conversation/", "/search/"):
        page.goto(address + url)
    parts = ["/javascripts/vendor/minisearch.js", "/javascripts/vendor/english-stemmer.js", "/search/index.js"]
    assert set(asked).isdisjoint(parts)
    asked.clear()
    page.get_by_label("What are you looking for?").fill("release")
    page.locator("#search-results a").first.wait_for()
    assert [url for url in asked if "/images/icon" not in url][:3] == parts


def test_answers_while_typing(page: Page, address: str) -> None:
    """The field at the top offers five pages at most; arrows choose one, Enter opens it; no word leaves the browser."""
    asked: list[str] = []
    page.goto(f"{address}/prisons/first-conversation/")
    page.on("request", lambda request: asked.append(request.url))
    field = page.get_by_label("Search this handbook")
    field.focus()
    page.keyboard.type("the police ask me")
    options = page.get_by_role("option")
    options.first.wait_for()
    assert 0 < options.count() <= 5
    assert field.get_attribute("aria-expanded") == "true"
    page.keyboard.press("Escape")
    assert not options.first.is_visible()
    page.keyboard.type(" about")
    options.first.wait_for()
    page.keyboard.press("ArrowDown")
    chosen = page.locator(f"#{field.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    assert [url for url in asked if "police" in url] == []
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/finder/asked-about-a-person/")


def test_search_on_a_phone(page: Page, address: str) -> None:
    """The field opens in place and is in focus; on the page of the search, the first result stands high up."""
    page.set_viewport_size(PHONE)
    page.goto(f"{address}/prisons/first-conversation/")
    page.locator(".find-link").click()
    page.keyboard.type("scared")
    page.get_by_role("option").first.wait_for()
    page.keyboard.press("Enter")
    first = page.locator("#search-results a").first
    first.wait_for()
    page.wait_for_load_state("networkidle")  # with the second index
    assert page.url == f"{address}/search/?q=scared"
    box = first.bounding_box()
    assert box
    assert box["y"] < 220
    assert not page.get_by_label("Area").is_visible()


def test_results_ten_at_a_time(page: Page, address: str) -> None:
    """Ten are shown, then ten more, of which the first is in focus; the field is in focus on a page without a query."""
    page.goto(f"{address}/search/")
    assert page.evaluate("document.activeElement.id") == "words"
    page.keyboard.type("prison")
    results = page.locator("#search-results li")
    results.first.wait_for()
    assert results.count() == 10
    page.get_by_role("button", name="Show more").click()
    assert results.count() == 20
    assert results.nth(10).locator("a").evaluate("link => link === document.activeElement")


def test_the_sentence_that_matched(page: Page, address: str) -> None:
    """A result shows a sentence of its page that has words of the query, and marks them."""
    page.goto(f"{address}/search/?q=interpreter+conversation")
    match = page.locator("#search-results .match", has=page.locator("mark")).first
    match.wait_for()
    marked = match.locator("mark").first.inner_text().lower()
    assert marked.startswith(("interpret", "convers"))
    sentence = match.inner_text().strip("“”")
    match.locator("xpath=ancestor::li").locator("a").click()
    page.locator("article").get_by_text(sentence[:30]).first.wait_for()


def test_search_by_keyboard(page: Page, address: str) -> None:
    """Typing, choosing a filter and opening a page needs no mouse; count and state are told."""
    page.goto(f"{address}/search/")
    page.get_by_label("What are you looking for?").focus()
    page.keyboard.type("swastikas on the wal")
    page.keyboard.press("Enter")
    page.locator("#search-results a").first.wait_for()
    assert re.fullmatch(r"\d+ pages?", page.locator("#search-status").inner_text())
    page.locator("#search-narrow summary").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Area").focus()
    page.keyboard.type("Pol")
    page.wait_for_url("**area=polarisation**")
    page.locator("#search-results li:first-child a[href*='/polarisation/']").wait_for()
    page.locator("#search-results a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/polarisation/**")


def test_address_holds_the_search(page: Page, address: str) -> None:
    """An address with words and filters gives the same search to whoever opens it."""
    page.goto(f"{address}/search/?q=prisoner&kind=scenario&role=prison-officer&area=nonsense")
    page.locator("#search-results a").first.wait_for()
    kinds = page.locator("#search-results .kind").all_inner_texts()
    assert kinds
    assert all(kind.startswith("Scenario") for kind in kinds)
    assert page.get_by_label("Area").input_value() == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("xqzvwk", "No page for “xqzvwk”."),
        ("chaplain&area=eu-cooperation&kind=quiz", "No page for “chaplain” with these filters"),
    ],
)
def test_nothing_found(words: str, said: str, page: Page, address: str) -> None:
    """Who finds nothing is told why, what to try, and 112."""
    page.goto(f"{address}/search/?q={words}")
    help_ = page.locator("#search-empty")
    help_.wait_for()
    assert said in page.locator("#search-status").inner_text()
    assert help_.get_by_role("link", name="112").is_visible()
    assert page.locator("#search-results li").count() == 0


def test_index_that_does_not_arrive(browser: Browser, address: str) -> None:
    """Who loses the network is told so, and the next search tries again."""
    context = browser.new_context()
    page = context.new_page()
    page.route("**/search/index.js", lambda route: route.abort())
    page.goto(f"{address}/search/?q=release")
    page.get_by_text("could not be loaded").wait_for()
    page.unroute("**/search/index.js")
    page.get_by_role("searchbox", name="What are you looking for?").press("Enter")
    page.locator("#search-results a").first.wait_for()
    context.close()


def test_an_id_leads_to_its_recommendation(page: Page, address: str) -> None:
    """Who types the id of a recommendation finds it first."""
    page.goto(f"{address}/search/?q=PRI-11")
    first = page.locator("#search-results a").first
    first.wait_for()
    assert first.inner_text().startswith("PRI-11 ")


def test_guidance_comes_before_lists(page: Page, address: str) -> None:
    """Neither the list of sources nor the coverage table stands before guidance."""
    page.goto(f"{address}/search/")
    words = ["radicalisation", "prison", "guidelines", "recommendation on release"]
    kinds = [[entry["kind"] for entry in found] for found in page.evaluate(WORDS, words)]
    assert ["reference" in found for found in kinds] == [False] * 4


def test_finder_narrows(page: Page, address: str) -> None:
    """Each choice shortens the list, tells how many are left, stands in the address, and is taken back by the same."""
    page.goto(f"{address}/finder/")
    items = page.locator("#situations li")
    everything = items.count()
    assert items.locator("visible=true").count() == everything
    officer = page.get_by_role("link", name="Prison officer", exact=True)
    officer.click()
    some = page.locator("#situations li:visible").count()
    assert 0 < some < everything
    assert page.locator(STATUS).inner_text() == f"{some} situations"
    page.get_by_role("link", name="Education", exact=True).locator("visible=true").last.click()
    assert page.url == f"{address}/finder/?role=prison-officer&area=education"
    few = page.locator("#situations li:visible").count()
    assert few < some
    assert page.locator("#situations h2:visible").count() <= few
    page.locator("#situations li:visible a").first.click()
    page.go_back()
    assert page.locator("#situations li:visible").count() == few
    officer.click()
    assert page.url == f"{address}/finder/?area=education"
    page.get_by_role("link", name="Clear").click()
    assert page.url == f"{address}/finder/"
    assert page.locator("#situations li:visible").count() == everything
    assert not page.get_by_role("link", name="Clear").is_visible()


def test_finder_on_a_phone(page: Page, address: str) -> None:
    """The first situation stands on the first screen, and how many there are stays in view."""
    page.set_viewport_size(PHONE)
    for url in ("finder/", "finder/?role=teacher", "finder/for-teacher/"):
        page.goto(f"{address}/{url}")
        first = page.locator("#situations li:visible a").first.bounding_box()
        leave = page.get_by_role("link", name="Leave this page fast").bounding_box()
        assert first
        assert leave
        assert first["y"] + first["height"] <= leave["y"]
    page.evaluate("scrollTo(0, 2500)")
    box = page.locator(STATUS).bounding_box()
    assert box
    assert 0 <= box["y"] < 100


def test_table_narrows_and_sorts(page: Page, address: str) -> None:
    """The address gives filter and order; the heads of the columns sort by keyboard and say so."""
    page.goto(f"{address}/recommendations/?area=prisons&sort=-issued")
    rows = page.locator("#recommendations tbody tr:visible")
    assert set(rows.locator("td:nth-child(2)").all_inner_texts()) == {"Prisons"}
    years = [year for year in rows.locator("td:nth-child(4)").all_inner_texts() if year.isdigit()]
    assert years == sorted(years, reverse=True)
    head = page.get_by_role("columnheader", name="Issued by")
    page.get_by_role("button", name="Issued by").focus()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "ascending"
    assert "Sorted by Issued by" in page.locator(STATUS).inner_text()
    page.keyboard.press("Enter")
    assert head.get_attribute("aria-sort") == "descending"
    assert page.url == f"{address}/recommendations/?area=prisons&sort=-issued-by"
    issuers = rows.locator("td:nth-child(3)").all_inner_texts()
    assert issuers == sorted(issuers, key=str.casefold, reverse=True)


def test_tables_have_room(page: Page, address: str) -> None:
    """At a desk long tables are as wide as the page and below its parts; on a phone each value says what it is."""
    page.set_viewport_size(DESK)
    for url, table in (
        ("/recommendations/", "#recommendations"),
        ("/guidance/", "#guidance"),
        ("/evidence/", "#evidence"),
    ):
        page.goto(address + url)
        box = page.locator(table).bounding_box()
        main = page.locator("main").bounding_box()
        assert box
        assert main
        assert main["width"] - 90 < box["width"] < main["width"] - 30
        page.evaluate("scrollTo(0, document.body.scrollHeight / 2)")
        assert not page.evaluate(
            """(table) => {
              const end = document.querySelector('.stay')?.getBoundingClientRect().bottom ?? 0;
              return end > 0 && end > document.querySelector(table).getBoundingClientRect().top;
            }""",
            table,
        )
    page.set_viewport_size(PHONE)
    said = "(cell) => getComputedStyle(cell, '::before').content"
    assert page.locator("#evidence tbody tr").first.locator("td").nth(1).evaluate(said) == '"Tested for: "'
    page.goto(f"{address}/recommendations/")
    assert page.locator("#recommendations tbody tr").first.locator("td").nth(1).evaluate(said) == '"Issued by: "'


def test_evidence_sorts_by_strength(page: Page, address: str) -> None:
    """Evidence on violent extremism is sorted from strong to none, not by the alphabet."""
    page.goto(f"{address}/guidance/?sort=evidence&role=teacher")
    shown = page.locator("#guidance tbody tr:visible td:nth-child(5)").all_inner_texts()
    order = ["strong", "moderate", "limited", "consensus", "none"]
    levels = [words.removeprefix("Violent extremism: ").partition(";")[0] for words in shown]
    assert len(set(levels)) > 1
    assert levels == sorted(levels, key=order.index)


def test_without_javascript(bare: Page, address: str) -> None:
    """Every list stands there whole, with no menu that would do nothing, and search says what it needs."""
    bare.goto(f"{address}/search/?q=release")
    assert bare.get_by_text("needs JavaScript").is_visible()
    assert bare.locator("ul.index a", has_text="Preparing release").is_visible()
    for url, rows in (("finder", "#situations li"), ("guidance", "tbody tr"), ("recommendations", "tbody tr")):
        bare.goto(f"{address}/{url}/?area=prisons")
        assert bare.locator(rows).count() == bare.locator(f"{rows}:visible").count() > 20
        assert not bare.locator("form.filters").is_visible()
    bare.goto(f"{address}/finder/")
    bare.get_by_role("link", name="Prison officer", exact=True).click()
    assert bare.get_by_role("heading", level=1).inner_text() == "Find your situation: prison officer"
    bare.get_by_role("link", name="Clear").click()
    assert bare.url == f"{address}/finder/"


@pytest.mark.parametrize("part", ["", "law/"])
def test_former_address_of_a_source_leads_on(part: str, page: Page, address: str) -> None:
    """Who comes with an address that a source had before sees its entry, and goes back to where they came from."""
    page.goto(f"{address}/about/")
    page.goto(f"{address}/reference/sources/{part}#efus-2019-prepare")
    page.wait_for_url(f"{address}/reference/sources/guidance-after-commission/#efus-2019-prepare")
    assert page.locator("li:target").get_by_role("link", name="PREPARE: Preventing").is_visible()
    page.go_back()
    page.wait_for_url(f"{address}/about/")


@pytest.mark.parametrize("link", ["https://evil.example/", "//evil.example/", "javascript:document.title='x'"])
def test_no_link_of_a_page_leads_on_to_another_site(link: str, page: Page, address: str) -> None:
    """The script that leads on follows addresses of this site only, whatever is written like the list of sources."""
    url = f"{address}/prisons/release/"
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "evil" in request.url else None)
    page.goto(url)
    page.evaluate(
        """link => document.querySelector("article").insertAdjacentHTML("beforeend",
            `<a class="whole-list" href="${link}"></a><p class="bibliography"><a id="here" href="${link}"></a></p>`)""",
        link,
    )
    page.add_script_tag(url=f"{address}/javascripts/sources.js")
    for name in ("nowhere", "here"):
        page.evaluate("name => { location.hash = name; }", name)
        page.wait_for_timeout(100)
        assert page.url == f"{url}#{name}"
    assert asked == []
    assert "release" in page.title()


def test_former_address_of_a_source_without_javascript(bare: Page, address: str) -> None:
    """The way into the list has a link to the entry, at the very place that the address names."""
    bare.goto(f"{address}/reference/sources/#efus-2019-prepare")
    bare.locator("a:target").click()
    assert bare.url == f"{address}/reference/sources/guidance-after-commission/#efus-2019-prepare"


def test_unknown_source_stays(page: Page, address: str) -> None:
    """A name that no source has leads to the way into the list, and no further."""
    page.goto(f"{address}/reference/sources/law/#nothing-of-the-kind")
    page.wait_for_url(f"{address}/reference/sources/#nothing-of-the-kind")
    page.wait_for_load_state("networkidle")
    assert page.url.endswith("/reference/sources/#nothing-of-the-kind")


@pytest.mark.slow
def test_index_is_what_the_engine_would_read(page: Page, address: str, corpus: Corpus) -> None:
    """The engine gives back the very index that was written for it."""
    script = dict(search_files(corpus))[INDEX].decode()
    index: dict[str, Any] = json.loads(script[20:-3])["index"]
    page.goto(f"{address}/search/")
    read = page.evaluate(
        """async ([index, fields]) => {
          await handbookSearch.load();
          const engine = MiniSearch.loadJS(index, { fields, storeFields: [] });
          return [engine.documentCount, engine.termCount, engine.getStoredFields("prisons/release/").title];
        }""",
        [index, list(index["fieldIds"])],
    )
    assert read == [index["documentCount"], len(index["index"]), "Preparing release and the hand-over"]

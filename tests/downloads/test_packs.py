"""What is in each pack and on each card, and that the site keeps its promises."""

from __future__ import annotations

import copy
import re
import shutil
import subprocess
import sys
from dataclasses import replace as replace_fields
from typing import TYPE_CHECKING
from urllib.parse import urljoin

import pikepdf
import pytest
from lxml import html

from handbook.checks import load_corpus
from handbook.downloads.articles import read_articles
from handbook.downloads.build import read_site
from handbook.downloads.cards import ROOMS, card
from handbook.downloads.errors import DownloadError
from handbook.downloads.excerpts import ArticleBuilder, part
from handbook.downloads.kits import kit_chapters
from handbook.downloads.packs import ChoiceError, chapters, choose
from handbook.downloads.sizes import missing_downloads, write_sizes
from handbook.identity import LIGHT
from handbook.model.offered import expected_downloads, packs_for
from handbook.model.records import Pack, Selection
from handbook.model.vocabulary import PackForm, PageKind
from tests.support.pdfs import words as printed_words
from tests.support.project import REAL, TODAY, replace, run

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from lxml.html import HtmlElement

    from handbook.downloads.articles import Article
    from handbook.model.corpus import Corpus


@pytest.fixture(scope="session")
def articles(site: Path) -> Mapping[str, Article]:
    """Return the articles of the real site."""
    return read_articles(site)


@pytest.fixture
def built(tiny: Path, tiny_site: Path) -> Path:
    """Return the tiny project with a site of its own."""
    shutil.copytree(tiny_site, tiny / "site")
    return tiny


def urls(pack: Pack, corpus: Corpus, articles: Mapping[str, Article]) -> list[str]:
    """Return the addresses of a pack's chapters."""
    return [article.url for article in chapters(pack, corpus, articles)]


def words(article: Article) -> str:
    """Return an article's text on one line, with a space between elements but before a comma or a stop."""
    return re.sub(r" (?=[,.])", "", " ".join(" ".join(article.content.itertext()).split()))


def test_cover_has_the_icon_of_its_area(tiny_site: Path, tiny: Path) -> None:
    """A pack of one area has the icon that its pages have on screens, in the colour of covers; others have none."""
    corpus = load_corpus(tiny, TODAY)
    builder = read_site(tiny_site, corpus)
    pack = corpus.registry.packs["prisons"]
    icon = builder.book_of(pack).icon
    drawn = html.fromstring(icon.encode())
    assert drawn.get("stroke") == LIGHT["accent"]
    assert str(drawn[0].get("d")) in (tiny_site / "stylesheets/handbook.css").read_text(encoding="utf-8")
    everything = pack.model_copy(update={"selection": Selection(roles=("prison-officer",))})
    assert builder.book_of(everything).icon == ""


def test_whole_handbook_has_all_that_a_book_has_a_use_for(corpus: Corpus, articles: Mapping[str, Article]) -> None:
    """Only lists for a screen and pages for editors are left out, and the order is the site's."""
    found = urls(corpus.registry.packs["handbook"], corpus, articles)
    left_out = articles.keys() - set(found)
    assert found == [url for url in articles if url not in left_out]
    assert {url.partition("/")[0] for url in left_out} == {
        "about",
        "contacts",
        "contributing",
        "decide",
        "finder",
        "guidance",
        "recommendations",
        "reference",
        "search",
        "where-we-stand",
    }
    assert {url for url in left_out if url.startswith(("about/", "reference/"))} == {
        "about/accessibility/",
        "about/changes/",
        "about/coverage/",
        "about/privacy/",
        "about/reviews/",
        "reference/data/",
        "reference/downloads/",
        "reference/offline/",
    }
    assert {url for url in left_out if url.startswith("recommendations/")} == {
        f"recommendations/{area}/" for area in corpus.registry.areas
    }
    assert "finder/" in found


def test_editors_print_their_pages(corpus: Corpus, articles: Mapping[str, Article]) -> None:
    """What the whole handbook leaves out is printed when somebody asks for it."""
    assert urls(choose(corpus, None, {"pages": ["contributing/data.md"]}), corpus, articles) == ["contributing/data/"]


def test_area_pack_has_the_area(corpus: Corpus, articles: Mapping[str, Article]) -> None:
    """All overviews and guidance of the area, its own first; the kit has the rest, but for forms, which have PDFs."""
    book = urls(corpus.registry.packs["prisons"], corpus, articles)
    assert book[0] == "prisons/"
    kit = {url for url in urls(corpus.registry.packs["prisons-training"], corpus, articles) if url in articles}
    assert not kit.intersection(book)
    forms = {page.url for page in corpus.pages if page.meta.kind is PageKind.TEMPLATE}
    assert kit | set(book) | forms >= {page.url for page in corpus.pages if page.area == "prisons"}


def test_role_pack_is_what_the_page_of_the_role_says(corpus: Corpus, articles: Mapping[str, Article]) -> None:
    """The page of the role, then where it says to start, in its order, then the decisions of the role."""
    decided = {page.url: page.roles for page in corpus.generated.values()}
    for role in corpus.registry.roles:
        here = f"roles/{role}/"
        content = articles[here].content
        start = [
            urljoin(here, href.partition("#")[0])
            for href in content.xpath("h3[@id='start-here']/following-sibling::ul[1]/li/a[1]/@href")
        ]
        assert start
        decisions = [url for url in articles if url in decided and role in decided[url]]
        assert urls(corpus.registry.packs[role], corpus, articles) == [here, *start, *decisions]
        listed = articles["training/"].content.xpath(f".//li[@id='{role}']//ol/li/a/@href")
        assert [urljoin("training/", href) for href in listed] == [here, *start, *decisions]


def test_kit_is_what_a_trainer_needs(corpus: Corpus, articles: Mapping[str, Article]) -> None:
    """All in the order in which it is used; the answers on a sheet of their own."""
    found = chapters(corpus.registry.packs["education-training"], corpus, articles)
    assert [article.url.removeprefix("education/") for article in found] == [
        "training-plan/",
        "training/education-training/cards/",
        "scenario-back-on-monday/",
        "scenario-film-of-the-lesson/",
        "case-study-learning-together/",
        "training/education-training/exercise-cards/",
        "exercise-one-fair-page/",
        "exercise-question-and-limit/",
        "training/education-training/checklists/",
        "form-return-to-school/empty/",
        "form-letter-to-parents/empty/",
        "form-speaker-contract/empty/",
        "training/what-to-say/",
        "quiz/",
        "quiz/answers/",
    ]
    questions, answers = found[-2:]
    assert part(questions, "Answers") == []
    assert part(answers, "Answers")
    assert answers.content.xpath(".//a[@class='cite']/@href")[0] == "#source-1"


def test_scenario_cards_tell_no_answers(corpus: Corpus, articles: Mapping[str, Article]) -> None:
    """A case has two cards: how it begins, which says that it is invented, and what comes in the first week."""
    for pack in corpus.registry.packs.values():
        if pack.form is PackForm.KIT:
            sheet = chapters(pack, corpus, articles)[1]
            begun, later = sheet.content.xpath("section[@class='card']")[:2]
            assert "invented" in begun.text_content()
            assert "Stop here" in begun.text_content()
            assert later[0].text_content().endswith(": the first week")
            assert not re.search("What good looks like|Common mistakes|Questions", words(sheet))


def test_cards_of_exercises(tiny_site: Path, corpus: Corpus) -> None:
    """Paragraphs and rows that participants hold in their hands are cards; columns for the trainer are not on them."""
    body = """
    <h2>Material</h2><ul><li>Pens</li></ul><p class="handout"><strong>Card A.</strong> You are 40.</p>
    <p>All are invented.</p>
    <p class="handout"><strong>The letter.</strong> "To the school leader."</p>
    <table><thead><tr><th>Card</th><th>What you know</th><th>What speaks for which sign</th></tr></thead>
    <tbody><tr><td>1</td><td>It is <em>late</em>.</td><td>Secret</td></tr></tbody></table>
    <table><thead><tr><th>Role</th><th>Number</th><th>Card</th></tr></thead>
    <tbody><tr><td>Leader</td><td>2</td><td>You lead.</td></tr></tbody></table>
    <h2>Steps</h2><p class="handout"><strong>Card B.</strong> No card.</p>"""
    some = read_articles(tiny_site)[""]
    exercise = replace_fields(some, content=html.fragment_fromstring(body, create_parent="article"))
    kinds: dict[PageKind, list[Article]] = {kind: [] for kind in PageKind}
    sheet, _ = kit_chapters(corpus.registry.packs["prisons-training"], {**kinds, PageKind.EXERCISE: [exercise]})
    assert [" ".join(card.text_content().split()) for card in sheet.content.xpath("section[@class='card']")] == [
        "Card A. You are 40.",
        'The letter. "To the school leader."',
        "Card 1. It is late.",
        "Leader. Number: 2 Card: You lead.",
    ]


def test_each_version_of_the_note_is_a_card(corpus: Corpus, articles: Mapping[str, Article]) -> None:
    """Groups get notes that begin alike and differ in half a sentence; the table that says so is the trainer's."""
    found = chapters(corpus.registry.packs["education-training"], corpus, articles)
    (sheet,) = (chapter for chapter in found if chapter.url.endswith("/exercise-cards/"))
    cards = [" ".join(card.text_content().split()) for card in sheet.content.xpath("section[@class='card']")]
    notes = {card for card in cards if "To the school leader." in card}
    assert len(notes) == 4
    assert len({note.partition("Since autumn K.")[0].removeprefix("One fair page ") for note in notes}) == 1
    assert "Version" not in words(sheet)


def test_checklists_of_all_guidance(corpus: Corpus, articles: Mapping[str, Article]) -> None:
    """Each guidance page of the area has its boxes on the sheet."""
    found = chapters(corpus.registry.packs["prisons-training"], corpus, articles)
    (sheet,) = (chapter for chapter in found if chapter.url.endswith("/checklists/"))
    guidance = list(corpus.pages.select(Selection.model_validate({"areas": ["prisons"], "kinds": ["guidance"]})))
    assert len(sheet.content.xpath("section/ul[@class='task-list']")) == len(guidance)
    ids = sheet.content.xpath(".//@id")
    assert len(ids) == len(set(ids))


def test_empty_pack(corpus: Corpus, articles: Mapping[str, Article]) -> None:
    """A pack without chapters is named."""
    pack = Pack(id="none", title="None", audience="Nobody", form=PackForm.KIT, selection=Selection(pages=("index.md",)))
    with pytest.raises(DownloadError, match="'none' would have no chapter; widen its selection"):
        chapters(pack, corpus, articles)


def test_sheet_keeps_links_and_sources(tiny_site: Path) -> None:
    """What is taken over leads where it led, and cites what it cited, under new numbers."""
    articles = read_articles(tiny_site)
    release = articles["prisons/release/"]
    sheet = ArticleBuilder("training/a/", "A", "a")
    sheet.add(release, part(release, "Steps"))
    sheet.add(release, part(release, "When this applies"))
    article = sheet.article()
    hrefs = article.content.xpath(".//a/@href")
    assert "../../reference/glossary/#dynamic-security" in hrefs
    cited = [link.text for link in article.content.find_class("cite")]
    assert cited == ["[1]", "[2, p. 3]", "[1]", "[3]", "[1, p. 7]", "[3]"]
    assert len(article.content.xpath("ol[@class='sources']/li")) == 3


def test_card_is_made_of_the_site(built: Path) -> None:
    """What it asks, of whom, each partner's part, rights, where the rest stands, sources; no remarks on sources."""
    corpus = load_corpus(built, TODAY)
    article = card(corpus.registry.recommendations["PRI-01"], corpus, read_articles(built / "site"), ROOMS[0])
    assert words(article) == (
        "Staff should talk with people every day. Of whom Prison officer Who issued it, and when Council of Europe, "
        "2 March 2016. Who does what: Preparing release Who Does Officer Talks with relational security "
        "Rights and safeguards: Preparing release Check your national law. More on the page Preparing release. "
        "Whom to call in your country. "
        'What this handbook does about it Preparing release: 1. Talk every day Sources Guidelines on "daily" work. '
        "Council of Europe, 2016. "
        "Standard; opening read."
    )


@pytest.mark.parametrize("asked", [1, 20])
def test_card_is_one_sheet(asked: int, tiny_site: Path, tiny: Path, tmp_path: Path) -> None:
    """What it asks is whole; of endless guidance it has as much as there is room for, and says where the rest is."""
    corpus = load_corpus(tiny, TODAY)
    builder = read_site(tiny_site, corpus)
    lengthen(part(builder.articles["recommendations/pri-01/"], "What it asks")[0], asked)
    (rights,) = part(builder.articles["prisons/release/"], "Rights and safeguards")
    lengthen(rights, 100)
    target = tmp_path / "card.pdf"
    assert builder.write_card(corpus.registry.recommendations["PRI-01"], target) == 1
    found = printed_words(target)
    assert found.count("Staff should talk with people every day.") == asked
    assert 0 < found.count("Check your national law.") < 30
    assert "Shortened to fit; more on the page Preparing release." in found


def test_card_longer_than_a_sheet(tiny_site: Path, tiny: Path, tmp_path: Path) -> None:
    """What a recommendation asks is not cut: an editor is told where to shorten it, and no card is there."""
    corpus = load_corpus(tiny, TODAY)
    builder = read_site(tiny_site, corpus)
    lengthen(part(builder.articles["recommendations/pri-01/"], "What it asks")[0], 80)
    with pytest.raises(DownloadError) as caught:
        builder.write_card(corpus.registry.recommendations["PRI-01"], tmp_path / "card.pdf")
    assert [problem.line() for problem in caught.value.problems] == [
        (
            "data/recommendations/prisons.yml:3:9: error[not-printable] the card of 'PRI-01' is longer than a page; "
            "shorten 'asks'"
        )
    ]
    assert not (tmp_path / "card.pdf").exists()


def lengthen(element: HtmlElement, times: int) -> None:
    """Repeat an element behind itself until it is there this many times."""
    for _ in range(times - 1):
        element.addnext(copy.deepcopy(element))


def test_cut_card_says_where_the_rest_stands(built: Path) -> None:
    """A card without room has no part of the guidance, and a pointer to its page."""
    corpus = load_corpus(built, TODAY)
    article = card(corpus.registry.recommendations["PRI-01"], corpus, read_articles(built / "site"), 0)
    assert "Talks with" not in words(article)
    assert "Shortened to fit; more on the page Preparing release." in words(article)


def test_card_without_a_guidance_page(built: Path) -> None:
    """What only an overview covers has a card too."""
    corpus = load_corpus(built, TODAY)
    article = card(corpus.registry.recommendations["EDU-01"], corpus, read_articles(built / "site"), ROOMS[0])
    assert "Who does what" not in words(article)
    assert "Education: What came of it" in words(article)


def test_packs_offered_on_a_page(corpus: Corpus) -> None:
    """Guidance offers its area's book, training material the kit, an overview both, a role or page its own."""
    pages = (
        "education/index.md",
        "education/quiz.md",
        "education/case-study-learning-together.md",
        "prisons/release.md",
        "education/form-return-to-school.md",
        "roles/teacher.md",
        "training/what-to-say.md",
        "index.md",
    )
    offered = {uri: [pack.id for pack in packs_for(corpus.pages.by_uri[uri], corpus)] for uri in pages}
    assert offered == {
        "education/index.md": ["education", "education-training"],
        "education/quiz.md": ["education-training"],
        "education/case-study-learning-together.md": ["education-training"],
        "prisons/release.md": ["prisons"],
        "education/form-return-to-school.md": [],
        "roles/teacher.md": ["teacher"],
        "training/what-to-say.md": ["what-to-say"],
        "index.md": [],
    }


@pytest.mark.parametrize(
    ("id_", "keys", "said"),
    [
        ("prison", {}, "'prison' is no pack; did you mean 'prisons'?"),
        (None, {}, "say what to print: a selection, or one of the packs prisons"),
        ("prisons", {"areas": ("prisons",)}, "the pack 'prisons' has a selection already; leave out the pack or areas"),
        (None, {"areas": ("prison",)}, "'prison' is no area; did you mean 'prisons'?"),
        (
            None,
            {"areas": ("education",), "kinds": ("guidance",)},
            (
                "no page fits all of this; with the rest unchanged there is, instead of education: prisons; "
                "instead of guidance: actor, overview"
            ),
        ),
    ],
)
def test_impossible_choices(id_: str | None, keys: dict[str, tuple[str, ...]], said: str, tiny: Path) -> None:
    """Whoever asks for what does not exist is told what does."""
    with pytest.raises(ChoiceError) as error:
        choose(load_corpus(tiny, TODAY), id_, keys)
    assert str(error.value) == said


def test_choice_of_a_page_alone(tiny: Path) -> None:
    """A page named takes no others with it; with an area it comes on top."""
    corpus = load_corpus(tiny, TODAY)
    alone = choose(corpus, None, {"pages": ("prisons/release.md",), "areas": ()})
    assert [page.src_uri for page in corpus.pages.select(alone.selection)] == ["prisons/release.md"]
    more = choose(corpus, None, {"pages": ("prisons/release.md",), "areas": ("education",)})
    assert (more.title, more.audience) == ("Selected pages", "Preparing release, Education")
    assert len(list(corpus.pages.select(more.selection))) == 3


PRESS = """
import datetime as dt, pathlib, sys
from handbook.checks import load_corpus
from handbook.downloads.build import write_downloads
from handbook.downloads.errors import DownloadError

root = pathlib.Path(sys.argv[1])
try:
    write_downloads(root / "site", load_corpus(root, dt.date.fromisoformat(sys.argv[2])), print)
except DownloadError as error:
    sys.exit(str(error))
"""


def press(project: Path) -> subprocess.CompletedProcess[str]:
    """Write all downloads in a process of its own: it forks, which hangs once typst has started its threads."""
    command = [sys.executable, "-c", PRESS, str(project), TODAY.isoformat()]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_every_download_is_written_and_weighed(built: Path) -> None:
    """Each promise is kept; the page that offers a file says how long and how large it is."""
    done, corpus = press(built), load_corpus(built, TODAY)
    assert (done.stderr, done.returncode) == ("", 0)
    assert missing_downloads(built / "site", corpus) == {}
    for url in expected_downloads(corpus.registry, corpus.pages):
        if url.endswith(".pdf"):
            with pikepdf.open(built / "site" / url) as document:
                assert len(document.pages) == 1 or not re.search("cards|contacts", url)
    page = (built / "site/prisons/release/index.html").read_text(encoding="utf-8")
    weight = r"PDF, \d+ pages, 0\.1 MB, \d+ [A-Z][a-z]+ \d{4}"
    assert re.search(f'<span class="weight" data-download="downloads/prisons.pdf">{weight}</span>', page)
    assert re.fullmatch(f"downloads/prisons.pdf: {weight}", done.stdout.splitlines()[0])
    assert not list((built / "site/downloads").rglob(".*"))


def test_failed_pack_does_not_hide_the_next(built: Path) -> None:
    """Each faulty page is named, what can be written is written, and what is missing is said once."""
    for page in ("prisons", "education"):
        replace(built, f"site/{page}/index.html", '<p class="summary">', '<p class="summary"><video></video>')
    done = press(built)
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    for page, file in (("prisons", "prisons.pdf"), ("education", "education.epub")):
        said = rf"site/{page}/index\.html:\d+:1: error\[not-printable\] downloads/{file} was not written: .*video"
        assert any(re.match(said, line) for line in lines)
    assert (built / "site/downloads/cards/pri-01.pdf").is_file()
    assert not [line for line in lines if "broken-promise" in line]
    assert not (built / "site/downloads/prisons.pdf").exists()
    assert not list((built / "site/downloads").rglob(".*"))


def test_missing_downloads(built: Path) -> None:
    """Missing, empty and oversized files are told apart."""
    corpus = load_corpus(built, TODAY)
    for url, file in expected_downloads(corpus.registry, corpus.pages).items():
        path = built / "site" / url
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" if url != "downloads/handbook.epub" else b"")
        if url == "downloads/prisons.pdf":
            path.write_bytes(bytes(file.limit + 1))
    (built / "site/downloads/offline.zip").unlink()
    assert [problem.line() for problem in missing_downloads(built / "site", corpus).values()] == [
        (
            "site/downloads/prisons.pdf:1:1: error[broken-promise] 'Prisons' is offered for download, "
            "but has 8.0 MB, 8.0 MB at most; report this"
        ),
        (
            "site/downloads/handbook.epub:1:1: error[broken-promise] 'The whole handbook as an e-book' is offered for "
            "download, but is empty; report this"
        ),
        (
            "site/downloads/offline.zip:1:1: error[broken-promise] 'Offline copy of the whole site' is offered for "
            "download, but was not written; report this"
        ),
    ]


def test_weights_of_some(built: Path) -> None:
    """A link whose file is not weighed yet keeps the kind of the file."""
    write_sizes(built / "site", {"downloads/prisons.pdf": "PDF, 3 pages"})
    page = (built / "site/recommendations/index.html").read_text(encoding="utf-8")
    assert 'data-download="downloads/prisons.pdf">PDF, 3 pages</span>' in page
    assert 'data-download="downloads/offline.zip">ZIP</span>' in page


def test_same_bytes_twice(built: Path, tmp_path: Path) -> None:
    """A pack printed again does not differ."""
    corpus = load_corpus(built, TODAY)
    press = read_site(built / "site", corpus)
    for name in ("first.pdf", "second.pdf"):
        press.write_pack(corpus.registry.packs["prisons"], tmp_path / name)
    assert (tmp_path / "first.pdf").read_bytes() == (tmp_path / "second.pdf").read_bytes()


def test_every_area_and_role_has_its_packs() -> None:
    """The real packs: one for each area and role, the cards, a kit for each area of the expert group."""
    corpus = load_corpus(REAL, TODAY)
    books = {pack.id for pack in corpus.registry.packs.values() if pack.form is not PackForm.KIT}
    kits = {area for p in corpus.registry.packs.values() if p.form is PackForm.KIT for area in p.selection.areas}
    assert books == {"handbook", "what-to-say", *corpus.registry.areas, *corpus.registry.roles}
    assert kits == set(corpus.registry.areas) - {"eu-cooperation"}


def test_overdue_page_says_so_in_print(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever holds the printed page sees that nobody has looked at it for too long."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795000000")
    old = "owner: Editors\nalso_called: [parole]"
    replace(
        tiny,
        "docs/prisons/release.md",
        f"reviewed: 2026-11-23\nreview_months: 12\n{old}",
        f"reviewed: 2020-01-01\nreview_months: 12\n{old}",
    )
    done = run("mkdocs", "build", folder=tiny)
    assert done.returncode == 0, done.stderr
    corpus = load_corpus(tiny, TODAY)
    target = tmp_path / "prisons.pdf"
    read_site(tiny / "site", corpus).write_pack(corpus.registry.packs["prisons"], target)
    assert "This page was due for review in January 2021. Some of it may be out of date" in printed_words(target)

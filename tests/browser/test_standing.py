"""Where do we stand? Marks are kept in a file of the reader's: saved, loaded, printed, and never lost to a bad file."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from tests.browser.conftest import PHONE, note_errors

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Browser, Locator, Page

URL = "/where-we-stand/"
HEAD = {
    "format": "where-we-stand",
    "project": "prevention-in-practice",
    "version": 1,
    "release": "0.9",
    "day": "2026-03-01",
}


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """Yield a page on a phone that fails the test on any error in the console; it may leave unsaved marks."""
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    errors = note_errors(page)
    yield page
    kept = page.evaluate("localStorage.length + sessionStorage.length")
    context.close()
    assert (errors, kept) == ([], 0)


def item(page: Page, id_: str) -> Locator:
    """Return the fields of a recommendation, in its opened area."""
    found = page.locator(f"#{id_.lower()}")
    if not found.is_visible():
        page.locator("details", has=found).locator("summary").click()
    return found.get_by_role("group")


def mark(page: Page, id_: str, words: str, note: str = "", date: str = "") -> None:
    """Mark a recommendation as a reader does."""
    fields = item(page, id_)
    fields.get_by_label(words, exact=True).check()
    fields.get_by_label("Note").fill(note)
    fields.get_by_label("Date").fill(date)
    fields.get_by_label("Date").blur()


def marks(page: Page, id_: str) -> tuple[str, str, str]:
    """Return what the fields of a recommendation say."""
    fields = item(page, id_)
    chosen = fields.locator("input:checked").get_attribute("value") or ""
    return chosen, fields.get_by_label("Note").input_value(), fields.get_by_label("Date").input_value()


def save(page: Page, words: str) -> bytes:
    """Save a file, and return what is in it."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name=words).click()
    return Path(waiting.value.path()).read_bytes()


def load(page: Page, content: bytes, name: str = "ours.json") -> str:
    """Load a file, and return what the page says of it."""
    page.get_by_label("Load your file").set_input_files({"name": name, "mimeType": "", "buffer": content})
    said = page.locator(".keeping [role=status]")
    said.get_by_text(name).wait_for()
    return said.inner_text()


def file_of(*entries: dict[str, Any], **head: object) -> bytes:
    """Write a file as the page does."""
    return json.dumps({**HEAD, **head, "entries": entries}).encode()


NOTE = '=1+1, "quoted";\nsecond line – ä'


@pytest.mark.parametrize("words", ["Save as JSON", "Save as a table"])
def test_what_is_saved_is_what_is_loaded(words: str, page: Page, address: str) -> None:
    """Marks, notes and dates go into a file and come back from it, in either form, and the plan has them."""
    page.goto(address + URL)
    mark(page, "PRI-11", "Planned", NOTE, "2027-02-28")
    mark(page, "EDU-10", "Not for us")
    content = save(page, words)
    page.goto(address + URL)
    assert marks(page, "PRI-11") == ("", "", "")
    said = load(page, content, "ours")
    assert marks(page, "PRI-11") == ("planned", NOTE, "2027-02-28")
    assert marks(page, "EDU-10") == ("not for us", "", "")
    assert "2 marked" in said
    assert "since your file" not in page.locator("article").inner_text()
    page.get_by_text("Prisons: 1 of ").wait_for()
    plan = page.locator(".plan")
    assert plan.locator("caption").all_inner_texts() == ["Prisons", "Education"]
    assert "28 February 2027" in plan.inner_text()


def test_file_has_the_published_shape(page: Page, address: str, site: Path) -> None:
    """What is saved is valid by the schema that the guide to the data names, and the page has its marks."""
    schema = json.loads((site / "data/schemas/where-we-stand.schema.json").read_bytes())
    page.goto(address + URL)
    mark(page, "PRI-11", "Planned", NOTE, "2027-02-28")
    saved = json.loads(save(page, "Save as JSON"))
    validator = Draft202012Validator(schema, format_checker=FormatChecker())
    validator.validate(saved)
    assert len(saved["entries"]) == page.locator("[data-digest]").count()
    offered = page.locator("#pri-11 input[type=radio]").evaluate_all("(all) => all.map(({ value }) => value)")
    assert offered == schema["$defs"]["StandingEntry"]["properties"]["mark"]["enum"]


def test_table_is_harmless_and_complete(page: Page, address: str) -> None:
    """A table has a row for each recommendation, and no cell that a spreadsheet would run."""
    page.goto(address + URL)
    mark(page, "PRI-11", "Done", NOTE)
    rows = list(csv.DictReader(io.StringIO(save(page, "Save as a table").decode("utf-8-sig"), newline="")))
    assert len(rows) == page.locator("[data-digest]").count()
    (row,) = (row for row in rows if row["mark"])
    assert (row["id"], row["mark"], row["note"], row["project"]) == ("PRI-11", "done", f"'{NOTE}", HEAD["project"])


def test_table_from_a_spreadsheet_program(page: Page, address: str) -> None:
    """Semicolons, dates and columns as spreadsheet programs leave them are understood."""
    page.goto(address + URL)
    said = load(page, "Mark;ID;Date\r\nDone;PRI-11;28.2.2027\r\n;EDU-10;\r\n".encode("utf-8-sig"), "ours.csv")
    assert marks(page, "PRI-11") == ("done", "", "2027-02-28")
    assert "1 marked" in said
    assert "Not in your file: " in said


def test_older_file_shows_what_is_new(page: Page, address: str) -> None:
    """What is new, changed, replaced or unknown since a file was saved is said, and its marks are saved again."""
    page.goto(address + URL)
    entries = [
        {"id": "PRI-11", "title": "Talk to people", "mark": "done", "note": "", "date": "", "digest": "0"},
        {"id": "PRI-30", "title": "An old one", "mark": "planned", "note": "keep me", "date": "", "digest": "0"},
        {"id": "EDU-99", "title": "Nothing", "mark": "done"},
        {"id": "EDU-98", "title": "Not marked", "mark": ""},
    ]
    said = load(page, file_of(*entries))
    assert "1 March 2026, release 0.9" in said
    assert "Changed since your file: PRI-11" in said
    assert "New since your file: " in said
    assert "more, as the list shows" in said
    assert "PRI-30 An old one: retired: replaced by PRI-34" in said
    assert "EDU-99 Nothing: not in this list" in said
    assert "EDU-98" not in said
    assert "it was “Talk to people”" in item(page, "PRI-11").inner_text()
    assert "New since your file" in item(page, "EDU-10").inner_text()
    assert "keep me" in page.locator(".plan").inner_text()
    saved = {entry["id"]: entry for entry in json.loads(save(page, "Save as JSON"))["entries"]}
    assert saved["PRI-30"] == entries[1]
    assert saved["EDU-99"]["mark"] == "done"


GOOD = {"id": "PRI-11", "title": "", "mark": "done", "note": "", "date": "", "digest": ""}
BAD = {
    "another project": (file_of(GOOD, project="weather"), "it is of another project, “weather”"),
    "another version": (file_of(GOOD, version=2), "it has version 2 of the format, and this page reads version 1"),
    "another kind": (b'{"type": "FeatureCollection"}', "it is JSON of another kind"),
    "list": (b"[1]", "it is JSON of another kind"),
    "cut off": (file_of(GOOD)[:-9], "cannot be read as such"),
    "no JSON": (b"Dear colleagues", "it is neither JSON nor a table"),
    "empty": (b"", "it is neither JSON nor a table"),
    "too large": (b" " * 1_000_001, "it has 1,000,001 bytes, and 1,000,000 is the most"),
    "no text": (b"\xff\xfe\x00", "it is not text in UTF-8"),
    "id": (file_of({**GOOD, "id": "__proto__"}), "Entry 1: “__proto__” is no id"),
    "no entry": (json.dumps({**HEAD, "entries": [None]}).encode(), "Entry 1: “undefined” is no id"),
    "mark": (file_of({**GOOD, "mark": "constructor"}), "Entry 1: “constructor” is no mark of PRI-11"),
    "date": (file_of({**GOOD, "date": "2026-02-30"}), "Entry 1: “2026-02-30” is no date of PRI-11"),
    "note": (file_of({**GOOD, "note": 7}), "Entry 1: “note” of PRI-11 must be text"),
    "twice": (file_of(GOOD, GOOD), "Entry 2: “PRI-11” stands there twice"),
    "too many": (file_of(*[GOOD] * 2001), "it has 2001 entries, and 2000 is the most"),
    "many": (file_of(*[{**GOOD, "mark": "?"}] * 9), "And 12 more."),
    "table of another project": (b"id,mark,project\nPRI-11,done,weather\n", "it is of another project, “weather”"),
    "value in a table": (b"id,mark\n\nPRI-11,maybe\n", "Row 3: “maybe” is no mark of PRI-11"),
    "quotes": (b'id,mark\n"PRI-11,done\n', "row 2 of the table cannot be read"),
}


def test_bad_files_lose_nothing(page: Page, address: str) -> None:
    """Each file that cannot be taken is refused whole, in a clear sentence, and what was marked stays."""
    page.goto(address + URL)
    mark(page, "PRI-11", "Planned", "ours", "2027-01-01")
    for name, (content, fault) in BAD.items():
        said = load(page, content, f"{name}.json")
        assert fault in said, name
        assert "Your marks are as they were." in said, name
        assert marks(page, "PRI-11") == ("planned", "ours", "2027-01-01"), name


def test_list_is_narrowed_by_role_and_area(page: Page, address: str) -> None:
    """Menus leave what fits, and areas of which nothing does are not shown; marks of what is hidden stay."""
    page.goto(f"{address}{URL}?area=education&role=teacher")
    page.get_by_text("recommendations fit").wait_for()
    assert page.locator(".standing summary:visible").all_inner_texts()[0].startswith("Education")
    assert page.locator(".standing summary:visible").count() == 1
    load(page, file_of(GOOD))
    page.get_by_role("button", name="Show all").click()
    assert marks(page, "PRI-11")[0] == "done"


def test_words_of_a_file_stay_words(page: Page, address: str) -> None:
    """What a file says makes no element of the page."""
    page.goto(address + URL)
    evil = "<img src=x onerror=alert(1)>"
    load(page, file_of({**GOOD, "id": "EDU-99", "title": evil, "note": evil}, release=evil))
    assert page.locator("article img").count() == 0
    assert evil in page.locator(".plan").inner_text()


@pytest.mark.parametrize(("answer", "expected"), [("dismiss", "planned"), ("accept", "done")])
def test_unsaved_marks_are_asked_about(answer: str, expected: str, page: Page, address: str) -> None:
    """Who loads a file over marks that are not saved is asked first."""
    page.goto(address + URL)
    mark(page, "PRI-11", "Planned")
    page.on("dialog", lambda dialog: getattr(dialog, answer)())
    page.get_by_label("Load your file").set_input_files({"name": "ours.json", "mimeType": "", "buffer": file_of(GOOD)})
    page.get_by_text("Nothing was loaded" if answer == "dismiss" else "Loaded “ours.json”").wait_for()
    assert marks(page, "PRI-11")[0] == expected


@pytest.mark.parametrize("saves", [False, True])
def test_leaving_asks_while_marks_are_unsaved(saves: bool, page: Page, address: str) -> None:  # noqa: FBT001 - of the table above
    """The browser asks before it leaves unsaved marks, and only then."""
    page.goto(address + URL)
    mark(page, "PRI-11", "Planned")
    if saves:
        save(page, "Save as JSON")
    asked: list[str] = []

    def leave(dialog: Any) -> None:  # noqa: ANN401 - Playwright's own
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", leave)
    page.goto(f"{address}/guidance/")
    assert asked == ([] if saves else ["beforeunload"])


def dropped(page: Page, content: bytes) -> None:
    """Drop a file on the page."""
    page.evaluate(
        """(text) => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File([text], "dropped.json"));
          document.body.dispatchEvent(new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true }));
        }""",
        content.decode(),
    )


def from_a_stick(page: Page, stick: str) -> None:
    """Open the page as the offline copy has it."""
    page.goto(f"{stick}{URL}index.html")


@pytest.mark.parametrize("act", [load, dropped])
def test_works_from_a_stick(act: Callable[[Page, bytes], object], page: Page, stick: str) -> None:
    """Without a server a file is chosen or dropped, marks are saved, and links lead to files."""
    page.context.set_offline(True)
    from_a_stick(page, stick)
    act(page, file_of(GOOD, {**GOOD, "id": "PRI-30"}))
    page.get_by_text("): 2 marked").wait_for()
    assert json.loads(save(page, "Save as JSON"))["day"]
    page.locator(".plan").get_by_role("link", name="PRI-34").click()
    page.wait_for_url(f"{stick}/recommendations/pri-34/index.html")


def test_print_is_the_plan_or_the_list(page: Page, address: str) -> None:
    """On paper there is the plan alone; while nothing is marked, the whole list with its boxes."""
    page.goto(address + URL)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#chi-35").is_visible()
    assert not page.get_by_role("radio").first.is_visible()
    page.emulate_media(media="screen")
    page.evaluate("dispatchEvent(new Event('afterprint'))")
    mark(page, "PRI-11", "Planned", "with dates", "2027-01-01")
    page.emulate_media(media="print")
    assert page.locator(".plan tbody tr").count() == 1
    assert page.locator(".plan").get_by_text("with dates").is_visible()
    assert page.locator("article > :visible").evaluate_all("(all) => all.map(({ className }) => className)") == [
        "",
        "plan",
    ]

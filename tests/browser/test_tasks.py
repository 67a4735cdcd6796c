"""Ten tasks of ten people: from the first page to the sentence that answers, tapped and scrolled as they would.

Which words they choose is the guess of an editor; that these stand in view, and how long the way is, is measured.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.browser.conftest import PHONE

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page, ViewportSize

DESK: ViewportSize = {"width": 1280, "height": 900}


class Typed(str):
    """Words that somebody types into the search at the top, after a tap on it."""

    __slots__ = ()


class Task(NamedTuple):
    """What somebody looks for.

    Attributes:
        way: words at the beginning of each link or button that they tap, in this order, and what they type.
        url: of the page that answers.
        answers: sentences or links on it that they need, in the order of the page.
        taps: how many they may need at most.
        screens: how many they may have to look at, with the first; each tap and each scrolling on shows another.
    """

    way: tuple[str, ...]
    url: str
    answers: tuple[str, ...]
    taps: int
    screens: int


URGENT, CALM = (2, 2), (3, 4)

TASKS = {
    "a teacher whose pupil praises an attack": Task(
        ("A pupil said something",), "/finder/remark/", ("We don't talk about anyone in that way here.",), *URGENT
    ),
    "a prison officer at night, under pressure on the wing": Task(
        ("Pressure on a prison wing",),
        "/finder/pressure-on-the-wing/",
        ("Speak alone, out of sight of the others", "What do you need to be safe today?"),
        *URGENT,
    ),
    "a nurse whom the police ask about a patient": Task(
        ("The police ask about somebody",),
        "/finder/asked-about-a-person/",
        ("Take down name, unit, question and legal ground", "I cannot answer now. I will call you back"),
        *URGENT,
    ),
    "a family worker whose client's mother-in-law worries": Task(
        ("A family member is worried",),
        "/finder/relative-worried/",
        ("Thank them, take time today", "What did you see or hear yourself, when and where?"),
        *URGENT,
    ),
    "a coordinator who wants an agreement to fill in": Task(
        (Typed("information sharing agreement"), "Form: an agreement on sharing information"),
        "/local-cooperation/form-sharing-agreement/",
        ("Agreement on sharing information, for Word",),
        *CALM,
    ),
    "a trainer who wants half a day on paper": Task(
        ("Training", "prisons and probation"), "/prisons/training-plan/", ("Print the kit",), *CALM
    ),
    "a policy maker who wants to know what the EU asked on prisons": Task(
        (Typed("EU recommendations on prisons"), "Prisons: what the EU asked"),
        "/prisons/eu/",
        ("A priority of the states and a manual",),
        *CALM,
    ),
    "a researcher who wants a spreadsheet and how to cite it": Task(
        (Typed("recommendations spreadsheet"), "Open data"),
        "/reference/data/",
        ("recommendations.xlsx", "Prevention in Practice, open data, file"),
        *CALM,
    ),
    "a social worker to whom a child comes tomorrow": Task(
        ("A child comes back",),
        "/finder/child-comes-back/",
        ("Let child protection lead, give each service one written task", "Meet in a quiet room"),
        *URGENT,
    ),
    "a youth worker who is offered the talk of a former extremist": Task(
        (Typed("former extremist talk"), "Former extremists as speakers"),
        "/education/former-extremists-as-speakers/",
        ("Careful studies of such visits are less positive than the stories told about them.",),
        *CALM,
    ),
}

IN_VIEW = """(element) => {
  const boxes = [...element.getClientRects()];
  return boxes.length > 0 && boxes.every((box) => [box.top + 1, box.bottom - 1].every(
    (y) => element.contains(document.elementFromPoint((box.left + box.right) / 2, y))));
}"""
"""Whether all of an element is on the screen, with nothing over it."""

SCROLL_ON = """() => {
  const before = scrollY;
  scrollBy(0, 0.8 * innerHeight);
  return scrollY > before;
}"""
"""Shows the next screen, with some lines of the last, and says whether there was any."""


class Walk:
    """A person on their way through the site, who counts."""

    def __init__(self, page: Page, address: str) -> None:
        """Begin on the first page, with one screen."""
        self.page, self.taps, self.screens = page, 0, 1
        page.goto(address)

    def see(self, element: Locator) -> None:
        """Scroll on until an element is in view."""
        element.wait_for()
        while not element.evaluate(IN_VIEW):
            assert self.page.evaluate(SCROLL_ON), f"{element} is never in view as a whole"
            self.screens += 1

    def tap(self, element: Locator) -> None:
        """Tap what is in view, or comes into view."""
        self.see(element)
        element.click()
        self.taps += 1
        self.screens += 1

    def follow(self, words: str) -> None:
        """Tap the first link or button that begins with some words; or type them into the search."""
        if isinstance(words, Typed):
            self.tap(self.page.locator("#find:visible, .find-link:visible"))
            self.page.keyboard.insert_text(words)
        else:
            shown = self.page.locator("a:visible, button:visible")
            self.tap(shown.filter(has_text=re.compile(rf"^\s*{re.escape(words)}")).first)


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
@pytest.mark.parametrize("task", TASKS.values(), ids=TASKS)
def test_answer_is_near(task: Task, size: ViewportSize, page: Page, address: str) -> None:
    """Ten people find what they need within the taps and screens that they can spare."""
    page.set_viewport_size(size)
    walk = Walk(page, address)
    for words in task.way:
        walk.follow(words)
    page.wait_for_url(address + task.url)
    for answer in task.answers:
        walk.see(page.locator("article").get_by_text(answer).locator("visible=true").first)
    assert walk.taps <= task.taps
    assert walk.screens <= task.screens

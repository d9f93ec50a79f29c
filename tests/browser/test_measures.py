"""The measures of the demonstration, read by a board member from their pages alone, and as pictures."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from hertsend.accounts.roles import Role
from tests.browser.people import DESKTOP, PHONE, People
from tests.browser.served import Served
from tests.plans.plan_source import read_plan_file

pytestmark = pytest.mark.browser

BOARD = Role.BOARD_MEMBER.value
ANSWERS = {
    "Which improve beyond chance?": {
        "annual-reviews-on-time",
        "new-ehcps-within-20-weeks",
        "part-time-timetables",
        "speech-and-language-assessment-wait",
        "speech-and-language-highest-need-intervention-wait",
        "waiting-more-than-1-year",
    },
    "Which will not meet their target?": {
        "annual-reviews-on-time",
        "ehcp-caseload-school-aged-and-post-16",
        "part-time-timetables",
        "schools-completing-vsend",
        "speech-and-language-assessment-wait",
        "speech-and-language-highest-need-intervention-wait",
    },
    "Which contradict the delivery rating?": {"ehcp-caseload-school-aged-and-post-16"},
    "Which are out of date?": {
        "cme-awaiting-a-special-school-place",
        "hearing-auditory-brainstem-response-backlog",
        "paediatric-hearing-services-accredited",
        "phase-transfer-reviews-by-the-deadlines",
    },
}
# What covers something or leaves its drawing by more than this many pixels is seen to do so.
LEAST_SEEN = 2
LABELS = """() => {
  const drawing = [...document.querySelectorAll("svg.hs-drawing--series")].find((one) => one.clientWidth > 0);
  if (!drawing) return null;
  const box = (one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return { left, right, top, bottom, words: one.textContent };
  };
  return { frame: box(drawing), labels: [...drawing.querySelectorAll("text")].map(box) };
}"""


def measures_of(site: Served) -> str:
    return f"/plans/{site.known['plans']['demonstration']}/measures/"


def keys_on(page: Page) -> list[str]:
    """The measures in the table, in its order."""
    links = page.locator(".hs-measures th[scope=row] a")
    addresses = links.evaluate_all("links => links.map((link) => link.getAttribute('href'))")
    return [address.rstrip("/").rpartition("/")[2] for address in addresses]


def test_the_board_finds_its_four_answers_on_the_page_of_measures(people: People, served: Served):
    page = people.window(BOARD)
    for question, answer in ANSWERS.items():
        page.goto(measures_of(served))
        page.get_by_role("link", name=question).click()
        assert set(keys_on(page)) == answer, question


def test_the_board_reads_what_the_plan_promised_word_for_word(people: People, served: Served):
    page = people.window(BOARD)
    page.goto(measures_of(served))
    promised = read_plan_file()["indicators"]
    rows = page.locator(".hs-measures tbody tr:not(.hs-group)").all_inner_texts()
    assert sorted(keys_on(page)) == sorted(one["key"] for one in promised)
    for one in promised:
        [row] = [text for text in rows if text.lstrip().startswith(one["name"])]
        assert one.get("target", {}).get("due_text", "") in " ".join(row.split())
        page.goto(f"{measures_of(served)}{one['key']}/")
        page.locator("summary", has_text="What the plan says, word for word").wait_for()
        body = " ".join((page.locator("main").text_content() or "").split())
        missing = [
            quote["text"] for quote in one["quotes"] if " ".join(quote["text"].split()) not in body
        ]
        assert missing == [], one["key"]


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_no_label_of_a_chart_covers_another_or_leaves_its_drawing(
    people: People, served: Served, size: dict[str, int]
):
    page = people.window(BOARD, size=size)
    page.goto(measures_of(served))
    drawn, wrong = 0, []
    for key in keys_on(page):
        page.goto(f"{measures_of(served)}{key}/")
        found = page.evaluate(LABELS)
        if found is not None:
            drawn += 1
            wrong += [f"{key}: {fault}" for fault in faults(found)]
    assert wrong == []
    assert drawn == 30


def faults(found: dict[str, Any]) -> list[str]:
    """What a reader would see: labels that are cut off, and those that cover each other."""
    frame, labels = found["frame"], found["labels"]
    told = [
        f"“{one['words']}” leaves the drawing"
        for one in labels
        if one["left"] < frame["left"] - LEAST_SEEN or one["right"] > frame["right"] + LEAST_SEEN
    ]
    return told + [
        f"“{one['words']}” and “{other['words']}” cover each other"
        for number, one in enumerate(labels)
        for other in labels[number + 1 :]
        if min(one["right"], other["right"]) - max(one["left"], other["left"]) > LEAST_SEEN
        and min(one["bottom"], other["bottom"]) - max(one["top"], other["top"]) > 2 * LEAST_SEEN
    ]


def test_a_chart_is_read_point_by_point_with_the_keyboard(people: People, served: Served):
    page = people.window(BOARD)
    page.goto(f"{measures_of(served)}new-ehcps-within-20-weeks/")
    drawing = page.locator("svg.hs-drawing--series:visible")
    reading = page.locator(".hs-chart__reading:visible")
    drawing.focus()
    expect(reading).to_have_text("Use the arrow keys to read the chart point by point.")
    for pressed, told in (
        ("ArrowRight", "Jan 2022: "),
        ("ArrowRight", "Feb 2022: "),
        ("ArrowLeft", "Jan 2022: "),
        ("End", "Apr 2025: expected 60%"),
        ("Home", "Jan 2022: "),
    ):
        page.keyboard.press(pressed)
        expect(reading).to_contain_text(told)
    drawing.locator("[data-reading^='Sep 2024'] rect").hover()
    expect(reading).to_contain_text("Sep 2024: 54.9% (90 of 164)")


def test_figures_are_entered_with_the_keyboard_alone(people: People, site: Served):
    page = people.window(Role.WORKSTREAM_LEAD.value)
    page.goto(f"{measures_of(site)}enter-figures/")
    boxes = page.locator(".hs-grid input[inputmode=decimal]")
    boxes.first.focus()
    page.keyboard.press("ArrowDown")
    below = page.locator(".hs-grid").nth(1).locator("input[inputmode=decimal]").first
    expect(below).to_be_focused()
    page.keyboard.press("ArrowUp")
    expect(boxes.first).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(boxes.nth(1)).to_be_focused()

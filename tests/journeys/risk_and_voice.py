"""A risk that rises to the Executive and comes down, and what families said on its way to their page."""

from governance.models import FeedbackItem, Risk
from tests.journeys.browser import Browser
from tests.journeys.quarter import (
    at_meeting,
    dated,
    governance,
    meeting_of,
    on,
)
from tests.journeys.steps import (
    CHAIR,
    EXECUTIVE,
    FORUM,
    LEAD,
    MEMBER,
    OFFICE,
    day,
    refused,
)
from tests.journeys.town import Town

EVENT, SAID = "Assessments wait longer than 20 weeks", "Nobody tells us where we are in the queue."
EXECUTIVE_DAY = day(17, 10)


def rises(town: Town) -> None:
    """From the first score to the Executive."""
    a_risk_is_raised_and_rises(town)
    it_goes_up_to_the_executive(town)


def comes_down(town: Town) -> None:
    """From the Executive's decision back to its workstream; and from a draft to the page of a quarter."""
    it_comes_down(town)
    what_families_said_is_answered_and_approved(town)
    it_is_published(town)


def scored(name: str, likelihood: int, impact: int) -> dict[str, str]:
    """A score as it is chosen."""
    return {f"{name}_likelihood": str(likelihood), f"{name}_impact": str(impact)}


def risk_page(town: Town, person: object) -> Browser:
    """The risk, from the register."""
    return governance(town, person, "Risks").follow(f"R1 {EVENT}")


def a_risk_is_raised_and_rises(town: Town) -> None:
    """Its lead scores it twice; the register says that it rises. Families find no register."""
    on(town, day(17, 10))
    lead = governance(town, LEAD, "Risks").follow("Raise a risk")
    lead.press(
        "Raise it",
        event=EVENT,
        cause="Two posts are vacant.",
        effect="Children get their plans late.",
        workstream=str(town.world.workstreams["PA1"].pk),
        owner=str(town.someone(LEAD).pk),
        **scored("inherent", 4, 5),
        **scored("current", 3, 3),
        **scored("target", 2, 3),
    )
    assert "R1 is in the register." in lead.words
    lead.follow("Review it").press(
        "Save this review", likelihood="4", impact="4", words="A third post fell vacant."
    )
    assert "R1 is reviewed: its score is 16." in lead.words
    assert "Rising" in governance(town, MEMBER, "Risks").words
    assert refused(town, lead.path) == {LEAD: 200, CHAIR: 200, MEMBER: 200, FORUM: 403}


def it_goes_up_to_the_executive(town: Town) -> None:
    """From the workstream to the board by its lead, from there by a chair; over no level, by nobody else."""
    assert not risk_page(town, MEMBER).offers("Escalate or hand back")
    lead = risk_page(town, LEAD).follow("Escalate or hand back")
    lead.press("Move it", to_level="board", reason="")
    assert "There is a problem" in lead.words
    lead.press("Move it", to_level="board", reason="We cannot pay more.")
    assert "R1 is now with: board." in lead.words
    assert not lead.offers("Escalate or hand back")
    agenda = at_meeting(town, CHAIR, meeting_of(town, "board", day(17, 10)))
    assert "Risks (1 open risk" in agenda.words
    chair = risk_page(town, CHAIR).follow("Escalate or hand back")
    chair.press("Move it", to_level="executive", reason="It needs both employers.")
    assert "R1 is now with: executive." in chair.words
    assert "From board to executive, 17 October 2024, Joint chair PA1" in chair.words


def it_comes_down(town: Town) -> None:
    """The Executive hands it back, the review says lower, the board hands it back to its workstream."""
    on(town, day(30, 10))
    chair = risk_page(town, EXECUTIVE).follow("Escalate or hand back")
    chair.press("Move it", to_level="board", reason="Both employers pay a supplement.")
    lead = risk_page(town, LEAD).follow("Review it")
    lead.press("Save this review", likelihood="2", impact="4", words="Two began in October.")
    board = risk_page(town, CHAIR).follow("Escalate or hand back")
    board.press("Move it", to_level="workstream", reason="It is within reach again.")
    moves = Risk.objects.get(key="R1", plan=town.world.plan).moves.order_by("pk")
    assert [(move.from_level, move.to_level, move.by.name) for move in moves] == [
        ("workstream", "board", "Workstream lead PA1"),
        ("board", "executive", "Joint chair PA1"),
        ("executive", "board", "Executive chair"),
        ("board", "workstream", "Joint chair PA1"),
    ]
    assert "Falling" in governance(town, MEMBER, "Risks").words


def what_families_said_is_answered_and_approved(town: Town) -> None:
    """Entered by their representative, answered by a lead, approved by the office: each sees their part."""
    forum = town.browser(FORUM).follow("Families").follow("Enter what families said")
    forum.press(
        "Save",
        **dated("said_on", day(1, 10), theme="Waiting", source="Survey of the forum", said=SAID),
    )
    assert "Saved. The programme office and the leads can answer it now." in forum.words
    lead = entry(town, LEAD).follow("Write what becomes of it")
    lead.press("Save", will_do="A letter goes out each month.", done="The first went in October.")
    assert not lead.offers("Approve these words")
    assert not entry(town, FORUM).offers("Approve these words")
    assert "A letter goes out" not in entry(town, FORUM).words
    office = entry(town, OFFICE).follow("Approve these words").press("Approve")
    assert "Approved. It can be published now." in office.words
    assert "Nothing has been published for this quarter yet." in said_page(town, FORUM).words


def it_is_published(town: Town) -> None:
    """From the press of a button on the families' page; an action may come of it."""
    office = entry(town, OFFICE).follow("Publish these words")
    office.press("Publish", quarter="2024-q4")
    for person in (FORUM, MEMBER, LEAD):
        page = said_page(town, person)
        assert SAID in page.words
        assert "The first went in October." in page.words
    assert FeedbackItem.objects.get(plan=town.world.plan).state == "published"
    assert "Waiting" in town.browser(FORUM).words
    chair = at_meeting(town, CHAIR, meeting_of(town, "board", day(21, 11)))
    assert "You said, we did (1 published since the last meeting)" in chair.words


def entry(town: Town, person: object) -> Browser:
    """What is worked on, as a person finds it."""
    browser = said_page(town, person)
    return browser.follow("Entries that are worked on").follow("Waiting")


def said_page(town: Town, person: object) -> Browser:
    """The page of families."""
    return town.browser(person).follow("Families")

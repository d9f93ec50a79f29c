"""What people do again and again in a quarter of boards: seats, meetings, agendas, minutes."""

import datetime as dt
import re
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from governance.models import Group, Meeting, Membership
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from tests.journeys.browser import Browser
from tests.journeys.steps import OFFICE, on_boxes
from tests.journeys.town import Town

BOARD, EXECUTIVE_GROUP, DELIVERY = "board", "executive", "delivery"


def on(town: Town, date: dt.date, time: dt.time = dt.time(9)) -> None:
    """Stand on a later day, without living through those between: nothing of this quarter hangs on them."""
    town.today = date
    town.at(time)


def governance(town: Town, person: User | Role, page: str) -> Browser:
    """A page of governance, by the menu."""
    return town.browser(person).follow("Governance").follow(page)


def sits(town: Town, group: str, person: User | Role, capacity: str, sector: str) -> None:
    """The office notes that somebody joins a group."""
    who = town.someone(person) if isinstance(person, Role) else person
    office = governance(town, OFFICE, "Groups").follow(group).follow("Somebody joins")
    office.press(
        "Note it", person=str(who.pk), capacity=capacity, organisation="The council", sector=sector
    )
    assert "They are noted as sitting in this group." in office.words


def group_of(town: Town, key: str) -> Group:
    """A group as it is stored."""
    return Group.objects.get(plan=town.world.plan, key=key)


def seat_of(town: Town, group: str, person: Role) -> Membership:
    """The seat of a person in a group."""
    return Membership.objects.get(group=group_of(town, group), person=town.someone(person))


def meeting_of(town: Town, group: str, date: dt.date) -> Meeting:
    """A group's meeting on a day."""
    return Meeting.objects.get(group=group_of(town, group), starts_at__date=date)


def at_meeting(town: Town, person: User | Role, meeting: Meeting) -> Browser:
    """The page of a meeting, from the list of the group's meetings."""
    browser = governance(town, person, "Groups").follow(meeting.group.name)
    browser.follow("All meetings of this group")
    day = f"{meeting.starts_at:%A} {meeting.starts_at.day} {meeting.starts_at:%B %Y}"
    day += f" , {meeting.group.name}"
    if not browser.offers(day):
        browser.press("Apply", group=meeting.group.key, when="past")
    return browser.follow(day)


def minutes(town: Town, chair: User | Role, meeting: Meeting, said: dict[str, str]) -> Browser:
    """A chair writes the minutes of every item one after the other: these words, else "Noted."."""
    browser = at_meeting(town, chair, meeting)
    browser.follow("Write the minutes of Dashboard")
    while "Minutes of “" in browser.words:
        title = re.search("Minutes of “(.*?)”", browser.words).group(1)
        browser.press("Save and write the next", minutes_text=said.get(title, "Noted."))
    return browser


def attended(browser: Browser, *memberships: Membership) -> Browser:
    """These members came."""
    browser.follow("Note the attendance")
    return browser.press(
        "Save", **{f"mark_{membership.pk}": "present" for membership in memberships}
    )


def paper(name: str, words: str) -> SimpleUploadedFile:
    """A file as it is chosen."""
    return SimpleUploadedFile(name, words.encode(), content_type="text/plain")


def calendar(town: Town, person: User | Role) -> str:
    """Somebody makes their calendar; the path of its address."""
    browser = governance(town, person, "Meetings").follow("Your calendar")
    browser.press("Make a calendar")
    return re.search(r"https?://[^/ ]+(/\S+\.ics)", browser.words).group(1)


def subscribed(path: str) -> tuple[int, str]:
    """What a calendar program gets, which is signed in nowhere: how it is answered, and with what."""
    answer = Client().get(path)
    return answer.status_code, answer.content.decode() if answer.status_code == 200 else ""


def dated(name: str, date: dt.date, **typed: Any) -> dict[str, Any]:
    """A date in its boxes beside what else is typed."""
    return on_boxes(name, date) | typed

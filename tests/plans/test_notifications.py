"""The digest to leads: its exact words, who still gets it at the moment of sending, and who does not."""

import datetime as dt
from email import message_from_string

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hertsend.accounts.models import PostHolding, RoleAssignment
from hertsend.accounts.roles import Role
from hertsend.jobs.enums import MessageState
from hertsend.jobs.matters import DIGEST
from hertsend.jobs.models import Message
from hertsend.jobs.services import plan_message, send_message
from hertsend.records.bases import save_audited
from plans.notifications import digest as worded
from plans.services import date_changes
from tests.factories import models as make
from tests.factories.returns import _returns_are_in
from tests.factories.world import World, at

__all__ = ["_returns_are_in"]
pytestmark = pytest.mark.usefixtures("_returns_are_in")

ON = dt.date(2024, 10, 15)
ORIGIN = "https://send.example.org"


@pytest.fixture(autouse=True)
def origin(settings):
    settings.SITE_ORIGIN = ORIGIN


@pytest.fixture
def lead(world):
    return world.people[Role.WORKSTREAM_LEAD]


def digest(person, *, day: dt.date = ON, sent_on: dt.date | None = None):
    """The digest of a day for a person as it is stored now."""
    stored = type(person).objects.get(pk=person.pk)
    with at(sent_on or day):
        return worded(recipient=stored, day=day, key=f"{person.pk}:{day}")


def change(row, **values) -> None:
    for name, value in values.items():
        setattr(row, name, value)
    save_audited(row, by=make.UserFactory(), reason="Set up for a test", fields=[*values])


def add(world: World, key: str = "PA1.1-9", **values):
    """A further milestone led by the head of PA1."""
    milestone = make.MilestoneFactory(action=world.actions["PA1.1"], key=key, position=9, **values)
    make.MilestoneLeadFactory(milestone=milestone, post=world.posts["PA1"])
    return milestone


def agree(world: World, key: str, day: dt.date) -> None:
    with at(ON):
        date_changes.agree_date(
            milestone=world.milestone(key),
            agreed_on=day,
            reason="A supplier is late.",
            requested_by=world.people[Role.WORKSTREAM_LEAD],
            decision="Agreed by the board.",
            by=world.people[Role.JOINT_CHAIR],
        )


# --- the words ------------------------------------------------------------------------------------


@pytest.fixture
def mixed(world):
    """One milestone overdue, one agreed for a later day within the week, one due in seven days."""
    change(world.plan, slug="hertfordshire")
    change(world.milestone("PA1.1-1"), text="Publish the offer & <tell> families.")
    agree(world, "PA1.1-2", dt.date(2024, 10, 18))
    add(world, text="Review the waiting list.", due_on=dt.date(2024, 10, 22))
    return world


EXACT_TEXT = f"""\
Hello Workstream lead PA1,

3 matters of the SEND Improvement Plan wait for you, as at Tuesday 15 October 2024.

Overdue (1)

PA1.1-1: Publish the offer & <tell> families.
  Due 30 September 2024, 15 days overdue
  Update PA1.1-1: {ORIGIN}/plans/hertfordshire/milestones/PA1.1-1/updates/new/

Due in the next 7 days (2)

PA1.1-2: Complete step PA1.1-2.
  Agreed for 18 October 2024 (the plan says: 30th September 2024)
  Update PA1.1-2: {ORIGIN}/plans/hertfordshire/milestones/PA1.1-2/updates/new/

PA1.1-9: Review the waiting list.
  Due 22 October 2024
  Update PA1.1-9: {ORIGIN}/plans/hertfordshire/milestones/PA1.1-9/updates/new/

You get this because you lead something in the plan, stand in for who leads it, or decide on it. \
It comes at most once a day, and only when there is something new to say.

All that waits for you: {ORIGIN}/
"""


def test_the_digest_word_for_word(mixed, lead):
    words = digest(lead)
    assert (words.subject, words.text) == (
        "3 matters wait for you: 1 overdue milestone, 2 milestones due soon",
        EXACT_TEXT,
    )


def test_the_same_in_html_without_styles_scripts_or_images(mixed, lead):
    html = " ".join(digest(lead).html.split())
    link = f"{ORIGIN}/plans/hertfordshire/milestones/PA1.1-1/updates/new/"
    assert (
        "<h1>Overdue (1)</h1> <ul> <li> "
        "<p><strong>PA1.1-1: Publish the offer &amp; &lt;tell&gt; families.</strong></p> "
        "<p>Due 30 September 2024, 15 days overdue</p> "
        f'<p><a href="{link}">Update PA1.1-1</a></p> </li> </ul>'
    ) in html
    assert [html.count(mark) for mark in ("<h1>", "<li>", "<a ")] == [2, 3, 4]
    assert [html.count(mark) for mark in ("<style", "style=", "<script", "<img")] == [0, 0, 0, 0]
    assert '<html lang="en-GB">' in html


def test_somebody_in_post_without_the_right_to_update_is_led_to_the_milestone_instead(world):
    post = make.PostFactory(partnership=world.partnership)
    carer = world.people[Role.PARENT_CARER_REPRESENTATIVE]
    make.PostHoldingFactory(post=post, user=carer)
    milestone = make.MilestoneFactory(
        action=world.actions["PA1.1"], key="PA1.1-9", position=9, due_on=ON
    )
    make.MilestoneLeadFactory(milestone=milestone, post=post)

    text = digest(carer).text
    page = f"{ORIGIN}/plans/{world.plan.slug}/milestones/PA1.1-9/"
    assert (
        "  Due 15 October 2024. You can only read it: please tell the programme office, which "
        f"records your update\n  Read PA1.1-9: {page}\n"
    ) in text
    assert "updates/new" not in text


def test_control_who_may_update_everything_is_not_sent_to_the_programme_office(world, lead):
    assert "programme office" not in digest(lead).text


def test_matters_of_two_plans_stand_in_one_digest_each_with_its_plan(world, lead):
    foreign = world.foreign
    change(foreign.plan, title="Another plan")
    make.PostHoldingFactory(post=foreign.posts["AI1"], user=lead)
    make.RoleAssignmentFactory(user=lead, partnership=foreign.partnership, role=Role.BOARD_MEMBER)
    words = digest(lead)
    assert words.subject == "4 matters wait for you: 4 overdue milestones"
    assert "4 matters wait for you, as at Tuesday 15 October 2024." in words.text
    assert words.text.count("\n  Another plan\n") == 2
    assert words.text.count("\n  SEND Improvement Plan\n") == 2
    assert words.text.count(f"/plans/{foreign.plan.slug}/") == 2


def test_nothing_of_a_partnership_in_which_the_person_has_no_role(world, lead):
    make.PostHoldingFactory(post=world.foreign.posts["AI1"], user=lead)
    words = digest(lead)
    assert words.subject == "2 matters wait for you: 2 overdue milestones"
    assert world.foreign.plan.slug not in words.text + words.html


def test_what_leads_wrote_stays_on_the_site(world, lead):
    world.update(
        "PA1.1-1",
        what_happened="CANARY-WORDS",
        what_is_next="CANARY-NEXT",
        internal_note="CANARY-NOTE",
        sentence_for_families="CANARY-FAMILIES",
    )
    words = digest(lead)
    assert "PA1.1-1" in words.text
    assert "CANARY" not in words.subject + words.text + words.html


def test_an_address_comes_from_the_configured_origin_alone(world, lead, settings):
    settings.SITE_ORIGIN = "https://elsewhere.example"
    words = digest(lead)
    assert ORIGIN not in words.text + words.html
    assert words.text.count("https://elsewhere.example/") == 3


# --- rights at the moment of sending --------------------------------------------------------------


def end(rows, *, day: dt.date) -> None:
    for row in rows:
        change(row, ends_on=day)


def test_it_is_worded_for_its_own_day_however_late_it_is_sent(world, lead):
    words = digest(lead, sent_on=dt.date(2024, 10, 16))
    assert "as at Tuesday 15 October 2024" in words.text
    assert "15 days overdue" in words.text


def test_withheld_when_everything_was_done_in_the_meantime(world, lead):
    world.propose("PA1.1-1")
    assert digest(lead).subject == "1 matter waits for you: 1 overdue milestone"
    world.propose("PA1.1-2")
    assert digest(lead) is None


def test_withheld_when_the_dates_were_moved_in_the_meantime(world, lead):
    agree(world, "PA1.1-1", dt.date(2024, 12, 31))
    assert digest(lead).subject == "1 matter waits for you: 1 overdue milestone"
    agree(world, "PA1.1-2", dt.date(2024, 12, 31))
    assert digest(lead) is None


@pytest.mark.parametrize("model", [RoleAssignment, PostHolding])
def test_withheld_when_role_or_post_ended_before_the_day_of_sending(world, lead, model):
    rows = model.objects.filter(user=lead)
    world.person(Role.WORKSTREAM_LEAD, "PA1")
    if model is PostHolding:
        make.PostHoldingFactory(post=world.posts["PA1"], user=world.people[Role.BOARD_MEMBER])
    end(rows, day=ON)
    assert digest(lead, sent_on=ON) is not None
    assert digest(lead, sent_on=ON + dt.timedelta(days=1)) is None


def test_an_earlier_digest_that_waits_is_withheld_once_a_later_one_is_planned(world, lead):
    def plan(person, day):
        with at(day):
            plan_message(kind=DIGEST, key=f"{person.pk}:{day}", recipient=person, day=day)

    later = ON + dt.timedelta(days=1)
    plan(lead, ON)
    plan(world.other_lead, later)
    assert digest(lead, sent_on=later) is not None
    plan(lead, later)
    assert digest(lead, sent_on=later) is None
    assert digest(lead, day=later) is not None


def send_digest(person) -> Message:
    with at(ON):
        message = plan_message(kind=DIGEST, key=f"{person.pk}:{ON}", recipient=person, day=ON)
        return send_message(message_id=message.pk)


def test_sent_once_and_not_again(world, lead):
    message = send_digest(lead)
    with at(ON):
        assert send_message(message_id=message.pk) is None
    assert message.state == MessageState.SENT
    assert [each.to for each in mail.outbox] == [[lead.email]]


def test_nobody_writes_to_a_closed_account(world, lead):
    lead.is_active = False
    lead.save()
    assert send_digest(lead).state == MessageState.WITHHELD
    assert mail.outbox == []


def test_somebody_whom_nothing_concerns_gets_nothing(world):
    assert send_digest(world.people[Role.BOARD_MEMBER]).state == MessageState.WITHHELD
    assert mail.outbox == []


# --- what people put into texts and names ---------------------------------------------------------

BREAKS = {"CR LF": "\r\n", "LF": "\n", "CR": "\r", "vertical tab": "\x0b", "separator": "\u2028"}


@pytest.mark.parametrize("line_break", BREAKS.values(), ids=BREAKS)
def test_line_breaks_in_texts_and_names_add_no_header_and_lose_no_mail(world, lead, line_break):
    evil = f"Words{line_break}Bcc: thief@example.org{line_break}{line_break}Body"
    lead.name = evil
    lead.save()
    change(world.plan, title=evil)
    change(world.milestone("PA1.1-1"), text=evil, due_text=evil)
    agree(world, "PA1.1-1", dt.date(2024, 10, 14))

    assert send_digest(lead).state == MessageState.SENT
    [sent] = mail.outbox
    parsed = message_from_string(sent.message().as_string())
    harmless = "Words Bcc: thief@example.org Body"
    assert sent.recipients() == [lead.email]
    assert [parsed["Subject"], parsed["Bcc"]] == [
        "2 matters wait for you: 2 overdue milestones",
        None,
    ]
    assert sent.body.splitlines()[0] == f"Hello {harmless},"
    assert f"PA1.1-1: {harmless}" in sent.body.splitlines()
    assert not any(line.startswith("Bcc") for line in sent.body.splitlines())


def test_template_and_markup_come_out_literally(world, lead):
    change(
        world.milestone("PA1.1-1"),
        text="{{ 7|add:7 }} {% load x %} %(x)s {0} <script>alert(1)</script> <a href='x'>y</a>",
    )
    words = digest(lead)
    assert (
        "PA1.1-1: {{ 7|add:7 }} {% load x %} %(x)s {0} <script>alert(1)</script> <a href='x'>y</a>"
        in words.text
    )
    assert (
        "{{ 7|add:7 }} {% load x %} %(x)s {0} &lt;script&gt;alert(1)&lt;/script&gt; "
        "&lt;a href=&#x27;x&#x27;&gt;y&lt;/a&gt;"
    ) in words.html


def test_a_text_of_many_thousand_letters_is_sent_whole(world, lead):
    text = "commitment " * 2000
    change(world.milestone("PA1.1-1"), text=text)
    assert send_digest(lead).state == MessageState.SENT
    assert text.strip() in mail.outbox[0].body


def test_the_number_of_queries_does_not_grow_with_the_milestones(world, lead):
    few = queries_of_a_digest(lead)
    for number in range(20, 40):
        add(world, f"PA1.1-{number}")
    assert queries_of_a_digest(lead) == few


def queries_of_a_digest(person) -> int:
    """How often the database is asked to word somebody's digest."""
    stored = type(person).objects.get(pk=person.pk)
    with at(ON), CaptureQueriesContext(connection) as asked:
        worded(recipient=stored, day=ON, key="")
    return len(asked)

"""The update form when something changed while somebody was typing: nothing typed is lost, and it can be sent again."""

import datetime as dt
from html.parser import HTMLParser

import pytest
from django.test import Client
from django.urls import reverse

from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans import selectors
from plans.models import MilestoneUpdate
from plans.services import milestones, periods
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]

KEY = "PA1.1-1"
TYPED = "Three schools answered."
AFTER_THE_FREEZE = dt.date(2024, 9, 12)


class Fields(HTMLParser):
    """What the page's form would send if its button were pressed."""

    def __init__(self, html):
        super().__init__()
        self.values, self._area, self._select = {}, "", ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name", "")
        if tag == "textarea":
            self._area = name
            self.values[name] = ""
        elif tag == "select":
            self._select = name
        elif tag == "option" and ("selected" in given or self._select not in self.values):
            self.values[self._select] = given.get("value") or ""
        elif tag == "input" and (given.get("type") != "radio" or "checked" in given):
            self.values[name] = given.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data):
        if self._area:
            self.values[self._area] += data.removeprefix("\n")


@pytest.fixture
def lead(world):
    client = Client()
    client.force_login(
        world.people[Role.WORKSTREAM_LEAD],
        backend="allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


def address(world):
    return reverse("plans:milestone-update", args=[world.plan.slug, KEY])


def opened(world, lead, *, on=TODAY):
    """The form as it was opened, filled in."""
    with at(on):
        page = lead.get(address(world))
    return Fields(page.content.decode()).values | {"rating": "green", "what_happened": TYPED}


def sent(world, lead, fields, *, on=TODAY):
    with at(on):
        return lead.post(address(world), fields)


def propose_as(world, role=Role.PROGRAMME_OFFICE):
    world.propose(by=world.people[role])


def freeze_august(world):
    with at(AFTER_THE_FREEZE):
        periods.advance(plan=world.plan, on=AFTER_THE_FREEZE, by=User.objects.system())


def test_a_stage_that_moved_on_meanwhile_is_a_conflict_and_the_form_can_be_sent_again(world, lead):
    world.update()
    fields = opened(world, lead)
    assert fields["stage"] == "in_progress"
    propose_as(world)
    told = sent(world, lead, fields)
    assert told.status_code == 409
    assert "Someone else saved this milestone first" in told.content.decode()
    again = Fields(told.content.decode()).values
    assert (again["stage"], again["base_version"]) == ("proposed_complete", "2")
    assert (again["what_happened"], again["rating"]) == (TYPED, "green")
    assert sent(world, lead, again).status_code == 302
    assert MilestoneUpdate.objects.latest("version").what_happened == TYPED


def test_the_second_to_begin_a_milestone_may_send_their_words_again(world, lead):
    fields = opened(world, lead) | {"stage": "not_started"}
    world.update(by=world.people[Role.PROGRAMME_OFFICE])
    told = sent(world, lead, fields)
    assert told.status_code == 409
    again = Fields(told.content.decode()).values
    assert again["stage"] == "in_progress"
    assert sent(world, lead, again).status_code == 302


def test_words_for_a_milestone_that_was_signed_off_meanwhile_stay_on_the_page(world, lead):
    world.update(by=world.people[Role.PROGRAMME_OFFICE])
    fields = opened(world, lead) | {"reason_for_rating": "Promised in writing."}
    propose_as(world)
    with at(TODAY):
        row = world.milestone()
        milestones.sign_off(
            milestone=row,
            fingerprint=selectors.fingerprint_of(row),
            by=world.people[Role.JOINT_CHAIR],
        )
    told = sent(world, lead, fields)
    assert told.status_code == 409
    html = told.content.decode()
    assert TYPED in html
    assert "Promised in writing." in html
    assert "This milestone is signed off." in html
    assert MilestoneUpdate.objects.count() == 1


def test_a_month_that_froze_meanwhile_is_said_and_the_month_that_is_open_takes_its_place(
    world, lead
):
    fields = opened(world, lead) | {"stage": "in_progress", "period": "2024-08"}
    freeze_august(world)
    told = sent(world, lead, fields, on=AFTER_THE_FREEZE)
    assert told.status_code == 200
    html = told.content.decode()
    assert "August 2024 is frozen." in html
    again = Fields(html).values
    assert (again["period"], again["what_happened"]) == ("2024-09", TYPED)
    assert sent(world, lead, again, on=AFTER_THE_FREEZE).status_code == 302
    assert MilestoneUpdate.objects.get().period == world.period(dt.date(2024, 9, 1))


def test_words_stay_when_no_month_takes_updates_any_more(world, lead):
    fields = opened(world, lead) | {"stage": "in_progress", "period": "2024-08"}
    later = dt.date(2025, 3, 3)
    with at(later):
        periods.advance(plan=world.plan, on=later, by=User.objects.system())
    told = sent(world, lead, fields, on=later)
    assert "August 2024 is frozen." in told.content.decode()
    assert Fields(told.content.decode()).values["what_happened"] == TYPED
    assert not MilestoneUpdate.objects.exists()


@pytest.mark.parametrize("month", ["2031-01", "August", "'"])
def test_what_is_no_month_of_the_plan_is_refused(world, lead, month):
    told = sent(world, lead, opened(world, lead) | {"stage": "in_progress", "period": month})
    assert told.status_code == 200
    assert "Select the month." in told.content.decode()
    assert not MilestoneUpdate.objects.exists()


def test_a_stage_that_no_update_reports_is_refused_by_the_rule(world, lead):
    fields = opened(world, lead) | {"stage": "signed_off", "period": "2024-08"}
    told = sent(world, lead, fields)
    assert "Select a stage that follows from where it is now." in told.content.decode()
    assert world.milestone().stage == "not_started"


def test_a_form_sent_back_with_other_words_says_so_and_can_be_sent_again(world, lead):
    fields = opened(world, lead) | {"stage": "in_progress", "period": "2024-08"}
    assert sent(world, lead, fields).status_code == 302
    told = sent(world, lead, fields | {"what_happened": "Four schools answered."})
    assert told.status_code == 409
    html = told.content.decode()
    assert "This form was already sent with other words." in html
    assert "Someone else saved this milestone first" not in html
    again = Fields(html).values
    assert again["what_happened"] == "Four schools answered."
    assert sent(world, lead, again).status_code == 302
    assert MilestoneUpdate.objects.count() == 2

"""The button "Send a reminder now", on the page and by program: one service, the same sentences."""

import re

import pytest
from rest_framework.test import APIClient

from governance.models import ReturnReminder
from hertsend.accounts.roles import Role
from tests.factories.world import TODAY, at
from tests.governance.returning import LEAD, OFFICE, Desk


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def listed(world) -> str:
    return f"/plans/{world.plan.slug}/returns/2024-08/"


def button(world) -> str:
    return f"{listed(world)}PA1/remind/"


def words(answer) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_the_office_presses_and_reads_to_whom_it_went_and_when(world, as_role):
    office = as_role(OFFICE)
    page = office.get(listed(world))
    assert words(page).count("Send a reminder now") == 2
    assert "Last sent" not in words(page)

    [key] = re.findall(r'name="submission_key" value="(\w+)"', page.text)[:1]
    for _ in range(2):
        answer = office.post(button(world), {"submission_key": key}, follow=True)
        assert "A reminder of the return of PA1 goes to Workstream lead PA1." in words(answer)
    assert ReturnReminder.objects.count() == 1
    assert (
        "Last sent 3 September 2024 at 12:00 to Workstream lead PA1, by Programme office"
        in words(answer)
    )


def test_a_second_press_on_a_day_is_refused_alike_at_both_doors(world, as_role):
    office, program = as_role(OFFICE), APIClient()
    program.force_authenticate(world.people[OFFICE])
    sentence = (
        "Workstream lead PA1 had a reminder of this return today. Send the next one tomorrow."
    )
    first = program.post(f"/api/v1{button(world)}", {}, format="json")
    assert (first.status_code, first.json()) == (
        201,
        [
            {
                "to": "Workstream lead PA1",
                "day": "2024-09-03",
                "by": "Programme office",
                "at": "2024-09-03T12:00:00+01:00",
            }
        ],
    )
    page = office.post(button(world), follow=True)
    again = program.post(f"/api/v1{button(world)}", {}, format="json")
    assert sentence in words(page)
    assert (again.status_code, again.json()["message"]) == (400, sentence)


def test_the_same_key_by_program_is_answered_again(world):
    program = APIClient()
    program.force_authenticate(world.people[OFFICE])
    first, second = (
        program.post(
            f"/api/v1{button(world)}", {}, format="json", headers={"Idempotency-Key": "k"}
        ).json()
        for _ in range(2)
    )
    assert first == second
    assert ReturnReminder.objects.count() == 1


def test_what_was_handed_in_has_no_button(world, as_role):
    desk = Desk(world)
    desk.save("PA1.1-1")
    desk.save("PA1.1-2")
    desk.submit()
    assert button(world) not in as_role(OFFICE).get(listed(world)).text


@pytest.mark.parametrize("role", [Role.JOINT_CHAIR, Role.EXECUTIVE_CHAIR])
def test_who_only_reads_returns_sees_neither_button_nor_reminders(world, as_role, role):
    as_role(OFFICE).post(button(world))
    page = as_role(role).get(listed(world))
    assert page.status_code == 200
    assert "reminder" not in words(page).lower()
    assert as_role(role).post(button(world)).status_code == 403


def test_a_lead_presses_nothing(world, as_role):
    assert as_role(LEAD).post(button(world)).status_code == 403
    assert not ReturnReminder.objects.exists()

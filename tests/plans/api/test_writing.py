"""The API's doors to the services: what is stored, and what each refusal says."""

import datetime as dt

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict
from plans.models import MilestoneUpdate, StageChange
from plans.services import milestones
from tests.factories.evidence import link
from tests.factories.world import at
from tests.plans.api.calls import address, milestone_address, words

EDITORS = {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE}


def nothing_was_stored(world) -> bool:
    """No row of any kind, and the milestone as it was."""
    stored = MilestoneUpdate.objects.exists() or StageChange.objects.exists()
    return not stored and world.milestone().version == 0


class TestUpdate:
    """POST …/updates/."""

    @pytest.fixture
    def send(self, world, api_as):
        def sending(role=Role.WORKSTREAM_LEAD, *, key="PA1.1-1", headers=None, **changes):
            path = milestone_address(world, "updates", key=key)
            return api_as(role).post(path, words(**changes), headers=headers or {})

        return sending

    def test_everything_that_is_sent_is_stored_and_answered(self, world, send):
        answer = send(
            period="2024-09",
            what_is_next="The third follows.",
            forecast_on="2024-10-04",
            reason_for_rating="The venue is booked.",
            internal_note="The budget is tight.",
            sentence_for_families="Two sessions were held.",
        )
        assert answer.status_code == 201, answer.json()
        shown = answer.json()
        assert shown.pop("at").startswith("2024-09-03T12:00:00")
        assert shown == {
            "period": "2024-09",
            "stage": "in_progress",
            "rating": "green",
            "best_rating": "amber",
            "reason_for_rating": "The venue is booked.",
            "what_happened": "Two sessions were held.",
            "what_is_next": "The third follows.",
            "forecast_on": "2024-10-04",
            "internal_note": "The budget is tight.",
            "sentence_for_families": "Two sessions were held.",
            "by": "Workstream lead PA1",
            "on_behalf_of": None,
            "base_version": 0,
            "version": 1,
        }
        stored = MilestoneUpdate.objects.get()
        assert stored.by == world.people[Role.WORKSTREAM_LEAD]
        assert (stored.period.month, stored.milestone) == (dt.date(2024, 9, 1), world.milestone())
        assert world.milestone().forecast_on == dt.date(2024, 10, 4)

    def test_without_a_month_the_earliest_not_frozen_is_meant(self, send):
        assert send().json()["period"] == "2024-08"

    def test_when_no_month_takes_updates_that_is_said(self, world, api_as):
        foreign = api_as(Role.WORKSTREAM_LEAD)
        world.plan.periods.model._base_manager.filter(plan=world.plan)._raw_delete("default")
        answer = foreign.post(milestone_address(world, "updates"), words())
        assert answer.json()["fields"] == {"period": ["No month takes updates now."]}

    @pytest.mark.parametrize(
        ("month", "sentence"),
        [
            (
                "2024-07",
                "July 2024 is frozen. Choose a month that is open, or ask the programme office.",
            ),
            (
                "2024-10",
                (
                    "October 2024 has not opened yet. Choose a month that is open, or ask the "
                    "programme office."
                ),
            ),
            ("2030-01", "This plan does not report on January 2030."),
            ("2024-13", "Give the month as a year and a month, such as 2024-09."),
            ("August", "Give the month as a year and a month, such as 2024-09."),
            ("2024-09-01", "Give the month as a year and a month, such as 2024-09."),
            ("０８２４-08", "Give the month as a year and a month, such as 2024-09."),
            (202408, "Give the month as a year and a month, such as 2024-09."),
        ],
    )
    def test_a_month_that_takes_no_update_is_refused(self, world, send, month, sentence):
        answer = send(period=month)
        assert answer.status_code == 400
        assert answer.json()["fields"] == {"period": [sentence]}
        assert nothing_was_stored(world)

    @pytest.mark.parametrize("role", tuple(Role))
    def test_who_may_not_update_is_refused_before_the_body_is_read(self, world, api_as, role):
        path = milestone_address(world, "updates")
        sound, unsound = words(), {"nonsense": True}
        answers = [api_as(role).post(path, body).status_code for body in (unsound, sound)]
        assert answers == ([400, 201] if role in EDITORS else [403, 403])
        assert nothing_was_stored(world) == (role not in EDITORS)

    def test_a_refusal_says_what_the_page_says(self, world, send):
        answer = send(key="AI1.1-1")
        assert answer.status_code == 403
        assert answer.json() == {
            "code": "not_allowed",
            "message": (
                "Your role does not let you update milestones and propose them complete here."
            ),
            "fields": {},
        }

    @pytest.mark.parametrize("plan", ["foreign", "none"])
    def test_another_partnerships_milestone_is_not_there(self, world, api_as, plan):
        slug = world.foreign.plan.slug if plan == "foreign" else "no-such-plan"
        path = f"/api/v1/plans/{slug}/milestones/PA1.1-1/updates/"
        answer = api_as(Role.WORKSTREAM_LEAD).post(path, words())
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")

    @pytest.mark.parametrize(
        ("changes", "fields"),
        [
            ({"stage": None}, {"stage": ["This field is required."]}),
            ({"base_version": None}, {"base_version": ["This field is required."]}),
            (
                {"base_version": -1},
                {"base_version": ["Ensure this value is greater than or equal to 0."]},
            ),
            ({"base_version": "first"}, {"base_version": ["A valid integer is required."]}),
            ({"stage": 7}, {"stage": ['"7" is not a valid choice.']}),
            ({"what_happened": ["a"]}, {"what_happened": ["Not a valid string."]}),
            ({"what_happened": "a\x00"}, {"what_happened": ["Null characters are not allowed."]}),
            (
                {"what_happened": "a" * 4001},
                {"what_happened": ["Ensure this field has no more than 4000 characters."]},
            ),
            (
                {"sentence_for_families": "a" * 301},
                {"sentence_for_families": ["Ensure this field has no more than 300 characters."]},
            ),
            (
                {"forecast_on": "30/09/2024"},
                {
                    "forecast_on": [
                        "Date has wrong format. Use one of these formats instead: YYYY-MM-DD."
                    ]
                },
            ),
            (
                {"submission_key": "k" * 101},
                {"submission_key": ["Ensure this field has no more than 100 characters."]},
            ),
            ({"by": 1}, {"by": ["There is no field of this name."]}),
            (
                {"version": 9, "at": "x"},
                {
                    "version": ["There is no field of this name."],
                    "at": ["There is no field of this name."],
                },
            ),
            (
                {"milestone_id": 9, "rating": None},
                {
                    "milestone_id": ["There is no field of this name."],
                    "rating": ["This field is required."],
                },
            ),
        ],
    )
    def test_a_body_of_the_wrong_shape_is_refused_field_by_field(
        self, world, send, changes, fields
    ):
        answer = send(**changes)
        assert answer.status_code == 400
        assert answer.json() == {
            "code": "invalid",
            "message": "This was not understood. The fields say what to put right.",
            "fields": fields,
        }
        assert nothing_was_stored(world)

    @pytest.mark.parametrize(
        ("changes", "fields"),
        [
            ({"stage": "done"}, {"stage": ["Select a stage that follows from where it is now."]}),
            (
                {"stage": "signed_off"},
                {"stage": ["Select a stage that follows from where it is now."]},
            ),
            (
                {"rating": "blue"},
                {"rating": ["Select how confident you are: green, amber or red."]},
            ),
            ({"what_happened": " \n"}, {"what_happened": ["Enter what happened this month."]}),
            (
                {"forecast_on": "2024-09-02"},
                {"forecast_on": ["The forecast must be today or later."]},
            ),
            (
                {"forecast_on": "2024-10-01"},
                {
                    "reason_for_rating": [
                        "Say why you rate this Green: the dates allow Amber at best."
                    ]
                },
            ),
        ],
    )
    def test_a_broken_rule_is_told_in_the_policys_words(self, world, send, changes, fields):
        answer = send(**changes)
        assert (answer.status_code, answer.json()["code"]) == (400, "rule_broken")
        assert answer.json()["fields"] == fields
        assert nothing_was_stored(world)

    def test_a_milestone_that_ended_takes_no_more(self, world, api_as, send):
        chair = api_as(Role.JOINT_CHAIR)
        chair.post(milestone_address(world, "withdraw"), {"words": "The board", "base_version": 0})
        answer = send(base_version=1)
        assert answer.json()["fields"] == {
            "stage": ["This milestone is withdrawn: nothing more is reported."]
        }

    def test_the_second_from_one_version_is_told_and_keeps_the_words(self, world, send):
        assert send(what_happened="Theirs.", internal_note="Their note.").status_code == 201
        typed = {
            "what_happened": "  Mine, as typed. ",
            "forecast_on": "2024-09-20",
            "internal_note": "My note.",
        }
        answer = send(Role.PROGRAMME_OFFICE, **typed)
        assert answer.status_code == 409
        refusal = answer.json()
        assert refusal["code"] == "conflict"
        assert {name: refusal["submitted"][name] for name in typed} == typed
        stored = refusal["current"]
        assert stored.pop("at").startswith("2024-09-03T12:00:00")
        assert stored == {
            "stage": "in_progress",
            "rating": "green",
            "what_happened": "Theirs.",
            "what_is_next": "",
            "forecast_on": None,
            "reason_for_rating": "",
            "internal_note": "Their note.",
            "sentence_for_families": "",
            "version": 1,
            "by": "Workstream lead PA1",
        }
        assert MilestoneUpdate.objects.count() == 1

    @pytest.mark.parametrize("place", ["header", "body", "both"])
    def test_a_repeated_submission_gets_the_same_answer(self, world, send, place):
        in_header = {"Idempotency-Key": "press-1"} if place != "body" else {}
        in_body = {"submission_key": "press-1"} if place != "header" else {}
        first = send(headers=in_header, **in_body)
        again = send(headers=in_header, **in_body)
        assert (first.status_code, again.status_code) == (201, 201)
        assert first.content == again.content
        assert world.milestone().version == 1

    def test_without_a_key_a_repetition_is_a_conflict(self, world, send):
        assert [send().status_code, send().status_code] == [201, 409]
        assert world.milestone().version == 1

    def test_a_key_used_again_with_other_words_loses_none_of_them(self, world, send):
        headers = {"Idempotency-Key": "press-1"}
        send(headers=headers)
        answer = send(headers=headers, what_happened="Other words.", base_version=1)
        assert answer.status_code == 409
        assert answer.json()["submitted"]["what_happened"] == "Other words."
        assert world.milestone().version == 1

    def test_two_keys_that_differ_are_refused(self, world, send):
        answer = send(headers={"Idempotency-Key": "one"}, submission_key="two")
        assert answer.json()["fields"] == {
            "submission_key": ["The header Idempotency-Key says something else. Send one of them."]
        }
        assert nothing_was_stored(world)

    def test_a_header_that_is_too_long_is_refused(self, world, send):
        answer = send(headers={"Idempotency-Key": "k" * 101})
        assert answer.status_code == 400
        assert set(answer.json()["fields"]) == {"submission_key"}
        assert nothing_was_stored(world)

    def test_keys_of_two_people_do_not_meet(self, send):
        headers = {"Idempotency-Key": "1"}
        assert send(headers=headers).status_code == 201
        second = send(Role.PROGRAMME_OFFICE, headers=headers, base_version=1)
        assert (second.status_code, second.json()["version"]) == (201, 2)


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize(
    "parts", [(), ("milestones",), ("milestones", "PA1.1-1"), ("milestones", "PA1.1-1", "updates")]
)
def test_there_is_no_other_way_to_change_anything(world, api_as, method, parts):
    client = api_as(Role.PROGRAMME_OFFICE)
    answer = client.generic(method.upper(), address(world, *parts))
    assert (answer.status_code, answer.json()["code"]) == (405, "method_not_allowed")


def test_the_service_says_the_same_to_every_door(world, api_as):
    answer = api_as(Role.WORKSTREAM_LEAD).post(
        milestone_address(world, "propose-complete"), {"base_version": 4, "words": "Minutes"}
    )
    with pytest.raises(Conflict) as refusal, at(dt.date(2024, 9, 3)):
        milestones.propose_complete(
            milestone=world.milestone(),
            words="Minutes",
            evidence=[link()],
            base_version=4,
            by=world.people[Role.WORKSTREAM_LEAD],
        )
    assert answer.json()["message"] == refusal.value.sentence

"""Acts through the interface: proposed, signed off, returned, withdrawn."""

import pytest

from hertsend.accounts.roles import Role
from plans.models import MilestoneUpdate, StageChange
from tests.factories import evidence
from tests.factories.models import RoleAssignmentFactory
from tests.plans.api.calls import address, milestone_address

EDITORS = {Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE}


def nothing_was_stored(world) -> bool:
    """No row of any kind, and the milestone as it was."""
    stored = MilestoneUpdate.objects.exists() or StageChange.objects.exists()
    return not stored and world.milestone().version == 0


class TestActs:
    """The way to sign-off."""

    @pytest.fixture
    def act(self, world, api_as):
        def acting(role, name, body):
            client = api_as(role)
            return client.post(milestone_address(world, name), body)

        return acting

    def fingerprint(self, world, api_as):
        return api_as(Role.JOINT_CHAIR).get(milestone_address(world)).json()["fingerprint"]

    def test_proposed_read_and_signed(self, world, api_as, act):
        world.update()
        proposed = act(
            Role.WORKSTREAM_LEAD,
            "propose-complete",
            {"words": "Minutes", "evidence": [evidence.sent()], "base_version": 1},
        )
        assert (proposed.status_code, proposed.json()["words"]) == (201, "Minutes")
        signed = act(Role.JOINT_CHAIR, "sign-off", {"fingerprint": self.fingerprint(world, api_as)})
        assert signed.status_code == 201
        assert (signed.json()["by"], signed.json()["role"]) == ("Joint chair PA1", "joint_chair")
        assert world.milestone().stage == "signed_off"

    def test_what_changed_after_it_was_read_is_not_signed(self, world, api_as, act):
        world.propose()
        read = self.fingerprint(world, api_as)
        world.update(stage="proposed_complete", what_happened="One thing more.")
        answer = act(Role.JOINT_CHAIR, "sign-off", {"fingerprint": read})
        assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
        assert world.milestone().stage == "proposed_complete"

    def test_nobody_signs_their_own_work(self, world, api_as, act):
        make_lead_too(world, Role.JOINT_CHAIR)
        world.propose(by=world.people[Role.JOINT_CHAIR])
        answer = act(Role.JOINT_CHAIR, "sign-off", {"fingerprint": self.fingerprint(world, api_as)})
        assert answer.status_code == 403
        assert answer.json()["message"] == (
            "You added evidence (3 September 2024). Nobody decides on their own work, in any role: "
            "another accountable joint chair does."
        )

    def test_a_proposal_goes_back_with_a_reason(self, world, act):
        world.propose()
        without = act(Role.JOINT_CHAIR, "return", {"words": " ", "base_version": 1})
        assert without.json()["fields"] == {"words": ["Enter the reason."]}
        answer = act(Role.JOINT_CHAIR, "return", {"words": "No minutes yet.", "base_version": 1})
        assert (answer.status_code, answer.json()["act"]) == (201, "returned")
        assert world.milestone().stage == "in_progress"

    def test_withdrawing_needs_the_version_that_was_read(self, world, act):
        world.update()
        late = act(Role.JOINT_CHAIR, "withdraw", {"words": "Decided.", "base_version": 0})
        assert late.status_code == 409
        assert late.json()["submitted"] == {"words": "Decided.", "base_version": 0}
        answer = act(Role.JOINT_CHAIR, "withdraw", {"words": "Decided.", "base_version": 1})
        assert (answer.status_code, answer.json()["to_stage"]) == (201, "withdrawn")

    def test_a_proposal_needs_evidence(self, world, act):
        answer = act(Role.WORKSTREAM_LEAD, "propose-complete", {"base_version": 0})
        assert answer.json()["fields"] == {
            "words": ["Say what shows that it is complete."],
            "evidence": ["Add at least one piece of evidence: a link or a file."],
        }
        assert nothing_was_stored(world)

    def test_a_link_must_be_one(self, world, act):
        body = {
            "words": "Minutes",
            "evidence": [evidence.sent(), evidence.sent(link="javascript:alert(1)")],
            "base_version": 0,
        }
        answer = act(Role.WORKSTREAM_LEAD, "propose-complete", body)
        assert answer.json()["fields"] == {
            "evidence.1.link": ["Enter a link that begins with https://"]
        }
        assert nothing_was_stored(world)

    @pytest.mark.parametrize(
        ("name", "body"),
        [
            ("sign-off", {"fingerprint": "0" * 64}),
            ("return", {"words": "A reason", "base_version": 0}),
        ],
    )
    def test_what_was_not_proposed_is_not_decided(self, world, act, name, body):
        answer = act(Role.JOINT_CHAIR, name, body)
        assert (answer.status_code, answer.json()["fields"]) == (400, {})
        assert answer.json()["message"].startswith("It is not started now, so it cannot be ")
        assert nothing_was_stored(world)

    @pytest.mark.parametrize("role", tuple(Role))
    @pytest.mark.parametrize(
        ("name", "allowed"),
        [
            ("propose-complete", EDITORS),
            ("sign-off", {Role.JOINT_CHAIR}),
            ("return", {Role.JOINT_CHAIR}),
            ("take-back", EDITORS),
            ("reopen", {Role.JOINT_CHAIR}),
            ("withdraw", {Role.JOINT_CHAIR}),
        ],
    )
    def test_only_some_roles_act_and_others_are_refused_first(
        self, world, act, role, name, allowed
    ):
        answer = act(role, name, {"nonsense": 1})
        assert answer.status_code == (400 if role in allowed else 403)
        if role in allowed:
            assert answer.json()["fields"]["nonsense"] == ["There is no field of this name."]
        assert nothing_was_stored(world)

    def test_a_chair_of_another_area_does_not_decide(self, world, api_as):
        world.propose("AI1.1-1", by=world.other_lead)
        path = address(world, "milestones", "AI1.1-1", "return")
        answer = api_as(Role.JOINT_CHAIR).post(path, {"words": "A reason", "base_version": 1})
        assert answer.status_code == 403
        assert world.milestone("AI1.1-1").stage == "proposed_complete"


def make_lead_too(world, role: Role) -> None:
    """Give the world's person with ``role`` the workstream PA1 to lead as well."""
    RoleAssignmentFactory(
        user=world.people[role],
        partnership=world.partnership,
        role=Role.WORKSTREAM_LEAD,
        scope_key="PA1",
    )

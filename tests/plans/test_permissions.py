"""Who may see and do what in the plan: rows, fields and acts."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser

from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans import permissions
from plans.models import (
    ActionSignOff,
    CommitmentDecision,
    DateChange,
    Evidence,
    ImpactDecision,
    ImpactRating,
    Milestone,
    MilestoneException,
    MilestoneUpdate,
    OccurrenceRecord,
    Plan,
    StageChange,
    StoredFile,
    UpdateDraft,
)
from tests.access.challenging import challenge
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.plans import (
    constraints_of_drafts,
    constraints_of_exceptions,
    constraints_of_months,
    impact_rows,
    signing_rows,
)
from tests.refusals import store

__all__ = ["built_world", "world"]

RECORDS = (
    MilestoneUpdate,
    StageChange,
    DateChange,
    MilestoneException,
    Evidence,
    ActionSignOff,
    ImpactRating,
    ImpactDecision,
    CommitmentDecision,
    OccurrenceRecord,
)
OFFICERS = set(Role) - {Role.PARENT_CARER_REPRESENTATIVE}
INSIDERS = OFFICERS - {Role.ADVISER, Role.ADMINISTRATOR}

PLAIN = {
    MilestoneUpdate: {
        "period",
        "stage",
        "rating",
        "forecast_on",
        "sentence_for_families",
        "at",
        "version",
    },
    StageChange: {"act", "from_stage", "to_stage", "at", "version"},
    DateChange: {"number", "agreed_on", "at"},
    MilestoneException: {"overdue_since", "opened_at", "closed_at", "closure"},
    Evidence: {
        "kind",
        "title",
        "dated_on",
        "what_it_shows",
        "link",
        "file",
        "is_shareable",
        "added_at",
    },
    ActionSignOff: {"act", "number", "at"},
    ImpactRating: {"number", "level", "period", "review_milestone", "at"},
    ImpactDecision: {"rating", "outcome", "at"},
    CommitmentDecision: {
        *("commitment", "number", "act", "frequency", "months"),
        *("first_on", "ends_on", "owner", "at"),
    },
    OccurrenceRecord: {
        *("commitment", "window_from", "window_to", "number", "outcome", "done_on", "at"),
    },
}
WORDS = {
    MilestoneUpdate: {
        "what_happened",
        "what_is_next",
        "reason_for_rating",
        "best_rating",
        "base_version",
        "by",
        "on_behalf_of",
    },
    StageChange: {"words", "evidence_link", "evidence_shareable", "fingerprint", "role", "by"},
    DateChange: {"reason", "decision", "requested_by", "decided_by"},
    MilestoneException: set(),
    Evidence: {"withdrawn_at", "withdrawn_reason", "added_by", "withdrawn_by"},
    ActionSignOff: {"words", "fingerprint", "role", "last_change", "by"},
    ImpactRating: {"words", "by", "on_behalf_of"},
    ImpactDecision: {"words", "fingerprint", "role", "by"},
    CommitmentDecision: {"words", "by"},
    OccurrenceRecord: {"note", "link", "evidence", "by"},
}


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


class TestRows:
    """Every role reads its whole partnership's plan, and no other."""

    @pytest.mark.parametrize("model", list(permissions.PATH_TO_PARTNERSHIP))
    def test_rows_of_ones_partnerships_and_no_others(self, world, model):
        for each in (world, world.foreign):
            everything_in(each)
        is_shared_in_part = model in permissions.SHARED_WITH_FAMILIES
        role = Role.ADVISER if is_shared_in_part else Role.PARENT_CARER_REPRESENTATIVE
        role = Role.PROGRAMME_OFFICE if model is UpdateDraft else role
        reader = world.people[role]
        path = permissions.PATH_TO_PARTNERSHIP[model]
        mine = set(model._default_manager.filter(**{path: world.partnership}))
        theirs = set(model._default_manager.filter(**{path: world.foreign.partnership}))
        assert mine
        assert theirs
        assert set(permissions.visible_to(reader, model)) == mine

    def test_families_see_evidence_that_was_shared_and_not_withdrawn(self, world):
        shared, kept, withdrawn = (
            signing_rows.evidence(
                world, file=signing_rows.stored_file(world, number), title=f"{number}", **details
            )
            for number, details in enumerate(
                (
                    {"is_shareable": True},
                    {},
                    {
                        "is_shareable": True,
                        "withdrawn_at": signing_rows.NOON,
                        "withdrawn_by": world.people[Role.WORKSTREAM_LEAD],
                        "withdrawn_reason": "A name was in it.",
                    },
                ),
                start=1,
            )
        )
        families, adviser = (
            world.people[role] for role in (Role.PARENT_CARER_REPRESENTATIVE, Role.ADVISER)
        )
        assert set(permissions.visible_to(families, Evidence)) == {shared}
        assert set(permissions.visible_to(families, StoredFile)) == {shared.file}
        everything = {shared, kept, withdrawn}
        assert set(permissions.visible_to(adviser, Evidence)) == everything
        assert set(permissions.visible_to(adviser, StoredFile)) == {row.file for row in everything}

    def test_a_role_elsewhere_opens_nothing_here(self, world):
        for each in (world, world.foreign):
            signing_rows.evidence(each)
        person = world.person(Role.PARENT_CARER_REPRESENTATIVE)
        make.RoleAssignmentFactory(
            user=person, partnership=world.foreign.partnership, role=Role.BOARD_MEMBER
        )
        found = permissions.visible_to(person, Evidence)
        assert {row.action.plan for row in found} == {world.foreign.plan}

    @pytest.mark.parametrize("role", list(Role))
    def test_every_role_reads_every_workstream(self, world, role):
        seen = permissions.visible_to(world.people[role], Milestone)
        assert {row.key for row in seen} == set(world.milestones)

    @pytest.mark.parametrize(
        "nobody",
        [
            lambda world: AnonymousUser(),
            lambda world: None,
            lambda world: world.stranger,
            lambda world: world.person(Role.ADVISER, ends_on=TODAY - dt.timedelta(days=1)),
            lambda world: world.person(Role.ADVISER, starts_on=TODAY + dt.timedelta(days=1)),
            lambda world: User.objects.system(),
        ],
    )
    def test_without_a_current_role_nothing_is_seen(self, world, nobody):
        person = nobody(world)
        assert not permissions.visible_to(person, Plan).exists()
        shown = permissions.visible_fields(
            person, MilestoneUpdate, partnership_id=world.partnership.pk
        )
        assert shown == frozenset()
        assert not permissions.may_update(person, world.milestone())

    def test_two_partnerships_are_both_read(self, world):
        person = world.person(Role.BOARD_MEMBER)
        make.RoleAssignmentFactory(
            user=person, partnership=world.foreign.partnership, role=Role.ADVISER
        )
        assert set(permissions.visible_to(person, Plan)) == {world.plan, world.foreign.plan}


def everything_in(world) -> None:
    """A row of every kind in the world's plan."""
    plan = world.plan
    world.update()
    world.propose()
    with at(TODAY):
        challenge(world, "PA1.1-2")
        for model, values in {
            DateChange: {
                "number": 1,
                "agreed_on": TODAY,
                "reason": "A",
                "decision": "B",
                "requested_by": world.people[Role.WORKSTREAM_LEAD],
                "decided_by": world.people[Role.JOINT_CHAIR],
                "at": dt.datetime(2024, 9, 3, tzinfo=dt.UTC),
            },
            MilestoneException: {
                "overdue_since": TODAY,
                "opened_at": dt.datetime(2024, 9, 3, tzinfo=dt.UTC),
            },
        }.items():
            model(milestone=world.milestone(), **values).save()
    signing_rows.all_of_them(world)
    impact_rows.all_of_them(
        world, Evidence.objects.filter(action=world.actions["PA1.1"]).latest("pk")
    )
    for model in permissions.PATH_TO_PARTNERSHIP:
        values = {
            "PlanSection": {"key": "vision", "content": []},
            "Ambition": {"key": "A", "position": 1, "title": "A", "statement": "B"},
            "GlossaryTerm": {"position": 1, "term": "EHCP", "expansion": "A plan"},
            "Judgement": {"place": "PA1.1-1", "origin": "1", "position": 1, "text": "A"},
        }.get(model.__name__)
        if values:
            model(plan=plan, **values).save()
    for records in (constraints_of_exceptions, constraints_of_drafts, constraints_of_months):
        for model, valid in records.VALID.items():
            if model in permissions.PATH_TO_PARTNERSHIP and not _has_rows(model, world):
                store(model, valid(world, 1))


def _has_rows(model, world) -> bool:
    path = permissions.PATH_TO_PARTNERSHIP[model]
    return model._default_manager.filter(**{path: world.partnership}).exists()


class TestFields:
    """Fields that are closed to some: internal notes, raw words, people, addresses."""

    @pytest.mark.parametrize("role", list(Role))
    @pytest.mark.parametrize("model", RECORDS)
    def test_fields_by_role(self, world, role, model):
        expected = set(PLAIN[model])
        if role in OFFICERS:
            expected |= WORDS[model] | {"people"}
        if role in INSIDERS and model is MilestoneUpdate:
            expected |= {"internal_note"}
        if role in INSIDERS | {Role.ADMINISTRATOR}:
            expected |= {"contacts"}
        shown = permissions.visible_fields(
            world.people[role], model, partnership_id=world.partnership.pk
        )
        assert shown == expected

    @pytest.mark.parametrize("model", RECORDS)
    def test_every_column_of_a_record_is_closed_or_open_to_somebody_by_name(self, model):
        listed = (
            permissions.PLAIN_FIELDS[model]
            | permissions.OFFICER_FIELDS[model]
            | permissions.PEOPLE_FIELDS[model]
            | permissions.INTERNAL_FIELDS[model]
        )
        columns = {field.name for field in model._meta.concrete_fields}
        assert columns - listed - {"action"} == {"id", "milestone"} & columns
        assert listed <= columns

    def test_another_partnerships_record_shows_nothing(self, world):
        shown = permissions.visible_fields(
            world.people[Role.PROGRAMME_OFFICE],
            MilestoneUpdate,
            partnership_id=world.foreign.partnership.pk,
        )
        assert shown == frozenset()

    @pytest.mark.parametrize("role", list(Role))
    def test_families_read_plain_english_only(self, world, role):
        only_plain = permissions.reads_only_plain_english(
            world.people[role], partnership_id=world.partnership.pk
        )
        assert only_plain is (role == Role.PARENT_CARER_REPRESENTATIVE)

    def test_rights_of_several_roles_add_up(self, world):
        person = world.person(Role.PARENT_CARER_REPRESENTATIVE)
        make.RoleAssignmentFactory(
            user=person, partnership=world.partnership, role=Role.BOARD_MEMBER
        )
        shown = permissions.visible_fields(
            person, MilestoneUpdate, partnership_id=world.partnership.pk
        )
        assert "internal_note" in shown


class TestActs:
    """Who may update, sign off and withdraw, and how far their role reaches."""

    @pytest.mark.parametrize("role", list(Role))
    def test_acts_by_role(self, world, role):
        person = world.people[role]
        here, elsewhere = world.milestone("PA1.1-1"), world.milestone("AI1.1-1")
        acts = (permissions.may_update, permissions.may_sign_off, permissions.may_withdraw)
        expected = {
            Role.PROGRAMME_OFFICE: ((True, False, False), (True, False, False)),
            Role.WORKSTREAM_LEAD: ((True, False, False), (False, False, False)),
            Role.JOINT_CHAIR: ((False, True, True), (False, False, False)),
        }.get(role, ((False, False, False), (False, False, False)))
        found = tuple(tuple(may(person, row) for may in acts) for row in (here, elsewhere))
        assert found == expected

    @pytest.mark.parametrize(
        "role", [Role.PROGRAMME_OFFICE, Role.WORKSTREAM_LEAD, Role.JOINT_CHAIR]
    )
    def test_a_role_elsewhere_is_no_role_here(self, world, role):
        person = world.foreign.people[role]
        row = world.milestone()
        assert not permissions.may_update(person, row)
        assert not permissions.may_sign_off(person, row)

    def test_being_named_as_a_lead_gives_no_right(self, world):
        make.PostHoldingFactory(post=world.posts["PA1"], user=world.people[Role.BOARD_MEMBER])
        assert not permissions.may_update(world.people[Role.BOARD_MEMBER], world.milestone())

    def test_a_chair_of_any_of_the_actions_areas_is_accountable(self, world):
        world.actions["PA1.1"].areas.add(world.areas["AI1"])
        chair = world.person(Role.JOINT_CHAIR, "AI1")
        assert permissions.may_sign_off(chair, world.milestone("PA1.1-1"))

    def test_everyone_who_updates_a_milestone_by_name(self, world):
        people = permissions.people_who_update(world.milestone(), on=TODAY)
        assert people == [
            world.people[Role.PROGRAMME_OFFICE],
            world.people[Role.WORKSTREAM_LEAD],
        ]

    def test_where_a_milestone_stands(self, world):
        assert permissions.scope_of(world.milestone()) == {
            "partnership_id": world.partnership.pk,
            "workstream_key": "PA1",
            "area_keys": ["PA1"],
        }

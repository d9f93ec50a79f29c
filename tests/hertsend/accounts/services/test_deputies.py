"""A lead names somebody who stands in for them for a time, and it ends by itself or early."""

import datetime as dt

import pytest
from django.core import mail

from hertsend.accounts import access
from hertsend.accounts.models import Deputyship, PostHolding, RoleAssignment, User
from hertsend.accounts.roles import Permission, Role
from hertsend.accounts.services import deputies, people, posts, roles
from hertsend.accounts.services.deputies import DEPUTY_NAMED
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.jobs.enums import MessageState
from hertsend.jobs.models import Message
from hertsend.jobs.services import send_message
from plans.policies import UpdateWords
from plans.selectors import fingerprint_of
from plans.services import milestones
from tests.factories import models as make
from tests.factories.world import TODAY, World, at

DAY = dt.timedelta(days=1)
LAST = TODAY + 13 * DAY


@pytest.fixture(autouse=True)
def _today():
    with at(TODAY):
        yield


@pytest.fixture
def lead(world) -> User:
    return world.people[Role.WORKSTREAM_LEAD]


@pytest.fixture
def deputy(world) -> User:
    return world.people[Role.BOARD_MEMBER]


def name(world: World, deputy: User, *, by: User | None = None, **changes) -> Deputyship:
    given = {"starts_on": TODAY, "ends_on": LAST}
    return deputies.name_deputy(
        partnership=world.partnership,
        deputy=deputy,
        by=by or world.people[Role.WORKSTREAM_LEAD],
        **(given | changes),
    )


def may_update(person: User, key: str = "PA1", *, on: dt.date = TODAY) -> bool:
    held = access.read(User.objects.get(pk=person.pk), on=on)
    partnership = person.role_assignments.values_list("partnership", flat=True)[0]
    return held.may(Permission.UPDATE_MILESTONE, partnership_id=partnership, workstream_key=key)


def sign(world: World, *, by: User) -> None:
    milestone = world.milestone("PA1.1-1")
    milestones.sign_off(milestone=milestone, fingerprint=fingerprint_of(milestone), by=by)


def in_post(person: User, on: dt.date = TODAY) -> list[tuple[str, bool]]:
    rows = PostHolding.objects.current(on).filter(user=person)
    return list(rows.values_list("post__title", "is_deputy"))


# --- what a deputy holds --------------------------------------------------------------------------


def test_a_deputy_holds_workstream_and_posts_from_the_first_to_the_last_day(world, deputy):
    row = name(world, deputy, starts_on=TODAY + DAY, reason="Annual leave")
    days = [TODAY, TODAY + DAY, LAST, LAST + DAY]
    assert [may_update(deputy, on=day) for day in days] == [False, True, True, False]
    assert [in_post(deputy, day) for day in days] == [
        [],
        [("Head of PA1", True)],
        [("Head of PA1", True)],
        [],
    ]
    assert not may_update(deputy, "AI1", on=LAST)
    entry = row.history.get()
    assert (entry.history_user, entry.history_change_reason) == (row.lead, "Annual leave")
    held = [*row.roles.all(), *row.holdings.all()]
    assert [each.history.get().history_change_reason for each in held] == [
        "Deputy of Workstream lead PA1"
    ] * 2


def test_the_lead_keeps_what_they_hold(world, lead, deputy):
    name(world, deputy)
    assert may_update(lead)
    assert in_post(lead) == [("Head of PA1", False)]


def test_a_deputy_holds_nothing_longer_or_earlier_than_the_lead(world, lead, deputy):
    second = make.RoleAssignmentFactory(
        user=lead,
        partnership=world.partnership,
        role=Role.WORKSTREAM_LEAD,
        scope_key="AI1",
        starts_on=TODAY + 3 * DAY,
        ends_on=TODAY + 5 * DAY,
    )
    make.RoleAssignmentFactory(
        user=lead,
        partnership=world.partnership,
        role=Role.WORKSTREAM_LEAD,
        scope_key="AI5",
        starts_on=LAST + DAY,
    )
    row = name(world, deputy)
    assert list(
        row.roles.order_by("scope_key").values_list("scope_key", "starts_on", "ends_on")
    ) == [
        ("AI1", second.starts_on, second.ends_on),
        ("PA1", TODAY, LAST),
    ]


def test_a_deputy_does_the_leads_work_and_may_then_not_sign_it(world, lead):
    chair = world.people[Role.JOINT_CHAIR]
    name(world, chair)
    milestone = world.milestone("PA1.1-1")
    milestones.record_update(
        milestone=milestone,
        period=world.period(),
        words=UpdateWords(stage="in_progress", rating="green", what_happened="Work began."),
        base_version=milestone.version,
        by=User.objects.get(pk=chair.pk),
    )
    world.propose("PA1.1-1", by=lead)
    with pytest.raises(NotAllowed, match="Nobody decides on their own work, in any role"):
        sign(world, by=chair)
    sign(world, by=world.second_chair)
    assert world.milestone("PA1.1-1").stage == "signed_off"


def test_the_deputy_is_told_once(world, deputy):
    row = name(world, deputy)
    [message] = Message.objects.filter(kind=DEPUTY_NAMED)
    assert (message.recipient, message.key) == (deputy, str(row.pk))
    assert send_message(message_id=message.pk).state == MessageState.SENT
    [sent] = mail.outbox
    assert sent.subject == "You stand in for Workstream lead PA1"
    assert sent.body.startswith(
        "Hello Board member,\n\nWorkstream lead PA1 named you as deputy:\n- for Workstream lead PA1, "
        "from 3 September 2024 to 16 September 2024: PA1, Head of PA1\n\nIn that time"
    )


def test_a_deputy_who_was_taken_back_is_not_told(world, deputy):
    row = name(world, deputy)
    deputies.end_deputyship_now(deputyship=row, by=row.lead)
    [message] = Message.objects.filter(kind=DEPUTY_NAMED)
    assert send_message(message_id=message.pk).state == MessageState.WITHHELD


# --- whom, and for how long -----------------------------------------------------------------------


@pytest.mark.parametrize("role", [role for role in Role if role != Role.WORKSTREAM_LEAD])
def test_only_leads_name_a_deputy(world, role):
    by = world.people[role]
    with pytest.raises(NotAllowed, match="Only workstream leads name a deputy"):
        name(world, world.people[Role.EXECUTIVE_MEMBER], by=by)
    assert not Deputyship.objects.exists()


def test_a_deputy_names_no_deputy(world, deputy):
    name(world, deputy)
    with pytest.raises(NotAllowed, match="that they lead themselves"):
        name(world, world.people[Role.EXECUTIVE_MEMBER], by=deputy)
    assert Deputyship.objects.count() == 1


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        (Role.WORKSTREAM_LEAD, "Select somebody else: nobody stands in for themselves."),
        (
            Role.PARENT_CARER_REPRESENTATIVE,
            "Select somebody else: a parent carer representative only reads the plan.",
        ),
        (Role.ADVISER, "Select somebody else: an adviser only reads the plan."),
    ],
)
def test_some_people_never_stand_in(world, role, sentence):
    with pytest.raises(RuleBroken) as refusal:
        name(world, world.people[role])
    assert refusal.value.errors == {"deputy": [sentence]}


def test_nor_does_who_reads_for_families_beside_another_role(world, deputy):
    make.RoleAssignmentFactory(
        user=deputy, partnership=world.partnership, role=Role.PARENT_CARER_REPRESENTATIVE
    )
    with pytest.raises(RuleBroken, match="parent carer representative"):
        name(world, deputy)


def test_a_deputy_needs_a_role_of_their_own_here_on_the_first_day(world, deputy):
    nobody = ["Select a person with a role in this partnership on the first day."]
    foreign = world.foreign.people[Role.BOARD_MEMBER]
    closed = world.people[Role.EXECUTIVE_MEMBER]
    people.deactivate(person=closed, reason="Left.", by=world.people[Role.ADMINISTRATOR])
    name(world, deputy)
    deputies.end_deputyship_now(
        deputyship=Deputyship.objects.get(), by=Deputyship.objects.get().lead
    )
    ending = deputy.role_assignments.get(role=Role.BOARD_MEMBER)
    roles.end_role(assignment=ending, ends_on=TODAY, by=world.people[Role.ADMINISTRATOR])
    for person in (world.stranger, foreign, closed, deputy):
        with pytest.raises(RuleBroken) as refusal:
            name(world, person, starts_on=TODAY + DAY)
        assert refusal.value.errors == {"deputy": nobody}
    assert name(world, deputy, starts_on=TODAY).deputy == deputy


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [
        (0, 0, None),
        (0, 59, None),
        (10, 69, None),
        (0, 60, "ends_on"),
        (10, 70, "ends_on"),
        (-1, 5, "starts_on"),
        (5, 4, "ends_on"),
    ],
)
def test_for_sixty_days_at_most_from_today_on(world, deputy, starts, ends, field):
    def act():
        return name(world, deputy, starts_on=TODAY + starts * DAY, ends_on=TODAY + ends * DAY)

    if field is None:
        assert (act().ends_on - TODAY).days == ends
        return
    with pytest.raises(RuleBroken) as refusal:
        act()
    assert list(refusal.value.errors) == [field]


def test_one_deputy_at_a_time(world, deputy):
    name(world, deputy)
    other = world.people[Role.EXECUTIVE_MEMBER]
    with pytest.raises(RuleBroken) as refusal:
        name(world, other, starts_on=LAST, ends_on=LAST + 5 * DAY)
    assert refusal.value.errors == {
        "starts_on": ["Board member stands in for you on some of these days. End that first."]
    }
    assert name(world, other, starts_on=LAST + DAY, ends_on=LAST + 5 * DAY).deputy == other


def test_pressing_twice_names_once_and_the_key_is_for_one_form(world, deputy):
    first, second = (name(world, deputy, submission_key="k") for _ in range(2))
    assert first == second
    assert (
        Deputyship.objects.count() == RoleAssignment.objects.filter(deputyship=first).count() == 1
    )
    with pytest.raises(Conflict):
        name(world, deputy, submission_key="k", ends_on=LAST + DAY)


# --- ending it early ------------------------------------------------------------------------------


@pytest.mark.parametrize("who", [Role.WORKSTREAM_LEAD, Role.ADMINISTRATOR])
def test_the_lead_or_an_administrator_ends_it_and_everything_with_it(world, deputy, who):
    row = name(world, deputy, starts_on=TODAY)
    with at(TODAY + 3 * DAY):
        deputies.end_deputyship_now(deputyship=row, reason="Back early", by=world.people[who])
    row.refresh_from_db()
    assert (row.ends_on, row.is_cancelled) == (TODAY + 2 * DAY, False)
    days = [TODAY + 2 * DAY, TODAY + 3 * DAY]
    assert [may_update(deputy, on=day) for day in days] == [True, False]
    assert [bool(in_post(deputy, day)) for day in days] == [True, False]
    for each in (row, row.roles.get(), row.holdings.get()):
        entry = each.history.latest()
        assert (entry.history_user, entry.history_change_reason) == (
            world.people[who],
            "Back early",
        )


def test_taken_back_before_it_began_it_never_counted(world, deputy):
    row = name(world, deputy, starts_on=TODAY + 5 * DAY)
    deputies.end_deputyship(deputyship=row, ends_on=TODAY, by=row.lead)
    row.refresh_from_db()
    assert (row.is_cancelled, row.roles.get().is_cancelled, row.holdings.get().is_cancelled) == (
        True,
        True,
        True,
    )
    assert not may_update(deputy, on=TODAY + 5 * DAY)


@pytest.mark.parametrize("role", set(Role) - {Role.WORKSTREAM_LEAD, Role.ADMINISTRATOR})
def test_nobody_else_ends_it(world, deputy, role):
    row = name(world, deputy)
    with pytest.raises(NotAllowed):
        deputies.end_deputyship_now(deputyship=row, by=world.people[role])
    assert may_update(deputy)


def test_it_becomes_no_longer_and_does_not_end_twice(world, deputy):
    row = name(world, deputy)
    with pytest.raises(RuleBroken, match="only become earlier"):
        deputies.end_deputyship(deputyship=row, ends_on=LAST + DAY, by=row.lead)
    deputies.end_deputyship_now(deputyship=row, by=row.lead)
    with pytest.raises(RuleBroken, match="ended already"):
        deputies.end_deputyship_now(deputyship=row, by=row.lead)


# --- with roles and posts -------------------------------------------------------------------------


def test_what_is_held_as_deputy_does_not_end_by_itself(world, deputy):
    row, administrator = name(world, deputy), world.people[Role.ADMINISTRATOR]
    with pytest.raises(RuleBroken, match="held as somebody's deputy"):
        roles.end_role_now(assignment=row.roles.get(), by=administrator)
    with pytest.raises(RuleBroken, match="held as somebody's deputy"):
        posts.end_holding_now(holding=row.holdings.get(), by=administrator)
    assert may_update(deputy)
    assert in_post(deputy)


def test_when_the_leads_role_or_post_ends_the_deputys_ends_with_it(world, lead, deputy):
    row, administrator = name(world, deputy), world.people[Role.ADMINISTRATOR]
    with at(TODAY + 3 * DAY):
        roles.end_role(
            assignment=lead.role_assignments.get(), ends_on=TODAY + 4 * DAY, by=administrator
        )
        posts.end_holding_now(holding=lead.post_holdings.get(), by=administrator)
    assert (row.roles.get().ends_on, row.holdings.get().ends_on) == (
        TODAY + 4 * DAY,
        TODAY + 2 * DAY,
    )


@pytest.mark.parametrize("who", ["lead", "deputy"])
def test_when_either_leaves_the_time_as_deputy_ends_with_all_that_it_gave(world, lead, deputy, who):
    row, leaving = name(world, deputy), {"lead": lead, "deputy": deputy}[who]
    with at(TODAY + 3 * DAY):
        roles.end_roles_of_leaver(
            person=leaving,
            partnership=world.partnership,
            ends_on=TODAY + 4 * DAY,
            reason="Left the council",
            by=world.people[Role.PROGRAMME_OFFICE],
        )
    row.refresh_from_db()
    assert [each.ends_on for each in (row, row.roles.get(), row.holdings.get())] == [
        TODAY + 4 * DAY
    ] * 3


def test_control_another_leads_end_leaves_the_deputy_alone(world, deputy):
    row, other = name(world, deputy), world.person(Role.WORKSTREAM_LEAD, "PA1")
    roles.end_role_now(assignment=other.role_assignments.get(), by=world.people[Role.ADMINISTRATOR])
    assert row.roles.get().ends_on == LAST


def test_a_deputy_can_be_given_the_role_for_good(world, deputy):
    name(world, deputy)
    administrator = world.people[Role.ADMINISTRATOR]
    given = roles.give_role(
        person=deputy,
        partnership=world.partnership,
        role=Role.WORKSTREAM_LEAD,
        scope_key="PA1",
        known_scope_keys={"PA1"},
        starts_on=TODAY,
        by=administrator,
    )
    holding = posts.put_in_post(
        post=world.posts["PA1"], person=deputy, starts_on=TODAY, by=administrator
    )
    assert (given.ends_on, given.deputyship, holding.deputyship) == (None, None, None)
    assert may_update(deputy, on=LAST + DAY)

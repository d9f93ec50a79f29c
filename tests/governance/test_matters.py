"""What waits of returns: for leads and deputies, then the programme office, then the executive chair."""

import datetime as dt

import pytest

from governance import matters
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.accounts.services import deputies, roles
from plans import selectors
from plans.services import periods
from tests.factories import models as make
from tests.factories.matters import asked
from tests.factories.world import TODAY, World, at
from tests.governance.returning import LEAD, OFFICE, Desk

CHAIR = Role.EXECUTIVE_CHAIR
# August is due on Friday 6 September 2024 and frozen on Tuesday 10 September.
SEVEN_BEFORE, DUE, TWO_LATE, FIVE_LATE = (
    dt.date(2024, 8, 28),
    dt.date(2024, 9, 6),
    dt.date(2024, 9, 10),
    dt.date(2024, 9, 13),
)
DAY = dt.timedelta(days=1)


@pytest.fixture
def desk(world) -> Desk:
    return Desk(world)


def found(world: World, on: dt.date) -> dict[str, list[tuple[str, str]]]:
    """By name of the person, the headings and rungs of August's and September's returns."""
    with at(on):
        periods.advance(plan=world.plan, on=on, by=User.objects.system())
        rows = matters.missing_returns(asked(world.plan, on=on, held_on=on))
    names = dict(User.objects.values_list("pk", "name"))
    return {
        names[person]: [(each.group.heading, each.step.name) for each in rows[person]]
        for person in sorted(rows)
    }


def words(world: World, person: User, on: dt.date) -> list[tuple[str, str, str]]:
    with at(on):
        periods.advance(plan=world.plan, on=on, by=User.objects.system())
        rows = matters.missing_returns(asked(world.plan, on=on, held_on=on))[person.pk]
    return [(each.sentence, each.detail, each.action) for each in rows]


LEADS = ["Workstream lead AI1", "Workstream lead PA1"]
SOON, LATE = "Returns to hand in", "Returns not handed in"


@pytest.mark.parametrize(
    ("on", "leads", "office", "chair"),
    [
        (TODAY, [(SOON, "−7")], [], []),
        (DUE - 2 * DAY, [(SOON, "−2")], [], []),
        (DUE, [(SOON, "0")], [], []),
        (DUE + DAY, [(LATE, "0")], [], []),
        (TWO_LATE, [(LATE, "+2")], [(LATE, "+2")] * 2, []),
        (FIVE_LATE, [(LATE, "+2")], [(LATE, "+2")] * 2, [(LATE, "+5")] * 2),
        (dt.date(2024, 9, 20), [(LATE, "+2")], [(LATE, "+2")] * 2, [(LATE, "+5")] * 2),
        (dt.date(2024, 9, 21), [], [], []),
    ],
)
def test_whom_a_missing_return_concerns_on_which_day(world, on, leads, office, chair):
    expected = dict.fromkeys(LEADS, leads)
    expected |= {"Programme office": office, "Executive chair": chair}
    assert found(world, on) == {name: rungs for name, rungs in expected.items() if rungs}


def test_nothing_before_the_first_rung(world):
    with at(SEVEN_BEFORE - DAY):
        assert (
            matters.missing_returns(asked(world.plan, on=SEVEN_BEFORE - DAY, held_on=TODAY)) == {}
        )
        assert matters.missing_returns(asked(world.plan, on=SEVEN_BEFORE, held_on=TODAY)) != {}


def test_what_is_left_is_counted_for_the_lead_with_drafts_and_for_others_without(world, desk):
    lead, office = world.people[LEAD], world.people[OFFICE]
    with at(TODAY):
        assert words(world, lead, TODAY) == [
            (
                "August 2024 return of PA1 Workstream 1: 2 of 2 milestones left: update 2 more",
                "Due Friday 6 September 2024",
                "Open the August 2024 return of PA1",
            )
        ]
        desk.save("PA1.1-1")
        assert words(world, lead, TODAY)[0][0].endswith("1 of 2 milestones left: update 1 more")
        desk.save("PA1.1-2")
        assert words(world, lead, TODAY)[0][0].endswith("2 milestones are ready, to be submitted")
    ready, other = words(world, office, TWO_LATE)
    sentence, detail, action = ready
    assert sentence == (
        "August 2024 return of PA1 Workstream 1: not handed in, 2 of 2 milestones without an update"
    )
    assert detail == (
        "Due 6 September 2024, 2 working days late. The month is frozen: only the programme office "
        "can reopen it, with a reason"
    )
    assert action == "See the August 2024 returns"
    assert other[0].startswith("August 2024 return of AI1")


def test_on_the_day_and_before_the_freeze_it_says_until_when(world):
    lead = world.people[LEAD]
    assert words(world, lead, DUE)[0][1] == "Due today"
    assert words(world, lead, dt.date(2024, 9, 9))[0][1] == (
        "Due 6 September 2024, 1 working day late; the month is frozen as "
        "Tuesday 10 September 2024 begins"
    )


def test_a_return_without_a_milestone_to_update_is_still_to_be_submitted(world):
    for key in ("PA1.1-1", "PA1.1-2"):
        world.propose(key)
    assert words(world, world.people[LEAD], TODAY)[0][0] == (
        "August 2024 return of PA1 Workstream 1: no milestone needs an update, it only has to be submitted"
    )


def test_what_was_submitted_concerns_nobody_until_it_is_sent_back(world, desk):
    with at(TODAY):
        desk.save("PA1.1-1")
        desk.save("PA1.1-2")
        desk.submit()
    assert list(found(world, DUE)) == ["Workstream lead AI1"]
    with at(DUE):
        desk.send_back()
    next_day = DUE + DAY
    assert found(world, next_day)["Workstream lead PA1"] == [(LATE, "sent back")]
    assert words(world, world.people[LEAD], next_day)[0][0] == (
        "August 2024 return of PA1 Workstream 1: sent back, to be put right and submitted again"
    )
    assert len(found(world, TWO_LATE)["Programme office"]) == 2


def test_deputies_are_told_while_they_stand_in(world):
    with at(TODAY):
        deputies.name_deputy(
            partnership=world.partnership,
            deputy=world.people[Role.BOARD_MEMBER],
            starts_on=DUE,
            ends_on=DUE + DAY,
            by=world.people[LEAD],
        )
    assert [
        "Board member" in found(world, day) for day in (DUE - DAY, DUE, DUE + DAY, TWO_LATE)
    ] == [
        False,
        True,
        True,
        False,
    ]


def test_where_nobody_leads_the_office_is_told_when_a_lead_would_be(world):
    with at(TODAY):
        roles.end_role_now(
            assignment=world.people[LEAD].role_assignments.get(),
            by=world.people[Role.ADMINISTRATOR],
        )
    assert found(world, TODAY) == {
        "Programme office": [(SOON, "−7")],
        "Workstream lead AI1": [(SOON, "−7")],
    }
    [(sentence, _, _)] = words(world, world.people[OFFICE], TODAY)
    assert sentence.endswith(
        "2 of 2 milestones without an update. Nobody leads this workstream now"
    )


def test_who_leads_and_chairs_the_executive_has_one_matter_as_lead(world):
    chair = world.people[CHAIR]
    make.RoleAssignmentFactory(
        user=chair, partnership=world.partnership, role=LEAD, scope_key="PA1"
    )
    assert found(world, FIVE_LATE)["Executive chair"] == [(LATE, "+2"), (LATE, "+5")]
    links = {
        each.path.rsplit("/", 2)[1]
        for each in matters.missing_returns(asked(world.plan, on=FIVE_LATE, held_on=FIVE_LATE))[
            chair.pk
        ]
    }
    assert links == {"PA1", "2024-08"}


def test_two_months_stand_side_by_side_while_both_are_chased(world):
    # September is due on 7 October; on 10 October nobody has handed it in, and October is far.
    assert found(world, dt.date(2024, 10, 10)) == {
        **{name: [(LATE, "+2")] for name in LEADS},
        "Programme office": [(LATE, "+2")] * 2,
    }


def test_what_was_handed_in_waits_to_be_checked_by_another(world, desk):
    office, second = world.people[OFFICE], world.person(OFFICE)
    with at(TODAY):
        desk.save("PA1.1-1")
        desk.save("PA1.1-2")
        assert matters.returns_to_check(asked(world.plan, on=TODAY, held_on=TODAY)) == {
            office.pk: [],
            second.pk: [],
        }
        desk.submit(by=office)
        rows = matters.returns_to_check(asked(world.plan, on=TODAY, held_on=TODAY))
    assert rows[office.pk] == []
    [matter] = rows[second.pk]
    assert (matter.sentence, matter.detail, matter.step) == (
        "August 2024 return of PA1 Workstream 1",
        "Submitted 3 September 2024",
        None,
    )
    with at(TODAY):
        desk.accept(by=second)
        assert matters.returns_to_check(asked(world.plan, on=TODAY, held_on=TODAY))[second.pk] == []


def test_home_and_digest_are_made_of_it(world):
    lead = world.people[LEAD]
    with at(TODAY):
        shown = selectors.waiting_for(lead, plans=[world.plan], on=TODAY, held_on=TODAY)
    assert [each.group.heading for each in shown.groups] == [SOON]
    assert shown.tells(after=None)


def test_the_number_of_queries_does_not_grow_with_milestones_or_people(
    world, django_assert_max_num_queries
):
    def queries() -> int:
        with at(TWO_LATE), django_assert_max_num_queries(60) as captured:
            matters.missing_returns(asked(world.plan, on=TWO_LATE, held_on=TWO_LATE))
        return len(captured)

    few = queries()
    for number in range(20, 30):
        make.MilestoneFactory(action=world.actions["PA1.1"], key=f"PA1.1-{number}", position=number)
        world.person(OFFICE)
    assert queries() == few

"""A pack on its way: who takes which step, what is refused, and what stays on record."""

import datetime as dt

import pytest

from governance.boardpack import snapshot
from governance.enums import Edition, PackState
from governance.models import Delivery, PackRun
from governance.selectors import packs as reads
from governance.services import pack_runs
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.jobs.models import Job
from tests.factories import models as make
from tests.factories.world import at, noon
from tests.governance import steps
from tests.governance.steps import AUGUST

NOW = dt.date(2024, 9, 12)
REOPENED, AGAIN = dt.date(2024, 9, 16), dt.date(2024, 9, 18)
OFFICE, CHAIR = Role.PROGRAMME_OFFICE, Role.JOINT_CHAIR


@pytest.fixture
def pack(packable):
    return steps.read_pack(packable, AUGUST, on=NOW)


@pytest.fixture
def laid_out(pack):
    return steps.lay_out(pack, on=NOW)


@pytest.fixture
def released(packable, pack):
    return steps.release(packable, pack, on=NOW)


def act(what, run, by, **given):
    with at(NOW):
        return getattr(pack_runs, what)(run=run, base_version=run.version, by=by, **given)


def as_role(world, role):
    return world.people[role]


STEPS = {
    "prepare": ("laid_out", OFFICE, {"foreword": "Two late starts."}, "rendered"),
    "release": ("laid_out", OFFICE, {}, "released"),
    "send_back": ("released", CHAIR, {"reason": "The foreword is missing."}, "rendered"),
    "issue": ("released", CHAIR, {}, "issued"),
}


@pytest.mark.parametrize("what", STEPS)
def test_each_step_is_taken_by_its_role_alone_and_stays_on_record(packable, request, what):
    before, role, given, after = STEPS[what]
    run = request.getfixturevalue(before)
    for other in set(Role) - {role}:
        with pytest.raises(NotAllowed):
            act(what, run, as_role(packable, other), **given)
    moved = act(what, run, as_role(packable, role), **given)
    assert (moved.state, moved.version) == (after, run.version + 1)
    entry = moved.history.latest("history_id")
    assert (entry.history_user, entry.state) == (as_role(packable, role), after)


@pytest.mark.parametrize("what", STEPS)
def test_a_step_on_an_earlier_version_is_refused(packable, request, what):
    before, role, given, _ = STEPS[what]
    run = request.getfixturevalue(before)
    with at(NOW), pytest.raises(Conflict, match="changed after you opened the page"):
        getattr(pack_runs, what)(
            run=run, base_version=run.version - 1, by=as_role(packable, role), **given
        )
    run.refresh_from_db()
    assert run.state == {"laid_out": "rendered", "released": "released"}[before]


@pytest.mark.parametrize("what", STEPS)
def test_the_same_press_twice_is_once(packable, request, what):
    before, role, given, after = STEPS[what]
    run = request.getfixturevalue(before)
    version = run.version
    for _ in range(2):
        with at(NOW):
            moved = getattr(pack_runs, what)(
                run=run,
                base_version=version,
                by=as_role(packable, role),
                submission_key="k",
                **given,
            )
        assert (moved.state, moved.version) == (after, version + 1)


def test_a_planned_or_read_pack_is_not_released(packable, pack):
    run = steps.run_of(pack)
    assert run.state == PackState.SNAPSHOTTED
    with pytest.raises(RuleBroken, match="cannot be done now"):
        act("release", run, as_role(packable, OFFICE))


def test_laying_out_twice_changes_nothing(laid_out):
    with at(NOW):
        again = pack_runs.mark_rendered(run=laid_out, by=User.objects.system())
    assert again.version == laid_out.version


def test_nobody_issues_what_they_released(packable, laid_out):
    both = as_role(packable, OFFICE)
    make.RoleAssignmentFactory(
        user=both, partnership=packable.partnership, role=CHAIR, scope_key="PA1"
    )
    run = act("release", laid_out, both)
    with pytest.raises(RuleBroken, match="another joint chair issues it"):
        act("issue", run, both)
    assert act("issue", run, as_role(packable, CHAIR)).issued_by == as_role(packable, CHAIR)


def test_the_foreword_is_the_offices_with_name_and_day(packable, laid_out):
    run = act("prepare", laid_out, as_role(packable, OFFICE), foreword=" Two late starts. ")
    assert (run.foreword, run.foreword_by) == ("Two late starts.", as_role(packable, OFFICE))
    shown = snapshot.shown(steps.run_of(run.pack))
    assert (shown.foreword.words, shown.foreword.by) == (
        "Two late starts.",
        as_role(packable, OFFICE).name,
    )
    emptied = act("prepare", run, as_role(packable, OFFICE), foreword="")
    assert (emptied.foreword, emptied.foreword_by, emptied.foreword_at) == ("", None, None)
    assert snapshot.shown(steps.run_of(run.pack)).foreword is None
    assert [row.foreword for row in run.history.order_by("history_id")][-2:] == [
        "Two late starts.",
        "",
    ]


def test_sections_are_ordered_and_left_out_without_a_change_of_what_is_stored(packable, laid_out):
    order, left_out = ["workstreams", "impact", "dates", "sign_off"], ["glossary"]
    run = act(
        "prepare",
        laid_out,
        as_role(packable, OFFICE),
        foreword="",
        order=order,
        left_out=left_out,
    )
    assert (run.order, run.left_out) == (order, left_out)
    assert snapshot.opened(steps.run_of(run.pack).pack).order == ()
    for given in ({"order": ["exceptions"]}, {"left_out": ["no-update"]}):
        with pytest.raises(RuleBroken):
            act("prepare", run, as_role(packable, OFFICE), foreword="", **given)


def test_a_returned_pack_says_why_until_it_is_released_again(packable, released):
    chair, office = as_role(packable, CHAIR), as_role(packable, OFFICE)
    with pytest.raises(RuleBroken) as refusal:
        act("send_back", released, chair, reason=" ")
    assert list(refusal.value.errors) == ["reason"]
    back = act("send_back", released, chair, reason="No foreword.")
    assert (back.returned_reason, back.returned_by, back.released_by) == (
        "No foreword.",
        chair,
        None,
    )
    again = act("release", back, office)
    assert (again.returned_reason, again.returned_by, again.released_by) == ("", None, office)


def test_a_pack_of_a_reopened_month_is_not_issued_and_its_next_version_is(packable, released):
    steps.unfreeze(packable, on=REOPENED, freezes_on=AGAIN, reason="Counted twice.")
    chair = as_role(packable, CHAIR)
    fresh = steps.run_of(released.pack)
    with pytest.raises(RuleBroken, match="the month was reopened"):
        act("issue", fresh, chair)
    steps.advance(packable, AGAIN)
    second = steps.read_pack(packable, AUGUST, on=AGAIN)
    with pytest.raises(RuleBroken, match="there is a later version"):
        act("issue", fresh, chair)
    assert steps.issue(packable, second, on=AGAIN).revision == 2
    assert Delivery.objects.filter(run=fresh).count() == 0


def test_a_correction_is_a_further_version_with_its_reason(packable, pack):
    first = steps.issue(packable, pack, on=NOW)
    office = as_role(packable, OFFICE)
    with pytest.raises(NotAllowed):
        act("reissue", first, as_role(packable, CHAIR), reason="A name was wrong.")
    second = act("reissue", first, office, reason="A name was wrong.", submission_key="k")
    assert act("reissue", first, office, reason="A name was wrong.", submission_key="k") == second
    assert (second.revision, second.state, second.pack) == (2, "planned", None)
    assert Job.objects.get(key__endswith="version 2").arguments["edition"] == "board"
    with pytest.raises(RuleBroken, match="a later version already"):
        act("reissue", first, office, reason="Once more.")
    again = steps.read_pack(packable, AUGUST, on=NOW)
    assert (again.revision, again.reason) == (2, "A name was wrong.")
    assert snapshot.opened(again).changed == (
        "Nothing in its figures, milestones or sections changed.",
    )
    first.refresh_from_db()
    assert (first.state, first.pack) == ("issued", pack)


def test_what_changed_after_a_reopening_is_told(packable, pack):
    steps.issue(packable, pack, on=NOW)
    steps.unfreeze(packable, on=REOPENED, freezes_on=AGAIN, reason="Counted twice.")
    steps.report(
        packable, "PA1.1-2", moment=noon(dt.date(2024, 9, 17)), what_happened="Counted once."
    )
    steps.advance(packable, AGAIN)
    changed = snapshot.opened(steps.read_pack(packable, AUGUST, on=AGAIN)).changed
    assert [words for words in changed if words.startswith("PA1.1-2")] == [
        "PA1.1-2: stage, rating, what happened, what is next."
    ]
    assert not [words for words in changed if words.startswith("AI1.1-1")]


def test_two_plan_the_same_revision_and_one_is_left(packable):
    period = packable.period(AUGUST)
    with at(NOW):
        first = pack_runs.plan_run(period=period, edition=Edition.BOARD, by=User.objects.system())
        again = pack_runs._planned(period, "board", revision=1, by=User.objects.system())
    assert (first, PackRun.objects.count()) == (again, 1)
    assert reads.run_of_freeze(period=period, edition=Edition.BOARD) == first


def test_the_executive_has_editions_in_the_months_of_its_rhythm(packable):
    august = [row for row in reads.periods_without_pack(Edition.EXECUTIVE) if row.month == AUGUST]
    assert august == [packable.period(AUGUST)]
    packable.plan.rhythm_decisions.model.add(
        plan=packable.plan,
        number=1,
        rhythm="quarterly",
        from_month=dt.date(2024, 7, 1),
        reason="Delivery is steady.",
        by=packable.people[Role.EXECUTIVE_CHAIR],
        at=noon(dt.date(2024, 9, 1)),
    )
    assert packable.period(AUGUST) not in reads.periods_without_pack(Edition.EXECUTIVE)
    assert packable.period(AUGUST) in reads.periods_without_pack(Edition.FAMILIES)

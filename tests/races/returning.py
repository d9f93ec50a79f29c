"""What people do with one return at the same moment: ``python -m tests.races.returning``.

``prepare PLAN ROUNDS`` makes a plan for each round in the partnership of a plan, with one workstream
whose return of August is ready to be saved, submitted or decided. ``act PARTNERSHIP ACT`` does one
act in each of them, each at a word, and says in a line of JSON what came of it. ``stored`` tells what
is kept. Nothing of the application is replaced, but for the control.
"""

import datetime as dt
import json
import sys
from collections.abc import Callable
from typing import Any

import django

django.setup()

from governance import policies, selectors  # noqa: E402 - after the set-up that models need
from governance.models import Return  # noqa: E402
from governance.policies import returns as rules  # noqa: E402
from governance.services import returns  # noqa: E402
from hertsend.accounts.models import Partnership, User  # noqa: E402
from hertsend.accounts.roles import Role  # noqa: E402
from hertsend.errors import Conflict, RuleBroken  # noqa: E402
from plans import policies as plan_policies  # noqa: E402
from plans.models import Milestone, Plan, ReportingPeriod, UpdateDraft  # noqa: E402
from plans.policies import UpdateWords  # noqa: E402
from plans.selectors.rows import shown_to_decide, shown_to_submit  # noqa: E402
from plans.services import drafts, periods  # noqa: E402
from tests.factories import models as make  # noqa: E402
from tests.factories.world import TODAY  # noqa: E402

KEY, MONTH = "R", dt.date(2024, 8, 1)
FREEZE = dt.date(2024, 9, 10)
PEOPLE = {
    "first": ("First lead", Role.WORKSTREAM_LEAD, KEY),
    "second": ("Second lead", Role.WORKSTREAM_LEAD, KEY),
    "accepts": ("First of the office", Role.PROGRAMME_OFFICE, ""),
    "sends back": ("Second of the office", Role.PROGRAMME_OFFICE, ""),
}
TYPED = UpdateWords(stage="in_progress", rating="green", what_happened="Work began.")


class AnyVersion(int):
    """The control: whatever the version is now, this is it."""

    __hash__ = int.__hash__

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False


class AnyWords(str):
    """The control: whatever the page would show now, this is it."""

    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        return True

    def __ne__(self, other: object) -> bool:
        return False


def prepare(slug: str, number: str, until: str) -> dict[str, Any]:
    """So many plans, whose return has come as far as is asked: ``opened``, ``drafted``, ``submitted``."""
    partnership = Plan.objects.get(slug=slug).partnership
    for name, role, scope in PEOPLE.values():
        user = make.UserFactory(name=name, email=f"{name.replace(' ', '.')}@example.org".lower())
        make.RoleAssignmentFactory(user=user, partnership=partnership, role=role, scope_key=scope)
    system = User.objects.system()
    for place in range(int(number)):
        plan = make.PlanFactory(partnership=partnership, slug=f"race-{place:03}")
        stream = make.WorkstreamFactory(plan=plan, key=KEY)
        make.MilestoneFactory(action=make.ActionFactory(workstream=stream))
        periods.ensure_calendar(plan=plan, first=MONTH, last=dt.date(2024, 9, 1), by=system)
        periods.advance(plan=plan, on=TODAY, by=system)
        returns.make_missing(plan=plan, by=system)
        if until != "opened":
            save(plan, "first", words=TYPED)
        if until == "submitted":
            submit(plan, "first")
    return {"partnership": partnership.pk}


def person(who: str) -> User:
    """One of those who take part."""
    return User.objects.get(name=PEOPLE[who][0])


def august(plan: Plan) -> ReportingPeriod:
    """The month of the return."""
    return plan.periods.get(month=MONTH)


def line_of(plan: Plan) -> selectors.ReturnLine:
    """The return as everyone read it."""
    (line,) = selectors.returns_of(
        august(plan),
        workstreams=plan.workstreams.all(),
        on=TODAY,
        visible=(),
        drafts=UpdateDraft.objects.all(),
    )
    return line


def save(plan: Plan, who: str, *, words: UpdateWords | None = None, base: int = 0) -> None:
    """A lead saves the one row."""
    milestone = Milestone.objects.get(plan=plan)
    typed = words or UpdateWords(stage="in_progress", rating="green", what_happened=f"By {who}.")
    drafts.save(
        milestone=milestone,
        period=august(plan),
        words=typed,
        base_version=base,
        milestone_version=milestone.version,
        by=person(who),
    )


Seen = tuple[int, str]


def submit(plan: Plan, who: str, seen: Seen | None = None) -> None:
    """A lead hands in what they read."""
    line = line_of(plan)
    _call(returns.submit, plan, who, seen or (line.version, shown_to_submit(line.rows)))


def _call(service: Callable[..., Any], plan: Plan, who: str, seen: Seen, **more: Any) -> None:
    service(
        workstream=plan.workstreams.get(),
        period=august(plan),
        base_version=seen[0],
        shown=seen[1],
        by=person(who),
        **more,
    )


def freeze(plan: Plan) -> None:
    """The calendar freezes the month."""
    assert periods.advance(plan=plan, on=FREEZE, by=User.objects.system())


def reading(plan: Plan, act: str) -> Seen:
    """What the page showed before the word was given."""
    line = line_of(plan)
    decides = act in ("accepts", "sends back")
    return line.version, (shown_to_decide if decides else shown_to_submit)(line.rows)


ACTS: dict[str, Callable[[Plan, Seen], None]] = {
    "first saves": lambda plan, seen: save(
        plan, "first", base=AnyVersion(0) if is_any(seen) else 0
    ),
    "second saves": lambda plan, seen: save(
        plan, "second", base=AnyVersion(0) if is_any(seen) else 0
    ),
    "first submits": lambda plan, seen: submit(plan, "first", seen),
    "second submits": lambda plan, seen: submit(plan, "second", seen),
    "accepts": lambda plan, seen: _call(returns.accept, plan, "accepts", seen),
    "sends back": lambda plan, seen: _call(
        returns.send_back, plan, "sends back", seen, comment="How many?"
    ),
    "freezes": lambda plan, seen: freeze(plan),
}


def is_any(seen: Seen) -> bool:
    """Whether this is the control."""
    return isinstance(seen[0], AnyVersion)


def take_checks_away() -> None:
    """The control: neither states nor months are looked at, nor whether anything is new or complete."""
    policies.check_act = lambda act, **_: rules.ACTS[act][1]  # type: ignore[assignment]
    returns._check_something_new = returns._check_complete = lambda *_: None
    plan_policies.check_period_accepts = lambda **_: None  # type: ignore[assignment]


def act(partnership: str, name: str, unchecked: str = "") -> None:
    """Do one act in each plan, each at a word."""
    if unchecked:
        take_checks_away()
    for plan in Plan.objects.filter(partnership=partnership, slug__startswith="race-").order_by(
        "slug"
    ):
        seen: Seen = (0, "") if name == "freezes" else reading(plan, name)
        if unchecked:
            seen = (AnyVersion(seen[0]), AnyWords(seen[1]))
        _tell("ready")
        sys.stdin.readline()
        _tell(json.dumps(outcome(name, plan, seen)))


def outcome(name: str, plan: Plan, seen: Seen) -> dict[str, str]:
    """What one is told; of a conflict also what one typed and what stands in its place."""
    try:
        ACTS[name](plan, seen)
    except Conflict as error:
        told = {"end": "conflict"}
        if error.submitted:
            told |= {
                "mine": error.submitted["what_happened"],
                "theirs": error.current["what_happened"],
            }
        return told
    except RuleBroken:
        return {"end": "refused"}
    return {"end": "done"}


def _tell(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def stored(partnership: str) -> list[dict[str, Any]]:
    """What is kept of each round."""
    rows = Plan.objects.filter(
        partnership=Partnership(pk=int(partnership)), slug__startswith="race-"
    )
    return [_kept(plan) for plan in rows.order_by("slug")]


def _kept(plan: Plan) -> dict[str, Any]:
    row = Return.objects.get(period=august(plan))
    draft = UpdateDraft.objects.filter(milestone__plan=plan).first()
    frozen_at = august(plan).frozen_at
    updates = list(Milestone.objects.get(plan=plan).updates.order_by("version"))
    return {
        "state": row.state,
        "version": row.version,
        "acts": list(row.steps.order_by("version").values_list("act", flat=True)),
        "draft": draft.what_happened if draft and draft.is_live else "",
        "saved": draft.version if draft else 0,
        "updates": [each.what_happened for each in updates],
        "frozen": frozen_at is not None,
        "after_freeze": sum(frozen_at is not None and each.at > frozen_at for each in updates),
    }


COMMANDS: dict[str, Callable[..., Any]] = {"prepare": prepare, "stored": stored}

if __name__ == "__main__":
    if sys.argv[1] == "act":
        act(*sys.argv[2:])
    else:
        sys.stdout.write(json.dumps(COMMANDS[sys.argv[1]](*sys.argv[2:])) + "\n")

"""Indicators: taken over from the plan, defined, and set how they are read."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import Post, User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from hertsend.records import submissions
from hertsend.records.bases import save_audited
from hertsend.records.words import stripped
from kpis.models import Indicator, IndicatorDefinition
from kpis.policies import settings as rules
from kpis.policies.settings import DefinitionWords
from kpis.services.shape import PlanIndicator, indicators_in
from plans.models import Plan
from plans.services.importing.following import follows_import


@follows_import
@transaction.atomic
def take_over(*, plan: Plan, by: User, reason: str) -> None:
    """Make and change the plan's indicators as its imported file says; nothing else of them.

    Runs in the transaction of the import. Indicators that the file no longer has stay.
    """
    access.require(by, Permission.IMPORT_PLAN, partnership_id=plan.partnership_id)
    section = plan.sections.filter(key="indicators").first()
    rows = Indicator.objects.select_for_update().filter(plan=plan)
    stored = {row.key: row for row in rows}
    streams = {row.key: row for row in plan.workstreams.all()}
    actions = {row.key: row for row in plan.actions.select_related("workstream")}
    for position, one in enumerate(indicators_in(section.content if section else []), start=1):
        row = stored.get(one.key) or Indicator(plan=plan, key=one.key)
        own = [actions[key] for key in one.actions]
        first = own[0].workstream if own else next(iter(streams.values()))
        columns = one.columns | {
            "position": position,
            "workstream": streams[one.workstream] if one.workstream else first,
        }
        changed = [name for name, value in columns.items() if getattr(row, name, None) != value]
        if row.pk is None or changed:
            for name, value in columns.items():
                setattr(row, name, value)
            save_audited(row, by=by, reason=reason, fields=changed if row.pk else None)
        _link(row, one, actions, by=by, reason=reason)


def _link(
    row: Indicator, one: PlanIndicator, actions: dict[str, Any], *, by: User, reason: str
) -> None:
    """Tie the indicator to the actions that state it; its history names the change."""
    before = set(row.actions.values_list("key", flat=True))
    if before == set(one.actions):
        return
    row.actions.set([actions[key] for key in one.actions])
    if before:
        words = f"{reason}. actions: {', '.join(sorted(before))} → {', '.join(one.actions)}"
        save_audited(row, by=by, reason=words, fields=["key"])


def _lock(indicator: Indicator) -> Indicator:
    return (
        Indicator.objects.select_for_update(of=("self",))
        .select_related("plan", "workstream")
        .get(pk=indicator.pk)
    )


@transaction.atomic
def define(
    *,
    indicator: Indicator,
    words: DefinitionWords,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> IndicatorDefinition:
    """Say how an indicator is counted from a period on; the charts draw a line there.

    Raises ``NotAllowed``, ``RuleBroken``, and ``Conflict`` when the definition changed since the
    page was opened.
    """
    row = _lock(indicator)
    access.require(by, Permission.MANAGE_MEASURES, partnership_id=row.plan.partnership_id)
    body = {"indicator": row.pk, "base": base_version, **asdict(words)}
    fingerprint = submissions.fingerprint_of("define", body)
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=fingerprint)
    if earlier is not None:
        return IndicatorDefinition.objects.get(pk=earlier)
    latest = row.definitions.first()
    version = latest.version if latest else 0
    if version != base_version:
        raise Conflict(
            "Someone else changed the definition after you opened it. Compare, then save again.",
            current={"version": version, "counting_rule": latest.counting_rule if latest else ""},
            submitted=asdict(words),
        )
    rules.check_definition(
        words,
        kind_before=latest.period_kind if latest else None,
        has_figures=row.measurements.exists(),
    )
    made = IndicatorDefinition.add(
        indicator=row, version=version + 1, by=by, at=dates.now(), **stripped(words)
    )
    submissions.remember(person=by, key=submission_key, fingerprint=fingerprint, result=made.pk)
    return made


@dataclass(frozen=True)
class Reading:
    """How an indicator is read and shown: everything that the programme office sets."""

    owner: Post | None = None
    plain_words: str = ""
    tolerance: Decimal = Decimal(10)
    trajectory: tuple[tuple[str, str], ...] = ()
    plausible_low: Decimal | None = None
    plausible_high: Decimal | None = None
    outcomes: tuple[str, ...] = ()
    companions: tuple[Indicator, ...] = ()
    companion_reason: str = ""
    for_families: bool = False
    for_public: bool = False
    suppress_below: int = 5
    spc_shift: int = 7
    spc_trend: int = 7
    spc_minimum: int = 13
    spc_baseline: int | None = None
    spc_screen: bool = False


@transaction.atomic
def set_reading(
    *, indicator: Indicator, reading: Reading, reason: str, base_version: int, by: User
) -> Indicator:
    """Set how an indicator is read, with a reason that stays in its history.

    Raises ``NotAllowed``, ``RuleBroken``, and ``Conflict`` when someone else was first.
    """
    row = _lock(indicator)
    access.require(by, Permission.MANAGE_MEASURES, partnership_id=row.plan.partnership_id)
    if row.version != base_version:
        raise Conflict(
            "Someone else changed these settings after you opened them. Open the page again."
        )
    values = {
        name: getattr(reading, name)
        for name in Reading.__dataclass_fields__
        if name != "companions"
    }
    values["trajectory"] = [list(each) for each in reading.trajectory]
    values["outcomes"] = list(reading.outcomes)
    rules.check_reading(
        values,
        reason=reason,
        owner_is_ours=reading.owner is None
        or reading.owner.partnership_id == row.plan.partnership_id,
        companions_are_ours=all(
            one.plan_id == row.plan_id and one.pk != row.pk for one in reading.companions
        ),
    )
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.companions.set(reading.companions)
    beside = ", ".join(one.key for one in reading.companions)
    words = f"{reason.strip()} (beside it: {beside})" if beside else reason.strip()
    save_audited(row, by=by, reason=words, fields=[*values, "version"])
    return row

"""Whole actions: the sheet that a signer is shown, whether the signature stands, who had a part."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.db.models import Max, QuerySet

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from plans import permissions, policies
from plans.enums import ActionAct, Stage, StageAct
from plans.models import (
    Action,
    ActionSignOff,
    Evidence,
    ImpactRating,
    Milestone,
    StageChange,
)
from plans.policies import Sheet, SheetLine
from plans.selectors.authors import Part, evidence_parts, parts_in, with_leads_behind
from plans.selectors.behalf import stand_ins_in
from plans.selectors.past import those_there, until
from plans.selectors.sheets import confirmed_ratings, evidence_line, impact_line


@dataclass(frozen=True)
class ActionStanding:
    """Whether an action is signed off, and by which act; ``ended_by`` says what undid a signature."""

    is_signed_off: bool
    latest: ActionSignOff | None = None
    reopened: StageChange | None = None


NOT_SIGNED = ActionStanding(is_signed_off=False)


def action_standings(
    actions: Collection[Action], *, at: dt.datetime | None = None
) -> dict[int, ActionStanding]:
    """Whether each action is signed off, as at a moment or now. Three queries.

    As at a moment, milestones that were added later do not count, and each begins not started.
    """
    keys = [row.pk for row in actions]
    there = those_there(Milestone.objects.filter(action__in=keys), at=at)
    changes = until(at, StageChange.objects.filter(milestone__action__in=keys))
    stages = None if at is not None else {row.pk: row.stage for row in there}
    return standings_of(
        actions,
        at=at,
        action_of={row.pk: row.action_id for row in there},
        changes=changes.order_by("pk"),
        stages=stages,
    )


def standings_of(
    actions: Collection[Action],
    *,
    at: dt.datetime | None,
    action_of: Mapping[int, int],
    changes: Iterable[StageChange],
    stages: Mapping[int, str] | None = None,
) -> dict[int, ActionStanding]:
    """The same for who has read the milestones and the acts on them already. One query.

    ``action_of`` is the action of each milestone that counts, ``changes`` are the acts up to the moment,
    the first first, ``stages`` how each milestone stands; without them they are told by the acts.
    """
    keys = [row.pk for row in actions]
    signatures = until(at, ActionSignOff.objects.filter(action__in=keys))
    latest = {
        row.action_id: row
        for row in signatures.select_related("by", "last_change").order_by("number")
    }
    reopened = defaultdict(list)
    told: dict[int, str] = dict.fromkeys(action_of, Stage.NOT_STARTED)
    for change in changes:
        told[change.milestone_id] = change.to_stage
        if change.act == StageAct.REOPENED and change.milestone_id in action_of:
            reopened[action_of[change.milestone_id]].append(change)
    found = told if stages is None else stages
    return {
        key: _standing(
            latest.get(key),
            reopened=reopened[key],
            stages=[found[pk] for pk, action in action_of.items() if action == key],
        )
        for key in keys
    }


def action_standing(action: Action, *, at: dt.datetime | None = None) -> ActionStanding:
    """Whether one action is signed off."""
    return action_standings([action], at=at)[action.pk]


def _standing(
    latest: ActionSignOff | None, *, reopened: list[StageChange], stages: list[str]
) -> ActionStanding:
    if latest is None:
        return NOT_SIGNED
    seen = latest.last_change_id or 0
    since = [change for change in reopened if change.pk > seen]
    is_signed_off = policies.is_action_signed_off(
        latest_act=latest.act, reopened_since=bool(since), stages=stages
    )
    ended_by = since[0] if since and latest.act == ActionAct.SIGNED else None
    return ActionStanding(is_signed_off=is_signed_off, latest=latest, reopened=ended_by)


def last_change_in(action: Action) -> StageChange | None:
    """The last act on any milestone of the action."""
    return StageChange.objects.filter(milestone__action=action).order_by("pk").last()


def stages_in(action: Action) -> list[str]:
    """The stages of the action's milestones."""
    return list(Milestone.objects.filter(action=action).values_list("stage", flat=True))


def action_parts_in(actions: Collection[Action]) -> dict[int, dict[int, list[Part]]]:
    """Who did what in these actions: on their milestones and on their impact, oldest first."""
    keys = [row.pk for row in actions]
    rows = {row.pk: row.action_id for row in Milestone.objects.filter(action__in=keys)}
    found: dict[int, dict[int, list[Part]]] = {key: defaultdict(list) for key in keys}
    for milestone, parts in parts_in(rows).items():
        for person, done in parts.items():
            found[rows[milestone]][person] += done
    for action, person, part in with_leads_behind(_done_in(keys), stand_ins_in(keys)):
        found[action][person].append(part)
    for parts in found.values():
        for done in parts.values():
            done.sort(key=lambda part: part.on)
    return found


def _done_in(keys: list[int]) -> Iterator[tuple[int, int, Part]]:
    """What people did on whole actions: evidence of them, and ratings of their impact."""
    for piece in Evidence.objects.filter(action__in=keys, milestone=None):
        for _, person, part in evidence_parts([piece]):
            yield piece.action_id, person, part
    for rating in ImpactRating.objects.filter(action__in=keys):
        part = Part("rated its impact", dates.day_of(rating.at))
        yield rating.action_id, rating.by_id, part


def action_parts(action: Action) -> dict[int, list[Part]]:
    """Who did what in one action."""
    return action_parts_in([action])[action.pk]


def people_who_can_sign_action(action: Action, *, on: dt.date) -> list[User]:
    """The accountable joint chairs who had no part in the action, by name."""
    scope = permissions.scope_of_action(action)
    chairs = access.people_with(Permission.SIGN_OFF_MILESTONE, on=on, **scope)
    authors = action_parts(action)
    return [each for each in chairs if each.pk not in authors]


def action_sheet(action: Action) -> Sheet:
    """The sheet of an action, read anew."""
    evidence = Evidence.objects.standing().filter(action=action, milestone=None)
    return Sheet(
        plan=action.plan.slug,
        key=action.key,
        lines=(
            SheetLine("promise", "Promised in the plan", action.text),
            SheetLine(
                "impact promised", "Impact promised in the plan", "\n\n".join(action.impacts)
            ),
            *_impact(action),
        ),
        milestones=tuple(_milestone(row) for row in _milestones(action)),
        evidence=tuple(evidence_line(piece) for piece in evidence.select_related("file")),
    )


def _milestones(action: Action) -> QuerySet[Milestone]:
    return (
        Milestone.objects.filter(action=action)
        .annotate(ended_at=Max("stage_changes__at"))
        .order_by("position", "pk")
    )


def _milestone(row: Milestone) -> SheetLine:
    """A milestone with how and when it ended."""
    ended = f", {policies.in_words(dates.day_of(row.ended_at))}" if row.ended_at else ""
    words = f"{row.text}\n{Stage(row.stage).label}{ended}, version {row.version}"
    return SheetLine(f"milestone {row.key}", row.key, words)


def _impact(action: Action) -> list[SheetLine]:
    """The impact that a joint chair confirmed last, and who did."""
    rating = confirmed_ratings([action.pk]).get(action.pk)
    if rating is None:
        return []
    confirmed_on = policies.in_words(dates.day_of(rating.decision.at))
    people = f"{rating.decision.by.name}, {confirmed_on}; proposed by {rating.by.name}"
    return [
        impact_line(rating),
        SheetLine("impact words", "What has changed for families", rating.words),
        SheetLine("impact confirmed", "Impact confirmed by", people),
    ]

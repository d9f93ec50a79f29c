"""Who did what on a milestone: nobody decides on their own work, in any role.

Work is: an update, words typed for one, an exception report, a confirmation that there is nothing to report, a proposal,
evidence added or withdrawn, a new date asked for, and holding a post that leads it (as deputy too). What a deputy
did is also the work of the lead for whom they stood in. Reviewing is no work: who agreed a date, returned, signed,
reopened or confirmed an impact may decide again.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import PostHolding, User
from hertsend.accounts.roles import Permission
from plans import permissions, policies
from plans.models import (
    DateChange,
    DateChangeRequest,
    Evidence,
    ExceptionReport,
    Milestone,
    MilestoneLead,
    MilestoneUpdate,
    NothingToReport,
    StageChange,
    UpdateDraft,
)
from plans.selectors.behalf import StandIns, stand_ins_on


@dataclass(frozen=True)
class Part:
    """One thing that a person did; ``what`` follows "You"."""

    what: str
    on: dt.date


Parts = dict[int, dict[int, list[Part]]]
"""By milestone, then by person: what they did, oldest first."""


def parts_in(milestones: Collection[int]) -> Parts:
    """Who did what on the milestones with these primary keys. Fourteen queries, however many."""
    keys = list(milestones)
    found: Parts = {key: defaultdict(list) for key in keys}
    for milestone, person, part in sorted(_all_parts(keys), key=lambda each: each[2].on):
        found[milestone][person].append(part)
    return found


def parts_of(milestone: Milestone) -> dict[int, list[Part]]:
    """Who did what on one milestone."""
    return parts_in([milestone.pk])[milestone.pk]


def author_ids(milestone: Milestone) -> set[int]:
    """Everyone who had a part in the work: those who may not decide on it."""
    return set(parts_of(milestone))


def people_who_can_sign(milestone: Milestone, *, on: dt.date) -> list[User]:
    """The accountable joint chairs who had no part in the work, by name."""
    authors = author_ids(milestone)
    scope = permissions.scope_of(milestone)
    chairs = access.people_with(Permission.SIGN_OFF_MILESTONE, on=on, **scope)
    return [each for each in chairs if each.pk not in authors]


def _all_parts(keys: list[int]) -> Iterator[tuple[int, int, Part]]:
    yield from with_leads_behind(_done(keys), stand_ins_on(keys))
    yield from _leads(keys)


def with_leads_behind(
    parts: Iterable[tuple[int, int, Part]], stand_ins: StandIns
) -> Iterator[tuple[int, int, Part]]:
    """Each part under its person, and under the lead in whose place they may have done it."""
    for key, person, part in parts:
        yield key, person, part
        for each in stand_ins.behind(key, person=person, day=part.on):
            what = f"had a deputy, {each.deputy_name}, who {part.what}"
            yield key, each.lead, Part(what, part.on)


def _done(keys: list[int]) -> Iterator[tuple[int, int, Part]]:
    """What people did on milestones."""
    yield from _reports(keys)
    yield from _drafts(keys)
    yield from _proposals(keys)
    for milestone, person, part in evidence_parts(Evidence.objects.filter(milestone__in=keys)):
        if milestone is not None:
            yield milestone, person, part


def _reports(keys: list[int]) -> Iterator[tuple[int, int, Part]]:
    """Updates, exception reports, and months in which there was nothing to report."""
    for model, verb in (
        (MilestoneUpdate, "recorded its update"),
        (NothingToReport, "reported nothing"),
        (ExceptionReport, "reported its exception"),
    ):
        rows = model.objects.filter(milestone__in=keys).select_related("period")
        for row in rows:
            what = f"{verb} for {row.period.label}"
            yield row.milestone_id, row.by_id, Part(what, dates.day_of(row.at))


def _drafts(keys: list[int]) -> Iterator[tuple[int, int, Part]]:
    """Words of an update that somebody else may have sent."""
    drafts = UpdateDraft.objects.filter(milestone__in=keys, writers__isnull=False)
    for milestone, person, at in drafts.values_list("milestone_id", "writers", "saved_at"):
        yield milestone, person, Part("typed words of its update", dates.day_of(at))


def _proposals(keys: list[int]) -> Iterator[tuple[int, int, Part]]:
    """Proposals that it is complete, and of new dates."""
    proposed = StageChange.objects.filter(milestone__in=keys, act="proposed")
    for milestone, person, at in proposed.values_list("milestone_id", "by_id", "at"):
        yield milestone, person, Part("proposed it as complete", dates.day_of(at))
    asked = DateChangeRequest.objects.filter(milestone__in=keys)
    for milestone, person, at in asked.values_list("milestone_id", "requested_by", "requested_at"):
        yield milestone, person, Part("asked for a new date", dates.day_of(at))
    moved = DateChange.objects.filter(milestone__in=keys, requests=None)
    for milestone, person, at in moved.values_list("milestone_id", "requested_by_id", "at"):
        yield milestone, person, Part("asked for a new date", dates.day_of(at))


def evidence_parts(rows: Iterable[Evidence]) -> Iterator[tuple[int | None, int, Part]]:
    """Evidence added and withdrawn, each under its milestone, if it has one."""
    for row in rows:
        yield row.milestone_id, row.added_by_id, Part("added evidence", dates.day_of(row.added_at))
        if row.withdrawn_by_id and row.withdrawn_at:
            withdrawn = Part("withdrew evidence", dates.day_of(row.withdrawn_at))
            yield row.milestone_id, row.withdrawn_by_id, withdrawn


def _leads(keys: list[int]) -> Iterator[tuple[int, int, Part]]:
    """Those who hold or held a post that leads it."""
    leads = MilestoneLead.objects.filter(milestone__in=keys).values_list("milestone_id", "post_id")
    led = defaultdict(list)
    for milestone, post in leads:
        led[post].append(milestone)
    holdings = PostHolding.objects.filter(post__in=led, is_cancelled=False).select_related("post")
    for row in holdings.filter(starts_on__lte=dates.today()):
        part = Part(_leading(row), row.starts_on)
        for milestone in led[row.post_id]:
            yield milestone, row.user_id, part


def _leading(holding: PostHolding) -> str:
    """In which way somebody leads, or led until a day."""
    role = f"its {'deputy lead' if holding.is_deputy else 'lead'}, as {holding.post.title}"
    if holding.ends_on is None or holding.ends_on >= dates.today():
        return f"are {role}"
    return f"were {role}, until {policies.in_words(holding.ends_on)}"

"""Drafts of a return's rows: saved one by one, thrown away, and sent all together."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict
from hertsend.records import submissions
from plans import permissions, policies, selectors
from plans.models import Milestone, MilestoneUpdate, NothingToReport, ReportingPeriod, UpdateDraft
from plans.policies import UpdateWords
from plans.selectors.around import decisions_for, rules_by_milestone
from plans.selectors.rows import words_of
from plans.services import milestones
from plans.services.locking import lock, lock_all, unique_means_conflict

NO_WORDS = UpdateWords(stage="", rating="", what_happened="")


@unique_means_conflict
@transaction.atomic
def save(
    *,
    milestone: Milestone,
    period: ReportingPeriod,
    words: UpdateWords,
    base_version: int,
    milestone_version: int,
    by: User,
    submission_key: str = "",
) -> UpdateDraft:
    """Keep what was typed for a milestone and a month, complete or not.

    ``base_version`` is the draft's version when the row was opened, 0 where there was none, and
    ``milestone_version`` the milestone's that stood beside it. Raises ``NotAllowed`` outside the
    person's workstream, ``RuleBroken`` for a month or a milestone of which nothing is reported,
    ``Conflict`` when someone else saved the row first.
    """
    row = lock(milestone)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of(row))
    body = {"milestone": row.pk, "period": period.pk, "base": base_version, **asdict(words)}
    sent = submissions.fingerprint_of("save_draft", body)
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return UpdateDraft.objects.get(pk=earlier)
    _check_month(period)
    policies.check_draft(words, stage_now=row.stage)
    draft = _draft_of(row, period)
    if not policies.check_version(current=draft.version, base=base_version):
        raise _conflict(row, draft, words)
    _write(draft, words, by=by, base_version=min(milestone_version, row.version))
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=draft.pk)
    return draft


@unique_means_conflict
@transaction.atomic
def discard(
    *, milestone: Milestone, period: ReportingPeriod, base_version: int, by: User
) -> UpdateDraft:
    """Throw a draft away; pressed twice it is away already.

    Raises ``NotAllowed``, and ``Conflict`` when someone saved the row after it was opened.
    """
    row = lock(milestone)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of(row))
    draft = _draft_of(row, period)
    if not draft.is_live:
        return draft
    if not policies.check_version(current=draft.version, base=base_version):
        raise _conflict(row, draft, NO_WORDS)
    _empty(draft, by=by)
    return draft


@unique_means_conflict
@transaction.atomic
def confirm_nothing(
    *,
    confirmed: Sequence[Milestone],
    withdrawn: Sequence[Milestone],
    period: ReportingPeriod,
    by: User,
) -> list[UpdateDraft]:
    """Note that there is nothing to report of some milestones, and take it back for others.

    Only what the sender changed is named, so that two who tick at once undo nothing of each other.
    What is so already stays as it is. Raises ``RuleBroken`` naming every milestone that needs an
    update, ``NotAllowed`` outside the person's workstream.
    """
    rows = lock_all([*confirmed, *withdrawn])
    for row in rows:
        access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of(row))
    _check_month(period)
    wanted = {each.pk for each in confirmed}
    groups = {row.key: _group_of(row, period) for row in rows if row.pk in wanted}
    policies.check_nothing_to_report(groups)
    changed = []
    for row in rows:
        draft = _draft_of(row, period)
        if row.pk in wanted and not draft.is_live:
            _write(draft, NO_WORDS, by=by, base_version=row.version, nothing_to_report=True)
        elif row.pk not in wanted and draft.nothing_to_report:
            _empty(draft, by=by)
        else:
            continue
        changed.append(draft)
    return changed


@transaction.atomic
def send(
    *, rows: Sequence[Milestone], period: ReportingPeriod, by: User
) -> list[MilestoneUpdate | NothingToReport]:
    """Turn every draft of these milestones into an update, all or none; answer what was recorded.

    ``rows`` were locked in the order of their keys by the caller, who is submitting a return.
    Raises what ``record_update`` raises.
    """
    live = UpdateDraft.objects.filter(period=period, milestone__in=rows, is_live=True)
    recorded: list[MilestoneUpdate | NothingToReport] = []
    for draft in live.select_for_update(of=("self",)).select_related("milestone").order_by("pk"):
        if not draft.nothing_to_report:
            recorded.append(
                milestones.record_update(
                    milestone=draft.milestone,
                    period=period,
                    words=words_of(draft),
                    base_version=draft.base_version,
                    by=by,
                )
            )
        elif not _is_confirmed(draft):
            recorded.append(
                NothingToReport.add(
                    milestone=draft.milestone, period=period, by=draft.saved_by, at=dates.now()
                )
            )
        _empty(draft, by=draft.saved_by)
    return recorded


def _is_confirmed(draft: UpdateDraft) -> bool:
    return NothingToReport.objects.filter(
        milestone=draft.milestone_id, period=draft.period_id
    ).exists()


def _check_month(period: ReportingPeriod) -> None:
    """The month is looked at again, locked: it may freeze at this moment."""
    current = ReportingPeriod.objects.select_for_update(no_key=True).get(pk=period.pk)
    policies.check_period_accepts(state=current.state, label=current.label)


def _group_of(milestone: Milestone, period: ReportingPeriod) -> Any:
    last = milestone.updates.filter(period__month__lte=period.month).order_by("-version").first()
    in_force, today = selectors.dates_of(milestone).in_force, dates.today()
    rules = {} if in_force else rules_by_milestone(decisions_for([milestone.pk]), at=None, on=today)
    return policies.row_group(
        stage=milestone.stage,
        rating=last.rating if last else "",
        date_in_force=in_force,
        on=today,
        comes_again=milestone.pk in rules,
    )


def _draft_of(milestone: Milestone, period: ReportingPeriod) -> UpdateDraft:
    """The draft as it is stored, locked; else a new one, not stored yet."""
    stored = UpdateDraft.objects.select_for_update().filter(milestone=milestone, period=period)
    return stored.first() or UpdateDraft(
        milestone=milestone, period=period, version=0, is_live=False
    )


def _write(
    draft: UpdateDraft,
    words: UpdateWords,
    *,
    by: User,
    base_version: int,
    nothing_to_report: bool = False,
) -> None:
    for name, value in asdict(words).items():
        setattr(draft, name, value.strip() if isinstance(value, str) else value)
    draft.is_live, draft.nothing_to_report = True, nothing_to_report
    draft.base_version = base_version
    _store(draft, by=by)
    draft.writers.add(by)


def _empty(draft: UpdateDraft, *, by: User) -> None:
    """Take the words out; the version counts on, so that no older page takes the next for its own."""
    for name, value in asdict(NO_WORDS).items():
        setattr(draft, name, value)
    draft.is_live = draft.nothing_to_report = False
    _store(draft, by=by)


def _store(draft: UpdateDraft, *, by: User) -> None:
    draft.version += 1
    draft.saved_by, draft.saved_at = by, dates.now()
    draft.save()


def _conflict(milestone: Milestone, draft: UpdateDraft, words: UpdateWords) -> Conflict:
    """What is stored now beside what was typed. Whoever may save a row may read its draft.

    Where the words were sent meanwhile, they stand in the month's update.
    """
    sent = milestone.updates.filter(period=draft.period_id).order_by("-version").first()
    stored = draft if draft.is_live else sent
    current = {name: getattr(stored, name) for name in asdict(words)} if stored else {}
    if draft.pk:
        current |= {"by": draft.saved_by.name, "at": draft.saved_at}
    return Conflict(
        f"Someone else saved the row of {milestone.key} after you opened it. Nothing of yours is "
        "lost: choose between the two texts, then save again.",
        current=current | {"version": draft.version, "milestone_version": milestone.version},
        submitted=asdict(words),
    )

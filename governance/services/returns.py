"""The way of a return: made for each month, submitted whole, accepted or sent back."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from governance import policies, selectors
from governance.enums import ReturnAct, ReturnState
from governance.models import Return, ReturnStep
from governance.selectors.returns import ReturnLine
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.records import submissions
from hertsend.records.bases import save_audited
from plans.models import Milestone, Plan, ReportingPeriod, UpdateDraft, Workstream
from plans.permissions import scope_of_workstream
from plans.policies import check_version
from plans.selectors.rows import shown_to_decide, shown_to_submit
from plans.services import drafts
from plans.services.locking import lock_all, unique_means_conflict

CHANGED = (
    "Something changed after you opened this page. Nothing was done: look at it again, then decide."
)


@transaction.atomic
def make_missing(*, plan: Plan, by: User) -> list[Return]:
    """Make the returns of the months that take updates, one for each workstream, each once.

    Run by the hour after the months moved; whoever comes before it finds an empty draft all the same.
    """
    access.require(by, Permission.MANAGE_PERIODS, partnership_id=plan.partnership_id)
    made: list[Return] = []
    for stream in plan.workstreams.select_for_update(no_key=True).order_by("pk"):
        known = set(stream.returns.values_list("period_id", flat=True))
        missing = plan.periods.accepting_updates().exclude(pk__in=known)
        made += [_make(period, stream, by=by) for period in missing]
    return made


def _make(period: ReportingPeriod, workstream: Workstream, *, by: User) -> Return:
    row = Return(period=period, workstream=workstream)
    save_audited(row, by=by, reason=f"{period.label}: opened")
    return row


@unique_means_conflict
@transaction.atomic
def submit(
    *,
    workstream: Workstream,
    period: ReportingPeriod,
    base_version: int,
    shown: str,
    by: User,
    submission_key: str = "",
) -> Return:
    """Turn every draft of the return into an update and hand the return in, all or nothing.

    ``base_version`` is the return's version and ``shown`` the fingerprint of the rows
    (``selectors.rows.shown_to_submit``) on the page that was read. Raises ``NotAllowed``,
    ``RuleBroken`` naming every gap as ``<milestone>.<field>``, ``Conflict`` when anything changed.
    """
    stream = _lock(workstream)
    access.require(by, Permission.SUBMIT_RETURN, **scope_of_workstream(stream))
    sent = _sent(ReturnAct.SUBMITTED, stream, period, base_version, shown)
    if earlier := submissions.earlier_row(Return, person=by, key=submission_key, fingerprint=sent):
        return earlier
    milestones = _lock_milestones(stream)
    month = ReportingPeriod.objects.select_for_update(no_key=True).get(
        pk=period.pk, plan=stream.plan_id
    )
    row = _stored(month, stream, by=by)
    state = _check_act(ReturnAct.SUBMITTED, row, month)
    line = _line(month, stream)
    if row.version != base_version or shown_to_submit(line.rows) != shown:
        raise Conflict(CHANGED)
    _check_complete(line)
    recorded = drafts.send(rows=milestones, period=month, by=by)
    if row.state in (ReturnState.SUBMITTED, ReturnState.ACCEPTED):
        _check_something_new(line, recorded)
    _act(
        row,
        ReturnAct.SUBMITTED,
        state,
        by=by,
        submitted_by=by,
        submitted_at=dates.now(),
        decided_by=None,
        decided_at=None,
        comment="",
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def accept(
    *,
    workstream: Workstream,
    period: ReportingPeriod,
    base_version: int,
    shown: str,
    by: User,
    submission_key: str = "",
) -> Return:
    """Accept what was handed in, exactly as it was shown.

    ``shown`` is the fingerprint of the updates (``selectors.rows.shown_to_decide``). Raises
    ``NotAllowed`` for own words, ``RuleBroken`` from another state or after the freeze, ``Conflict``.
    """
    return _decide(
        ReturnAct.ACCEPTED,
        workstream=workstream,
        period=period,
        seen=(base_version, shown),
        by=by,
        submission_key=submission_key,
    )


@unique_means_conflict
@transaction.atomic
def send_back(
    *,
    workstream: Workstream,
    period: ReportingPeriod,
    comment: str,
    base_version: int,
    shown: str,
    by: User,
    submission_key: str = "",
) -> Return:
    """Send a return back to its workstream with what should be put right.

    Raises as ``accept`` does, and ``RuleBroken`` without a comment.
    """
    return _decide(
        ReturnAct.SENT_BACK,
        workstream=workstream,
        period=period,
        seen=(base_version, shown),
        by=by,
        submission_key=submission_key,
        comment=comment,
    )


def _decide(
    act: ReturnAct,
    *,
    workstream: Workstream,
    period: ReportingPeriod,
    seen: tuple[int, str],
    by: User,
    submission_key: str,
    comment: str = "",
) -> Return:
    stream = _lock(workstream)
    access.require(by, Permission.DECIDE_RETURN, partnership_id=stream.plan.partnership_id)
    sent = _sent(act, stream, period, *seen, comment)
    if earlier := submissions.earlier_row(Return, person=by, key=submission_key, fingerprint=sent):
        return earlier
    _lock_milestones(stream)
    month = ReportingPeriod.objects.select_for_update(no_key=True).get(
        pk=period.pk, plan=stream.plan_id
    )
    row = _stored(month, stream, by=by)
    state = _check_act(act, row, month)
    line = _line(month, stream)
    _check_not_own(row, line, by=by)
    if act == ReturnAct.SENT_BACK:
        policies.check_comment(comment)
    base_version, shown = seen
    if not check_version(current=row.version, base=base_version) or shown != shown_to_decide(
        line.rows
    ):
        raise Conflict(CHANGED)
    _act(
        row,
        act,
        state,
        by=by,
        decided_by=by,
        decided_at=dates.now(),
        comment=comment.strip(),
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


def _lock(workstream: Workstream) -> Workstream:
    """The workstream, locked: the one gate through which every act on its returns goes."""
    return (
        Workstream.objects.select_for_update(of=("self",), no_key=True)
        .select_related("plan")
        .get(pk=workstream.pk)
    )


def _lock_milestones(workstream: Workstream) -> list[Milestone]:
    """Its milestones before their month, as every update locks them."""
    return lock_all(Milestone.objects.filter(action__workstream=workstream))


def _stored(period: ReportingPeriod, workstream: Workstream, *, by: User) -> Return:
    """The return as it is stored, made now where the hourly run has not come to it yet."""
    found = Return.objects.select_for_update().filter(period=period, workstream=workstream).first()
    return found or _make(period, workstream, by=by)


def _line(period: ReportingPeriod, workstream: Workstream) -> ReturnLine:
    """The return with its rows as they are stored now, drafts included."""
    (line,) = selectors.returns_of(
        period,
        workstreams=[workstream],
        on=dates.today(),
        visible=(),
        drafts=UpdateDraft.objects.all(),
    )
    return line


def _check_act(act: ReturnAct, row: Return, period: ReportingPeriod) -> ReturnState:
    return policies.check_act(
        act, state=row.state, period_state=period.state, period_label=period.label
    )


def _check_complete(line: ReturnLine) -> None:
    """Refuse a return with gaps; all of them are named, each by its milestone and field."""
    gaps = {
        f"{row.key}.{name}".rstrip("."): sentences
        for row in line.left
        for name, sentences in row.gaps.items()
    }
    if gaps:
        raise RuleBroken(gaps)


def _check_something_new(line: ReturnLine, recorded: Sequence[Any]) -> None:
    if not recorded and not line.changed_since:
        raise RuleBroken("Nothing has changed since this return was submitted.")


def _check_not_own(row: Return, line: ReturnLine, *, by: User) -> None:
    authors = selectors.author_ids(line.rows, stored=row)
    if policies.is_own_return(decider_id=by.pk, author_ids=authors):
        raise NotAllowed(
            "You submitted this return or wrote in it, so somebody else in the programme office "
            "decides."
        )


def _sent(act: ReturnAct, workstream: Workstream, period: ReportingPeriod, *values: Any) -> str:
    body = {"workstream": workstream.pk, "period": period.pk, "values": values}
    return submissions.fingerprint_of(f"return_{act.value}", body)


def _act(row: Return, act: ReturnAct, state: ReturnState, *, by: User, **changes: Any) -> None:
    """Write the append-only row, then the return's state."""
    words = changes.get("comment", "")
    ReturnStep.add(
        of_return=row, version=row.version + 1, act=act, words=words, by=by, at=dates.now()
    )
    for name, value in ({"state": state, "version": row.version + 1} | changes).items():
        setattr(row, name, value)
    save_audited(row, by=by, reason=words or act.label, fields=["state", "version", *changes])

"""You said, we did: entered, answered, approved, published, withdrawn."""

import datetime as dt
from collections.abc import Collection
from typing import Any

from django.db import transaction
from django.db.models import Max

from governance.enums import FeedbackAct, FeedbackState
from governance.models import FeedbackItem, FeedbackPublication
from governance.models.feedback import ANSWERED, SAID
from governance.policies import feedback as rules
from governance.policies.personal_data import check_personal_data
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.records import submissions
from hertsend.records.bases import save_audited
from plans.models import Action, Plan
from plans.services.locking import lock_plan, unique_means_conflict

OVERTAKEN = "Someone changed this after you opened the form. Read what is stored now first."
OF_SOMEBODY_ELSE = "Only who entered this, or who answers it, changes what was said."


@unique_means_conflict
@transaction.atomic
def enter(
    *,
    plan: Plan,
    theme: str,
    source: str,
    said_on: dt.date,
    said: str,
    is_checked: bool = False,
    submission_key: str = "",
    by: User,
) -> FeedbackItem:
    """Enter what families said, as a draft that waits for an answer.

    ``is_checked`` says that somebody looked again at what looks like personal data. A repeated
    submission answers with the entry that it made the first time. Raises ``NotAllowed``, and
    ``RuleBroken`` for missing words, a day to come, or what looks like personal data.
    """
    access.require(by, Permission.RECORD_FEEDBACK, partnership_id=plan.partnership_id)
    row = lock_plan(plan)
    words = {"theme": theme, "source": source, "said_on": said_on, "said": said}
    sent = submissions.fingerprint_of("enter_feedback", {"plan": row.pk, **words})
    if earlier := submissions.earlier_row(
        FeedbackItem, person=by, key=submission_key, fingerprint=sent
    ):
        return earlier
    item = FeedbackItem(plan=row, entered_by=by, number=_next_number(row), changed_at=dates.now())
    _set_said(item, words, is_checked=is_checked)
    save_audited(item, by=by, reason="Entered")
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=item.pk)
    return item


def _next_number(plan: Plan) -> int:
    return (plan.feedback.aggregate(last=Max("number"))["last"] or 0) + 1


def _set_said(item: FeedbackItem, words: dict[str, Any], *, is_checked: bool) -> None:
    rules.check_said(**words, on=dates.today())
    texts = {name: words[name] for name in ("theme", "source", "said")}
    check_personal_data(texts, is_checked=is_checked)
    for name, value in words.items():
        setattr(item, name, value.strip() if isinstance(value, str) else value)


@transaction.atomic
def change_said(
    *,
    item: FeedbackItem,
    theme: str,
    source: str,
    said_on: dt.date,
    said: str,
    is_checked: bool = False,
    base_version: int,
    by: User,
) -> FeedbackItem:
    """Change what was said; it is a draft again, while what was published stays as it was.

    Raises ``NotAllowed`` for who neither entered nor answers it, ``RuleBroken`` as ``enter`` does,
    ``Conflict`` when somebody else was first.
    """
    row = _locked(item)
    _require_writer(by, row)
    words = {"theme": theme, "source": source, "said_on": said_on, "said": said}
    _check_version(row, base_version, words)
    state = rules.state_after(FeedbackAct.WRITE, row.state)
    _set_said(row, words, is_checked=is_checked)
    _store(row, state, by=by, reason="What was said is changed", fields=SAID)
    return row


def _require_writer(by: User, item: FeedbackItem) -> None:
    """An own entry needs the right to enter still; anybody's the right to answer."""
    held = access.read(by, on=dates.today())
    partnership = item.plan.partnership_id
    is_own = item.entered_by_id == by.pk and held.may(
        Permission.RECORD_FEEDBACK, partnership_id=partnership
    )
    if not is_own and not held.may(Permission.ANSWER_FEEDBACK, partnership_id=partnership):
        raise NotAllowed(OF_SOMEBODY_ELSE)


@transaction.atomic
def answer(
    *,
    item: FeedbackItem,
    will_do: str,
    done: str = "",
    difference: str = "",
    actions: Collection[Action] = (),
    is_checked: bool = False,
    base_version: int,
    by: User,
) -> FeedbackItem:
    """Write what will be done, what was done, what difference it made, and which actions it is.

    It is a draft again, while what was published stays as it was. Raises ``NotAllowed``,
    ``RuleBroken`` for an answer without its words or with another plan's action, ``Conflict`` when
    somebody else was first.
    """
    row = _locked(item)
    access.require(by, Permission.ANSWER_FEEDBACK, partnership_id=row.plan.partnership_id)
    words = {"will_do": will_do, "done": done, "difference": difference}
    _check_version(row, base_version, words)
    state = rules.state_after(FeedbackAct.WRITE, row.state)
    rules.check_answer(**words)
    check_personal_data(words, is_checked=is_checked)
    if {action.plan_id for action in actions} - {row.plan_id}:
        raise RuleBroken({"actions": ["Choose actions of this plan."]})
    for name, value in words.items():
        setattr(row, name, value.strip())
    row.actions.set(actions)
    row.linked = ", ".join(action.key for action in actions)
    _store(row, state, by=by, reason="The answer is changed", fields=(*ANSWERED, "linked"))
    return row


@transaction.atomic
def approve(*, item: FeedbackItem, base_version: int, by: User) -> FeedbackItem:
    """Approve exactly the words that were read.

    Raises ``NotAllowed``, ``RuleBroken`` without an answer, for what is no draft, or for who wrote
    any of it, ``Conflict`` when the words changed since.
    """
    row = _locked(item)
    _require_publisher(by, row)
    _check_version(row, base_version, {})
    state = rules.state_after(FeedbackAct.APPROVE, row.state)
    writers = row.history.filter(state=FeedbackState.DRAFT).values_list("history_user", flat=True)
    rules.check_approval(will_do=row.will_do, writers=set(writers), approver=by.pk)
    row.approved_by, row.approved_at = by, dates.now()
    _store(row, state, by=by, reason="Approved", fields=("approved_by", "approved_at"))
    return row


@unique_means_conflict
@transaction.atomic
def publish(
    *, item: FeedbackItem, quarter: dt.date, base_version: int, by: User
) -> FeedbackPublication:
    """Put the approved words on the page of a quarter; they are kept as they are now.

    Raises ``NotAllowed``, ``RuleBroken`` for what is not approved or another quarter than this one
    and the one before, ``Conflict`` when it changed since.
    """
    row = _locked(item)
    _require_publisher(by, row)
    _check_version(row, base_version, {})
    state = rules.state_after(FeedbackAct.PUBLISH, row.state)
    rules.check_quarter(quarter, on=dates.today())
    publication = FeedbackPublication.add(
        item=row,
        number=row.publications.count() + 1,
        quarter=quarter,
        **{name: getattr(row, name) for name in (*SAID, *ANSWERED)},
        actions=[action.key for action in row.actions.all()],
        approved_by=row.approved_by,
        by=by,
        at=dates.now(),
    )
    _store(row, state, by=by, reason="Published")
    return publication


@transaction.atomic
def withdraw(*, item: FeedbackItem, reason: str, base_version: int, by: User) -> FeedbackItem:
    """Take an entry and all that was published of it off the pages, with the reason; it stays on record.

    Raises ``NotAllowed``, ``RuleBroken`` without a reason or for what was withdrawn, ``Conflict``
    when it changed since.
    """
    row = _locked(item)
    _require_publisher(by, row)
    _check_version(row, base_version, {"reason": reason})
    state = rules.state_after(FeedbackAct.WITHDRAW, row.state)
    rules.check_withdrawal(reason)
    row.withdrawn_reason = reason.strip()
    _store(row, state, by=by, reason=reason.strip(), fields=("withdrawn_reason",))
    return row


def _require_publisher(by: User, item: FeedbackItem) -> None:
    access.require(by, Permission.PUBLISH_FEEDBACK, partnership_id=item.plan.partnership_id)


def _locked(item: FeedbackItem) -> FeedbackItem:
    return (
        FeedbackItem.objects.select_for_update(of=("self",))
        .select_related("plan", "approved_by")
        .get(pk=item.pk)
    )


def _check_version(item: FeedbackItem, base_version: int, typed: dict[str, Any]) -> None:
    if item.version != base_version:
        stored = {name: getattr(item, name, "") for name in typed}
        raise Conflict(OVERTAKEN, current=stored, submitted=typed)


def _store(
    item: FeedbackItem,
    state: FeedbackState,
    *,
    by: User,
    reason: str,
    fields: Collection[str] = (),
) -> None:
    """Write the state, and that what is a draft is approved by nobody."""
    item.state = state
    item.version += 1
    item.changed_at = dates.now()
    changed = [*fields, "state", "version", "changed_at"]
    if state == FeedbackState.DRAFT:
        item.approved_by = item.approved_at = None
        changed += ["approved_by", "approved_at"]
    save_audited(item, by=by, reason=reason, fields=changed)

"""The action log of a group: raised, updated, given to somebody else, closed. Nothing is deleted.

Each act locks its row (a new one its group), so that nothing is written to what was closed meanwhile.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from governance.enums import MeetingState
from governance.models import Decision, Group, LogAction, LogActionNote, Meeting
from governance.permissions import records as rights
from governance.policies import decisions as meeting_rules
from governance.policies import log as rules
from governance.policies.decisions import PromptWords
from governance.selectors.log import owners_of
from governance.services.bodies import lock_group, require_open
from governance.services.prompting import attach, targets_of
from governance.services.taking import sent
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.errors import RuleBroken
from hertsend.records import submissions
from hertsend.records.bases import check_unchanged, save_audited, save_changed

CHANGED = "This action changed after you opened it. Read it again before you go on."


@dataclass(frozen=True)
class TaskWords:
    """What is to be done, by whom and by when; where it was raised, and which decision it carries out."""

    task: str = ""
    owner: User | None = None
    due_on: dt.date | None = None
    meeting: Meeting | None = None
    decision: Decision | None = None


@transaction.atomic
def raise_action(
    *,
    group: Group,
    words: TaskWords,
    prompts: Sequence[PromptWords] = (),
    by: User,
    submission_key: str = "",
) -> LogAction:
    """Put an action into the log of a group; its owner finds it on their home page as its day comes.

    Raises ``NotAllowed`` for who does not keep the log, and ``RuleBroken``.
    """
    row = lock_group(group)
    rights.require_log_keeper(by, row)
    asked = sent("raise_action", prompts, group=row.pk, **_plain(words))
    if earlier := submissions.earlier_row(
        LogAction, person=by, key=submission_key, fingerprint=asked
    ):
        return earlier
    require_open(row)
    rules.check_raised(task=words.task, due_on=words.due_on, on=dates.today())
    _check_owner(row, words.owner)
    _check_source(row, words)
    assert words.due_on is not None
    targets = targets_of(prompts, plan=row.plan, by=by)
    action = LogAction(
        group=row,
        number=row.log_actions.count() + 1,
        meeting=words.meeting,
        decision=words.decision,
        task=words.task.strip(),
        owner=words.owner,
        due_on=words.due_on,
        raised_by=by,
        raised_at=dates.now(),
    )
    save_audited(action, by=by, reason="Raised")
    attach(action, prompts, targets)
    submissions.remember(person=by, key=submission_key, fingerprint=asked, result=action.pk)
    return action


@transaction.atomic
def add_note(
    *, log_action: LogAction, words: str, by: User, submission_key: str = ""
) -> LogActionNote:
    """Say how an action stands, as its owner or as who keeps the log.

    Raises ``NotAllowed``, and ``RuleBroken`` without words or for what is closed.
    """
    row = _locked(log_action)
    rights.require_worker(by, row)
    asked = sent("add_note", (), row=row.pk, words=words)
    if earlier := submissions.earlier_row(
        LogActionNote, person=by, key=submission_key, fingerprint=asked
    ):
        return earlier
    rules.check_not_closed(is_closed=row.closed_at is not None)
    rules.check_words(words)
    note = LogActionNote.add(
        log_action=row,
        number=row.notes.count() + 1,
        words=words.strip(),
        by=by,
        at=dates.now(),
    )
    submissions.remember(person=by, key=submission_key, fingerprint=asked, result=note.pk)
    return note


@transaction.atomic
def close(*, log_action: LogAction, closing_note: str, by: User) -> LogAction:
    """Close an action with what was done, or why it is no longer needed.

    Raises ``NotAllowed``, and ``RuleBroken`` without a note or for what is closed.
    """
    row = _locked(log_action)
    rights.require_worker(by, row)
    rules.check_closing(note=closing_note, is_closed=row.closed_at is not None)
    note = closing_note.strip()
    save_changed(row, by=by, reason=note, closing_note=note, closed_by=by, closed_at=dates.now())
    return row


@transaction.atomic
def change(
    *,
    log_action: LogAction,
    owner: User | None,
    due_on: dt.date | None,
    reason: str,
    base_version: int,
    by: User,
) -> LogAction:
    """Give an action to another owner or another day, with the reason; what it was stays in its history.

    Raises ``NotAllowed`` for who does not keep the log, ``RuleBroken``, and ``Conflict`` when it
    changed meanwhile.
    """
    row = _locked(log_action)
    rights.require_log_keeper(by, row.group)
    check_unchanged(row, base_version, told=CHANGED)
    rules.check_not_closed(is_closed=row.closed_at is not None)
    is_same_owner = owner is not None and owner.pk == row.owner_id
    rules.check_changed(
        due_on=due_on,
        was_due_on=row.due_on,
        is_same=is_same_owner and due_on == row.due_on,
        reason=reason,
        on=dates.today(),
    )
    if not is_same_owner:
        _check_owner(row.group, owner)
    assert owner is not None
    assert due_on is not None
    save_changed(row, by=by, reason=reason.strip(), owner=owner, due_on=due_on)
    return row


def _locked(log_action: LogAction) -> LogAction:
    rows = LogAction.objects.select_for_update(of=("self",)).select_related("group__plan")
    return rows.get(pk=log_action.pk)


def _check_owner(group: Group, owner: User | None) -> None:
    if owner is None or not owners_of(group.plan, on=dates.today()).filter(pk=owner.pk).exists():
        raise RuleBroken({"owner": ["Select a person with a role in this partnership."]})


def _check_source(group: Group, words: TaskWords) -> None:
    """Refuse a meeting or a decision of another group, and a meeting that is still to come."""
    if words.decision is not None and words.decision.group_id != group.pk:
        raise RuleBroken({"decision": ["Select a decision of this group."]})
    if words.meeting is not None:
        meeting_rules.check_meeting(
            is_of_group=words.meeting.group_id == group.pk,
            is_cancelled=words.meeting.state == MeetingState.CANCELLED,
            held_on=dates.day_of(words.meeting.starts_at),
            on=dates.today(),
        )


def _plain(words: TaskWords) -> dict[str, object]:
    """The words by their keys, as they were sent."""
    rows = {"owner": words.owner, "meeting": words.meeting, "decision": words.decision}
    keys = {name: row.pk if row else None for name, row in rows.items()}
    return {"task": words.task, "due_on": words.due_on, **keys}

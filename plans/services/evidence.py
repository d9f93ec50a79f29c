"""Evidence: added by those who report, withdrawn with a reason, never deleted."""

from dataclasses import asdict
from typing import Any

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import RuleBroken
from hertsend.files import store
from hertsend.records import submissions
from hertsend.records.bases import save_audited
from plans import permissions, policies
from plans.models import Action, Evidence, Milestone, Plan, StoredFile
from plans.policies import EvidenceWords
from plans.services.locking import lock, lock_action

FILE_EXPIRED = "The file was not kept so long. Choose it again."


@transaction.atomic
def add_to_milestone(
    *, milestone: Milestone, words: EvidenceWords, by: User, submission_key: str = ""
) -> Evidence:
    """Keep a piece of evidence of a milestone.

    The milestone is locked, so that nobody signs while what they sign grows. Raises ``NotAllowed``
    outside the person's workstream, ``RuleBroken``, ``Conflict`` for a key used for something else.
    """
    row = lock(milestone)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of(row))
    sent = _sent({"milestone": row.pk}, words)
    if earlier := submissions.earlier_row(
        Evidence, person=by, key=submission_key, fingerprint=sent
    ):
        return earlier
    policies.check_takes_evidence(row.stage)
    found = keep(action=row.action, milestone=row, words=words, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=found.pk)
    return found


@transaction.atomic
def add_to_action(
    *, action: Action, words: EvidenceWords, by: User, submission_key: str = ""
) -> Evidence:
    """Keep a piece of evidence of the difference that an action makes.

    Raises ``NotAllowed`` outside the person's workstream, ``RuleBroken``, ``Conflict``.
    """
    row = lock_action(action)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of_action(row))
    sent = _sent({"action": row.pk}, words)
    if earlier := submissions.earlier_row(
        Evidence, person=by, key=submission_key, fingerprint=sent
    ):
        return earlier
    found = keep(action=row, milestone=None, words=words, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=found.pk)
    return found


@transaction.atomic
def keep(
    *, action: Action, milestone: Milestone | None, words: EvidenceWords, by: User
) -> Evidence:
    """Check and store a piece of evidence, for services that locked and permitted already."""
    dated_on = policies.check_evidence(words, on=dates.today())
    found = Evidence(
        action=action,
        milestone=milestone,
        kind=words.kind,
        title=words.title.strip(),
        dated_on=dated_on,
        what_it_shows=words.what_it_shows.strip(),
        link=words.link.strip(),
        file=stored_file(plan=action.plan, file=words.file, by=by),
        is_shareable=words.is_shareable,
        added_by=by,
        added_at=dates.now(),
    )
    save_audited(found, by=by, reason="Evidence added")
    return found


@transaction.atomic
def withdraw(*, evidence: Evidence, reason: str, by: User, submission_key: str = "") -> Evidence:
    """Take a piece of evidence back, saying why; it stays on record and counts no more.

    Possible at any time, also after a signature: a file may have been the wrong one, or name a
    child. Families no longer see it from then on. Raises ``NotAllowed``, ``RuleBroken``.
    """
    if evidence.milestone is None:
        lock_action(evidence.action)
    else:
        lock(evidence.milestone)
    row = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    scope = permissions.scope_of_action(row.action)
    access.require(by, Permission.UPDATE_MILESTONE, **scope)
    sent = submissions.fingerprint_of("evidence.withdraw", {"evidence": row.pk, "reason": reason})
    if earlier := submissions.earlier_row(
        Evidence, person=by, key=submission_key, fingerprint=sent
    ):
        return earlier
    if row.withdrawn_at is not None:
        raise RuleBroken("This evidence was withdrawn already.")
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter why it is withdrawn."]})
    row.withdrawn_by, row.withdrawn_at, row.withdrawn_reason = by, dates.now(), reason.strip()
    save_audited(
        row,
        by=by,
        reason=f"Withdrawn: {row.withdrawn_reason}",
        fields=["withdrawn_by", "withdrawn_at", "withdrawn_reason"],
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@transaction.atomic
def stored_file(*, plan: Plan, file: store.ReceivedFile | None, by: User) -> StoredFile | None:
    """The row of a file that lies in its place. Raises ``RuleBroken`` for one swept meanwhile."""
    if file is None:
        return None
    if not store.is_in_place(file.sha256):
        raise RuleBroken({"file": [FILE_EXPIRED]})
    return StoredFile.add(plan=plan, **asdict(file), by=by, at=dates.now())


def _sent(whose: dict[str, int], words: EvidenceWords) -> str:
    body: dict[str, Any] = {**whose, **asdict(words)}
    return submissions.fingerprint_of("evidence.add", body)

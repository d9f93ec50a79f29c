"""What is done against a risk: added, given another owner or date, done or withdrawn."""

import datetime as dt

from django.db import transaction

from governance.models import Mitigation, Risk
from governance.permissions import risks as permissions
from governance.policies import risks as rules
from governance.services.risk_locking import lock_risk, require_reviewer
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.errors import RuleBroken
from hertsend.records import submissions
from hertsend.records.bases import check_unchanged, save_audited, save_changed
from plans.services.locking import unique_means_conflict

CHANGED = "This mitigation changed after you opened the form. Read it again before you go on."


@unique_means_conflict
@transaction.atomic
def add_mitigation(
    *, risk: Risk, text: str, owner: User, due_on: dt.date, by: User, submission_key: str = ""
) -> Mitigation:
    """Note what will be done against a risk, by whom and by when.

    Raises ``NotAllowed``, and ``RuleBroken`` for a closed risk, without words, for a date gone by,
    or for an owner who may not own or see it.
    """
    row = lock_risk(risk)
    require_reviewer(by, row)
    body = {"risk": row.pk, "text": text, "owner": owner.pk, "due_on": due_on}
    sent, earlier = submissions.sent_before("add_mitigation", body, person=by, key=submission_key)
    if earlier is not None:
        return Mitigation.objects.get(pk=earlier)
    rules.check_open(row.state)
    rules.check_mitigation(text=text, due_on=due_on, on=dates.today())
    _check_owner(row, owner)
    found = Mitigation(
        risk=row,
        number=row.mitigations.count() + 1,
        text=text.strip(),
        owner=owner,
        due_on=due_on,
    )
    save_audited(found, by=by, reason=f"Added. Owner: {owner}")
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=found.pk)
    return found


@unique_means_conflict
@transaction.atomic
def change_mitigation(
    *,
    mitigation: Mitigation,
    owner: User,
    due_on: dt.date,
    reason: str,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> Mitigation:
    """Give a mitigation another owner or date, with the reason; what is to be done stays.

    Raises ``NotAllowed``, ``RuleBroken`` for an ended one, without a reason or for a new date gone
    by, ``Conflict`` when it was changed meanwhile.
    """
    row = _locked(mitigation)
    require_reviewer(by, row.risk)
    body = {"mitigation": row.pk, "owner": owner.pk, "due_on": due_on, "reason": reason}
    body |= {"base": base_version}
    sent, earlier = submissions.sent_before(
        "change_mitigation", body, person=by, key=submission_key
    )
    if earlier is not None:
        return row
    check_unchanged(row, base_version, told=CHANGED)
    rules.check_mitigation_open(row.state)
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter the reason for the change."]})
    if due_on != row.due_on:
        rules.check_mitigation(text=row.text, due_on=due_on, on=dates.today())
    _check_owner(row.risk, owner)
    new_owner = f" Owner: {owner}." if owner.pk != row.owner_id else ""
    save_changed(row, by=by, reason=f"{reason.strip()}{new_owner}", owner=owner, due_on=due_on)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def end_mitigation(
    *,
    mitigation: Mitigation,
    becomes: str,
    words: str,
    base_version: int,
    by: User,
    submission_key: str = "",
) -> Mitigation:
    """Say that a mitigation is done, or withdraw it, with words; its owner may do so too.

    Raises ``NotAllowed``, ``RuleBroken`` without words or for an ended one, ``Conflict`` when it
    was changed meanwhile.
    """
    row = _locked(mitigation)
    if by.pk != row.owner_id or not _may_own(row.risk, by):
        require_reviewer(by, row.risk)
    body = {"mitigation": row.pk, "becomes": becomes, "words": words, "base": base_version}
    sent, earlier = submissions.sent_before("end_mitigation", body, person=by, key=submission_key)
    if earlier is not None:
        return row
    check_unchanged(row, base_version, told=CHANGED)
    rules.check_mitigation_end(state=row.state, becomes=becomes, words=words)
    said = words.strip()
    save_changed(row, by=by, reason=said, state=becomes, ended_at=dates.now(), ended_words=said)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


def _locked(mitigation: Mitigation) -> Mitigation:
    """The mitigation as it is stored now; its risk first, as in every act."""
    risk = lock_risk(mitigation.risk)
    row = (
        Mitigation.objects.select_for_update(of=("self",))
        .select_related("owner")
        .get(pk=mitigation.pk)
    )
    row.risk = risk
    return row


def _may_own(risk: Risk, person: User) -> bool:
    return permissions.may_own_risk(access.read(person, on=dates.today()), risk)


def _check_owner(risk: Risk, owner: User) -> None:
    if not _may_own(risk, owner):
        raise RuleBroken({"owner": ["Select a person whose role lets them see and own this risk."]})

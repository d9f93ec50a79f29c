"""Sheets: kept when they are shown, compared when they are signed."""

from django.db import IntegrityError, transaction

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.errors import NotAllowed
from plans import permissions, policies, selectors
from plans.models import (
    Action,
    Milestone,
    SheetReading,
    SignatureRequest,
    SignatureSheet,
)
from plans.policies import Sheet
from plans.services.deciding import keep_sheet


@transaction.atomic
def show(*, milestone: Milestone, by: User) -> Sheet:
    """The sheet of a milestone for somebody who may sign it, kept with who was shown it and when.

    Kept from now on, so that what changes later can be told. Raises ``NotAllowed``.
    """
    if not permissions.may_sign_off(by, milestone):
        raise NotAllowed("Only an accountable joint chair is shown what is signed.")
    sheet = selectors.sheet_of(milestone)
    _note_reading(keep_sheet(sheet, of=milestone), by=by)
    return sheet


@transaction.atomic
def show_action(*, action: Action, by: User) -> Sheet:
    """The sheet of an action for somebody who may sign it, kept likewise. Raises ``NotAllowed``."""
    if not permissions.may_sign_off_action(by, action):
        raise NotAllowed("Only an accountable joint chair is shown what is signed.")
    sheet = selectors.action_sheet(action)
    _note_reading(keep_sheet(sheet, of=action), by=by)
    return sheet


def _note_reading(sheet: SignatureSheet, *, by: User) -> None:
    if sheet.readings.filter(by=by).exists():
        return
    try:
        with transaction.atomic():
            SheetReading.add(sheet=sheet, by=by, at=dates.now())
    except IntegrityError:
        return


@transaction.atomic
def ask_to_review(*, milestone: Milestone, by: User) -> SignatureRequest:
    """Ask the joint chairs who can sign to look at a proposal; asking twice is asking once.

    Raises ``NotAllowed`` for who neither updates nor signs here, ``RuleBroken`` without a proposal.
    """
    if not (permissions.may_sign_off(by, milestone) or permissions.may_update(by, milestone)):
        raise NotAllowed("Only the workstream and joint chairs ask for a signature.")
    policies.check_is_proposed(milestone.stage)
    proposal = milestone.stage_changes.filter(act="proposed").order_by("-version").first()
    asked = SignatureRequest.objects.filter(proposal=proposal, by=by).first()
    return asked or SignatureRequest.add(proposal=proposal, by=by, at=dates.now())

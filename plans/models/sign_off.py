"""Signing: what was shown, who looked at it, and the signatures under whole actions."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from hertsend.accounts.roles import Role
from hertsend.records.bases import AppendOnlyModel
from plans.enums import ActionAct
from plans.models.milestone import Milestone
from plans.models.plan import Action, Plan
from plans.models.progress import LONGEST_WORDS, StageChange


class SignatureSheet(AppendOnlyModel):
    """Exactly what a signer is shown of a milestone or an action, kept under its fingerprint.

    Kept from the first time it is shown, so that a signature refused for a change can say what
    changed, and a signature given can always be read again.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="signature_sheets")
    milestone = models.ForeignKey(
        Milestone, null=True, blank=True, on_delete=models.PROTECT, related_name="signature_sheets"
    )
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="signature_sheets"
    )
    fingerprint = models.CharField(max_length=64)
    content = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["plan", "fingerprint"], name="sheet_fingerprint_once"),
            models.CheckConstraint(
                condition=Q(milestone__isnull=False, action=None)
                | Q(milestone=None, action__isnull=False),
                name="sheet_of_milestone_or_action",
            ),
            models.CheckConstraint(
                condition=Exact(Length("fingerprint"), 64), name="sheet_has_fingerprint"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.milestone or self.action} {self.fingerprint[:8]}"


class SheetReading(AppendOnlyModel):
    """That a person who may sign was shown a sheet: by it the queue says what changed since."""

    sheet = models.ForeignKey(SignatureSheet, on_delete=models.PROTECT, related_name="readings")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["sheet", "by"], name="sheet_reading_once"),
        ]

    def __str__(self) -> str:
        return f"{self.by} read {self.sheet}"


class SignatureRequest(AppendOnlyModel):
    """That somebody asked those who can sign to look at a proposal."""

    proposal = models.ForeignKey(StageChange, on_delete=models.PROTECT, related_name="requests")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "by"], name="signature_request_once"),
        ]

    def __str__(self) -> str:
        return f"{self.by} asked about {self.proposal}"


class ActionSignOff(AppendOnlyModel):
    """A signature under a whole action, or its reopening.

    ``last_change`` is the last act on any of the action's milestones that the signer saw; a
    milestone reopened after it ends the signature. Whether an action is signed off is derived
    (``policies.is_action_signed_off``) and stored nowhere.
    """

    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="sign_offs")
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=ActionAct.choices)
    fingerprint = models.CharField(max_length=64, blank=True)
    last_change = models.ForeignKey(
        StageChange, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    role = models.CharField(max_length=40, choices=Role.choices)
    words = models.TextField(blank=True, max_length=LONGEST_WORDS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["action", "number"], name="action_sign_off_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="action_sign_off_from_one"),
            models.CheckConstraint(
                condition=Q(act__in=ActionAct.values), name="action_sign_off_known_act"
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="action_sign_off_known_role"
            ),
            models.CheckConstraint(
                condition=Q(act="signed", fingerprint__gt="", last_change__isnull=False)
                | Q(act="reopened", fingerprint="", last_change=None, words__gt=""),
                name="action_sign_off_signed_or_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.get_act_display().lower()}"

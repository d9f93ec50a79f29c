"""What the plan promises to do again and again, the rule confirmed for it, and what was done."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from hertsend.accounts.models import Post
from hertsend.records.bases import AppendOnlyModel, AuditedModel
from plans.enums import CommitmentAct, CommitmentState, Frequency, OccurrenceOutcome
from plans.models.evidence import Evidence
from plans.models.milestone import Milestone
from plans.models.plan import Action, Plan
from plans.models.progress import LONGEST_WORDS


class RecurringCommitment(AuditedModel):
    """A promise that comes again, as the plan words it.

    The columns from ``key`` to ``note`` are the plan's and change only by an import; those that
    begin with ``stated`` say of the rule no more than its words do. The rule by which occurrences
    are counted stands in the latest ``CommitmentDecision``; ``state`` and ``version`` follow it.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="commitments")
    key = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    quote = models.TextField()
    source = models.CharField(max_length=100)
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    milestone = models.ForeignKey(
        Milestone, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    owner = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="commitments"
    )
    stated_frequency = models.CharField(max_length=20, choices=Frequency.choices, blank=True)
    stated_months = models.JSONField(default=list, blank=True)
    stated_from = models.DateField(null=True, blank=True)
    stated_to = models.DateField(null=True, blank=True)
    stated_text = models.CharField(max_length=300, blank=True)
    note = models.TextField(blank=True)

    state = models.CharField(
        max_length=20, choices=CommitmentState.choices, default=CommitmentState.PROPOSED
    )
    version = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        indexes = [models.Index(fields=["plan", "state"], name="commitment_by_state")]
        constraints = [
            models.UniqueConstraint(fields=["plan", "key"], name="commitment_key_once"),
            models.CheckConstraint(
                condition=Q(state__in=CommitmentState.values), name="commitment_known_state"
            ),
            models.CheckConstraint(
                condition=Q(stated_frequency__in=["", *Frequency.values]),
                name="commitment_known_frequency",
            ),
            models.CheckConstraint(
                condition=Q(stated_to=None)
                | Q(stated_from=None)
                | Q(stated_to__gte=F("stated_from")),
                name="commitment_stated_in_order",
            ),
            models.CheckConstraint(condition=Q(quote__gt=""), name="commitment_has_quote"),
        ]

    def __str__(self) -> str:
        return self.title


class CommitmentDecision(AppendOnlyModel):
    """The rule that the programme office confirmed, or that the commitment ended, and why.

    The highest number holds; a rule counts from its ``first_on``.
    """

    commitment = models.ForeignKey(
        RecurringCommitment, on_delete=models.PROTECT, related_name="decisions"
    )
    number = models.PositiveIntegerField()
    act = models.CharField(max_length=20, choices=CommitmentAct.choices)
    frequency = models.CharField(max_length=20, choices=Frequency.choices, blank=True)
    months = models.JSONField(default=list, blank=True)
    first_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    owner = models.ForeignKey(
        Post, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    words = models.TextField(blank=True, max_length=LONGEST_WORDS)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "number"], name="commitment_decision_number_once"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="commitment_decision_counted_from_one"
            ),
            models.CheckConstraint(
                condition=(
                    Q(
                        act="confirmed",
                        frequency__in=Frequency.values,
                        first_on__isnull=False,
                        owner__isnull=False,
                    )
                    | Q(act="ended", frequency="", first_on=None, ends_on=None, words__gt="")
                ),
                name="commitment_decision_rule_or_reason",
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("first_on")),
                name="commitment_decision_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} {self.get_act_display().lower()}"


class OccurrenceRecord(AppendOnlyModel):
    """What happened in one occurrence of a commitment; the highest number of a window counts."""

    commitment = models.ForeignKey(
        RecurringCommitment, on_delete=models.PROTECT, related_name="records"
    )
    window_from = models.DateField()
    window_to = models.DateField()
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=20, choices=OccurrenceOutcome.choices)
    done_on = models.DateField(null=True, blank=True)
    note = models.TextField(blank=True, max_length=LONGEST_WORDS)
    link = models.URLField(blank=True, max_length=500)
    evidence = models.ForeignKey(
        Evidence, null=True, blank=True, on_delete=models.PROTECT, related_name="occurrences"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-window_from", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["commitment", "window_from", "number"], name="occurrence_number_once"
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="occurrence_counted_from_one"),
            models.CheckConstraint(
                condition=Q(window_to__gte=F("window_from")), name="occurrence_window_in_order"
            ),
            models.CheckConstraint(
                condition=Q(outcome="done", done_on__isnull=False)
                | Q(outcome="missed", done_on=None),
                name="occurrence_done_has_day",
            ),
            models.CheckConstraint(
                condition=Q(note__gt="") | Q(link__gt="") | Q(evidence__isnull=False),
                name="occurrence_has_note_or_evidence",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.commitment} {self.window_from} {self.get_outcome_display().lower()}"

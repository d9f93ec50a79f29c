"""The way of each pack to its readers: who did which step, and who was told of it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from governance.enums import Edition, PackState
from governance.models.packs import BoardPack
from governance.policies.packs import LONGEST_FOREWORD, LONGEST_REASON
from hertsend.accounts.models import Partnership
from hertsend.jobs.models import Message
from hertsend.records.bases import AuditedModel
from plans.models import ReportingPeriod

NOT_READ = (PackState.PLANNED,)
NOT_LAID_OUT = (PackState.PLANNED, PackState.SNAPSHOTTED)
HANDED_ON = (PackState.RELEASED, PackState.ISSUED)


def _given_in(states: tuple[PackState, ...], *columns: str) -> Q:
    """The columns are filled exactly in these states."""
    filled = {f"{name}__isnull": False for name in columns}
    empty = {f"{name}__isnull": True for name in columns}
    return Q(state__in=states, **filled) | (~Q(state__in=states) & Q(**empty))


class PackRun(AuditedModel):
    """One revision of a month's pack on its way: planned, read, laid out, released, issued.

    ``pack`` is what was read, which never changes. ``foreword``, ``order`` and ``left_out`` are the
    programme office's, until it releases; ``foreword_by_name`` is how its author was called when it
    was written. ``shown_sha256`` is the digest of all that readers are shown, kept from the release
    on. ``reason`` says why the office had a further version made. ``is_taken_over`` marks packs from
    before runs were kept, which could be read at once.
    """

    partnership = models.ForeignKey(Partnership, on_delete=models.PROTECT, related_name="pack_runs")
    period = models.ForeignKey(ReportingPeriod, on_delete=models.PROTECT, related_name="pack_runs")
    edition = models.CharField(max_length=20, choices=Edition.choices)
    revision = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=20, choices=PackState.choices, default=PackState.PLANNED)
    reason = models.TextField(blank=True, max_length=LONGEST_REASON)
    pack = models.OneToOneField(
        BoardPack, null=True, blank=True, on_delete=models.PROTECT, related_name="run"
    )
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    planned_at = models.DateTimeField()
    rendered_at = models.DateTimeField(null=True, blank=True)
    foreword = models.TextField(blank=True, max_length=LONGEST_FOREWORD)
    foreword_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    foreword_by_name = models.CharField(max_length=150, blank=True)
    foreword_at = models.DateTimeField(null=True, blank=True)
    order = models.JSONField(default=list, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    shown_sha256 = models.CharField(max_length=64, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    returned_reason = models.TextField(blank=True, max_length=LONGEST_REASON)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    is_taken_over = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-period__month", "edition", "-revision"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "period", "edition", "revision"],
                name="pack_run_once",
                violation_error_message="There is a pack of this revision already.",
            ),
            models.CheckConstraint(
                condition=Q(edition__in=Edition.values, state__in=PackState.values),
                name="pack_run_known_words",
            ),
            models.CheckConstraint(
                condition=Q(revision=1, reason="") | Q(revision__gt=1),
                name="pack_run_counted_from_one",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NOT_READ, pack__isnull=True)
                | (~Q(state__in=NOT_READ) & Q(pack__isnull=False)),
                name="pack_run_read_iff_pack",
            ),
            models.CheckConstraint(
                condition=Q(state__in=NOT_LAID_OUT, rendered_at__isnull=True)
                | (~Q(state__in=NOT_LAID_OUT) & Q(rendered_at__isnull=False)),
                name="pack_run_laid_out_iff_rendered_at",
            ),
            models.CheckConstraint(
                condition=Q(
                    is_taken_over=True,
                    state=PackState.ISSUED,
                    released_at__isnull=True,
                    released_by__isnull=True,
                )
                | Q(is_taken_over=False) & _given_in(HANDED_ON, "released_at", "released_by"),
                name="pack_run_released_by_and_at",
            ),
            models.CheckConstraint(
                condition=_given_in((PackState.ISSUED,), "issued_at"),
                name="pack_run_issued_iff_issued_at",
            ),
            models.CheckConstraint(
                condition=Q(is_taken_over=True, issued_by__isnull=True)
                | Q(is_taken_over=False) & _given_in((PackState.ISSUED,), "issued_by"),
                name="pack_run_issued_by",
            ),
            models.CheckConstraint(
                condition=Q(issued_by__isnull=True)
                | (
                    ~Q(issued_by=F("released_by"))
                    & (Q(foreword_by__isnull=True) | ~Q(issued_by=F("foreword_by")))
                ),
                name="pack_run_issued_by_another",
                violation_error_message="Nobody issues what they released or wrote in.",
            ),
            models.CheckConstraint(
                condition=Q(
                    foreword="",
                    foreword_by__isnull=True,
                    foreword_by_name="",
                    foreword_at__isnull=True,
                )
                | Q(
                    foreword__gt="",
                    foreword_by__isnull=False,
                    foreword_by_name__gt="",
                    foreword_at__isnull=False,
                ),
                name="pack_run_foreword_by_and_at",
            ),
            models.CheckConstraint(
                condition=Q(state__in=HANDED_ON, is_taken_over=False, shown_sha256__gt="")
                | ((~Q(state__in=HANDED_ON) | Q(is_taken_over=True)) & Q(shown_sha256="")),
                name="pack_run_digest_iff_handed_on",
            ),
            models.CheckConstraint(
                condition=Q(returned_reason="", returned_by__isnull=True, returned_at__isnull=True)
                | Q(returned_reason__gt="", returned_by__isnull=False, returned_at__isnull=False),
                name="pack_run_returned_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period} {self.get_edition_display()} {self.revision}"

    def get_absolute_url(self) -> str:
        return reverse("governance:pack-run", args=self.address)

    @property
    def pack_url(self) -> str:
        """Where the pack itself is read."""
        return reverse("governance:pack-detail", args=self.address)

    @property
    def address(self) -> list[str | int]:
        """The parts of the addresses of its pages."""
        return [
            self.period.plan.slug,
            f"{self.period.month:%Y-%m}",
            self.edition,
            self.revision,
        ]


class Delivery(models.Model):
    """That one person is told of one revision, once; operational, as is the e-mail that tells them.

    ``opened_at`` is when the person first opened the pack.
    """

    run = models.ForeignKey(PackRun, on_delete=models.PROTECT, related_name="deliveries")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    message = models.OneToOneField(
        Message, null=True, blank=True, on_delete=models.PROTECT, related_name="delivery"
    )
    planned_at = models.DateTimeField()
    opened_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["person__name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["run", "person"],
                name="delivery_once_per_person_and_revision",
                violation_error_message="This person is told of this revision already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.run} to {self.person}"

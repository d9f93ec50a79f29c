"""The calendars that people read in a program of their own, by an address that is a key."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact

from hertsend.records.bases import AuditedModel
from plans.models import Plan


class CalendarFeed(AuditedModel):
    """A person's calendar of the meetings of a plan; at most one is open for a person and plan.

    Only the SHA-256 of its key is stored, so its address is shown once. It never shows more than
    its person may see when it is asked.
    """

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="calendar_feeds")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds"
    )
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "person"], condition=Q(revoked_at=None), name="feed_once_while_open"
            ),
            models.CheckConstraint(condition=Exact(Length("digest"), 64), name="feed_has_digest"),
        ]

    def __str__(self) -> str:
        return f"Calendar of {self.person}"

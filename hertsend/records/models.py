"""Submissions: what makes pressing a button twice harmless."""

from django.conf import settings
from django.db import models


class Submission(models.Model):
    """One accepted submission of a person, by the key that the form or the client chose.

    The same key with the same body gives the first answer again; with another body it is refused.
    Operational, not audited: the row it led to is the record.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="submissions"
    )
    key = models.CharField(max_length=100)
    fingerprint = models.CharField(max_length=64)
    result = models.PositiveBigIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "key"],
                name="submission_once_per_person_and_key",
                violation_error_message="This has been submitted already.",
            ),
            models.CheckConstraint(condition=~models.Q(key=""), name="submission_key_given"),
        ]

    def __str__(self) -> str:
        return f"Submission {self.key}"

"""Bases of rows: what may change and leaves a trail, and what is written once and never again."""

from typing import Any, NoReturn, Self, TypeVar

from django.db import models
from simple_history.models import HistoricalRecords

from hertsend import dates
from hertsend.errors import Conflict


class WriteRefused(RuntimeError):
    """A route around the audit trail, or a change to a row that is written only once."""


class AuditedQuerySet(models.QuerySet):
    """Refuses the routes of the ORM that write no history (a known gap of simple-history)."""

    def _refuse(self, route: str) -> NoReturn:
        raise WriteRefused(
            f"{self.model.__name__}.{route} writes no history. Change the rows one by one with "
            "hertsend.records.bases.save_audited."
        )

    def update(self, **kwargs: Any) -> int:
        self._refuse("update")

    def bulk_create(self, *args: Any, **kwargs: Any) -> list:
        self._refuse("bulk_create")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        self._refuse("bulk_update")

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse("delete")


class AuditedModel(models.Model):
    """A row that may change; each change leaves who, when and why in its history."""

    history = HistoricalRecords(inherit=True)

    objects = AuditedQuerySet.as_manager()

    class Meta:
        abstract = True


Row = TypeVar("Row", bound=AuditedModel)


def save_audited(
    instance: AuditedModel, *, by: models.Model, reason: str, fields: list[str] | None = None
) -> None:
    """Store a row together with the person and the reason in its history.

    ``fields`` names the changed columns; without it the whole row is stored (new rows).
    """
    instance._history_user = by
    instance._change_reason = reason
    instance._history_date = dates.now()
    instance.save(update_fields=fields)


def check_unchanged(instance: AuditedModel, base_version: int, *, told: str) -> None:
    """Refuse a form that was opened on an earlier version of a row. Raises ``Conflict``."""
    if instance.version != base_version:
        raise Conflict(told)


def save_changed(instance: Row, *, by: models.Model, reason: str, **changes: Any) -> Row:
    """Change columns of a row that counts its versions, and keep who and why in its history."""
    for field, value in changes.items():
        setattr(instance, field, value)
    instance.version += 1
    save_audited(instance, by=by, reason=reason, fields=[*changes, "version"])
    return instance


class AppendOnlyQuerySet(models.QuerySet):
    """Rows can be added one by one and read; every other route is refused."""

    def _refuse(self, route: str) -> NoReturn:
        raise WriteRefused(
            f"{self.model.__name__} is append-only: {route} is refused. Add a new row instead."
        )

    def update(self, **kwargs: Any) -> int:
        self._refuse("update")

    def delete(self) -> tuple[int, dict[str, int]]:
        self._refuse("delete")

    def bulk_create(self, *args: Any, **kwargs: Any) -> list:
        self._refuse("bulk_create")

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        self._refuse("bulk_update")

    def update_or_create(self, *args: Any, **kwargs: Any) -> tuple[Any, bool]:
        self._refuse("update_or_create")


class AppendOnlyModel(models.Model):
    """A row that is written once: updates, decisions, packs. Corrections are new rows."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store a new row; a stored one is refused."""
        if not self._state.adding:
            raise WriteRefused(f"{type(self).__name__} is append-only and is already stored.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused always."""
        raise WriteRefused(f"{type(self).__name__} is append-only and cannot be deleted.")

    @classmethod
    def add(cls, **values: Any) -> Self:
        """Store one new row after its fields were checked; the one way to add."""
        row = cls(**values)
        row.full_clean(validate_unique=False, validate_constraints=False)
        row.save(force_insert=True)
        return row

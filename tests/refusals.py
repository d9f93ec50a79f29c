"""Asking the database itself: a row that breaks a constraint is refused by the one that is meant.

Rows are stored past services, forms and ``save()``, so that nothing but the database can refuse.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.apps import apps as registry
from django.db import IntegrityError, models, transaction


@dataclass(frozen=True)
class Refusal:
    """What a constraint refuses: values that break it, or fields that are those of another row.

    ``also`` names another constraint that such values cannot but break: which of both is told first
    is the database's own affair.
    """

    name: str
    model: type[models.Model]
    values: dict[str, Any] = field(default_factory=dict)
    same: tuple[str, ...] = ()
    also: str = ""

    def __str__(self) -> str:
        return " ".join([self.name, *self.values])


def constraints_of(*apps: str) -> set[str]:
    """The names of all constraints of our own models, and ``app.model.field`` for unique fields."""
    found = set()
    for app in apps:
        for model in registry.get_app_config(app).get_models():
            if model.__name__.startswith("Historical"):
                continue
            found |= {constraint.name for constraint in model._meta.constraints}
            found |= {
                f"{model._meta.label_lower}.{each.name}"
                for each in model._meta.get_fields()
                if getattr(each, "unique", False) and not getattr(each, "primary_key", False)
            }
    return found


def store(model: type[models.Model], values: dict[str, Any]) -> models.Model:
    """Put a row into its table and nothing else anywhere."""
    row = model(**values)
    row.save_base(raw=True, force_insert=True)
    return row


def check(refusal: Refusal, valid: Callable[[int], dict[str, Any]]) -> None:
    """Two valid rows are taken; the second is refused once it breaks the constraint.

    ``valid`` gives the values of a valid row by its number; rows of two numbers can stand together.
    """
    first = store(refusal.model, valid(1))
    with transaction.atomic():
        store(refusal.model, valid(2))
        transaction.set_rollback(True)
    shared = {name: getattr(first, name) for name in refusal.same}
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        store(refusal.model, valid(2) | refusal.values | shared)
    assert _is_meant(refusal, str(refused.value)), refused.value


def _is_meant(refusal: Refusal, message: str) -> bool:
    """Whether the database names the constraint; SQLite names the columns of a plain unique one."""
    options = refusal.model._meta
    named = {constraint.name: constraint for constraint in options.constraints}
    if refusal.name in message or (refusal.also and refusal.also in message):
        return True
    fields = getattr(named.get(refusal.name), "fields", (refusal.name.rpartition(".")[2],))
    columns = [options.get_field(name).column for name in fields]
    listed = ", ".join(f"{options.db_table}.{column}" for column in columns)
    return message == f"UNIQUE constraint failed: {listed}" or (
        "violates unique constraint" in message and f"({', '.join(columns)})=" in message
    )

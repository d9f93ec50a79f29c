"""A word of its own in every text of every row, so that whatever is shown betrays where it is from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from governance.models import BoardPack
from hertsend.accounts.models import Partnership, Post, PostHolding, RoleAssignment, User
from hertsend.jobs.models import Job, Message
from hertsend.records.models import Submission
from plans.permissions import PATH_TO_PARTNERSHIP
from tests.architecture.source import APPS

TOKEN = re.compile(r"zq\d{5}z", re.IGNORECASE)
TEXTS = (models.CharField, models.TextField, models.JSONField, models.FileField)
REASON = "history_change_reason"


@dataclass(frozen=True)
class Canary:
    """Where a token stands: a model's label and field, whose row it is, and of which person."""

    field: str
    is_foreign: bool
    person: int | None = None
    is_shareable: bool = False


def text_fields(model: type[models.Model]) -> set[str]:
    """The names of the fields that hold words: no choices, which hold one of a few."""
    return {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, TEXTS) and not field.choices
    }


def our_models() -> list[type[models.Model]]:
    """Our models with their histories."""
    return [model for model in apps.get_models() if model.__module__.split(".")[0] in APPS]


def label_of(model: type[models.Model]) -> str:
    """The model's label; a history has that of what it is the history of."""
    return (model.instance_type if hasattr(model, "instance_type") else model)._meta.label


def all_texts() -> set[str]:
    """Every text of every model of ours: "plans.Milestone.text"."""
    return {f"{label_of(model)}.{name}" for model in our_models() for name in text_fields(model)}


class Planted:
    """Puts tokens into the rows of a partnership and remembers what each stands for."""

    def __init__(self) -> None:
        self.canaries: dict[str, Canary] = {}

    def plant(self, partnership: Partnership, *, skip: set[str], is_foreign: bool) -> None:
        """Give every text that is not skipped a token of its own, past all guards of the models."""
        for model in our_models():
            for row in _rows_of(model, partnership):
                for name in sorted(text_fields(model)):
                    field = f"{label_of(model)}.{name}"
                    if field in skip:
                        continue
                    token = self._new(row, field, is_foreign=is_foreign)
                    value = _value(model._meta.get_field(name), token)
                    model._base_manager.filter(pk=row.pk).update(**{name: value})

    def _new(self, row: models.Model, field: str, *, is_foreign: bool) -> str:
        token = f"zq{len(self.canaries):05}z"
        is_person = isinstance(row, User) or label_of(type(row)) == "accounts.User"
        self.canaries[token] = Canary(
            field,
            is_foreign,
            getattr(row, "id", None) if is_person else None,
            bool(getattr(row, "evidence_shareable", False)),
        )
        return token

    def found_in(self, text: str) -> set[str]:
        """The tokens in a text."""
        return {token.lower() for token in TOKEN.findall(text)}


def _value(field: models.Field, token: str) -> object:
    if isinstance(field, models.JSONField):
        return [token]
    if isinstance(field, models.EmailField):
        return f"{token}@example.org"
    return f"https://{token}.example.org/" if isinstance(field, models.URLField) else token


def _rows_of(model: type[models.Model], partnership: Partnership) -> Iterator[models.Model]:
    """The rows of a model, or of its history, that belong to a partnership."""
    if hasattr(model, "instance_type"):
        own = [row.pk for row in _rows_of(model.instance_type, partnership)]
        return iter(model._base_manager.filter(id__in=own))
    return iter(model._base_manager.filter(**_belongs(model, partnership)).distinct())


def _belongs(model: type[models.Model], partnership: Partnership) -> dict[str, object]:
    people = User.objects.filter(role_assignments__partnership=partnership)
    paths = PATH_TO_PARTNERSHIP | {
        Partnership: "pk",
        Post: "partnership",
        PostHolding: "post__partnership",
        RoleAssignment: "partnership",
        BoardPack: "partnership",
    }
    if model in paths:
        return {paths[model]: partnership.pk}
    if model is User:
        return {"pk__in": people}
    if model is Job:
        return {"key__startswith": partnership.plans.order_by("pk").first().slug + ":"}
    owner = {Message: "recipient__in", Submission: "person__in"}.get(model)
    if owner:
        return {owner: people}
    through = {"MilestoneLead": "milestone__plan", "AreaAccountability": "area__plan"}
    return {f"{through[model.__name__]}__partnership": partnership.pk}

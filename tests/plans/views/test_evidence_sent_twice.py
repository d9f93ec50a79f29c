"""Evidence whose form is sent a second time with other words: told, kept as typed, and sent again."""

import pytest
from django.urls import reverse

from hertsend.accounts.roles import Role
from plans.models import Evidence
from tests.factories import evidence
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at

__all__ = ["built_world", "world"]


@pytest.fixture(autouse=True)
def today():
    with at(TODAY):
        yield


def test_adding_again_with_another_title_keeps_what_was_typed(world, as_role):
    lead = as_role(Role.WORKSTREAM_LEAD)
    where = reverse("plans:evidence-add", args=[world.plan.slug, "PA1.1-1"])
    piece = {name.removeprefix("evidence-0-"): value for name, value in evidence.typed().items()}
    first = piece | {"submission_key": "once"}
    assert lead.post(where, first).status_code == 302
    assert lead.post(where, first).status_code == 302  # the same again is the same piece
    assert Evidence.objects.count() == 1
    page = lead.post(where, first | {"title": "Another title"})
    form = page.context["form"]
    assert (page.status_code, form["title"].value()) == (409, "Another title")
    assert form.non_field_errors()
    again = first | {"title": "Another title", "submission_key": form["submission_key"].value()}
    assert lead.post(where, again).status_code == 302
    assert Evidence.objects.count() == 2


def test_withdrawing_again_with_another_reason_is_told(world, as_role):
    world.propose()
    piece = world.milestone().evidence.get()
    lead = as_role(Role.WORKSTREAM_LEAD)
    where = reverse("plans:evidence-withdraw", args=[world.plan.slug, piece.pk])
    first = {"reason": "A child could be recognised.", "submission_key": "once"}
    assert lead.post(where, first).status_code == 302
    page = lead.post(where, first | {"reason": "Another reason."})
    assert page.status_code == 409
    assert page.context["form"].non_field_errors()
    assert Evidence.objects.get(pk=piece.pk).withdrawn_reason == first["reason"]

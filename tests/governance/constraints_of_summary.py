"""Illegal states of the public summary."""

from typing import Any

from governance import models
from hertsend.accounts.roles import Role
from tests.access.public import JULY, WORDS
from tests.factories.world import TODAY, World, noon
from tests.refusals import Refusal

NOON = noon(TODAY)


def office(world: World) -> Any:
    return world.people[Role.PROGRAMME_OFFICE]


def setting(world: World, number: int) -> dict[str, Any]:
    """A decision by its number."""
    given = {"plan": world.plan, "number": number, "is_on": True, "from_on": TODAY}
    chair = world.people[Role.EXECUTIVE_CHAIR]
    return given | {"threshold": 5, "reason": "Agreed.", "by": chair, "at": NOON}


def summary(world: World, number: int) -> dict[str, Any]:
    """An area's sentences for July."""
    area = world.areas["PA1" if number == 1 else "AI1"]
    return WORDS | {"period": world.period(JULY), "area": area}


def publication(world: World, number: int) -> dict[str, Any]:
    """A version of July by its number."""
    given = {"period": world.period(JULY), "number": number, "content": {}, "sha256": "0" * 64}
    correction = "" if number == 1 else "A date was wrong."
    return given | {"correction": correction, "by": office(world), "at": NOON}


SETTING, SUMMARY = models.PublicSetting, models.AreaSummary
PUBLICATION = models.SummaryPublication
VALID = {SETTING: setting, SUMMARY: summary, PUBLICATION: publication}
APPROVED = {"state": "approved", "approved_by": office, "approved_at": NOON}

REFUSALS = [
    Refusal("public_setting_number_once", SETTING, same=("plan", "number")),
    Refusal("public_setting_counted_from_one", SETTING, {"number": 0}),
    Refusal("public_setting_threshold", SETTING, {"threshold": 2}),
    Refusal("public_setting_threshold", SETTING, {"threshold": 21}),
    Refusal("public_setting_has_reason", SETTING, {"reason": ""}),
    Refusal("area_summary_once_per_period_and_area", SUMMARY, same=("period", "area")),
    Refusal("area_summary_has_sentences", SUMMARY, {"meaning": ""}),
    Refusal("area_summary_approved_by_and_at", SUMMARY, {"state": "approved"}),
    Refusal("area_summary_approved_by_and_at", SUMMARY, APPROVED | {"state": "draft"}),
    Refusal("area_summary_approved_by_and_at", SUMMARY, APPROVED | {"approved_at": None}),
    Refusal("area_summary_approved_by_and_at", SUMMARY, APPROVED | {"state": "lost"}),
    Refusal(
        "summary_publication_number_once",
        PUBLICATION,
        {"correction": ""},
        same=("period", "number"),
    ),
    Refusal("summary_publication_corrected_with_words", PUBLICATION, {"correction": ""}),
    Refusal("summary_publication_corrected_with_words", PUBLICATION, {"number": 0}),
]

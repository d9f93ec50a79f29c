"""Illegal states of what families said, and of what was published of it."""

from typing import Any

from governance import models
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from tests.factories.world import TODAY, World, noon
from tests.refusals import Refusal

NOON = noon(TODAY)


def office(world: World) -> Any:
    return world.people[Role.PROGRAMME_OFFICE]


def item(world: World, number: int) -> dict[str, Any]:
    """A draft by its number."""
    return {
        "plan": world.plan,
        "number": number,
        "theme": "Waiting",
        "source": "Survey",
        "said_on": TODAY,
        "said": "We wait too long.",
        "entered_by": world.people[Role.PARENT_CARER_REPRESENTATIVE],
        "changed_at": NOON,
    }


def publication(world: World, number: int) -> dict[str, Any]:
    """What was published of a draft, by its number."""
    parent = models.FeedbackItem.objects.filter(plan=world.plan).first()
    if parent is None:
        parent = models.FeedbackItem(**item(world, 1))
        save_audited(parent, by=office(world), reason="Set up for a test")
    return {
        "item": parent,
        "number": number,
        "quarter": TODAY.replace(month=7, day=1),
        "theme": "Waiting",
        "source": "Survey",
        "said_on": TODAY,
        "said": "We wait too long.",
        "will_do": "Hire two more.",
        "approved_by": office(world),
        "by": office(world),
        "at": NOON,
    }


VALID = {models.FeedbackItem: item, models.FeedbackPublication: publication}

ITEM, PUBLICATION = models.FeedbackItem, models.FeedbackPublication
APPROVED = {
    "state": "approved",
    "will_do": "Hire two more.",
    "approved_by": office,
    "approved_at": NOON,
}

REFUSALS = [
    Refusal("feedback_number_once", ITEM, same=("plan", "number")),
    Refusal("feedback_counted_from_one", ITEM, {"number": 0}),
    Refusal("feedback_known_state", ITEM, {"state": "lost"}, also="feedback_approved_unless_draft"),
    Refusal("feedback_has_words", ITEM, {"said": ""}),
    Refusal("feedback_has_words", ITEM, {"theme": ""}),
    Refusal("feedback_has_words", ITEM, {"source": ""}),
    Refusal("feedback_approved_by_and_at", ITEM, APPROVED | {"approved_at": None}),
    Refusal("feedback_approved_unless_draft", ITEM, APPROVED | {"state": "draft"}),
    Refusal(
        "feedback_approved_unless_draft",
        ITEM,
        APPROVED | {"state": "published", "approved_by": None, "approved_at": None},
    ),
    Refusal("feedback_approved_with_answer", ITEM, APPROVED | {"will_do": ""}),
    Refusal("feedback_withdrawn_with_reason", ITEM, {"state": "withdrawn"}),
    Refusal("feedback_withdrawn_with_reason", ITEM, {"withdrawn_reason": "Told twice."}),
    Refusal("feedback_publication_number_once", PUBLICATION, same=("item", "number")),
    Refusal("feedback_publication_counted_from_one", PUBLICATION, {"number": 0}),
    Refusal("feedback_publication_of_a_quarter", PUBLICATION, {"quarter": TODAY}),
    Refusal("feedback_publication_has_words", PUBLICATION, {"will_do": ""}),
]

"""Illegal states of groups, memberships and terms of reference."""

import datetime as dt
from typing import Any

from governance import models
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from plans.models import StoredFile
from tests.factories.world import TODAY, World, noon
from tests.refusals import Refusal

YESTERDAY = TODAY - dt.timedelta(days=1)


def body(world: World) -> models.Group:
    """A group of the world."""
    row = models.Group.objects.filter(plan=world.plan, key="body").first()
    if row is None:
        row = models.Group(plan=world.plan, key="body", name="Body", tier="board", position=9)
        save_audited(row, by=User.objects.system(), reason="Set up for a test")
    return row


def group(world: World, number: int) -> dict[str, Any]:
    """A group by its number."""
    return {
        "plan": world.plan,
        "key": f"group-{number}",
        "name": f"Group {number}",
        "tier": "board",
        "position": number,
    }


def membership(world: World, number: int) -> dict[str, Any]:
    """Somebody in the body."""
    return {
        "group": body(world),
        "person": world.other_lead if number == 1 else world.second_chair,
        "capacity": "member",
        "organisation": "County council",
        "sector": "education",
        "starts_on": TODAY,
    }


def document(world: World, number: int) -> StoredFile:
    """A kept file by its number."""
    digest = f"{number:064}"
    existing = StoredFile.objects.filter(sha256=digest).first()
    return existing or StoredFile.add(
        plan=world.plan,
        name=f"{number}.pdf",
        media_type="application/pdf",
        size=9,
        sha256=digest,
        by=world.people[Role.PROGRAMME_OFFICE],
        at=noon(TODAY),
    )


def terms(world: World, number: int) -> dict[str, Any]:
    """Terms of reference of the body."""
    return {
        "group": body(world),
        "number": number,
        "title": "Terms",
        "file": document(world, number),
        "approved_on": YESTERDAY,
        "review_on": TODAY,
        "by": world.people[Role.PROGRAMME_OFFICE],
        "at": noon(TODAY),
    }


VALID = {
    models.Group: group,
    models.Membership: membership,
    models.TermsOfReference: terms,
}

REFUSALS = [
    Refusal("group_key_once", models.Group, same=("plan", "key")),
    Refusal("group_known_tier", models.Group, {"tier": "club"}),
    Refusal("group_has_name", models.Group, {"name": ""}),
    Refusal("group_has_name", models.Group, {"key": ""}),
    Refusal("membership_of_person_or_name", models.Membership, {"name": "A. Guest"}),
    Refusal("membership_of_person_or_name", models.Membership, {"person": None}),
    Refusal("membership_known_capacity_and_sector", models.Membership, {"capacity": "king"}),
    Refusal("membership_known_capacity_and_sector", models.Membership, {"sector": "sport"}),
    Refusal("membership_has_organisation", models.Membership, {"organisation": ""}),
    Refusal("membership_ends_after_start", models.Membership, {"ends_on": YESTERDAY}),
    Refusal("membership_cancelled_has_no_days", models.Membership, {"is_cancelled": True}),
    Refusal("membership_once_while_open", models.Membership, same=("group", "person", "capacity")),
    Refusal("terms_number_once", models.TermsOfReference, same=("group", "number")),
    Refusal("terms_link_or_file", models.TermsOfReference, {"file": None}),
    Refusal("governance.termsofreference.file", models.TermsOfReference, same=("file",)),
    Refusal("terms_counted_from_one", models.TermsOfReference, {"number": 0}),
    Refusal("terms_have_title", models.TermsOfReference, {"title": ""}),
    Refusal("terms_link_or_file", models.TermsOfReference, {"link": "https://example.org/"}),
    Refusal("terms_review_after_approval", models.TermsOfReference, {"review_on": YESTERDAY}),
]

"""What a group needs, and when somebody sits in it: on plain values."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from governance.enums import Capacity, GroupTier, Sector
from hertsend.errors import RuleBroken

NEEDS_TERMS = frozenset({GroupTier.EXECUTIVE, GroupTier.BOARD, GroupTier.WORKSTREAM})
"""The groups for which the plan promises terms of reference (actions 1.1 and 2.1)."""

SECTORS_OF_A_BOARD: tuple[Sector, ...] = (Sector.EDUCATION, Sector.HEALTH, Sector.SOCIAL_CARE)
"""A board is "jointly chaired by Directors in Health, Education and Social Care" (plan, Governance)."""


@dataclass(frozen=True)
class Seat:
    """Who sits in a group on a day, as far as the rules ask; ``workstreams`` are those sat for."""

    capacity: str
    sector: str
    workstreams: frozenset[str] = frozenset()


def gaps_of(
    *,
    tier: str,
    workstreams: Sequence[str],
    seats: Collection[Seat],
    terms_review_on: dt.date | None,
    has_terms: bool,
    on: dt.date,
) -> tuple[str, ...]:
    """What a group is missing on a day, each in a sentence that says what to do."""
    found = []
    if tier in NEEDS_TERMS and not has_terms:
        found.append("It has no terms of reference. Add them once they are approved.")
    if has_terms and terms_review_on is not None and terms_review_on < on:
        found.append(
            f"Its terms of reference were to be reviewed by {_words(terms_review_on)}. "
            "Review them and add the approved version."
        )
    found += _without_parent_carers(workstreams, seats) if tier == GroupTier.WORKSTREAM else []
    found += _without_chairs(seats) if tier == GroupTier.BOARD else []
    return tuple(found)


def _without_parent_carers(workstreams: Sequence[str], seats: Collection[Seat]) -> list[str]:
    """The plan (action 2.3) wants a parent carer in each workstream."""
    present = [seat for seat in seats if seat.capacity == Capacity.PARENT_CARER_REPRESENTATIVE]
    heard = {key for seat in present for key in seat.workstreams or workstreams}
    return [
        f"Workstream {key} has no parent carer representative. Ask the parent carer forum for one."
        for key in workstreams
        if key not in heard
    ]


def _without_chairs(seats: Collection[Seat]) -> list[str]:
    chairing = {seat.sector for seat in seats if seat.capacity == Capacity.JOINT_CHAIR}
    missing = [sector for sector in SECTORS_OF_A_BOARD if sector not in chairing]
    return [f"No joint chair sits for {sector.label.lower()}." for sector in missing]


def check_reporting(*, own_key: str, above: Mapping[str, Collection[str]]) -> None:
    """Refuse a group that would report to itself, through whatever chain.

    ``above`` holds for each group's key the keys of those to which it reports, the new ones
    included.
    """
    seen: set[str] = set()
    waiting = list(above.get(own_key, ()))
    while waiting:
        key = waiting.pop()
        if key == own_key:
            raise RuleBroken({"reports_to": ["A group cannot report to itself."]})
        if key not in seen:
            seen.add(key)
            waiting += above.get(key, ())


def check_membership(
    *,
    has_person: bool,
    name: str,
    organisation: str,
    capacity: str,
    sector: str,
    starts_on: dt.date,
    ends_on: dt.date | None,
) -> None:
    """Refuse a membership of nobody, of two, or that ends before it starts; tells all at once."""
    errors: dict[str, list[str]] = {}
    if has_person == bool(name.strip()):
        errors["person"] = ["Select a person, or enter the name of somebody without an account."]
    if not organisation.strip():
        errors["organisation"] = ["Enter the organisation that they sit for."]
    if capacity == Capacity.PARENT_CARER_REPRESENTATIVE and sector != Sector.FAMILIES:
        errors["sector"] = ["A parent carer representative sits for families."]
    if ends_on is not None and ends_on < starts_on:
        errors["ends_on"] = ["The last day must not be before the first day."]
    if errors:
        raise RuleBroken(errors)


def check_terms(
    *,
    title: str,
    has_link: bool,
    has_file: bool,
    approved_on: dt.date,
    review_on: dt.date,
    on: dt.date,
) -> None:
    """Refuse terms of reference without a document, or approved in the future."""
    errors: dict[str, list[str]] = {}
    if not title.strip():
        errors["title"] = ["Enter what the document is called."]
    if has_link == has_file:
        errors["link"] = ["Give a link or a file, not both."]
    if approved_on > on:
        errors["approved_on"] = ["The day of approval must be today or before."]
    if review_on <= approved_on:
        errors["review_on"] = ["The review must come after the approval."]
    if errors:
        raise RuleBroken(errors)


def _words(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"

"""One row of everything that has to do with impact and what comes again, past the services."""

import datetime as dt
from typing import Any

from hertsend.accounts.roles import Role
from hertsend.records.bases import save_audited
from plans.models import (
    CommitmentDecision,
    Evidence,
    ImpactDecision,
    ImpactEvidence,
    ImpactRating,
    OccurrenceRecord,
    RecurringCommitment,
)
from tests.factories.world import TODAY, World, noon

NOON = noon(TODAY)


def rating(world: World, number: int = 1, **values: Any) -> ImpactRating:
    """A rating of PA1.1 for August, unless said otherwise."""
    given = {
        "action": world.actions["PA1.1"],
        "period": world.period(),
        "number": number,
        "level": 1,
        "words": "Too few have noticed.",
        "by": world.people[Role.WORKSTREAM_LEAD],
        "at": NOON,
    }
    return ImpactRating.add(**(given | values))


def decision(world: World, row: ImpactRating, **values: Any) -> ImpactDecision:
    """The confirmation of a rating, unless said otherwise."""
    given = {
        "rating": row,
        "outcome": "confirmed",
        "fingerprint": f"{1:064}",
        "role": Role.JOINT_CHAIR,
        "by": world.people[Role.JOINT_CHAIR],
        "at": NOON,
    }
    return ImpactDecision.add(**(given | values))


def commitment(world: World, number: int = 1, **values: Any) -> RecurringCommitment:
    """A promise of PA1.1 that nobody has confirmed, unless said otherwise."""
    given = {
        "plan": world.plan,
        "key": f"meetings-{number}",
        "position": number,
        "title": "Meetings of the teams",
        "quote": "We will meet monthly.",
        "source": "PA1.1",
        "action": world.actions["PA1.1"],
        "stated_frequency": "monthly",
        "stated_text": "monthly",
    }
    row = RecurringCommitment(**(given | values))
    save_audited(row, by=world.people[Role.PROGRAMME_OFFICE], reason="Set up for a test")
    return row


def rule(world: World, row: RecurringCommitment, number: int = 1, **values: Any):
    """The confirmed rule of a commitment: every month from June 2024, unless said otherwise."""
    given = {
        "commitment": row,
        "number": number,
        "act": "confirmed",
        "frequency": "monthly",
        "first_on": dt.date(2024, 6, 1),
        "owner": world.posts["PA1"],
        "by": world.people[Role.PROGRAMME_OFFICE],
        "at": NOON,
    }
    return CommitmentDecision.add(**(given | values))


def record(world: World, row: RecurringCommitment, number: int = 1, **values: Any):
    """That the meeting of June took place, unless said otherwise."""
    given = {
        "commitment": row,
        "window_from": dt.date(2024, 6, 1),
        "window_to": dt.date(2024, 6, 30),
        "number": number,
        "outcome": "done",
        "done_on": dt.date(2024, 6, 12),
        "note": "Minutes of 12 June.",
        "by": world.people[Role.WORKSTREAM_LEAD],
        "at": NOON,
    }
    return OccurrenceRecord.add(**(given | values))


def all_of_them(world: World, evidence: Evidence) -> None:
    """One row of each, the rating confirmed and resting on evidence."""
    rated = rating(world)
    ImpactEvidence.add(rating=rated, evidence=evidence)
    decision(world, rated)
    row = commitment(world)
    rule(world, row)
    record(world, row)

"""Illegal states of a pack's way and of its deliveries."""

from typing import Any

from governance import models
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.jobs.models import Message
from hertsend.records.bases import save_audited
from tests.factories.world import TODAY, World, noon
from tests.governance.steps import AUGUST, JULY
from tests.refusals import Refusal

NOON = noon(TODAY)


def office(world: World) -> User:
    """Who releases."""
    return world.people[Role.PROGRAMME_OFFICE]


def chair(world: World) -> User:
    """Who issues."""
    return world.people[Role.JOINT_CHAIR]


def pack(world: World, number: int) -> models.BoardPack:
    """The content of a pack, by its number."""
    return models.BoardPack.objects.get_or_create(
        partnership=world.partnership,
        period=world.period({1: AUGUST, 2: JULY}[number]),
        edition="families",
        schema_version=1,
        cut_off=NOON,
        content={},
        sha256="0" * 64,
        assembled_by=office(world),
        assembled_at=NOON,
    )[0]


def run(world: World, number: int) -> dict[str, Any]:
    """An issued pack by its number."""
    content = pack(world, number)
    return {
        "partnership": world.partnership,
        "period": content.period,
        "edition": "families",
        "state": "issued",
        "pack": content,
        "planned_by": User.objects.system(),
        "planned_at": NOON,
        "rendered_at": NOON,
        "shown_sha256": "1" * 64,
        "released_by": office(world),
        "released_at": NOON,
        "issued_by": chair(world),
        "issued_at": NOON,
    }


def message(world: World, number: int) -> Message:
    """An e-mail by its number."""
    return Message.objects.get_or_create(
        kind="governance.pack_issued",
        key=f"x{number}",
        defaults={
            "recipient": office(world),
            "day": TODAY,
            "header_message_id": f"<{number}@example.org>",
            "planned_at": NOON,
        },
    )[0]


def delivery(world: World, number: int) -> dict[str, Any]:
    """That a person was told, by its number."""
    row = models.PackRun.objects.filter(edition="families").first()
    if row is None:
        row = models.PackRun(**run(world, 1))
        save_audited(row, by=User.objects.system(), reason="Set up for a test")
    return {
        "run": row,
        "person": {1: office, 2: chair}[number](world),
        "message": message(world, number),
        "planned_at": NOON,
    }


VALID = {models.PackRun: run, models.Delivery: delivery}

TAKEN_OVER = {
    "is_taken_over": True,
    "released_by": None,
    "released_at": None,
    "issued_by": None,
    "shown_sha256": "",
}

REFUSALS = [
    Refusal("pack_run_once", models.PackRun, same=("partnership", "period", "edition")),
    Refusal("governance.packrun.pack", models.PackRun, {"revision": 2}, same=("pack",)),
    Refusal("pack_run_known_words", models.PackRun, {"edition": "public"}),
    Refusal("pack_run_counted_from_one", models.PackRun, {"reason": "A figure was wrong."}),
    Refusal("pack_run_counted_from_one", models.PackRun, {"revision": 0}),
    Refusal("pack_run_read_iff_pack", models.PackRun, {"pack": None}),
    Refusal("pack_run_laid_out_iff_rendered_at", models.PackRun, {"rendered_at": None}),
    Refusal("pack_run_released_by_and_at", models.PackRun, {"released_at": None}),
    Refusal("pack_run_released_by_and_at", models.PackRun, TAKEN_OVER | {"released_at": NOON}),
    Refusal("pack_run_issued_iff_issued_at", models.PackRun, {"issued_at": None}),
    Refusal("pack_run_issued_by", models.PackRun, {"issued_by": None}),
    Refusal("pack_run_issued_by", models.PackRun, TAKEN_OVER | {"issued_by": chair}),
    Refusal("pack_run_issued_by_another", models.PackRun, {"issued_by": office}),
    Refusal(
        "pack_run_issued_by_another",
        models.PackRun,
        {
            "foreword": "Read on.",
            "foreword_by": chair,
            "foreword_by_name": "Joint chair",
            "foreword_at": NOON,
        },
    ),
    Refusal("pack_run_foreword_by_and_at", models.PackRun, {"foreword": "Read on."}),
    Refusal(
        "pack_run_foreword_by_and_at",
        models.PackRun,
        {"foreword": "Read on.", "foreword_by": office, "foreword_at": NOON},
    ),
    Refusal("pack_run_foreword_by_and_at", models.PackRun, {"foreword_by_name": "Nobody"}),
    Refusal("pack_run_digest_iff_handed_on", models.PackRun, {"shown_sha256": ""}),
    Refusal(
        "pack_run_digest_iff_handed_on", models.PackRun, TAKEN_OVER | {"shown_sha256": "1" * 64}
    ),
    Refusal(
        "pack_run_digest_iff_handed_on",
        models.PackRun,
        {
            "state": "rendered",
            "released_by": None,
            "released_at": None,
            "issued_by": None,
            "issued_at": None,
        },
    ),
    Refusal("pack_run_returned_with_reason", models.PackRun, {"returned_reason": "No."}),
    Refusal("governance.delivery.message", models.Delivery, same=("message",)),
    Refusal("delivery_once_per_person_and_revision", models.Delivery, same=("run", "person")),
]

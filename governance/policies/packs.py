"""The way of a pack from its plan to its issue, and what each step must not lack.

The system reads and lays out; the programme office releases; a joint chair issues, and nobody what
they released or wrote themselves.
"""

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from governance.enums import DeliveryState, PackAct, PackState
from hertsend.errors import RuleBroken
from hertsend.jobs.enums import MessageState

ACTS: dict[PackAct, tuple[tuple[PackState, ...], PackState]] = {
    PackAct.SNAPSHOT: ((PackState.PLANNED,), PackState.SNAPSHOTTED),
    PackAct.RENDER: ((PackState.SNAPSHOTTED,), PackState.RENDERED),
    PackAct.PREPARE: ((PackState.RENDERED,), PackState.RENDERED),
    PackAct.RELEASE: ((PackState.RENDERED,), PackState.RELEASED),
    PackAct.SEND_BACK: ((PackState.RELEASED,), PackState.RENDERED),
    PackAct.ISSUE: ((PackState.RELEASED,), PackState.ISSUED),
}
"""For each act: the states from which it is possible, and the state to which it leads."""

PREVIEWED: tuple[PackState, ...] = (
    PackState.SNAPSHOTTED,
    PackState.RENDERED,
    PackState.RELEASED,
)
"""The states in which a pack is there and is shown only to those who prepare and issue it."""

LONGEST_FOREWORD = 3000
LONGEST_REASON = 1000

DELIVERY_STATES: dict[MessageState, DeliveryState] = {
    MessageState.PLANNED: DeliveryState.PLANNED,
    MessageState.SENDING: DeliveryState.SENDING,
    MessageState.SENT: DeliveryState.SENT,
    MessageState.UNKNOWN: DeliveryState.UNKNOWN,
    MessageState.PARKED: DeliveryState.FAILED,
    MessageState.WITHHELD: DeliveryState.REFUSED,
}
"""What an e-mail's state means for the pack that it tells of."""

SENT_AGAIN: tuple[DeliveryState, ...] = (DeliveryState.UNKNOWN, DeliveryState.FAILED)
"""Only these may be sent again, and only because a person decided so."""


@dataclass(frozen=True)
class Standing:
    """What a step depends on beside the state: whether the revision still is the month's own."""

    state: str
    label: str
    is_latest: bool
    is_of_freeze: bool


def check_act(act: PackAct, standing: Standing) -> PackState:
    """Refuse an act that the state does not allow, or on a pack that was overtaken; answer where it leads.

    Raises ``RuleBroken``.
    """
    before, after = ACTS[act]
    if standing.state not in before:
        now = PackState(standing.state).label
        raise RuleBroken(f"{standing.label}: this cannot be done now. It stands at “{now}”.")
    if not standing.is_latest:
        raise RuleBroken(f"{standing.label}: there is a later version. Go on with that one.")
    if not standing.is_of_freeze:
        raise RuleBroken(
            f"{standing.label}: the month was reopened after its content was fixed. A further "
            "version is made when it freezes again."
        )
    return after


def may_act(act: PackAct, standing: Standing) -> bool:
    """Whether ``check_act`` would let it pass: for buttons."""
    return standing.is_latest and standing.is_of_freeze and standing.state in ACTS[act][0]


def check_issuer(*, issuer_id: int, own_ids: Collection[int | None]) -> None:
    """Refuse a joint chair who released the pack or wrote its foreword. Raises ``RuleBroken``."""
    if issuer_id in own_ids:
        raise RuleBroken("You released this pack or wrote in it, so another joint chair issues it.")


def check_reissue(standing: Standing, *, reason: str) -> None:
    """Refuse a further version of what is not issued, or without the reason. Raises ``RuleBroken``."""
    if standing.state != PackState.ISSUED:
        raise RuleBroken(f"{standing.label} is not issued, so it can still be changed itself.")
    if not standing.is_latest:
        raise RuleBroken(f"{standing.label}: there is a later version already.")
    if not standing.is_of_freeze:
        raise RuleBroken(
            f"{standing.label}: the month is open again. A further version is made when it freezes."
        )
    check_words(reason, field="reason", told="Enter what was wrong and is put right.")


def check_words(words: str, *, field: str, told: str) -> None:
    """Refuse words that are missing or too long. Raises ``RuleBroken``."""
    if not words.strip():
        raise RuleBroken({field: [told]})
    if len(words) > LONGEST_REASON:
        raise RuleBroken({field: [f"Use {LONGEST_REASON} characters at most."]})


def check_foreword(words: str) -> None:
    """Refuse a foreword that is too long; none at all is allowed. Raises ``RuleBroken``."""
    if len(words) > LONGEST_FOREWORD:
        raise RuleBroken({"foreword": [f"Use {LONGEST_FOREWORD} characters at most."]})


def check_arrangement(
    *,
    order: Sequence[str],
    left_out: Sequence[str],
    movable: Collection[str],
    leavable: Collection[str],
) -> None:
    """Refuse to move or leave out what always stands in a pack. Raises ``RuleBroken``."""
    if sorted(order) != sorted(set(order) & set(movable)):
        raise RuleBroken({"order": ["Name each section that can be moved once at most."]})
    if sorted(left_out) != sorted(set(left_out) & set(leavable)):
        raise RuleBroken(
            {"left_out": ["Exceptions, slips and who did not report are never left out."]}
        )


def delivery_state(message_state: str | None) -> DeliveryState:
    """What became of a delivery, by the state of its e-mail; planned before there is one."""
    if message_state is None:
        return DeliveryState.PLANNED
    return DELIVERY_STATES[MessageState(message_state)]


def latest_of(first: dt.datetime, *later: dt.datetime | None) -> dt.datetime:
    """The last of the moments at which something was done: since then the next step waits."""
    return max(first, *(each for each in later if each is not None), first)

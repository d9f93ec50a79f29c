"""What every act on the way to sign-off shares: read again, repeated once, written as a row."""

from typing import Any

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.errors import Conflict
from hertsend.records import submissions
from hertsend.records.bases import save_changed
from plans import policies
from plans.enums import StageAct
from plans.models import Milestone, StageChange


def sent(milestone: Milestone, act: StageAct, *values: Any) -> str:
    """What a submission asked for, as its fingerprint."""
    return submissions.fingerprint_of(act.value, {"milestone": milestone.pk, "values": values})


def earlier_act(sent: str, *, key: str, by: User) -> StageChange | None:
    """The act that this submission made before. Raises ``Conflict`` for a key used for another."""
    earlier = submissions.earlier_result(person=by, key=key, fingerprint=sent)
    return None if earlier is None else StageChange.objects.get(pk=earlier)


def check_unchanged(milestone: Milestone, base_version: int) -> None:
    """Raise ``Conflict`` when the milestone changed after the page was opened."""
    if not policies.check_version(current=milestone.version, base=base_version):
        raise Conflict("This changed after you opened it. Look at it again, then decide.")


def check_closed_by_rating(milestone: Milestone, *, by_rating: bool) -> None:
    """Raise ``RuleBroken`` where a review of impact would be closed without its rating."""
    policies.check_closed_by_rating(
        kind=milestone.kind, action_key=milestone.action.key, by_rating=by_rating
    )


def write_act(
    milestone: Milestone, act: StageAct, *, by: User, words: str = "", **details: Any
) -> StageChange:
    """Check, write the append-only row, then the milestone's stage."""
    to_stage = policies.check_act(act, stage=milestone.stage)
    change = StageChange.add(
        milestone=milestone,
        version=milestone.version + 1,
        act=act,
        from_stage=milestone.stage,
        to_stage=to_stage,
        words=words.strip(),
        by=by,
        at=dates.now(),
        **details,
    )
    save_changed(milestone, by=by, reason=words.strip() or act.label, stage=to_stage)
    return change

"""The way to sign-off: which act is possible, and who may not do it (8)."""

import datetime as dt
from collections.abc import Collection

from hertsend.errors import RuleBroken
from plans.enums import Stage, StageAct
from plans.policies.stages import STAGES_BY_ACT


def can_act(act: StageAct, *, stage: str) -> bool:
    """Whether the act is possible from this stage."""
    return stage in STAGES_BY_ACT[act][0]


def check_act(act: StageAct, *, stage: str) -> Stage:
    """Refuse an act that the stage does not allow; answer the stage to which it leads."""
    if not can_act(act, stage=stage):
        raise RuleBroken(
            f"It is {Stage(stage).label.lower()} now, so it cannot be {act.label.lower()}."
        )
    return STAGES_BY_ACT[act][1]


def check_showing(words: str) -> None:
    """Refuse a proposal that does not say what shows that it is complete."""
    if not words.strip():
        raise RuleBroken({"words": ["Say what shows that it is complete."]})


def check_reason(words: str) -> None:
    """Refuse to return or withdraw without a reason."""
    if not words.strip():
        raise RuleBroken({"words": ["Enter the reason."]})


def check_is_proposed(stage: str) -> None:
    """Refuse to ask for a signature under what nobody proposed."""
    if stage != Stage.PROPOSED_COMPLETE:
        raise RuleBroken(f"It is {Stage(stage).label.lower()} now, so no signature is waited for.")


def is_own_work(*, signer_id: int, author_ids: Collection[int]) -> bool:
    """Whether the signer had a part in the work: nobody decides on their own."""
    return signer_id in author_ids


def own_work_sentence(what: str, *, on: dt.date) -> str:
    """Why somebody may not decide; ``what`` they did follows "You"."""
    return (
        f"You {what} ({on.day} {on:%B %Y}). Nobody decides on their own work, in any role: another "
        "accountable joint chair does."
    )

"""When a whole action is signed off: derived from its milestones and its signatures."""

from collections.abc import Collection

from hertsend.errors import RuleBroken
from plans.enums import ActionAct, Stage
from plans.policies.stages import ENDED_STAGES


def is_action_signed_off(
    *, latest_act: str | None, reopened_since: bool, stages: Collection[str]
) -> bool:
    """Whether the signature under an action stands.

    ``latest_act`` is the latest of its signatures and reopenings, ``reopened_since`` whether one of
    its milestones was reopened after the signature; ``stages`` are those of its milestones now, so
    that a milestone that a new edition of the plan adds ends the signature too.
    """
    return (
        latest_act == ActionAct.SIGNED
        and not reopened_since
        and all(stage in ENDED_STAGES for stage in stages)
    )


def milestones_are_over(stages: Collection[str]) -> bool:
    """Whether all milestones of an action are signed off or withdrawn, at least one signed off."""
    return Stage.SIGNED_OFF in stages and all(stage in ENDED_STAGES for stage in stages)


def missing_for_action(*, stages: Collection[str], impact_reviewed: bool) -> list[str]:
    """What still has to happen before an action can be signed off, each in a sentence."""
    missing = []
    waiting = sum(stage not in ENDED_STAGES for stage in stages)
    if waiting:
        noun = "milestone is" if waiting == 1 else "milestones are"
        missing.append(f"{waiting} {noun} neither signed off nor withdrawn.")
    elif Stage.SIGNED_OFF not in stages:
        missing.append("None of its milestones was signed off.")
    if not impact_reviewed:
        missing.append("Its impact has not been confirmed by a joint chair.")
    return missing


def check_action_ready(*, stages: Collection[str], impact_reviewed: bool) -> None:
    """Refuse to sign an action whose milestones are not over or whose impact was not reviewed."""
    missing = missing_for_action(stages=stages, impact_reviewed=impact_reviewed)
    if missing:
        raise RuleBroken(" ".join(missing))


def check_action_signed(*, is_signed_off: bool) -> None:
    """Refuse to reopen an action that is not signed off."""
    if not is_signed_off:
        raise RuleBroken("It is not signed off now, so it cannot be reopened.")


def check_action_unsigned(*, is_signed_off: bool) -> None:
    """Refuse a second signature under an action whose signature stands."""
    if is_signed_off:
        raise RuleBroken("It is signed off already.")

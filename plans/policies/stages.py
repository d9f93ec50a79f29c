"""The stages of a milestone, and which follow from which (2)."""

from plans.enums import Stage, StageAct

OPEN_STAGES: tuple[Stage, ...] = (Stage.NOT_STARTED, Stage.IN_PROGRESS)
"""Stages in which a milestone can be overdue (7)."""

ENDED_STAGES: tuple[Stage, ...] = (Stage.SIGNED_OFF, Stage.WITHDRAWN)
"""Stages in which nothing more is reported."""

STAGES_BY_UPDATE: dict[Stage, tuple[Stage, ...]] = {
    Stage.NOT_STARTED: (Stage.NOT_STARTED, Stage.IN_PROGRESS),
    Stage.IN_PROGRESS: (Stage.IN_PROGRESS,),
    Stage.PROPOSED_COMPLETE: (Stage.PROPOSED_COMPLETE,),
    Stage.SIGNED_OFF: (),
    Stage.WITHDRAWN: (),
}
"""The stages that an update may report, by the stage that the milestone has (2)."""

STAGES_BY_ACT: dict[StageAct, tuple[tuple[Stage, ...], Stage]] = {
    StageAct.PROPOSED: (OPEN_STAGES, Stage.PROPOSED_COMPLETE),
    StageAct.SIGNED_OFF: ((Stage.PROPOSED_COMPLETE,), Stage.SIGNED_OFF),
    StageAct.RETURNED: ((Stage.PROPOSED_COMPLETE,), Stage.IN_PROGRESS),
    StageAct.TAKEN_BACK: ((Stage.PROPOSED_COMPLETE,), Stage.IN_PROGRESS),
    StageAct.REOPENED: ((Stage.SIGNED_OFF,), Stage.IN_PROGRESS),
    StageAct.WITHDRAWN: ((*OPEN_STAGES, Stage.PROPOSED_COMPLETE), Stage.WITHDRAWN),
}
"""For each act: the stages from which it is possible, and the stage to which it leads (2)."""

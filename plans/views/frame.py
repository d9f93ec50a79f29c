"""The frame of every page of one milestone: heading, tabs, and what the reader may do."""

from typing import Any

from django.http import HttpRequest

from plans import permissions, policies
from plans.enums import StageAct
from plans.models import Milestone
from plans.selectors import Moment
from plans.views.context import crumbs, milestone_url
from plans.views.moments import as_at_context, without_acts
from plans.views.reviews import review_doors

ACTS = ("update", "propose", "take-back", "sign-off", "reopen", "withdraw")
"""The pages on which somebody acts, always as it stands now."""


def milestone_frame(
    request: HttpRequest, milestone: Milestone, moment: Moment, *, current: str
) -> dict[str, Any]:
    """What every page of a milestone shows: heading, tabs, and the buttons that the reader may use."""
    url = {
        name: milestone_url(f"milestone-{name}", milestone) + ("" if name in ACTS else moment.query)
        for name in ("detail", "updates", "exceptions", "history", *ACTS)
    } | {"evidence": milestone_url("evidence-add", milestone)}
    tabs = [("Overview", url["detail"]), ("Updates", url["updates"])]
    if permissions.reads_officers_words(request.user, milestone.plan):
        tabs.append(("Exceptions and dates", url["exceptions"]))
    tabs.append(("History", url["history"]))
    may_update = permissions.may_update(request.user, milestone)
    context = as_at_context(request, milestone.plan, moment) | {
        "plan": milestone.plan,
        "milestone": milestone,
        "url": {name.replace("-", "_"): address for name, address in url.items()},
        "tabs": [
            {"label": label, "url": address, "current": label == current} for label, address in tabs
        ],
        "can_update": may_update and bool(policies.STAGES_BY_UPDATE[milestone.stage]),
        "can_propose": may_update and policies.can_act(StageAct.PROPOSED, stage=milestone.stage),
        "can_sign": permissions.may_sign_off(request.user, milestone)
        and policies.can_act(StageAct.SIGNED_OFF, stage=milestone.stage),
        "can_add_evidence": may_update and milestone.stage not in policies.ENDED_STAGES,
        "can_change_evidence": may_update,
        "can_take_back": may_update
        and policies.can_act(StageAct.TAKEN_BACK, stage=milestone.stage),
        "can_reopen": permissions.may_sign_off(request.user, milestone)
        and policies.can_act(StageAct.REOPENED, stage=milestone.stage),
        "can_withdraw": permissions.may_withdraw(request.user, milestone)
        and policies.can_act(StageAct.WITHDRAWN, stage=milestone.stage),
        "crumbs": crumbs(
            milestone.plan,
            (milestone.action.key, milestone.action.get_absolute_url()),
            (milestone.key, ""),
            query=moment.query,
        ),
        "show_key": True,
    }
    return without_acts(context | review_doors(request, milestone), moment)

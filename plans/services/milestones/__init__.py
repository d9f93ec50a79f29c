"""The one path of a milestone: updated, proposed complete, signed off, and back again.

Order in each: lock, permit, check, write, record, and only then enqueue. The form and the API are
doors to the same functions.
"""

from plans.services.milestones.proposing import propose_complete, take_back
from plans.services.milestones.signing import reopen, return_proposal, sign_off
from plans.services.milestones.updates import record_update
from plans.services.milestones.withdrawing import withdraw

__all__ = [
    "propose_complete",
    "record_update",
    "reopen",
    "return_proposal",
    "sign_off",
    "take_back",
    "withdraw",
]

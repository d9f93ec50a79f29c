"""What of governance waits for people, one module for each kind of work."""

from governance.matters.assessing import rhythm
from governance.matters.barriers import barriers
from governance.matters.deciding import decisions_asked
from governance.matters.delivering import undelivered
from governance.matters.following import log_actions
from governance.matters.hearing import feedback
from governance.matters.packs import packs
from governance.matters.returning import missing_returns, returns_to_check
from governance.matters.risks import mitigations, risk_reviews

__all__ = [
    "barriers",
    "decisions_asked",
    "feedback",
    "log_actions",
    "missing_returns",
    "mitigations",
    "packs",
    "returns_to_check",
    "rhythm",
    "risk_reviews",
    "undelivered",
]

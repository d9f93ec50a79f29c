"""What is derived of one milestone."""

import datetime as dt
import hashlib
import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder

from plans import policies
from plans.models import Milestone


@dataclass(frozen=True)
class MilestoneDates:
    """The dates of a milestone side by side; ``slip`` in days, None where there is none to count."""

    published: dt.date | None
    agreed: dt.date | None
    forecast: dt.date | None
    moves: int
    slip: int | None

    @property
    def in_force(self) -> dt.date | None:
        """The agreed date, else the published one."""
        return self.agreed or self.published


def dates_of(milestone: Milestone) -> MilestoneDates:
    """The dates of one milestone, the agreed one derived from its date changes."""
    latest = milestone.date_changes.order_by("-number").first()
    agreed = latest.agreed_on if latest else None
    return MilestoneDates(
        published=milestone.due_on,
        agreed=agreed,
        forecast=milestone.forecast_on,
        moves=latest.number if latest else 0,
        slip=policies.slip_in_days(
            due_on=milestone.due_on, agreed_on=agreed, forecast_on=milestone.forecast_on
        ),
    )


def author_ids(milestone: Milestone) -> set[int]:
    """Everyone who updated or proposed the milestone: those who may not sign it off."""
    updated = milestone.updates.values_list("by_id", flat=True)
    proposed = milestone.stage_changes.filter(act="proposed").values_list("by_id", flat=True)
    return set(updated) | set(proposed)


def fingerprint_of(milestone: Milestone) -> str:
    """The SHA-256 of what a signer is shown: promise, dates, last update and proposal."""
    update = milestone.updates.order_by("-version").first()
    proposal = milestone.stage_changes.filter(act="proposed").order_by("-version").first()
    shown = {
        "key": milestone.key,
        "text": milestone.text,
        "due_text": milestone.due_text,
        "version": milestone.version,
        "stage": milestone.stage,
        "dates": [milestone.due_on, dates_of(milestone).agreed, milestone.forecast_on],
        "update": update
        and [update.version, update.rating, update.what_happened, update.what_is_next],
        "proposal": proposal and [proposal.version, proposal.words, proposal.evidence_link],
    }
    text = json.dumps(shown, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()

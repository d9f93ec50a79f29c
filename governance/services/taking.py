"""What every way of taking a decision has in common: its chair, its day, its words, what prompted it."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from governance.enums import MeetingState
from governance.models import Decision, DecisionRequest, Group, Meeting
from governance.permissions import records as rights
from governance.policies import decisions as rules
from governance.policies.decisions import DecisionWords, PromptWords
from governance.services.prompting import attach, hand_on, targets_of
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.records import submissions


def sent(act: str, prompts: Sequence[PromptWords], **values: Any) -> str:
    """What a submission asked for, as its fingerprint."""
    return submissions.fingerprint_of(act, values | {"prompts": [asdict(each) for each in prompts]})


@dataclass(frozen=True)
class Taking:
    """A decision that a chair is about to take for a group, which is locked.

    Making one refuses whoever does not chair the group. Raises ``NotAllowed``.
    """

    group: Group
    words: DecisionWords
    meeting: Meeting | None
    taken_on: dt.date | None
    prompts: Sequence[PromptWords]
    by: User

    def __post_init__(self) -> None:
        rights.require_chair(self.by, self.group)

    @property
    def day(self) -> dt.date | None:
        """The meeting's day, else the one that was given."""
        return dates.day_of(self.meeting.starts_at) if self.meeting else self.taken_on

    def fingerprint(self, act: str, **values: Any) -> str:
        """What was sent."""
        meeting = self.meeting.pk if self.meeting else None
        given = {"group": self.group.pk, "meeting": meeting, "taken_on": self.taken_on}
        return sent(act, self.prompts, **given, **asdict(self.words), **values)

    def store(
        self,
        *,
        request: DecisionRequest | None = None,
        asked_on: dt.date | None = None,
        supersedes: Decision | None = None,
        reason_for_change: str = "",
    ) -> Decision:
        """Check all of it, and write the one row that is never changed. Raises ``RuleBroken``."""
        if self.meeting is not None:
            rules.check_meeting(
                is_of_group=self.meeting.group_id == self.group.pk,
                is_cancelled=self.meeting.state == MeetingState.CANCELLED,
                held_on=dates.day_of(self.meeting.starts_at),
                on=dates.today(),
            )
        rules.check_decision(self.words, taken_on=self.day, asked_on=asked_on, on=dates.today())
        targets = targets_of(self.prompts, plan=self.group.plan, by=self.by)
        decision = Decision.add(
            group=self.group,
            number=self.group.decisions.count() + 1,
            request=request,
            supersedes=supersedes,
            reason_for_change=reason_for_change,
            meeting=self.meeting,
            title=self.words.title.strip(),
            decided=self.words.decided.strip(),
            reasons=self.words.reasons.strip(),
            internal_note=self.words.internal_note.strip(),
            taken_on=self.day,
            effective_on=self.words.effective_on,
            taken_by=self.by,
            at=dates.now(),
        )
        if request is not None:
            hand_on(request, decision)
        attach(decision, self.prompts, targets)
        return decision

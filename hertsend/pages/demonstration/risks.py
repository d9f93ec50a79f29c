"""The register of risks over the invented months: raised in March, reviewed month by month."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from governance.enums import RiskLevel
from governance.models import Risk
from governance.policies import risks as rules
from governance.policies.risks import RiskWords, Score
from governance.services import mitigations, risks
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.pages.demonstration import stories
from hertsend.pages.demonstration.people import Cast
from hertsend.pages.demonstration.risk_words import FOUND, MOVED, RISKS, Invented
from plans.models import Plan, Workstream

RAISED_ON = dt.date(2024, 3, 5)
MITIGATED_ON = dt.date(2024, 9, 24)
REVIEWED_ON_DAY, MOVED_ON_DAY = 3, 19
SEEN_BY = (
    Role.PROGRAMME_OFFICE,
    Role.JOINT_CHAIR,
    Role.EXECUTIVE_CHAIR,
    Role.EXECUTIVE_MEMBER,
)
"""Who is shown the restricted risk."""


@dataclass(frozen=True)
class Risks:
    """The plan's risks, and who does what with them."""

    plan: Plan
    cast: Cast

    def act(self, day: dt.date) -> None:
        """What is done with risks on a day."""
        if day == RAISED_ON:
            for invented in RISKS:
                self._raise(invented)
        month = months_since_raised(day)
        if day == stories.working(day.replace(day=REVIEWED_ON_DAY)) and month > 0:
            self._each(lambda risk, invented: self._review(risk, invented, month))
        if day == stories.working(day.replace(day=MOVED_ON_DAY)):
            self._each(lambda risk, invented: self._move(risk, invented, day.month))
        if day == MITIGATED_ON:
            self._each(lambda risk, invented: self._mitigate(risk, invented, day))

    def _each(self, act: Callable[[Risk, Invented], None]) -> None:
        by_event = {invented.event: invented for invented in RISKS}
        rows = Risk.objects.filter(plan=self.plan).select_related("plan", "workstream", "owner")
        for risk in rows:
            act(risk, by_event[risk.event])

    def _stream(self, invented: Invented) -> Workstream | None:
        streams = list(self.plan.workstreams.all())
        return None if invented.place is None else streams[invented.place % len(streams)]

    def _owner(self, invented: Invented) -> User:
        if invented.is_restricted:
            return self.cast.people["executive-chair"]
        stream = self._stream(invented)
        return self.cast.leads[stream.key] if stream else self.cast.people["chair"]

    def _raise(self, invented: Invented) -> None:
        stream = self._stream(invented)
        risks.raise_risk(
            plan=self.plan,
            workstream=stream,
            words=RiskWords(
                event=invented.event,
                cause=invented.cause,
                effect=invented.effect,
                controls=invented.controls,
                gaps=invented.gaps,
                inherent_likelihood=invented.inherent[0],
                inherent_impact=invented.inherent[1],
                target_likelihood=invented.target[0],
                target_impact=invented.target[1],
            ),
            current=Score(*invented.scores[0]),
            owner=self._owner(invented),
            seen_by=SEEN_BY if invented.is_restricted else (),
            actions=list(stream.actions.all()[:2]) if stream else [],
            indicators=list(stream.indicators.all()[:1]) if stream else [],
            by=self.cast.people["office"],
        )

    def _review(self, risk: Risk, invented: Invented, month: int) -> None:
        """The owner scores it for the month before; where the scores stop, nobody does."""
        if month >= len(invented.scores):
            return
        before, now = Score(*invented.scores[month - 1]), Score(*invented.scores[month])
        trend = rules.trend_of([now, before])
        risks.review_risk(
            risk=risk, score=now, words=FOUND[trend], base_version=risk.version, by=risk.owner
        )

    def _move(self, risk: Risk, invented: Invented, month: int) -> None:
        level = invented.moves.get(month)
        if level is not None:
            person = risk.owner if level == RiskLevel.BOARD else self.cast.people["chair"]
            risks.move_risk(
                risk=risk,
                to_level=level,
                reason=MOVED[level],
                base_version=risk.version,
                by=person,
            )

    def _mitigate(self, risk: Risk, invented: Invented, day: dt.date) -> None:
        """What is done against it; days below nought are days by which it is late on the last day."""
        for number, (text, days) in enumerate(invented.mitigations, start=1):
            made = mitigations.add_mitigation(
                risk=risk,
                text=text,
                owner=risk.owner,
                due_on=stories.working(day + dt.timedelta(days=max(days, 0) + 5)),
                by=risk.owner,
            )
            if number == 1 and len(invented.mitigations) > 2:
                mitigations.end_mitigation(
                    mitigation=made,
                    becomes="done",
                    words="Agreed by all three councils in September.",
                    base_version=made.version,
                    by=risk.owner,
                )


def months_since_raised(day: dt.date) -> int:
    """How many months after the risks were raised a day lies."""
    return (day.year - RAISED_ON.year) * 12 + day.month - RAISED_ON.month

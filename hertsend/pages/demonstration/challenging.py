"""Exception reports, and how board and Executive challenge them in the last invented weeks."""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from hertsend.accounts.models import User
from hertsend.pages.demonstration import excuses, stories
from hertsend.pages.demonstration.people import Cast
from plans import selectors
from plans.enums import DateRequestState, DeepDiveState, EscalationState
from plans.models import (
    DeepDive,
    Escalation,
    ExceptionQuestion,
    Milestone,
    Plan,
    ReportingPeriod,
)
from plans.policies import ReportWords, RequestWords
from plans.selectors import Moment
from plans.selectors.exceptions import needing_report
from plans.services import challenges, date_requests, deep_dives, escalations, exception_reports

HELD_ON, NEXT_DIVE = dt.date(2024, 10, 2), dt.date(2024, 10, 24)
ASKED_AT_ONCE = 3


def report(row: Milestone, period: ReportingPeriod, *, by: User, on: dt.date) -> None:
    """A lead says why a milestone is late or off track; each month anew, in words of that month."""
    chance = random.Random(f"{row.key}:{period.month}:exception")  # noqa: S311 - a story
    ask, asked = chance.choice(excuses.ASKS)
    exception_reports.write_report(
        milestone=row,
        period=period,
        words=ReportWords(
            cause=chance.choice(excuses.CAUSES),
            effect_on_families=chance.choice(excuses.EFFECTS),
            what_is_being_done=chance.choice(excuses.DOING),
            done_by=stories.working(on + dt.timedelta(days=chance.choice((21, 35, 49)))),
            ask=ask,
            asked_of_board=asked,
        ),
        base_version=0,
        by=by,
    )


def ask_for_date(row: Milestone, day: dt.date, *, reason: str, by: User) -> None:
    """A lead asks for a new date, unless a request waits already."""
    latest = row.date_requests.order_by("-number").first()
    if latest and latest.state == DateRequestState.OPEN:
        return
    chance = random.Random(f"{row.key}:date")  # noqa: S311 - a story, not a secret
    date_requests.request_date(
        milestone=row,
        words=RequestWords(
            asked_for_on=day,
            reason=reason,
            effect_on_others=chance.choice(excuses.EFFECTS_ON_OTHERS),
        ),
        base_version=latest.number if latest else 0,
        by=by,
    )


def decide_date(row: Milestone, becomes: str, *, decision: str, by: User) -> None:
    """A joint chair decides on the request that waits, if one does."""
    request = row.date_requests.filter(state=DateRequestState.OPEN).first()
    if request is not None:
        date_requests.decide_request(
            request=request,
            becomes=becomes,
            decision=decision,
            base_version=request.version,
            by=by,
        )


@dataclass
class Boards:
    """What the members of board and Executive do on certain days, one scene for each."""

    plan: Plan
    cast: Cast

    def act(self, on: dt.date) -> None:
        """What happens on this day, if anything does."""
        scenes: dict[dt.date, Callable[[dt.date], None]] = {
            dt.date(2024, 9, 10): self.ask_for_dates,
            dt.date(2024, 9, 18): self.board_of_september,
            dt.date(2024, 9, 24): self.leads_answer,
            dt.date(2024, 9, 27): self.executive_answers,
            HELD_ON: self.dive_is_held,
            dt.date(2024, 10, 10): self.board_of_october,
            dt.date(2024, 10, 11): self.chair_escalates,
            dt.date(2024, 10, 14): self.one_answer_and_more_dates,
        }
        if scene := scenes.get(on):
            scene(on)

    def exceptions(self, on: dt.date) -> list[Milestone]:
        """The exceptions of the day, the longest overdue first."""
        milestones = self.plan.milestones.select_related(
            "plan", "action__workstream"
        ).prefetch_related("action__areas")
        lines = selectors.lines_at(milestones, plan=self.plan, moment=Moment(on=on), visible=())
        rows = {row.pk: row for row in milestones}
        return [rows[line.pk] for line in needing_report(lines)]

    def lead(self, row: Milestone) -> User:
        """Who leads the milestone's workstream."""
        return self.cast.leads[row.action.workstream.key]

    def chair(self, row: Milestone) -> User:
        """A joint chair who is accountable for the milestone's area."""
        return self.cast.chairs[row.action.areas.all()[0].key][0]

    def ask_for_dates(self, on: dt.date) -> None:
        """Leads ask for new dates for what has been late longest."""
        for row in self.exceptions(on)[:ASKED_AT_ONCE]:
            day = stories.working(on + dt.timedelta(days=120))
            ask_for_date(row, day, reason=excuses.REASON, by=self.lead(row))

    def board_of_september(self, on: dt.date) -> None:
        """The board refuses the dates, asks questions, calls for a deep dive, and escalates."""
        member = self.cast.people["board"]
        late = self.exceptions(on)
        for row in late[:ASKED_AT_ONCE]:
            decide_date(row, "refused", decision=excuses.REFUSAL, by=self.chair(row))
        for row, words in zip(late, excuses.QUESTIONS, strict=False):
            challenges.ask_question(milestone=row, words=words, by=member)
        for row in late[:1]:
            self._dive(row, HELD_ON, by=self.cast.people["executive"])
        for row in late[1:2]:
            escalations.escalate(milestone=row, reason=excuses.ESCALATION, by=member)

    def leads_answer(self, on: dt.date) -> None:
        """Each lead answers what was asked."""
        for question in self._of_plan(ExceptionQuestion, answers=None):
            challenges.answer_question(
                question=question,
                words=excuses.ANSWER,
                by=self.lead(question.milestone),
            )

    def executive_answers(self, on: dt.date) -> None:
        """The Executive answers what was escalated, and says who acts."""
        for escalation in self._of_plan(Escalation, state=EscalationState.OPEN):
            escalations.answer_escalation(
                escalation=escalation,
                response=excuses.RESPONSE,
                who_acts=excuses.WHO_ACTS,
                base_version=escalation.version,
                by=self.cast.people["executive-chair"],
            )

    def dive_is_held(self, on: dt.date) -> None:
        """The programme office records what the deep dive found."""
        for dive in self._of_plan(DeepDive, state=DeepDiveState.PLANNED):
            deep_dives.end_deep_dive(
                deep_dive=dive,
                becomes=DeepDiveState.HELD,
                outcome=excuses.FOUND,
                base_version=dive.version,
                by=self.cast.people["office"],
            )

    def board_of_october(self, on: dt.date) -> None:
        """More questions, the next deep dive, and new dates asked for by the leads."""
        first = self.cast.people["lead"]
        late = sorted(self.exceptions(on), key=lambda row: self.lead(row) != first)
        for row, words in zip(late, excuses.LATER_QUESTIONS, strict=False):
            challenges.ask_question(milestone=row, words=words, by=self.cast.people["chair"])
        for row in late[2:3]:
            self._dive(row, NEXT_DIVE, by=self.cast.people["executive"])
        for row in [*late[1:2], *late[3:5]]:
            day = stories.working(on + dt.timedelta(days=75))
            ask_for_date(row, day, reason=excuses.REASON, by=self.lead(row))

    def chair_escalates(self, on: dt.date) -> None:
        """A joint chair brings what is late longest before the Executive."""
        for row in self.exceptions(on)[:1]:
            escalations.escalate(
                milestone=row, reason=excuses.LATER_ESCALATION, by=self.cast.people["chair"]
            )

    def one_answer_and_more_dates(self, on: dt.date) -> None:
        """One question is answered; a date is asked for where the plan gives no day."""
        for question in list(self._of_plan(ExceptionQuestion, answers=None))[1:]:
            challenges.answer_question(
                question=question, words=excuses.LATER_ANSWER, by=self.lead(question.milestone)
            )
        undated = self.plan.milestones.filter(due_on=None, stage="in_progress", date_changes=None)
        for row in undated.select_related("plan", "action__workstream")[:1]:
            day = stories.working(on + dt.timedelta(days=150))
            ask_for_date(row, day, reason=excuses.UNDATED, by=self.cast.people["office"])

    def _dive(self, row: Milestone, day: dt.date, *, by: User) -> None:
        deep_dives.ask_deep_dive(milestone=row, planned_on=day, reason=excuses.DIVE, by=by)

    def _of_plan(self, model: Any, **which: Any) -> Any:
        rows = model.objects.filter(milestone__plan=self.plan, **which).order_by("pk")
        return rows.select_related("milestone__plan", "milestone__action__workstream")

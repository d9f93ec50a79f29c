"""Reports, challenges and date requests, made through the services on the world's day."""

import datetime as dt
from typing import Any

from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans.models import (
    DateChangeRequest,
    DeepDive,
    Escalation,
    ExceptionAnswer,
    ExceptionQuestion,
    ExceptionReport,
)
from plans.policies import ReportWords, RequestWords
from plans.services import challenges, date_requests, deep_dives, escalations, exception_reports
from tests.factories.world import TODAY, World, at

KEY = "PA1.1-1"
DONE_BY = dt.date(2024, 11, 29)
ASKED_FOR = dt.date(2024, 12, 20)
REPORT: dict[str, Any] = {
    "cause": "Recruitment took longer.",
    "effect_on_families": "They wait longer.",
    "what_is_being_done": "Agency staff cover.",
    "done_by": DONE_BY,
    "ask": "help",
    "asked_of_board": "Two more posts.",
}
REQUEST: dict[str, Any] = {
    "asked_for_on": ASKED_FOR,
    "reason": "Recruitment took longer.",
    "effect_on_others": "It holds up the next step.",
    "affected": ("PA1.1-2",),
}


class Said:
    """What people say of a milestone of a world; ``by`` is a person or the role of one."""

    def __init__(self, world: World, key: str = KEY, *, on: dt.date = TODAY) -> None:
        self.world, self.key, self.on = world, key, on

    def person(self, by: User | Role) -> User:
        """The world's person of a role, or the person themselves."""
        return self.world.people[by] if isinstance(by, Role) else by

    def off_track(self) -> None:
        """Let the lead rate the milestone red, so that it is an exception."""
        self.world.update(self.key, on=self.on, rating="red", forecast_on=dt.date(2024, 10, 30))

    def report(
        self, by: User | Role = Role.WORKSTREAM_LEAD, *, on: dt.date | None = None, **changes: Any
    ) -> ExceptionReport:
        """A report for the month that is due."""
        more = {
            name: changes.pop(name)
            for name in ("base_version", "submission_key")
            if name in changes
        }
        period = changes.pop("period", None) or self.world.period()
        with at(on or self.on):
            return exception_reports.write_report(
                milestone=self.world.milestone(self.key),
                period=period,
                words=ReportWords(**REPORT | changes),
                by=self.person(by),
                **({"base_version": 0} | more),
            )

    def ask(
        self, by: User | Role = Role.BOARD_MEMBER, words: str = "Why again?", **more: Any
    ) -> ExceptionQuestion:
        """A question."""
        with at(self.on):
            return challenges.ask_question(
                milestone=self.world.milestone(self.key), words=words, by=self.person(by), **more
            )

    def answer(
        self,
        question: ExceptionQuestion,
        by: User | Role = Role.WORKSTREAM_LEAD,
        words: str = "Because.",
        **more: Any,
    ) -> ExceptionAnswer:
        """An answer."""
        with at(self.on):
            return challenges.answer_question(
                question=question, words=words, by=self.person(by), **more
            )

    def dive(self, by: User | Role = Role.EXECUTIVE_MEMBER, **changes: Any) -> DeepDive:
        """A deep dive, asked for today."""
        sound = {"planned_on": self.on, "reason": "Why it is late again."}
        with at(self.on):
            return deep_dives.ask_deep_dive(
                milestone=self.world.milestone(self.key), by=self.person(by), **sound | changes
            )

    def end_dive(
        self, dive: DeepDive, by: User | Role = Role.PROGRAMME_OFFICE, **changes: Any
    ) -> DeepDive:
        """What became of a deep dive."""
        sound = {"becomes": "held", "outcome": "Two posts are vacant.", "base_version": 1}
        with at(self.on):
            return deep_dives.end_deep_dive(deep_dive=dive, by=self.person(by), **sound | changes)

    def escalate(
        self, by: User | Role = Role.BOARD_MEMBER, reason: str = "Nothing moves.", **more: Any
    ) -> Escalation:
        """An escalation."""
        with at(self.on):
            return escalations.escalate(
                milestone=self.world.milestone(self.key), reason=reason, by=self.person(by), **more
            )

    def respond(
        self, escalation: Escalation, by: User | Role = Role.EXECUTIVE_CHAIR, **changes: Any
    ) -> Escalation:
        """The Executive's answer."""
        sound = {"response": "Seen to.", "who_acts": "The director", "base_version": 1}
        with at(self.on):
            return escalations.answer_escalation(
                escalation=escalation, by=self.person(by), **sound | changes
            )

    def take_back(
        self, escalation: Escalation, by: User | Role = Role.BOARD_MEMBER, **changes: Any
    ) -> Escalation:
        """An escalation withdrawn."""
        with at(self.on):
            return escalations.withdraw_escalation(
                escalation=escalation,
                by=self.person(by),
                **{"words": "It moves again.", "base_version": 1} | changes,
            )

    def request(
        self, by: User | Role = Role.WORKSTREAM_LEAD, *, base_version: int = 0, **changes: Any
    ) -> DateChangeRequest:
        """A request for a new date."""
        more = {"submission_key": changes.pop("submission_key", "")}
        with at(self.on):
            return date_requests.request_date(
                milestone=self.world.milestone(self.key),
                words=RequestWords(**REQUEST | changes),
                base_version=base_version,
                by=self.person(by),
                **more,
            )

    def change(
        self, request: DateChangeRequest, by: User | Role = Role.WORKSTREAM_LEAD, **changes: Any
    ) -> DateChangeRequest:
        """A request put in the place of another."""
        more = {
            name: changes.pop(name)
            for name in ("base_version", "submission_key")
            if name in changes
        }
        with at(self.on):
            return date_requests.change_request(
                request=request,
                words=RequestWords(**REQUEST | changes),
                by=self.person(by),
                **({"base_version": 1} | more),
            )

    def decide(
        self,
        request: DateChangeRequest,
        by: User | Role = Role.JOINT_CHAIR,
        *,
        on: dt.date | None = None,
        **changes: Any,
    ) -> DateChangeRequest:
        """A decision."""
        sound = {"becomes": "granted", "decision": "The board agrees.", "base_version": 1}
        with at(on or self.on):
            return date_requests.decide_request(
                request=request, by=self.person(by), **sound | changes
            )

    def withdraw(
        self, request: DateChangeRequest, by: User | Role = Role.WORKSTREAM_LEAD, **changes: Any
    ) -> DateChangeRequest:
        """A request withdrawn."""
        with at(self.on):
            return date_requests.withdraw_request(
                request=request, by=self.person(by), **{"base_version": 1} | changes
            )

"""Invented decisions of two groups, what prompted them, and the action log that came of them."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from governance.enums import Capacity, MeetingState
from governance.models import Decision, Group, LogAction, Meeting
from governance.policies.decisions import DecisionWords, PromptWords, RequestWords
from governance.services import decisions, log
from governance.services.log import TaskWords
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.pages.demonstration.people import Cast
from kpis.selectors.lines import measure_lines
from kpis.selectors.telling import headline
from plans.models import Plan

IN_TIME, SPEECH = "new-ehcps-within-20-weeks", "speech-and-language-assessment-wait"
AUDITED, TIMETABLES = "plans-audited-good-or-better", "part-time-timetables"
MARCH, JUNE = dt.date(2024, 3, 12), dt.date(2024, 6, 18)
SEPTEMBER, OCTOBER = dt.date(2024, 9, 26), dt.date(2024, 10, 8)

TASKS: tuple[tuple[dt.date, str, str, str, dt.date, str, dt.date | None], ...] = (
    (MARCH, "board", IN_TIME, "Show the weekly number of plans in time to both teams", dt.date(2024, 4, 30), "lead", dt.date(2024, 4, 25)),
    (MARCH, "board", "", "Agree one list of contacts for all partners", dt.date(2024, 4, 12), "office", dt.date(2024, 4, 10)),
    (JUNE, "board", AUDITED, "Audit ten more plans of each team by September", dt.date(2024, 9, 30), "lead", dt.date(2024, 9, 27)),
    (JUNE, "board", "", "Invite two schools to the October board", dt.date(2024, 9, 13), "office", None),
    (SEPTEMBER, "board", IN_TIME, "Bring forward the second round of recruitment of psychologists", dt.date(2024, 10, 11), "lead", None),
    (SEPTEMBER, "board", "", "Try the clearer letter with ten families", dt.date(2024, 10, 31), "families", None),
    (SEPTEMBER, "executive", SPEECH, "Report the longest waits each month", dt.date(2024, 10, 17), "executive", None),
    (SEPTEMBER, "board", TIMETABLES, "Ask the ten schools with most part-time timetables for their plans", dt.date(2024, 11, 15), "board", None),
    (OCTOBER, "board", "", "Put the dashboard on the agenda of every workstream group", dt.date(2024, 11, 29), "office", None),
    (OCTOBER, "executive", "", "Send the forum the plain summary of the summer", dt.date(2024, 10, 11), "office", dt.date(2024, 10, 10)),
)  # fmt: skip
"""When raised, for which group, because of which measure, what, due when, by whom, closed when."""

UPDATE = "Half of it is done; the rest waits for figures of two services."
CLOSING = "Done, and reported to the group."


@dataclass(frozen=True)
class Deciding:
    """The decisions and the log of a plan's board and executive."""

    plan: Plan
    cast: Cast

    @property
    def office(self) -> User:
        """Who asks, and keeps the log."""
        return self.cast.people["office"]

    def tell(self) -> None:
        """Six decisions, three requests of which two wait, and ten actions; none where no board is."""
        board = self.plan.groups.filter(tier="board").first()
        executive = self.plan.groups.filter(tier="executive").first()
        if board is None or executive is None:
            return
        team = self._board(board)
        self._executive(executive)
        self._waiting(board, executive)
        groups = {"board": board, "executive": executive}
        for task in TASKS:
            self._raise(groups[task[1]], task, team)

    def _board(self, board: Group) -> Decision:
        """Five decisions, one of which supersedes another; answers the one that the log carries out."""
        self._take(
            board,
            MARCH,
            "Figures each month from every service",
            "Each service sends its figures by the fifth working day of the month.",
            "The board could not see where plans were late.",
            self._measure(IN_TIME, MARCH),
        )
        first = self._take(
            board,
            JUNE,
            "One more team for new plans",
            "A second team for new plans starts in January 2025.",
            "More requests come than one team can answer in time.",
            self._measure(IN_TIME, JUNE),
        )
        team = self._supersede(board, first)
        request = self._ask(
            board,
            dt.date(2024, 9, 10),
            "How do we win back the time lost on overdue milestones?",
            "The leads report that the summer cost them weeks and ask for help.",
            self._exception(),
        )
        self._take(
            board,
            SEPTEMBER,
            "A fortnightly look at overdue milestones",
            "The joint chairs look at overdue milestones every two weeks until none is left.",
            "Most of them are late for want of a decision between services.",
            request=request,
        )
        self._take(
            board,
            OCTOBER,
            "Minutes are public to members in a week",
            "Draft minutes go to all members within a week of each meeting.",
            "Members asked for it; nothing speaks against it.",
        )
        return team

    def _executive(self, executive: Group) -> None:
        self._take(
            executive,
            dt.date(2024, 9, 20),
            "Speech and language waits at every meeting",
            "The waits for speech and language therapy stand on every agenda until the spring.",
            "They fall more slowly than the plan needs.",
            self._measure(SPEECH, SEPTEMBER),
        )

    def _waiting(self, board: Group, executive: Group) -> None:
        """Two requests that wait, one asked because of a measure; and one that was withdrawn."""
        self._ask(
            board,
            OCTOBER,
            "May audits of plans be shared between the teams?",
            "Each team learns only from its own. The data protection officer agrees.",
            self._measure(AUDITED, OCTOBER),
            wanted_by=dt.date(2024, 10, 22),
        )
        self._ask(
            executive,
            dt.date(2024, 10, 10),
            "Who pays for the second team from April 2025?",
            "The grant ends in March. The board of both funders meets in November.",
            wanted_by=dt.date(2024, 11, 21),
        )
        withdrawn = self._ask(
            board, OCTOBER, "A further meeting in October?", "To catch up with the summer."
        )
        with dates.at(_morning(dt.date(2024, 10, 11))):
            decisions.withdraw(
                request=withdrawn, reason="The fortnightly look makes it unneeded.", by=self.office
            )

    def _ask(
        self,
        group: Group,
        day: dt.date,
        question: str,
        background: str,
        *prompts: PromptWords,
        wanted_by: dt.date | None = None,
    ) -> Any:
        with dates.at(_morning(day)):
            return decisions.ask(
                group=group,
                words=RequestWords(question, background, wanted_by),
                prompts=[each for each in prompts if each.reference],
                by=self.office,
            )

    def _take(
        self,
        group: Group,
        day: dt.date,
        title: str,
        decided: str,
        reasons: str,
        *prompts: PromptWords,
        request: Any = None,
    ) -> Decision:
        """A chair takes it, in the group's meeting of the days before where there was one."""
        given = self._given(group, day, DecisionWords(title, decided, reasons, day), prompts)
        with dates.at(_morning(day)):
            if request is not None:
                return decisions.decide(request=request, **given)
            return decisions.take(group=group, **given)

    def _supersede(self, board: Group, first: Decision) -> Decision:
        words = DecisionWords(
            "One more team for new plans, from November",
            "The second team for new plans starts in November 2024.",
            "Recruitment went faster than expected, and waits are still too long.",
            dt.date(2024, 11, 1),
        )
        given = self._given(board, SEPTEMBER, words, (self._measure(IN_TIME, SEPTEMBER),))
        with dates.at(_morning(SEPTEMBER)):
            return decisions.supersede(
                decision=first, reason_for_change="The team can start earlier.", **given
            )

    def _given(
        self, group: Group, day: dt.date, words: DecisionWords, prompts: tuple[PromptWords, ...]
    ) -> dict[str, Any]:
        seats = group.memberships.filter(capacity__in=[Capacity.CHAIR, Capacity.JOINT_CHAIR])
        meeting = _meeting(group, day)
        return {
            "words": words,
            "meeting": meeting,
            "taken_on": None if meeting else day,
            "prompts": [each for each in prompts if each.reference],
            "by": seats.select_related("person").earliest("pk").person,
        }

    def _raise(self, group: Group, task: tuple[Any, ...], team: Decision) -> None:
        """Put an action into the log, say how it stands, and close it where it is over."""
        day, _, measure, words, due_on, owner, closed_on = task
        meeting = _meeting(group, day)
        carries_out = (
            team if measure == IN_TIME and team.group == group and day >= SEPTEMBER else None
        )
        person = self.cast.people[owner]
        with dates.at(_morning(day)):
            row = log.raise_action(
                group=group,
                words=TaskWords(words, person, due_on, meeting, carries_out),
                prompts=[self._measure(measure, day)] if measure and self._has(measure) else [],
                by=self.office,
            )
        if measure or closed_on:
            self._follow(row, person, day + dt.timedelta(days=5), closed_on)

    def _follow(
        self, row: LogAction, person: User, said_on: dt.date, closed_on: dt.date | None
    ) -> None:
        with dates.at(_morning(said_on)):
            if closed_on is None or said_on <= closed_on:
                log.add_note(log_action=row, words=UPDATE, by=person)
        if closed_on is not None:
            with dates.at(_morning(closed_on)):
                log.close(log_action=row, closing_note=CLOSING, by=person)

    def _has(self, key: str) -> bool:
        return self.plan.indicators.filter(key=key).exists()

    def _measure(self, key: str, day: dt.date) -> PromptWords:
        """A measure, and what it showed on a day; without a name where the plan has none such."""
        lines = measure_lines(
            self.plan.indicators.filter(key=key), on=day, at=_morning(day), with_others=False
        )
        return PromptWords(
            "indicator", key if lines else "", headline(lines[0])[0] if lines else ""
        )

    def _exception(self) -> PromptWords:
        """A milestone that was reported as an exception by then; without a name where there is none."""
        rows = self.plan.milestones.filter(exception_reports__at__date__lt=dt.date(2024, 9, 10))
        row = rows.order_by("pk").first()
        return PromptWords("exception", row.key if row else "")


def _morning(day: dt.date) -> dt.datetime:
    return dates.start_of(day) + dt.timedelta(hours=10)


def _meeting(group: Group, day: dt.date) -> Meeting | None:
    """The meeting of the days before; None where the group did not meet then."""
    rows = group.meetings.exclude(state=MeetingState.CANCELLED)
    near = rows.filter(starts_at__gte=_morning(day) - dt.timedelta(days=4))
    return near.filter(starts_at__lte=_morning(day)).order_by("-starts_at").first()

"""Three barriers that workstreams raised, and a year of the assurance programme."""

import datetime as dt
from dataclasses import dataclass

from governance.models import Audit, Barrier
from governance.policies.audits import AuditWords, ReportWords
from governance.policies.barriers import BarrierWords
from governance.services import audits, barriers
from hertsend.accounts.models import User
from hertsend.pages.demonstration.people import Cast
from plans.models import Plan, Workstream

RAISED_ON, ANSWERED_ON, CLOSED_ON = (
    dt.date(2024, 9, 11),
    dt.date(2024, 9, 26),
    dt.date(2024, 10, 10),
)
PROGRAMME_SET_ON = dt.date(2024, 3, 25)

BARRIERS: tuple[tuple[int, str, str, str, dt.date, str], ...] = (
    (
        3,
        "Two systems hold the same child under different numbers",
        "Every assessment is matched by hand, which takes an hour.",
        "A shared number from both systems, or two people for matching until then.",
        dt.date(2024, 10, 4),
        "Both systems will carry the NHS number from December. The board pays for two people until then.",
    ),
    (
        1,
        "No rooms for clinics in the north of the county",
        "Twelve clinics a month are held in one place, an hour away for many families.",
        "Rooms in two schools or family centres, on two days a week.",
        dt.date(2024, 10, 11),
        "",
    ),
    (
        4,
        "Letters to families wait three weeks for approval",
        "Families hear of changes late.",
        "One approval for all partners instead of four.",
        dt.date(2024, 11, 1),
        "The forum and the programme office approve letters for all partners from now on.",
    ),
)
"""Place of the workstream, title, effect, help, needed by, and the answer ("" for none yet)."""


@dataclass(frozen=True)
class Invented:
    """One audit of the year, and what came of it."""

    title: str
    kind: str
    focus: str
    auditor: str
    planned_on: dt.date
    is_multi_agency: bool = False
    done_on: dt.date | None = None
    summary: str = ""
    findings: tuple[tuple[str, str], ...] = ()
    told_on: dt.date | None = None


AUDITS: tuple[Invented, ...] = (
    Invented(
        "Education, health and care plans issued in spring",
        "audit",
        "Forty plans: voice of the child, outcomes that can be measured, provision in numbers.",
        "SEND quality assurance team",
        dt.date(2024, 5, 14),
        is_multi_agency=True,
        done_on=dt.date(2024, 5, 16),
        summary="A quarter of the plans is good. Outcomes are written for services, not for children.",
        findings=(
            ("works", "The voice of the child stands at the beginning of nearly every plan."),
            ("to_improve", "Outcomes say what will be offered, not what will change."),
            ("to_improve", "Health advice is copied whole, so that provision cannot be found."),
        ),
        told_on=dt.date(2024, 6, 18),
    ),
    Invented(
        "Annual reviews of young people from Year 9",
        "audit",
        "Thirty reviews: who was invited, who came, and whether adulthood was spoken of.",
        "Joint audit group of council, ICB and schools",
        dt.date(2024, 7, 9),
        is_multi_agency=True,
        done_on=dt.date(2024, 7, 11),
        summary="Preparation for adulthood is spoken of in half of the reviews.",
        findings=(
            ("works", "Families are asked what they want to talk about before the day."),
            ("to_improve", "Health was invited to nine of thirty reviews."),
        ),
        told_on=dt.date(2024, 9, 17),
    ),
    Invented(
        "Letters to families",
        "quality_check",
        "Sixty letters: plain words, one person to call, what happens next.",
        "Herts Parent Carer Involvement and the programme office",
        dt.date(2024, 9, 18),
        done_on=dt.date(2024, 9, 20),
        summary="Most letters are kind; few say what happens next.",
        findings=(("to_improve", "Forty of sixty letters name no day for the next step."),),
    ),
    Invented(
        "Waiting lists of therapies",
        "quality_check",
        "Whether the longest waits are known and told to families.",
        "ICB quality team",
        dt.date(2024, 10, 8),
    ),
    Invented(
        "Advice of educational psychologists",
        "audit",
        "Twenty pieces of advice: timely, specific, and taken over into the plan.",
        "SEND quality assurance team",
        dt.date(2024, 11, 20),
    ),
    Invented(
        "Children who miss education",
        "audit",
        "What was offered to twenty-five children within fifteen days.",
        "Joint audit group of council, ICB and schools",
        dt.date(2025, 2, 5),
        is_multi_agency=True,
    ),
)


@dataclass(frozen=True)
class Helping:
    """Who asks for help, who answers, and who checks."""

    plan: Plan
    cast: Cast

    def act(self, day: dt.date) -> None:
        """What is done on a day."""
        if day == RAISED_ON:
            self._raise()
        if day == ANSWERED_ON:
            self._answer()
        if day == CLOSED_ON:
            self._close()
        self._audit(day)

    def _stream(self, place: int) -> Workstream:
        streams = list(self.plan.workstreams.all())
        return streams[place % len(streams)]

    def _barriers(self) -> list[Barrier]:
        return list(Barrier.objects.filter(plan=self.plan).select_related("plan", "workstream"))

    def _raise(self) -> None:
        for place, title, effect, help_wanted, needed_by, _ in BARRIERS:
            stream = self._stream(place)
            barriers.raise_barrier(
                plan=self.plan,
                workstream=stream,
                words=BarrierWords(title, effect, help_wanted, needed_by),
                owner=self.cast.people["chair"],
                by=self.cast.leads[stream.key],
            )

    def _answer(self) -> None:
        answers = {title: answer for _, title, _, _, _, answer in BARRIERS}
        for row in self._barriers():
            if answers[row.title]:
                barriers.answer_barrier(
                    barrier=row,
                    answer=answers[row.title],
                    base_version=row.version,
                    by=self.cast.people["chair"],
                )

    def _close(self) -> None:
        """The last one has been helped."""
        last = next(row for row in self._barriers() if row.title == BARRIERS[-1][1])
        barriers.close_barrier(
            barrier=last,
            outcome="The first letter went out after two days.",
            base_version=last.version,
            by=self.cast.leads[last.workstream.key],
        )

    # --- the assurance programme ------------------------------------------------------------------

    @property
    def _office(self) -> User:
        return self.cast.people["office"]

    def _audit(self, day: dt.date) -> None:
        if day == PROGRAMME_SET_ON:
            for invented in AUDITS:
                self._plan(invented)
        for invented in AUDITS:
            if invented.done_on == day:
                self._report(invented, day)
            if invented.told_on == day:
                self._tell(invented, day)

    def _plan(self, invented: Invented) -> None:
        audits.plan_audit(
            plan=self.plan,
            words=AuditWords(
                title=invented.title,
                kind=invented.kind,
                focus=invented.focus,
                auditor=invented.auditor,
                planned_on=invented.planned_on,
                is_multi_agency=invented.is_multi_agency,
            ),
            workstream=None,
            by=self._office,
        )

    def _row(self, invented: Invented) -> Audit:
        return Audit.objects.select_related("plan").get(plan=self.plan, title=invented.title)

    def _report(self, invented: Invented, day: dt.date) -> None:
        row = self._row(invented)
        audits.report_audit(
            audit=row,
            words=ReportWords(
                done_on=day,
                summary=invented.summary,
                link=f"https://hertsend.invalid/audits/{row.key}",
            ),
            base_version=row.version,
            by=self._office,
        )
        for kind, text in invented.findings:
            audits.add_finding(audit=row, kind=kind, text=text, by=self._office)

    def _tell(self, invented: Invented, day: dt.date) -> None:
        board = self.plan.groups.filter(tier="board").first()
        row = self._row(invented)
        if board is not None:
            audits.tell_group(
                audit=row,
                group=board,
                reported_on=day,
                base_version=row.version,
                by=self._office,
            )

"""The invented returns: handed in each month where nothing is missing, and the open one half done.

For the last closed month one workstream is late, and the main lead's return comes back once. For the open month the main lead has begun: one row ready, one with something missing,
one that still needs its exception report.
"""

import datetime as dt
import random
from collections.abc import Callable
from dataclasses import dataclass

from governance import selectors
from governance.models import Return
from governance.selectors import ReturnLine
from governance.services import returns
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.pages.demonstration import words
from hertsend.pages.demonstration.people import Cast
from hertsend.pages.demonstration.stories import LAST_MONTH, working
from plans.enums import BoardAsk, Rating, Stage
from plans.models import Milestone, Plan, ReportingPeriod, UpdateDraft, Workstream
from plans.policies import ReportWords, UpdateWords
from plans.selectors.rows import ReturnRow, shown_to_decide, shown_to_submit
from plans.services import drafts, exception_reports

LATE = "AI2"
BEGUN_ON = dt.date(2024, 10, 14)
COMMENT = "Please say how many took part, not only that it happened."
ASKED = "To note that the new date depends on recruitment."
ANSWER = "41 of 120 schools have taken part so far; the rest have dates in the autumn term."


@dataclass
class Returner:
    """The plan's returns, while the months go by."""

    plan: Plan
    cast: Cast

    def act(self, day: dt.date) -> None:
        """What is done with returns on a day: handed in when due, decided on the day after."""
        for period in self.plan.periods.accepting_updates():
            after = working(period.due_on + dt.timedelta(days=1))
            if day not in (period.due_on, after):
                continue
            for stream in self.plan.workstreams.select_related("plan"):
                is_late = period.month == LAST_MONTH and stream.key == LATE
                if day == (after if is_late else period.due_on):
                    with dates.at(_moment(day, 16)):
                        self._hand_in(period, stream)
                if day == after:
                    self._look_at(period, stream, day)
        if day == BEGUN_ON:
            with dates.at(_moment(day, 14)):
                self._begin()

    def _is_main(self, stream: Workstream) -> bool:
        return self.cast.leads[stream.key] == self.cast.people["lead"]

    def _line(self, period: ReportingPeriod, stream: Workstream) -> ReturnLine:
        (line,) = selectors.returns_of(
            period,
            workstreams=[stream],
            on=dates.today(),
            visible=(),
            drafts=UpdateDraft.objects.all(),
        )
        return line

    def _hand_in(self, period: ReportingPeriod, stream: Workstream) -> None:
        """Submit, with the exception reports that it needs; where an update is missing, nothing comes."""
        lead = self.cast.leads[stream.key]
        missing = [row for row in self._line(period, stream).left if row.reported is None]
        if missing and not (period.month == LAST_MONTH and self._is_main(stream)):
            return
        for row in missing:
            self._draft(row, period, _plain(row), by=lead)
        for row in self._line(period, stream).left:
            self._explain(row, period, by=lead)
        self._submit(period, stream, by=lead)

    def _submit(self, period: ReportingPeriod, stream: Workstream, *, by: User) -> None:
        line = self._line(period, stream)
        returns.submit(
            workstream=stream,
            period=period,
            base_version=line.version,
            shown=shown_to_submit(line.rows),
            by=by,
        )

    def _look_at(self, period: ReportingPeriod, stream: Workstream, day: dt.date) -> None:
        """Accept what was handed in; the main lead's last return comes back once before that."""
        with dates.at(_moment(day, 17)):
            if self._line(period, stream).version == 0:
                return
            if period.month == LAST_MONTH and self._is_main(stream):
                self._send_back(period, stream)
        with dates.at(_moment(day, 18)):
            self._decide(returns.accept, period, stream)

    def _send_back(self, period: ReportingPeriod, stream: Workstream) -> None:
        """Ask for a number, which the lead adds to the row that it is asked of."""
        lead = self.cast.leads[stream.key]
        row = next(row for row in self._line(period, stream).received if row.line.is_open)
        self._decide(returns.send_back, period, stream, comment=f"{row.key}: {COMMENT}")
        told = row.reported
        if told is None:
            return
        again = UpdateWords(
            stage=told.stage,
            rating=told.rating,
            what_happened=f"{told.what_happened} {ANSWER}",
            what_is_next=told.what_is_next,
            forecast_on=told.forecast_on,
            reason_for_rating=told.reason_for_rating,
            sentence_for_families=told.sentence_for_families,
        )
        self._draft(row, period, again, by=lead)
        self._submit(period, stream, by=lead)

    def _decide(
        self,
        service: Callable[..., Return],
        period: ReportingPeriod,
        stream: Workstream,
        **more: str,
    ) -> None:
        line = self._line(period, stream)
        service(
            workstream=stream,
            period=period,
            base_version=line.version,
            shown=shown_to_decide(line.rows),
            by=self.cast.people["office"],
            **more,
        )

    def _draft(
        self, row: ReturnRow, period: ReportingPeriod, typed: UpdateWords, *, by: User
    ) -> None:
        milestone = Milestone.objects.get(pk=row.line.pk)
        stored = UpdateDraft.objects.filter(milestone=milestone, period=period).first()
        drafts.save(
            milestone=milestone,
            period=period,
            words=typed,
            base_version=stored.version if stored else 0,
            milestone_version=milestone.version,
            by=by,
        )

    def _explain(self, row: ReturnRow, period: ReportingPeriod, *, by: User) -> None:
        """Write the exception report of a row that lacks one."""
        if not row.lacks_exception:
            return
        chance = random.Random(f"{row.key}:{period.month}")  # noqa: S311 - a story, not a secret
        told = row.reported or row.draft
        expected = told.forecast_on if told else None
        today = dates.today()
        ask = chance.choice((BoardAsk.NONE, BoardAsk.INFORMATION))
        exception_reports.write_report(
            milestone=Milestone.objects.get(pk=row.line.pk),
            period=period,
            words=ReportWords(
                cause=chance.choice(words.TROUBLE),
                effect_on_families="Families wait longer than they were told.",
                what_is_being_done=told.what_is_next
                if told and told.what_is_next
                else words.HOPE[0],
                done_by=max(expected or today, today),
                ask=ask,
                asked_of_board=ASKED if ask == BoardAsk.INFORMATION else "",
            ),
            base_version=0,
            by=by,
        )

    def _begin(self) -> None:
        """The main lead begins the open month's return: ready, unfinished, and in need of a report."""
        lead = self.cast.people["lead"]
        period = self.plan.periods.accepting_updates().order_by("-month")[0]
        stream = next(
            each
            for each in self.plan.workstreams.select_related("plan")
            if self.cast.leads[each.key] == lead
        )
        rows = self._line(period, stream).left
        late = [row for row in rows if row.line.is_overdue][:1]
        calm = [row for row in rows if not row.lacks_exception][:2]
        for row in [*late, *calm[:1]]:
            self._draft(row, period, _plain(row), by=lead)
        for row in calm[1:]:
            unfinished = UpdateWords(Stage.IN_PROGRESS, "", _plain(row).what_happened)
            self._draft(row, period, unfinished, by=lead)


def _plain(row: ReturnRow) -> UpdateWords:
    """What a lead writes in two sentences: as good as the dates allow."""
    chance = random.Random(row.key)  # noqa: S311 - a story, not a secret
    base = words.progress(row.line.text, share=0.5, chance=chance)
    today = dates.today()
    forecast = row.line.forecast_on
    if row.line.is_overdue and (forecast is None or forecast < today):
        forecast = dates.next_month(today + dt.timedelta(days=31))
    late = row.line.is_overdue
    return UpdateWords(
        stage=Stage.IN_PROGRESS,
        rating=Rating.RED if late else Rating.AMBER,
        what_happened=base.happened,
        what_is_next=base.next,
        forecast_on=forecast if forecast and forecast >= today else None,
        sentence_for_families=base.families,
    )


def _moment(day: dt.date, hour: int) -> dt.datetime:
    return dates.start_of(day) + dt.timedelta(hours=hour)

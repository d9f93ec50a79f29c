"""Lives through the invented months day by day, through the services."""

import datetime as dt
import random
from dataclasses import dataclass

from hertsend import dates
from hertsend.accounts.models import User
from hertsend.pages.demonstration import challenging, excuses, proofs, stories, words
from hertsend.pages.demonstration.challenging import Boards
from hertsend.pages.demonstration.helping import Helping
from hertsend.pages.demonstration.judging import Judge
from hertsend.pages.demonstration.people import Cast
from hertsend.pages.demonstration.returning import Returner
from hertsend.pages.demonstration.risks import Risks
from hertsend.pages.demonstration.stories import Story
from hertsend.pages.demonstration.turning import Turns
from plans import policies, selectors
from plans.enums import MilestoneKind, Rating, Stage
from plans.models import Milestone, Plan, ReportingPeriod
from plans.policies import UpdateWords
from plans.services import exceptions, milestones, periods

SEED = 2024
LAST_DAY = dt.date(2024, 10, 14)
REPORTED_ON_WORKING_DAYS = (2, 3, 4)
ASKED_DAYS_BEFORE = 9
EVENING = 1080
CALENDAR_MONTHS_AHEAD = dt.date(2025, 10, 1)


@dataclass
class Teller:
    """The plan, the people and each milestone's story while the months go by."""

    plan: Plan
    cast: Cast
    system: User
    stories: dict[int, Story]
    rows: dict[int, Milestone]
    judge: Judge

    @classmethod
    def of(cls, plan: Plan, cast: Cast, *, system: User) -> "Teller":
        """Invent a story for each milestone of the plan."""
        rows = {
            row.pk: row
            for row in plan.milestones.select_related("action__workstream").prefetch_related(
                "action__areas"
            )
        }
        told = {
            row.pk: stories.story_of(
                due_on=row.due_on,
                begun_early=row.window_from is None or row.window_from <= stories.LAST_MONTH,
                chance=random.Random(f"{SEED}:{row.key}"),  # noqa: S311 - a story, not a secret
            )
            for row in rows.values()
        }
        return cls(plan, cast, system, told, rows, Judge(plan, cast))

    def tell(self) -> None:
        """Live through every day until the last."""
        first = stories.FIRST_MONTH
        with dates.at(_at(first, 0)):
            periods.ensure_calendar(
                plan=self.plan, first=first, last=CALENDAR_MONTHS_AHEAD, by=self.system
            )
        for number in range((LAST_DAY - first).days + 1):
            self._day(first + dt.timedelta(days=number))

    def _day(self, day: dt.date) -> None:
        """One day: the calendar first, then what people do, then nothing until tomorrow."""
        with dates.at(_at(day, 0)):
            periods.advance(plan=self.plan, on=day, by=self.system)
            exceptions.flag_overdue(plan=self.plan, on=day, by=self.system)
        for minute, row in enumerate(self.rows.values()):
            story = self.stories[row.pk]
            with dates.at(_at(day, 540 + minute)):
                self._report(row, story, day)
                self._ask_for_date(row, story, day)
                self._move(row, story, day)
                self._propose(row, story, day)
                self._sign(row, story, day)
        with dates.at(_at(day, 960)):
            self.judge.day(day)
        Returner(self.plan, self.cast).act(day)
        with dates.at(_at(day, EVENING)):
            Boards(self.plan, self.cast).act(day)
            Risks(self.plan, self.cast).act(day)
            Helping(self.plan, self.cast).act(day)
            Turns(self.plan, self.cast).act(day)

    def _fresh(self, row: Milestone) -> Milestone:
        row.refresh_from_db(fields=["stage", "rating", "forecast_on", "version"])
        return row

    def _lead(self, row: Milestone) -> User:
        return self.cast.leads[row.action.workstream.key]

    def _chair(self, row: Milestone) -> User:
        return self.cast.chairs[row.action.areas.all()[0].key][0]

    def _report(self, row: Milestone, story: Story, day: dt.date) -> None:
        month = dates.previous_month(day)
        if month not in story.reports or not _reports_today(row, day):
            return
        self._fresh(row)
        if row.stage not in policies.OPEN_STAGES:
            return
        period = ReportingPeriod.objects.get(plan=self.plan, month=month)
        milestones.record_update(
            milestone=row,
            period=period,
            words=self._words(row, story, day, month),
            base_version=row.version,
            by=self._lead(row),
        )
        self._explain(row, period, day)

    def _explain(self, row: Milestone, period: ReportingPeriod, day: dt.date) -> None:
        """What is late or off track needs an exception report for the month."""
        self._fresh(row)
        overdue = policies.is_overdue(
            stage=row.stage, date_in_force=selectors.dates_of(row).in_force, on=day
        )
        if policies.needs_exception(rating=row.rating, is_overdue=overdue):
            challenging.report(row, period, by=self._lead(row), on=day)

    def _words(self, row: Milestone, story: Story, day: dt.date, month: dt.date) -> UpdateWords:
        """What the lead writes: facts decide the best rating, trouble makes it worse."""
        chance = random.Random(f"{SEED}:{row.key}:{month}")  # noqa: S311 - a story, not a secret
        in_force = selectors.dates_of(row).in_force
        forecast = _forecast(story, in_force, day)
        share = _share(story, in_force, month)
        base = words.progress(row.text, share=share, chance=chance)
        best = policies.best_rating(
            stage=Stage.IN_PROGRESS, date_in_force=in_force, forecast_on=forecast, on=day
        )
        troubled = month in story.troubled
        rating = Rating.AMBER if troubled and best == Rating.GREEN else best
        hopeful = best == Rating.RED and chance.random() < 0.08
        late = rating != Rating.GREEN
        return UpdateWords(
            stage=Stage.IN_PROGRESS,
            rating=Rating.AMBER if hopeful else rating,
            what_happened=f"{base.happened} {chance.choice(words.TROUBLE)}"
            if late
            else base.happened,
            what_is_next=base.next,
            forecast_on=forecast,
            reason_for_rating=chance.choice(words.HOPE) if hopeful else "",
            internal_note="Budget for the last quarter is not confirmed."
            if chance.random() < 0.06
            else "",
            sentence_for_families=base.families if chance.random() < 0.7 else "",
        )

    def _ask_for_date(self, row: Milestone, story: Story, day: dt.date) -> None:
        """Some days before the board agrees it, the lead asks for the new date."""
        asked_on = _days_after(story.moved_on, -ASKED_DAYS_BEFORE)
        if asked_on != day or story.agreed_on is None:
            return
        if self._fresh(row).stage in policies.OPEN_STAGES:
            reason = random.Random(row.key).choice(words.TROUBLE)  # noqa: S311 - a story
            challenging.ask_for_date(row, story.agreed_on, reason=reason, by=self._lead(row))

    def _move(self, row: Milestone, story: Story, day: dt.date) -> None:
        if story.moved_on == day and self._fresh(row).stage in policies.OPEN_STAGES:
            challenging.decide_date(row, "granted", decision=excuses.GRANT, by=self._chair(row))

    def _propose(self, row: Milestone, story: Story, day: dt.date) -> None:
        again = story.returned and story.signed_on == day
        if story.proposed_on != day and not again:
            return
        self._fresh(row)
        if row.stage not in policies.OPEN_STAGES:
            return
        if row.kind == MilestoneKind.IMPACT_REVIEW:
            self.judge.rate(row, by=self._lead(row))
            return
        milestones.propose_complete(
            milestone=row,
            words=random.Random(row.key).choice(words.EVIDENCE),  # noqa: S311 - a story
            evidence=proofs.evidence_for(row, number=row.position, day=day),
            base_version=row.version,
            by=self._lead(row),
        )

    def _sign(self, row: Milestone, story: Story, day: dt.date) -> None:
        sent_back = story.returned and _days_after(story.proposed_on, 7) == day
        signed = (
            story.signed_on == day
            if not story.returned
            else _days_after(story.signed_on, 20) == day
        )
        if not (sent_back or signed):
            return
        if self._fresh(row).stage != Stage.PROPOSED_COMPLETE:
            return
        if row.kind == MilestoneKind.IMPACT_REVIEW:
            self.judge.decide(row.action, by=self._chair(row), send_back=sent_back)
        elif sent_back:
            milestones.return_proposal(
                milestone=row,
                words="Please say how many took part, not only that it happened.",
                base_version=row.version,
                by=self._chair(row),
            )
        else:
            milestones.sign_off(
                milestone=row,
                fingerprint=selectors.fingerprint_of(row),
                by=self._chair(row),
            )


def _at(day: dt.date, minute: int) -> dt.datetime:
    """A moment of a day in London, by minutes after midnight."""
    return dates.start_of(day) + dt.timedelta(minutes=minute)


def _days_after(day: dt.date | None, number: int) -> dt.date | None:
    return stories.working(day + dt.timedelta(days=number)) if day else None


def _reports_today(row: Milestone, day: dt.date) -> bool:
    """Leads spread over the working days before the return is due, each on a day of their own."""
    number = REPORTED_ON_WORKING_DAYS[row.pk % len(REPORTED_ON_WORKING_DAYS)]
    return day == dates.working_day_of_month(day, number)


def _forecast(story: Story, in_force: dt.date | None, day: dt.date) -> dt.date | None:
    """When the lead expects it: never a day that has gone."""
    if story.fate == stories.Fate.ON_TIME and in_force and in_force >= day:
        return in_force
    late = story.expected_on or in_force
    if in_force is None or late is None:
        return None
    told = in_force - day <= dt.timedelta(days=45)
    expected = late if told else in_force
    return expected if expected >= day else dates.next_month(day + dt.timedelta(days=31))


def _share(story: Story, in_force: dt.date | None, month: dt.date) -> float:
    """How much is done by then, between the beginning and the date."""
    if in_force is None:
        return 0.4
    whole = max((in_force - story.begins).days, 30)
    return min(0.9, max(0.1, (month - story.begins).days / whole))

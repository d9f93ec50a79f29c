"""What turns back or ends in the invented months: the rhythm, a reopened month and milestone, an action.

Each scene finds its own subject on its day; where a plan has none, nothing happens.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from governance.enums import Rhythm
from governance.services import rhythm
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.pages.demonstration import proofs
from hertsend.pages.demonstration.people import Cast
from plans import policies, selectors
from plans.enums import ImpactLevel, Stage
from plans.models import Action, Milestone, MilestoneUpdate, Plan, ReportingPeriod
from plans.policies import UpdateWords
from plans.services import action_sign_off, evidence, impact, milestones, periods

AUGUST = dt.date(2024, 8, 1)
REFREEZES_ON = dt.date(2024, 9, 16)

RHYTHM = (
    "Delivery was looked at every month for the first three months, as the plan says. Papers come "
    "in time now; every two months leaves leads time to deliver."
)
REOPENED = (
    "One figure of the August return was counted twice. It is put right before the board meets."
)
CORRECTED = "Correction: two schools had been counted twice; the figure is now checked with both."
DIFFERENCE = "Families of the first schools say that it has become easier to be heard."
AGAIN = "The audit of October found that two of the five districts were left out."


@dataclass
class Turns:
    """Who decides, reopens and signs on certain days."""

    plan: Plan
    cast: Cast

    def act(self, on: dt.date) -> None:
        """What happens on this day, if anything does."""
        scenes: dict[dt.date, Callable[[], None]] = {
            dt.date(2024, 4, 24): self.rhythm_is_decided,
            dt.date(2024, 9, 12): self.month_is_reopened,
            dt.date(2024, 9, 13): self.lead_corrects,
            dt.date(2024, 9, 26): self.impact_is_rated,
            dt.date(2024, 10, 3): self.impact_is_confirmed,
            dt.date(2024, 10, 9): self.action_is_signed,
            dt.date(2024, 10, 11): self.milestone_is_reopened,
        }
        if scene := scenes.get(on):
            scene()

    def rhythm_is_decided(self) -> None:
        """After three months the executive's chair assesses how often it meets."""
        rhythm.decide_rhythm(
            plan=self.plan,
            rhythm=Rhythm.TWO_MONTHLY,
            from_month=dt.date(2024, 6, 1),
            reason=RHYTHM,
            base_number=0,
            by=self.cast.people["executive-chair"],
        )

    def month_is_reopened(self) -> None:
        """The programme office takes August back for three working days."""
        august = ReportingPeriod.objects.get(plan=self.plan, month=AUGUST)
        periods.unfreeze(
            period=august,
            freezes_on=REFREEZES_ON,
            reason=REOPENED,
            base_version=august.version,
            by=self.cast.people["office"],
        )

    def lead_corrects(self) -> None:
        """The main lead says of one milestone what was wrong."""
        lead = self.cast.people["lead"]
        told = (
            MilestoneUpdate.objects.filter(
                milestone__plan=self.plan,
                milestone__stage=Stage.IN_PROGRESS,
                period__month=AUGUST,
                by=lead,
            )
            .select_related("milestone", "period")
            .order_by("pk")
            .last()
        )
        if told is None:
            return
        today = dates.today()
        is_to_come = told.forecast_on is not None and told.forecast_on >= today
        milestones.record_update(
            milestone=told.milestone,
            period=told.period,
            words=UpdateWords(
                stage=told.stage,
                rating=told.rating,
                what_happened=f"{told.what_happened} {CORRECTED}",
                what_is_next=told.what_is_next,
                forecast_on=told.forecast_on if is_to_come else None,
                reason_for_rating=told.reason_for_rating,
                sentence_for_families=told.sentence_for_families,
            ),
            base_version=told.milestone.version,
            by=lead,
        )

    def impact_is_rated(self) -> None:
        """The lead of the first action that is over says what difference it makes."""
        action = self._over()
        if action is None or selectors.has_been_reviewed(action):
            return
        lead = self._lead(action)
        pieces = [
            evidence.add_to_action(action=action, words=words, by=lead)
            for words in proofs.impact_of(action, pieces=policies.KINDS_NEEDED[ImpactLevel.EARLY])
        ]
        latest = action.impact_ratings.first()
        impact.propose_impact(
            action=action,
            period=self.plan.periods.accepting_updates()[0],
            level=ImpactLevel.EARLY,
            words=DIFFERENCE,
            evidence=pieces,
            review=None,
            base_number=latest.number if latest else 0,
            by=lead,
        )

    def impact_is_confirmed(self) -> None:
        """A joint chair confirms it."""
        action = self._over()
        rating = selectors.waiting_rating(action) if action else None
        if action is not None and rating is not None:
            fingerprint = selectors.fingerprint_of_rating(rating)
            impact.confirm_impact(rating=rating, fingerprint=fingerprint, by=self._chair(action))

    def action_is_signed(self) -> None:
        """The whole action is signed off."""
        action = self._over()
        if action is not None and selectors.has_been_reviewed(action):
            action_sign_off.sign_action(
                action=action,
                fingerprint=selectors.action_sheet(action).fingerprint,
                by=self._chair(action),
            )

    def milestone_is_reopened(self) -> None:
        """A joint chair takes back what was signed last, in an action that is not over."""
        over = self._over()
        rows = Milestone.objects.filter(plan=self.plan, stage=Stage.SIGNED_OFF)
        row = (
            rows.exclude(action=over)
            .select_related("plan", "action__workstream")
            .order_by("-stage_changes__at", "pk")
            .first()
        )
        if row is not None:
            milestones.reopen(
                milestone=row,
                words=AGAIN,
                base_version=row.version,
                by=self._chair(row.action),
            )

    def _over(self) -> Action | None:
        """The first action whose milestones are all over: one that was rated, then the main chair's."""
        main = self.cast.people["chair"]
        actions = self.plan.actions.select_related("plan", "workstream").prefetch_related("areas")
        found = [
            action
            for action in actions
            if policies.milestones_are_over(selectors.stages_in(action))
        ]
        found.sort(key=lambda each: (not each.impact_ratings.exists(), self._chair(each) != main))
        return next(iter(found), None)

    def _lead(self, action: Action) -> User:
        return self.cast.leads[action.workstream.key]

    def _chair(self, action: Action) -> User:
        return self.cast.chairs[action.areas.all()[0].key][0]

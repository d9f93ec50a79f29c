"""The other judgements of the invented months: impact, assurance, and what comes again."""

import datetime as dt
import random
from dataclasses import dataclass, field

from governance.enums import AssuranceLevel
from governance.services.assurance import set_assurance
from hertsend import dates
from hertsend.accounts.models import Post, User
from hertsend.pages.demonstration import proofs, stories
from hertsend.pages.demonstration.people import Cast
from plans import policies, selectors
from plans.enums import Frequency, ImpactLevel
from plans.models import Action, Milestone, Plan, RecurringCommitment
from plans.policies import Rule, Window
from plans.services import commitments, evidence, impact

CONFIRMED_ON = dt.date(2024, 1, 22)
ASSURED_ON = (dt.date(2024, 2, 26), dt.date(2024, 6, 24), dt.date(2024, 9, 23))
SILENT, OWNED_UP = 0.07, 0.08
"""How often nobody says a word, and how often somebody says that it was missed."""
LEFT_OPEN = 4
"""Every so many commitments one waits for the programme office still."""

TOO_EARLY = (
    "The work has only begun to reach families. Nothing can be said yet.",
    "The first survey is being counted. It is too early to say.",
)
NO_EVIDENCE = (
    "Parents and carers who were asked have not noticed a difference so far.",
    "The figures of the last three months are as they were before.",
)
DIFFERENCE = {
    2: "Some families tell us that it has become easier. It is not so in every district yet.",
    3: "Figures and families agree: waits are shorter, and more of those asked know whom to turn to.",
}
SHARES = ((0.25, 0), (0.5, 1), (0.85, 2), (1.0, 3))
"""Up to which chance an action is rated how."""
DONE = (
    "Held as planned; the notes are with the partners.",
    "Done, with all partners present.",
    "Done; three points were taken up by the board.",
)
MISSED = (
    "Called off: two of the teams could not come.",
    "Not done, because the post was vacant.",
)
REASONS = {
    AssuranceLevel.SUBSTANTIAL: "Delivery keeps its dates, and what families say bears it out.",
    AssuranceLevel.REASONABLE: "Delivery is mostly on time. What families notice is uneven.",
    AssuranceLevel.LIMITED: "Dates slip, and the evidence does not show a difference yet.",
    AssuranceLevel.NONE: "There is neither progress nor a plan that would bring it.",
}


@dataclass
class Judge:
    """Who judges what on which day, besides the milestones."""

    plan: Plan
    cast: Cast
    confirmed: dict[int, Rule] = field(default_factory=dict)

    def day(self, day: dt.date) -> None:
        """What is judged on a day."""
        if day == CONFIRMED_ON:
            self._confirm_commitments()
        if day in ASSURED_ON:
            self._assure(ASSURED_ON.index(day))
        for row in self.plan.commitments.filter(pk__in=self.confirmed):
            for window in policies.windows(self.confirmed[row.pk], until=day):
                if _record_day(window) == day:
                    self._record(row, window, day)

    def rate(self, review: Milestone, *, by: User) -> None:
        """The lead rates the impact that a review asks for."""
        period = self.plan.periods.accepting_updates().first()
        chance = _chance(review.key)
        luck = chance.random()
        level = next(level for share, level in SHARES if luck < share)
        if level >= ImpactLevel.EARLY:
            words = DIFFERENCE[level]
        else:
            words = chance.choice(NO_EVIDENCE if level else TOO_EARLY)
        shown_by = [
            evidence.add_to_action(action=review.action, words=piece, by=by)
            for piece in proofs.impact_of(review.action, pieces=policies.KINDS_NEEDED[level])
        ]
        latest = review.action.impact_ratings.first()
        impact.propose_impact(
            action=review.action,
            period=period,
            level=level,
            words=words,
            evidence=shown_by,
            review=review,
            base_number=latest.number if latest else 0,
            by=by,
        )

    def decide(self, action: Action, *, by: User, send_back: bool) -> None:
        """The joint chair decides on the rating that waits."""
        rating = selectors.waiting_rating(action)
        if rating is None:
            return
        if send_back:
            impact.return_impact(
                rating=rating, words="Ask the families as well, not only the services.", by=by
            )
        else:
            fingerprint = selectors.fingerprint_of_rating(rating)
            impact.confirm_impact(rating=rating, fingerprint=fingerprint, by=by)

    def _confirm_commitments(self) -> None:
        for number, row in enumerate(self.plan.commitments.exclude(stated_frequency=""), start=1):
            owner = row.owner or _first_lead(row)
            if number % LEFT_OPEN == 0 or owner is None:
                continue
            yearly = row.stated_frequency == Frequency.YEARLY
            decision = commitments.confirm_commitment(
                commitment=row,
                frequency=row.stated_frequency,
                months=(row.stated_months or [10]) if yearly else [],
                first_on=_first_day(row),
                ends_on=row.stated_to,
                owner=owner,
                base_version=row.version,
                by=self.cast.people["office"],
            )
            rule = selectors.rule_of(decision)
            if rule is not None:
                self.confirmed[row.pk] = rule

    def _record(self, row: RecurringCommitment, window: Window, day: dt.date) -> None:
        chance = _chance(f"{row.key} {window.starts_on}")
        luck = chance.random()
        if luck < SILENT:
            return
        missed = luck < SILENT + OWNED_UP
        stream = row.action.workstream.key if row.action else ""
        commitments.record_occurrence(
            commitment=row,
            window_from=window.starts_on,
            outcome="missed" if missed else "done",
            done_on=None if missed else day,
            note=chance.choice(MISSED if missed else DONE),
            base_number=0,
            by=self.cast.leads.get(stream) or self.cast.people["office"],
        )

    def _assure(self, turn: int) -> None:
        """Most areas begin with limited assurance; some of them get better."""
        for area in self.plan.areas.all():
            chance = _chance(area.key)
            steps = [AssuranceLevel.LIMITED, AssuranceLevel.LIMITED, AssuranceLevel.REASONABLE]
            if chance.random() < 0.4:
                steps[-1] = AssuranceLevel.LIMITED
            level = steps[turn]
            if turn and level == steps[turn - 1]:
                continue
            latest = area.assurance_ratings.first()
            set_assurance(
                area=area,
                level=level,
                reasons=REASONS[level],
                base_number=latest.number if latest else 0,
                by=self.cast.people["executive-chair"],
            )


def _chance(word: str) -> random.Random:
    return random.Random(f"judging:{word}")  # noqa: S311 - a story, not a secret


def _first_lead(row: RecurringCommitment) -> Post | None:
    lead = row.milestone.milestone_leads.select_related("post").first() if row.milestone else None
    return lead.post if lead else None


def _first_day(row: RecurringCommitment) -> dt.date:
    """The plan's day where it gives one, else the milestone's, else the first invented month."""
    due_on = row.milestone.due_on if row.milestone else None
    return row.stated_from or due_on or stories.FIRST_MONTH


def _record_day(window: Window) -> dt.date:
    """The last day of the window on which an office is open."""
    day = window.ends_on
    while not dates.is_working_day(day) and day > window.starts_on:
        day -= dt.timedelta(days=1)
    return day

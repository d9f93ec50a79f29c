"""What impact each action has, as at a moment: the latest confirmed, and what waits for a chair."""

import datetime as dt
import hashlib
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from hertsend import dates
from plans.enums import ImpactLevel, ImpactOutcome
from plans.models import Action, Evidence, ImpactEvidence, ImpactRating, Milestone, Plan
from plans.selectors.behalf import ForPost, people_meant, stand_ins_in
from plans.selectors.sheets import fingerprint_of


@dataclass(frozen=True)
class ImpactLine:
    """One rating as a reader sees it; ``outcome`` is "" while it waits for a joint chair."""

    pk: int
    action_key: str
    number: int
    level: ImpactLevel
    month: dt.date
    at: dt.datetime
    outcome: str
    decided_at: dt.datetime | None
    review_key: str
    words: str = ""
    by: str = ""
    decision: str = ""
    decided_by: str = ""

    @property
    def label(self) -> str:
        """The words of the level."""
        return str(self.level.label)

    @property
    def is_proposed(self) -> bool:
        """Nobody has decided on it."""
        return not self.outcome


@dataclass(frozen=True)
class ActionImpact:
    """The impact of an action: the latest confirmed rating, and the one that waits, if any."""

    confirmed: ImpactLine | None = None
    proposed: ImpactLine | None = None

    @property
    def level(self) -> int | None:
        """The confirmed level; None until one was confirmed."""
        return self.confirmed.level.value if self.confirmed else None


NO_IMPACT = ActionImpact()


def impacts_of(
    plan: Plan, *, at: dt.datetime | None = None, visible: Collection[str]
) -> dict[str, ActionImpact]:
    """The impact of every action of a plan by its key, as at a moment; all that is stored without one.

    ``visible`` are the reader's fields of ``ImpactRating`` (``permissions.visible_fields``). What was
    proposed and not confirmed is for those alone who read officers' words. One query.
    """
    (found,) = impacts_of_each(plan, [at], visible=visible)
    return found


def impacts_of_each(
    plan: Plan, moments: Sequence[dt.datetime | None], *, visible: Collection[str]
) -> list[dict[str, ActionImpact]]:
    """The same as at each of several moments, still in one query."""
    rows = list(_with_decisions(ImpactRating.objects.filter(action__plan=plan)))
    found = []
    for at in moments:
        by_action = _by_action(_lines(rows, at=at, visible=visible))
        found.append({action: impacts_of_lines(lines) for action, lines in by_action.items()})
    return found


def impacts_of_lines(lines: Iterable[ImpactLine]) -> ActionImpact:
    """The impact that these ratings of one action leave it with, in whatever order they are."""
    confirmed, proposed = None, None
    for line in sorted(lines, key=lambda line: line.number):
        if line.outcome == ImpactOutcome.CONFIRMED:
            confirmed = line
        elif line.is_proposed:
            proposed = line
    return ActionImpact(confirmed=confirmed, proposed=proposed)


def history_of_impact(
    action: Action, *, at: dt.datetime | None = None, visible: Collection[str]
) -> list[ImpactLine]:
    """Every rating of an action that the reader may see, latest first. One query."""
    rows = _with_decisions(ImpactRating.objects.filter(action=action))
    return list(_lines(rows, at=at, visible=visible))[::-1]


def has_been_reviewed(action: Action, *, at: dt.datetime | None = None) -> bool:
    """Whether a joint chair confirmed an impact of the action: its sign-off waits for that."""
    decided = ImpactRating.objects.filter(action=action, decision__outcome=ImpactOutcome.CONFIRMED)
    return (decided if at is None else decided.filter(decision__at__lte=at)).exists()


def waiting_rating(action: Action) -> ImpactRating | None:
    """The rating of an action that no joint chair has decided on yet."""
    return action.impact_ratings.filter(decision=None).first()


def earlier_levels(action: Action, *, month: dt.date) -> list[int]:
    """The levels confirmed for months before one, the latest first; of several in a month the last."""
    rows = ImpactRating.objects.filter(
        action=action, decision__outcome=ImpactOutcome.CONFIRMED, period__month__lt=month
    )
    levels = dict(rows.order_by("period__month", "number").values_list("period__month", "level"))
    return [levels[each] for each in sorted(levels, reverse=True)]


def evidence_for_impact(action: Action) -> QuerySet[Evidence]:
    """What may be chosen as evidence of an action's impact: all that was not withdrawn."""
    return Evidence.objects.standing().filter(action=action)


def kinds_of(evidence: Iterable[Evidence]) -> set[str]:
    """The kinds of the pieces that still stand; each carries its date."""
    return {each.kind for each in evidence if each.withdrawn_at is None}


def evidence_of(rating: ImpactRating) -> list[Evidence]:
    """The pieces on which a rating rests, in the order in which they were chosen."""
    links = rating.rests_on.select_related("evidence__added_by", "evidence__file")
    return [link.evidence for link in links]


def author_ids_of_rating(rating: ImpactRating, *, on: dt.date) -> set[int]:
    """Those who may not decide on a rating; see ``authors_of_ratings``."""
    return authors_of_ratings([rating], on=on)[rating.pk]


def authors_of_ratings(ratings: Sequence[ImpactRating], *, on: dt.date) -> dict[int, set[int]]:
    """Who may not decide on each rating: who proposed it, or added what it rests on, and for whom.

    Where the programme office rated for a post, that is who held it on the day of proposing or
    holds it on the day ``on``, and the leads of the workstream on these days, as with a request for
    a new date. What a deputy did is also the lead's for whom they stood in. By the rating's primary
    key. Seven queries, or none.
    """
    if not ratings:
        return {}
    actions = {row.pk: row.action_id for row in ratings}
    done = [(row.pk, row.by_id, dates.day_of(row.at)) for row in ratings]
    rests_on = ImpactEvidence.objects.filter(rating__in=actions).values_list(
        "rating", "evidence__added_by", "evidence__added_at"
    )
    done += [(rating, person, dates.day_of(at)) for rating, person, at in rests_on]
    meant = people_meant(
        [_for_a_post(row, row.on_behalf_of_id, on=on) for row in ratings if row.on_behalf_of_id]
    )
    stand_ins = stand_ins_in(set(actions.values()))
    found = {key: set(meant.get(key, ())) for key in actions}
    for key, person, day in done:
        found[key] |= {person} | stand_ins.leads_behind(actions[key], person=person, day=day)
    return found


def _for_a_post(row: ImpactRating, post: int, *, on: dt.date) -> ForPost:
    return ForPost(
        key=row.pk,
        post=post,
        partnership=row.action.plan.partnership_id,
        workstream=row.action.workstream.key,
        days=(dates.day_of(row.at), on),
    )


def fingerprint_of_rating(rating: ImpactRating) -> str:
    """The SHA-256 of what a joint chair is shown: the rating, its evidence, and the review it ends."""
    review = rating.review_milestone
    shown = {
        "action": rating.action.key,
        "number": rating.number,
        "level": rating.level,
        "period": rating.period.month,
        "words": rating.words,
        "evidence": [
            [each.pk, each.kind, each.title, each.dated_on, each.what_it_shows, each.withdrawn_at]
            for each in evidence_of(rating)
        ],
        "review": review and fingerprint_of(review),
    }
    text = json.dumps(shown, cls=DjangoJSONEncoder, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _with_decisions(rows: QuerySet[ImpactRating]) -> QuerySet[ImpactRating]:
    return rows.select_related(
        "action", "period", "by", "on_behalf_of", "decision__by", "review_milestone"
    ).order_by("action_id", "number")


def _by_action(lines: Iterable[ImpactLine]) -> dict[str, list[ImpactLine]]:
    found: dict[str, list[ImpactLine]] = {}
    for line in lines:
        found.setdefault(line.action_key, []).append(line)
    return found


def _lines(
    rows: Iterable[ImpactRating], *, at: dt.datetime | None, visible: Collection[str]
) -> Iterable[ImpactLine]:
    """The ratings up to a moment as the reader may see them, in the order in which they were made."""
    for row in rows:
        if at is not None and row.at > at:
            continue
        line = _line(row, at=at, visible=visible)
        if line.outcome == ImpactOutcome.CONFIRMED or "words" in visible:
            yield line


def _line(row: ImpactRating, *, at: dt.datetime | None, visible: Collection[str]) -> ImpactLine:
    decision: Any = getattr(row, "decision", None)
    if decision and at and decision.at > at:
        decision = None
    words, people = "words" in visible, "by" in visible
    author = row.by.name if people else ""
    if author and row.on_behalf_of:
        author = f"{author}, for {row.on_behalf_of.title}"
    review: Milestone | None = row.review_milestone
    return ImpactLine(
        pk=row.pk,
        action_key=row.action.key,
        number=row.number,
        level=ImpactLevel(row.level),
        month=row.period.month,
        at=row.at,
        outcome=decision.outcome if decision else "",
        decided_at=decision.at if decision else None,
        review_key=review.key if review else "",
        words=row.words if words else "",
        by=author,
        decision=decision.words if decision and words else "",
        decided_by=decision.by.name if decision and people else "",
    )

"""What stands around each line: its areas, its leads, and the rule by which it comes again."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from plans import policies
from plans.models import Action, CommitmentDecision, Milestone, MilestoneLead
from plans.selectors.commitments import in_order, rule_of


@dataclass(frozen=True)
class ComesAgain:
    """The confirmed rule of a milestone without a day, and when it is due next; "" for never."""

    rule: str
    next: str


def areas_by_action(rows: Iterable[Milestone]) -> dict[int, list[str]]:
    """The keys of each action's areas in the plan's order, without a row of Django's for each."""
    links = Action.areas.through.objects.filter(action__in={row.action_id for row in rows})
    found: dict[int, list[str]] = defaultdict(list)
    for action, key in links.order_by("area__position").values_list("action_id", "area__key"):
        found[action].append(key)
    return found


def leads_by_milestone(rows: Iterable[Milestone]) -> dict[int, list[tuple[str, str]]]:
    """Key and title of the posts that lead each milestone, in the plan's order."""
    links = MilestoneLead.objects.filter(milestone__in=[row.pk for row in rows])
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    named = links.order_by("position").values_list("milestone_id", "post__key", "post__title")
    for milestone, key, title in named:
        found[milestone].append((key, title))
    return found


def decisions_for(milestones: Collection[int]) -> list[CommitmentDecision]:
    """What was ever decided on how these milestones come again, as ``rules_by_milestone`` takes it. One query."""
    return in_order(CommitmentDecision.objects.filter(commitment__milestone__in=milestones))


def rules_by_milestone(
    decisions: Iterable[CommitmentDecision], *, at: dt.datetime | None, on: dt.date
) -> dict[int, ComesAgain]:
    """How milestones come again, by a rule that was confirmed up to ``at`` and is not over ``on``.

    Of several promises of one milestone the plan's first counts.
    """
    latest = {row.commitment_id: row for row in decisions if at is None or row.at <= at}
    found: dict[int, ComesAgain] = {}
    for row in latest.values():
        rule, milestone = rule_of(row), row.commitment.milestone_id
        if rule is None or milestone is None or (rule.ends_on and rule.ends_on < on):
            continue
        following = policies.next_window(rule, after=on)
        said = policies.window_in_words(following) if following else ""
        found.setdefault(milestone, ComesAgain(policies.rule_in_words(rule), said))
    return found

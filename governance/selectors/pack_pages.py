"""Packs as their list and the page of one run show them: how far each is, and who is to act."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from governance.enums import DeliveryState, PackAct, PackState
from governance.models import Delivery, PackRun
from governance.policies import packs as rules
from governance.selectors.packs import label_of, standing_of
from hertsend.records.trail import TrailEntry, Worded, trail_of
from plans.models import Plan, ReportingPeriod

ACTS_NEXT: dict[PackState, str] = {
    PackState.PLANNED: "Assembled by itself within the hour",
    PackState.SNAPSHOTTED: "Laid out by itself within the hour",
    PackState.RENDERED: "Programme office: to be released",
    PackState.RELEASED: "Joint chairs: to be issued",
    PackState.ISSUED: "",
}
"""Who is to act on a pack in each state, "" for nobody."""

OVERTAKEN = "Overtaken by a later version"


@dataclass(frozen=True)
class RunLine:
    """A pack in a list; ``later`` is the newest version where this is not it."""

    run: PackRun
    later: PackRun | None

    @property
    def next_step(self) -> str:
        """Who is to act, "" for nobody."""
        if self.later is not None:
            return "" if self.run.state == PackState.ISSUED else OVERTAKEN
        return ACTS_NEXT[PackState(self.run.state)]

    @property
    def is_current(self) -> bool:
        """Whether it is the newest version and everybody may read it."""
        return self.later is None and self.run.state == PackState.ISSUED


@dataclass(frozen=True)
class MonthOfPacks:
    """The packs of a month."""

    period: ReportingPeriod
    lines: tuple[RunLine, ...]


@dataclass(frozen=True)
class DeliveryLine:
    """What became of telling one person."""

    delivery: Delivery
    state: DeliveryState
    may_send_again: bool


@dataclass(frozen=True)
class Deliveries:
    """Everyone who was told of a pack, with the counts by state."""

    lines: tuple[DeliveryLine, ...]

    @property
    def counts(self) -> tuple[tuple[str, int], ...]:
        """How many stand in each state that there is, by its label, and how many opened it."""
        states = [line.state for line in self.lines]
        counted = [(state.label, states.count(state)) for state in DeliveryState]
        opened = sum(line.delivery.opened_at is not None for line in self.lines)
        return (*((label, count) for label, count in counted if count), ("Opened", opened))

    @property
    def troubled(self) -> int:
        """How many need a person: nobody knows, or it failed."""
        return sum(line.may_send_again for line in self.lines)


def in_order(runs: QuerySet[PackRun]) -> QuerySet[PackRun]:
    """Runs by month, latest first, then edition and version, the newest first; without what packs hold."""
    rows = runs.select_related("period__plan", "pack").defer("pack__content")
    return rows.order_by("-period__month", "edition", "-revision")


def months_with_packs(runs: QuerySet[PackRun]) -> QuerySet[ReportingPeriod]:
    """The months that have a pack among these, latest first; for a page of them at a time."""
    return ReportingPeriod.objects.filter(pk__in=runs.values("period")).order_by("-month")


def months_of_packs(runs: QuerySet[PackRun]) -> tuple[MonthOfPacks, ...]:
    """The packs by month, latest first, each with its newest version among these. One query."""
    found = list(in_order(runs))
    newest: dict[tuple[int, str], PackRun] = {}
    for run in found:
        newest.setdefault((run.period_id, run.edition), run)
    lines = [(run, newest[run.period_id, run.edition]) for run in found]
    return tuple(
        MonthOfPacks(
            period, tuple(RunLine(run, last if last != run else None) for run, last in group)
        )
        for period, group in groupby(lines, key=lambda line: line[0].period)
    )


def later_run(run: PackRun, *, among: QuerySet[PackRun]) -> PackRun | None:
    """The newest later version among those that a reader may open."""
    later = among.filter(period=run.period_id, edition=run.edition, revision__gt=run.revision)
    found = later.select_related("period__plan", "pack").defer("pack__content")
    return found.order_by("-revision").first()


def acts_of(run: PackRun, *, held: Collection[PackAct]) -> set[str]:
    """The acts that a person who holds the rights for ``held`` can do now. One query."""
    standing = standing_of(run)
    return {act.value for act in held if rules.may_act(act, standing)}


def may_reissue(run: PackRun) -> bool:
    """Whether a further version can be made of an issued pack. One query."""
    standing = standing_of(run)
    return standing.state == PackState.ISSUED and standing.is_latest and standing.is_of_freeze


def waiting_runs(plan: Plan) -> list[PackRun]:
    """The packs of a plan that wait to be released or issued: newest versions of their freeze."""
    rows = PackRun.objects.filter(
        period__plan=plan, state__in=[PackState.RENDERED, PackState.RELEASED]
    )
    every = PackRun.objects.filter(period__plan=plan).values_list("period", "edition", "revision")
    newest = {
        (period, edition): revision for period, edition, revision in every.order_by("revision")
    }
    return [
        run
        for run in rows.select_related("period__plan", "pack").defer("pack__content")
        if run.revision == newest[run.period_id, run.edition]
        and run.pack is not None
        and run.pack.cut_off == run.period.frozen_at
    ]


def waits_since(run: PackRun) -> dt.datetime:
    """The moment since which the next step waits."""
    return rules.latest_of(run.planned_at, run.rendered_at, run.released_at, run.returned_at)


def deliveries_of(run: PackRun) -> Deliveries:
    """Everyone who was told of a pack, by name. One query."""
    rows = Delivery.objects.filter(run=run).select_related("person", "message")
    lines = []
    for row in rows.order_by("person__name", "pk"):
        state = rules.delivery_state(row.message.state if row.message else None)
        lines.append(DeliveryLine(row, state, state in rules.SENT_AGAIN))
    return Deliveries(tuple(lines))


def troubled_runs(plan: Plan) -> list[tuple[PackRun, int]]:
    """The issued packs of which e-mails wait for a decision, with how many, the oldest first. One query.

    Whoever has opened the pack needs no e-mail any more, and nobody needs that of an overtaken version.
    """
    states = [state for state, told in rules.DELIVERY_STATES.items() if told in rules.SENT_AGAIN]
    waiting = Count(
        "deliveries",
        filter=Q(deliveries__message__state__in=states, deliveries__opened_at__isnull=True),
    )
    rows = PackRun.objects.filter(period__plan=plan, state=PackState.ISSUED)
    later = rows.filter(
        period=OuterRef("period"), edition=OuterRef("edition"), revision__gt=OuterRef("revision")
    )
    found = (
        rows.filter(~Exists(later))
        .annotate(troubled=waiting)
        .filter(troubled__gt=0)
        .select_related("period__plan")
    )
    return [(run, run.troubled) for run in found.order_by("issued_at", "pk")]


def history_of_run(run: PackRun, *, titles: Mapping[str, str]) -> list[TrailEntry]:
    """Every step of a pack, in sentences, with people and reasons: for those who prepare it.

    ``titles`` are those of the parts, by the names under which order and omissions are stored.
    """

    def named(parts: list[str]) -> str:
        return f"“{'; '.join(titles.get(part, part) for part in parts)}”" if parts else ""

    return trail_of(
        PackRun,
        about=Q(id=run.pk),
        wording={
            "state": "State",
            "foreword": "Foreword",
            "order": Worded("Order of parts", named),
            "left_out": Worded("List of what is left out", named),
            "returned_reason": "Reason for return",
        },
        created=f"{label_of(run)} was planned.",
        show_people=True,
        show_reasons=True,
    )

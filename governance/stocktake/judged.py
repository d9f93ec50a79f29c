"""What a stocktake says beside delivery: impact, assurance, whole actions, and what comes again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from governance.permissions import fields_of_stocktake, visible_of_assurance
from governance.selectors.again import CameAgain, came_again
from governance.selectors.assurance import AreaAssurance, assurance_of
from governance.selectors.happenings import EvidenceStanding
from governance.selectors.judgements import lowest_impact
from governance.selectors.span import Span, name_of
from governance.stocktake import content
from governance.stocktake.content import Judgement
from hertsend.accounts.models import User
from plans import selectors
from plans.enums import Standing
from plans.models import Action, ActionSignOff, ImpactRating, OccurrenceRecord, Plan
from plans.selectors import ActionImpact, Moment


@dataclass(frozen=True)
class ActionSignature:
    """A signature under a whole action that was given in the span and holds at its end."""

    row: ActionSignOff
    by: str
    role: str


@dataclass(frozen=True)
class Judgements:
    """What was read beside delivery, of a plan or of some of its areas; ``actions`` by their keys."""

    span: Span
    actions: Mapping[str, Action]
    impact_then: Mapping[str, ActionImpact]
    impact_now: Mapping[str, ActionImpact]
    areas: Sequence[AreaAssurance]
    signatures: Mapping[str, ActionSignature]
    again: Sequence[CameAgain]

    def of_areas(self, keys: Collection[str]) -> "Judgements":
        """The share of exactly these areas."""
        actions = {key: row for key, row in self.actions.items() if _areas(row) == set(keys)}
        return replace(
            self,
            actions=actions,
            areas=[each for each in self.areas if each.area.key in keys],
            again=[each for each in self.again if each.line.action_key in actions],
        )

    def of_no_area(self) -> list[CameAgain]:
        """What the plan as a whole promises again and again."""
        return [each for each in self.again if each.line.action_key not in self.actions]


def _areas(action: Action) -> set[str]:
    return {area.key for area in action.areas.all()}


def read_judgements(plan: Plan, since: Moment, until: Moment, *, reader: User) -> Judgements:
    """What was judged, signed and done again between two moments. Fourteen queries, however much."""
    if since.at is None:
        raise ValueError("A stocktake begins at a moment gone by.")
    seen = fields_of_stocktake(reader, plan)
    span = Span(since.at, until.at)
    actions = list(plan.actions.prefetch_related("areas"))
    then, now = selectors.impacts_of_each(plan, [since.at, until.at], visible=seen[ImpactRating])
    standings = selectors.action_standings(actions, at=until.at)
    signed = {
        row.key: standings[row.pk].latest for row in actions if standings[row.pk].is_signed_off
    }
    return Judgements(
        span=span,
        actions={row.key: row for row in actions},
        impact_then=then,
        impact_now=now,
        areas=assurance_of(plan, at=until.at, visible=visible_of_assurance(reader, plan)),
        signatures={
            key: ActionSignature(
                row=row,
                by=name_of(row, "by", seen),
                role=row.get_role_display() if "role" in seen[ActionSignOff] else "",
            )
            for key, row in signed.items()
            if row is not None and span.has(row.at)
        },
        again=came_again(plan, since, until, visible=seen[OccurrenceRecord]),
    )


def judged(own: Judgements, *, delivery: tuple[Standing, Standing]) -> tuple[content.Judged, ...]:
    """The three judgements at both ends: of impact the lowest confirmed, of assurance each area's."""
    then, now = (
        lowest_impact(each.level for key, each in end.items() if key in own.actions)
        for end in (own.impact_then, own.impact_now)
    )
    first, last = delivery
    found = [
        content.Judged(Judgement.DELIVERY, first.value, first.label, last.value, last.label),
        content.Judged(
            Judgement.IMPACT,
            None if then is None else then.value,
            "" if then is None else str(then.label),
            None if now is None else now.value,
            "" if now is None else str(now.label),
        ),
    ]
    for area in own.areas:
        before = next((each for each in area.history if each.at <= own.span.after), None)
        current = area.current
        found.append(
            content.Judged(
                Judgement.ASSURANCE,
                before.level.value if before else None,
                before.label if before else "",
                current.level.value if current else None,
                current.label if current else "",
                area=area.area.key,
            )
        )
    return tuple(found)


def signed_actions(
    own: Judgements, evidence: Iterable[EvidenceStanding]
) -> tuple[content.Signed, ...]:
    """The whole actions that were signed off, each with the evidence of its impact."""
    of_impact = [each for each in evidence if each.milestone is None]
    return tuple(
        content.Signed(
            key=key,
            text=action.text,
            signed_at=own.signatures[key].row.at,
            signed_by=own.signatures[key].by,
            role=own.signatures[key].role,
            evidence=tuple(each.title for each in of_impact if each.action_key == key),
        )
        for key, action in own.actions.items()
        if key in own.signatures
    )


def impact(own: Judgements) -> tuple[content.Impact, ...]:
    """The confirmed impact of each rated action at both moments, in the plan's order."""
    found = []
    for key, action in own.actions.items():
        earlier = own.impact_then.get(key, selectors.NO_IMPACT).confirmed
        later = own.impact_now.get(key, selectors.NO_IMPACT).confirmed
        if later:
            found.append(
                content.Impact(
                    action=key,
                    text=action.text,
                    then=earlier.level.value if earlier else None,
                    then_label=earlier.label if earlier else "",
                    now=later.level.value,
                    now_label=later.label,
                    words=later.words,
                    decided_by=later.decided_by,
                    decided_at=later.decided_at,
                )
            )
    return tuple(found)


def assurance(own: Judgements) -> tuple[content.Assured, ...]:
    """For each area the rating in force at the start and those given since, oldest first."""
    found = []
    for area in own.areas:
        lines = list(reversed(area.history))
        before = [each for each in lines if each.at <= own.span.after][-1:]
        found += before + [each for each in lines if each.at > own.span.after]
    return tuple(
        content.Assured(
            area=each.area_key,
            level=each.level.value,
            label=each.label,
            at=each.at,
            reasons=each.reasons,
            by=each.by,
        )
        for each in found
    )


def again(
    found: Iterable[CameAgain], evidence: Iterable[EvidenceStanding]
) -> tuple[content.Again, ...]:
    """Each occurrence with what was recorded of it, and the evidence that it names."""
    titles = {each.pk: each.title for each in evidence}
    return tuple(
        content.Again(
            key=each.line.key,
            title=each.line.title,
            place=each.line.place,
            owner=each.line.owner,
            when=each.occurrence.label,
            is_done=not each.occurrence.is_missed,
            said=each.occurrence.is_recorded,
            done_on=each.occurrence.done_on,
            days_late=each.occurrence.days_late,
            note=each.occurrence.note,
            evidence=titles.get(each.occurrence.evidence_pk or 0, "") or each.occurrence.link,
        )
        for each in found
    )

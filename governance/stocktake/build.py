"""Build a stocktake from the append-only rows: only selectors, a constant number of queries."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from governance.permissions import fields_of_stocktake
from governance.selectors import figures as counting
from governance.selectors import happenings, rulings, tables
from governance.selectors.figures import Changes, changes_between
from governance.selectors.happenings import DateMove, Signature
from governance.selectors.reading import Reading, read_at
from governance.selectors.span import Span
from governance.selectors.wording import counted, day_in_words, joined
from governance.stocktake import content, entries
from governance.stocktake.content import AreaPart, Count, Cover, Meaning, Stocktake
from governance.stocktake.judged import (
    Judgements,
    again,
    assurance,
    impact,
    judged,
    read_judgements,
    signed_actions,
)
from hertsend.accounts.models import User
from hertsend.errors import RuleBroken
from plans import policies
from plans.definitions import RATING_DEFINITIONS
from plans.enums import Standing
from plans.models import DateChange, Evidence, MilestoneUpdate, Plan
from plans.permissions import visible_to
from plans.selectors import MilestoneLine, Moment


@dataclass(frozen=True)
class _Gathered:
    """Everything that was read, before it is told apart by area."""

    then: Reading
    now: Reading
    moves: Mapping[int, tuple[DateMove, ...]]
    signatures: Mapping[int, Signature]
    spells: list[happenings.Spell]
    evidence: list[happenings.EvidenceStanding]
    told: list[happenings.Told]
    decisions: list[rulings.DecisionMade]
    judged: Judgements


def build(
    plan: Plan, since: Moment, until: Moment, *, reader: User, made_on: dt.date, area: str = ""
) -> Stocktake:
    """The stocktake of a plan between two moments, in the words that the reader may see.

    ``area`` is the key of one area, by default all. Raises ``RuleBroken`` for one that the plan does
    not have.
    """
    areas = list(plan.areas.all())
    if area and area not in {row.key for row in areas}:
        raise RuleBroken({"area": [f"This plan has no area “{area[:20]}”."]})
    gathered = _gather(plan, since, until, reader=reader)
    names = {row.key: row.name for row in areas}
    parts = tuple(
        _part(keys, tuple(names[key] for key in keys), lines, gathered)
        for keys, lines in tables.area_groups(gathered.now.lines, areas)
        if not area or area in keys
    )
    return Stocktake(
        cover=_cover(plan, since, until, made_on=made_on, area=area),
        headline=_headline(parts),
        note=_note(parts),
        areas=parts,
        again=() if area else again(gathered.judged.of_no_area(), gathered.evidence),
        meanings=tuple(Meaning(each.label, each.meaning) for each in RATING_DEFINITIONS),
    )


def _gather(plan: Plan, since: Moment, until: Moment, *, reader: User) -> _Gathered:
    if since.at is None:
        raise ValueError("A stocktake begins at a moment gone by.")
    seen = fields_of_stocktake(reader, plan)
    words, span = seen[MilestoneUpdate], Span(since.at, until.at)
    return _Gathered(
        then=read_at(plan, since, visible=words),
        now=read_at(plan, until, visible=words),
        moves=happenings.moves_between(plan, since.at, until.at, visible=seen[DateChange]),
        signatures=happenings.signatures_by(plan, span, seen=seen),
        spells=happenings.spells_in(plan, span, seen=seen),
        evidence=happenings.evidence_by_end(
            visible_to(reader, Evidence).filter(action__plan=plan), span
        ),
        told=happenings.told_in(plan, span),
        decisions=rulings.decisions_in(plan, span, seen=seen),
        judged=read_judgements(plan, since, until, reader=reader),
    )


def _cover(plan: Plan, since: Moment, until: Moment, *, made_on: dt.date, area: str) -> Cover:
    ends = f"{day_in_words(since.on)} to {day_in_words(until.on)}"
    return Cover(
        partnership=plan.partnership.name,
        plan=plan.title,
        plan_slug=plan.slug,
        published=plan.published_text,
        title=f"Stocktake of {area or 'all areas'}, {ends}",
        since=since.parameter,
        until=until.parameter,
        since_words=since.words,
        until_words=until.words,
        made_on=made_on,
    )


def _headline(parts: Iterable[AreaPart]) -> str:
    """The sum of all parts in a sentence."""
    parts = list(parts)
    total = sum(part.total for part in parts)
    then, now = (
        sum(getattr(part.count("Complete"), end) for part in parts) for end in ("then", "now")
    )
    done = [
        counted(sum(len(part.completed) for part in parts), "was completed", "were completed"),
        counted(sum(len(part.signed) for part in parts), "was signed off", "were signed off"),
        counted(sum(len(part.overdue) for part in parts), "is overdue", "are overdue"),
    ]
    milestones = counted(total, "milestone", "milestones")
    return (
        f"Of {milestones}, {then} were complete at the start and {now} at the end: {joined(done)}."
    )


def _note(parts: Iterable[AreaPart]) -> str:
    """What is to be known before the figures are added up."""
    if any(len(part.keys) > 1 for part in parts):
        return (
            "Milestones that serve several areas are counted once, in one part for these areas "
            "together."
        )
    return ""


def _part(
    keys: tuple[str, ...], names: tuple[str, ...], lines: list[MilestoneLine], all_: _Gathered
) -> AreaPart:
    """One area's share of what was gathered."""
    own = {line.pk for line in lines}
    then, now = _only(all_.then, own), _only(all_.now, own)
    changes = changes_between(then, now)
    worst = [policies.worst([line.standing for line in end.lines]) for end in (then, now)]
    own_judged = all_.judged.of_areas(keys)
    return AreaPart(
        keys=keys,
        names=names,
        sentence=_sentence(then, now, changes),
        total=len(lines),
        standing_then=worst[0].value,
        standing_now=worst[1].value,
        counts=_counts(then, now),
        judged=judged(own_judged, delivery=(worst[0], worst[1])),
        slipped=entries.slipped(then, now),
        signed_actions=signed_actions(own_judged, all_.evidence),
        impact=impact(own_judged),
        assurance=assurance(own_judged),
        again=again(own_judged.again, all_.evidence),
        **_of_milestones(now, changes, all_),
        **_of_actions(own, own_judged.actions, all_),
    )


def _of_milestones(now: Reading, changes: Changes, all_: _Gathered) -> dict[str, Any]:
    """What became of the milestones: completed, signed, late, moved, overdue for a spell."""
    late = counting.worst_first(line for line in now.lines if line.is_overdue)
    by_pk = now.by_pk()
    shown: dict[int | None, tuple[str, ...]] = {}
    for each in all_.evidence:
        shown[each.milestone] = (*shown.get(each.milestone, ()), each.title)
    return {
        "completed": tuple(
            content.Completed(line.key, line.text, line.date_in_force, line.completed_on)
            for line in changes.completed
        ),
        "signed": tuple(
            entries.signed(line, all_.signatures.get(line.pk), evidence=shown.get(line.pk, ()))
            for line in changes.signed_off
        ),
        "overdue": tuple(entries.overdue(line) for line in late),
        "moved": tuple(
            entries.moved(line, move) for line in now.lines for move in all_.moves.get(line.pk, ())
        ),
        "spells": tuple(
            entries.spell(by_pk[each.milestone], each)
            for each in all_.spells
            if each.milestone in by_pk
        ),
    }


def _of_actions(own: set[int], actions: Collection[str], all_: _Gathered) -> dict[str, Any]:
    """What was shown, decided and said about the actions and their milestones."""
    return {
        "evidence": tuple(
            content.Shown(each.about, each.kind, each.title, each.dated_on, each.what_it_shows)
            for each in all_.evidence
            if each.is_new and each.action_key in actions
        ),
        "decisions": tuple(
            content.Decision(each.at, each.what, each.key, each.words, each.by)
            for each in all_.decisions
            if each.action_key in actions
        ),
        "said": tuple(
            content.Said(each.at, each.month, each.key, each.sentence)
            for each in all_.told
            if each.milestone in own
        ),
    }


def _only(reading: Reading, own: set[int]) -> Reading:
    return replace(reading, lines=tuple(line for line in reading.lines if line.pk in own))


def _sentence(then: Reading, now: Reading, changes: Changes) -> str:
    before, after = counting.figures_of(then), counting.figures_of(now)
    parts = [
        counted(len(changes.completed), "was completed", "were completed"),
        counted(len(changes.signed_off), "was signed off", "were signed off"),
        counted(after.overdue, "is overdue", "are overdue"),
    ]
    milestones = counted(after.total, "milestone", "milestones")
    return (
        f"Of {milestones}, {before.complete} were complete at the start and {after.complete} at the "
        f"end: {joined(parts)}."
    )


COUNTED: tuple[tuple[str, Standing], ...] = (
    ("Off track", Standing.RED),
    ("At risk", Standing.AMBER),
    ("On track", Standing.GREEN),
    ("No update", Standing.NO_UPDATE),
    ("Not started", Standing.NOT_STARTED),
    ("Withdrawn", Standing.WITHDRAWN),
)


def _counts(then: Reading, now: Reading) -> tuple[Count, ...]:
    """The figures of both moments beside each other."""
    before, after = counting.figures_of(then), counting.figures_of(now)
    return (
        Count("Due as published", before.due, after.due),
        Count("Complete of these", before.complete_of_due, after.complete_of_due),
        Count("Complete", before.complete, after.complete),
        Count("Signed off", before.signed_off, after.signed_off),
        Count("Overdue", before.overdue, after.overdue),
        *(Count(label, _standing(then, each), _standing(now, each)) for label, each in COUNTED),
    )


def _standing(reading: Reading, standing: Standing) -> int:
    return sum(line.standing == standing for line in reading.lines)

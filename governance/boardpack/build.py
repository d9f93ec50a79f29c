"""Build a pack's content from a month's dashboard: only selectors, a constant number of queries."""

import datetime as dt
from collections.abc import Iterable

from django.conf import settings

from governance.boardpack import judged, keeping, measuring
from governance.boardpack.content import (
    Cover,
    DefinitionEntry,
    FigureEntry,
    MilestoneEntry,
    PackContent,
    PointEntry,
    ReopenedEntry,
    SlipEntry,
    StreamEntry,
    Summary,
    TermEntry,
)
from governance.boardpack.signing import SignedActionEntry, SignOffEntry, TakenBackEntry
from governance.boardpack.voices import voices_of
from governance.enums import Edition
from governance.permissions import words_of_packs
from governance.selectors import Dashboard, Slip, StreamRow, cut_offs_before, dashboard
from governance.selectors.signing import SignedAction, TakenBack, Waiting
from governance.selectors.wording import sentence_of
from kpis.selectors.held import MeasuresRead
from plans.definitions import RATING_DEFINITIONS
from plans.models import Plan, ReportingPeriod
from plans.selectors import MilestoneLine

NOTICE = "Demonstration: all progress is invented"
"""What every page of a demonstration's pack carries, as it is handed on without the site's banner."""


def build(
    plan: Plan, period: ReportingPeriod, *, edition: Edition, revision: int, reason: str
) -> PackContent:
    """The content of the pack of a frozen month: as at its freeze, in the words its readers see.

    ``reason`` says why there is a further revision, "" for the first.
    """
    read = MeasuresRead.of(plan)
    board = dashboard(plan, period, visible=words_of_packs(edition), held=read.held)
    last, issued = cut_offs_before(
        plan, edition=edition, at=board.reading.at, month=board.reading.month
    )
    return PackContent(
        cover=_cover(board, edition=edition, revision=revision, reason=reason),
        summary=_summary(board, edition),
        streams=tuple(map(_stream, board.streams)),
        all_streams=_stream(board.all_streams),
        areas=judged.areas_of(board),
        burn_up=tuple(
            PointEntry(point.month, point.due, point.complete) for point in board.burn_up
        ),
        milestones=tuple(map(_milestone, board.reading.lines)),
        exceptions=_keys(board.needs_board),
        slips=_slips(board),
        awaiting=tuple(map(_sign_off, board.awaiting)),
        signed_off=tuple(map(_sign_off, board.signed_off)),
        signed_actions=tuple(map(_signed_action, board.signed_actions)),
        taken_back=tuple(map(_taken_back, board.taken_back)),
        no_update=_keys(line for silence in board.silent for line in silence.lines),
        undated=_keys(board.undated),
        window_passed=_keys(board.window_passed),
        due_soon=_keys(board.due_soon),
        definitions=tuple(
            DefinitionEntry(str(each.value), each.label, each.meaning)
            for each in RATING_DEFINITIONS
        ),
        glossary=tuple(TermEntry(row.term, row.expansion) for row in plan.glossary_terms.all()),
        reopened=_reopened(board, since=last),
        impacts=judged.impacts_of(board),
        missed=judged.missed_of(board),
        impact_definitions=judged.impact_definitions(),
        assurance_definitions=judged.assurance_definitions(),
        measures=measuring.measures_of(read, board.reading, edition),
        **vars(voices_of(board.heard)),
        **vars(keeping.kept_of(plan, board.reading, edition, since=issued)),
    )


def _keys(lines: Iterable[MilestoneLine]) -> tuple[str, ...]:
    return tuple(line.key for line in lines)


def _cover(board: Dashboard, *, edition: Edition, revision: int, reason: str) -> Cover:
    return Cover(
        partnership=board.plan.partnership.name,
        plan=board.plan.title,
        plan_slug=board.plan.slug,
        published=board.plan.published_text,
        month=board.reading.month,
        edition=edition.value,
        edition_label=edition.label,
        revision=revision,
        cut_off=board.reading.at,
        cut_off_words=board.cut_off,
        compared_with=board.before.month if board.before else None,
        reason=reason,
        meeting=keeping.meeting_of(board.plan, board.reading, edition),
        notice=NOTICE if settings.HERTSEND_DEMONSTRATION else "",
    )


def _summary(board: Dashboard, edition: Edition) -> Summary:
    is_plain = edition == Edition.FAMILIES
    said = sentence_of(board.figures, board.streams, on=board.reading.on, for_families=is_plain)
    return Summary(
        headline=said.headline,
        rest=said.rest,
        figures=tuple(
            FigureEntry(each.key, each.value, each.label, each.note, each.tone)
            for each in board.headline_figures
        ),
        changes=tuple(f"{line.count} {line.words}" for line in board.change_lines),
        burn_up_words=board.burn_up_words,
    )


def _stream(row: StreamRow) -> StreamEntry:
    return StreamEntry(
        key=row.key,
        name=row.name,
        stages={str(stage): count for stage, count in row.stages.items()},
        standings={str(standing): count for standing, count in row.standings.items()},
        overdue=row.overdue,
        due=row.due,
        complete_of_due=row.complete_of_due,
        total=row.total,
    )


def _milestone(line: MilestoneLine) -> MilestoneEntry:
    return MilestoneEntry(
        key=line.key,
        text=line.text,
        workstream=line.workstream_key,
        areas=line.area_keys,
        leads=line.leads,
        leads_inherited=line.leads_inherited,
        due_text=line.due_text,
        due_on=line.due_on,
        agreed_on=line.agreed_on,
        forecast_on=line.forecast_on,
        moves=line.moves,
        slip=line.slip,
        stage=line.stage.value,
        standing=line.standing.value,
        days_overdue=line.days_overdue,
        has_exception=line.has_exception,
        window_passed=line.window_passed,
        completed_on=line.completed_on,
        what_happened=line.what_happened,
        what_is_next=line.what_is_next,
        reason_for_rating=line.reason_for_rating,
        sentence_for_families=line.sentence_for_families,
    )


def _slips(board: Dashboard) -> tuple[SlipEntry, ...]:
    """Open milestones that slipped, and all that were moved since the last pack."""
    moved_lately = set(board.changes.moved) if board.changes else set()
    entries = []
    for slip in board.slipped + tuple(s for s in board.moved if s not in board.slipped):
        lately = slip.line in moved_lately
        if lately or slip in board.slipped:
            entries.append(_slip(slip, lately=lately))
    return tuple(entries)


def _slip(slip: Slip, *, lately: bool) -> SlipEntry:
    agreed = slip.agreement
    return SlipEntry(
        key=slip.line.key,
        agreed_at=agreed.at if agreed else None,
        reason=agreed.reason if agreed else "",
        decision=agreed.decision if agreed else "",
        agreed_by=agreed.agreed_by if agreed else "",
        since_last_pack=lately,
        asked_for_on=slip.request.asked_for_on if slip.request else None,
        refusals=slip.refusals,
    )


def _sign_off(waiting: Waiting) -> SignOffEntry:
    proposal, signature = waiting.proposal, waiting.signature
    return SignOffEntry(
        key=waiting.line.key,
        proposed_at=proposal.at if proposal else None,
        proposed_by=proposal.by if proposal else "",
        words=proposal.words if proposal else "",
        evidence_link=proposal.evidence_link if proposal else "",
        days=waiting.days,
        signed_at=signature.at if signature else None,
        signed_by=signature.by if signature else "",
    )


def _signed_action(signed: SignedAction) -> SignedActionEntry:
    return SignedActionEntry(
        key=signed.key,
        text=signed.text,
        areas=signed.area_keys,
        signed_at=signed.at,
        signed_by=signed.by,
        role=signed.role,
    )


def _taken_back(taken: TakenBack) -> TakenBackEntry:
    act = taken.reopening
    return TakenBackEntry(key=taken.line.key, at=act.at, by=act.by, role=act.role, reason=act.words)


def _reopened(board: Dashboard, *, since: dt.datetime | None) -> tuple[ReopenedEntry, ...]:
    """Every month that was reopened since the last pack of the edition, this one or another."""
    return tuple(
        ReopenedEntry(
            month=each.month,
            frozen_at=each.frozen_at,
            at=each.at,
            role=each.role,
            by=each.by,
            reason=each.reason,
        )
        for each in board.reopened
        if since is None or each.at > since
    )

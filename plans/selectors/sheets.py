"""The sheets that signers are shown, of milestones as they are stored now."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator

from django.db.models import OuterRef, QuerySet, Subquery

from hertsend import dates
from plans import policies
from plans.enums import EvidenceKind, ImpactOutcome, MediaType, Rating, Stage
from plans.models import (
    DateChange,
    Evidence,
    ImpactRating,
    Milestone,
    MilestoneUpdate,
    StageChange,
    StoredFile,
)
from plans.policies import Sheet, SheetEvidence, SheetLine

MOST_ASKED = 500
"""So many values one query may name in every database."""


def sheet_of(milestone: Milestone) -> Sheet:
    """The sheet of one milestone, read anew."""
    return sheets_of([milestone])[milestone.pk]


def fingerprint_of(milestone: Milestone) -> str:
    """The SHA-256 of exactly what a signer is shown of the milestone."""
    return sheet_of(milestone).fingerprint


def sheets_of(milestones: Collection[Milestone]) -> dict[int, Sheet]:
    """The sheets of these milestones by primary key. Seven queries, however many there are."""
    rows = list(_with_pointers([row.pk for row in milestones]))
    updates = MilestoneUpdate.objects.select_related("period").in_bulk(
        {row.latest_update for row in rows} - {None}
    )
    proposals = StageChange.objects.select_related("by").in_bulk(
        {row.latest_proposal for row in rows} - {None}
    )
    evidence = _evidence(rows)
    ratings = confirmed_ratings({row.action_id for row in rows})
    return {
        row.pk: _sheet(
            row,
            update=updates.get(row.latest_update),
            proposal=proposals.get(row.latest_proposal),
            evidence=evidence[row.pk],
            rating=ratings.get(row.action_id),
        )
        for row in rows
    }


def claimed_files(digests: Iterable[str]) -> set[str]:
    """Which of these digests a row speaks of."""
    asked = sorted(digests)
    found: set[str] = set()
    for first in range(0, len(asked), MOST_ASKED):
        part = asked[first : first + MOST_ASKED]
        found |= set(StoredFile.objects.filter(sha256__in=part).values_list("sha256", flat=True))
    return found


def standing_evidence(milestone: Milestone) -> int:
    """How many pieces of evidence a milestone has that were not withdrawn."""
    return Evidence.objects.standing().filter(milestone=milestone).count()


def evidence_to_sign(milestone: Milestone) -> int:
    """How many pieces of evidence a proposal rests on; an earlier one may carry a link of its own."""
    proposal = milestone.stage_changes.filter(act="proposed").order_by("-version").first()
    return standing_evidence(milestone) + bool(proposal and proposal.evidence_link)


def _with_pointers(keys: list[int]) -> QuerySet[Milestone]:
    """The milestones with the rows that hold their latest update, proposal and agreed date."""
    updates = MilestoneUpdate.objects.filter(milestone=OuterRef("pk")).order_by("-version")
    proposals = StageChange.objects.filter(milestone=OuterRef("pk"), act="proposed")
    moves = DateChange.objects.filter(milestone=OuterRef("pk")).order_by("-number")
    return (
        Milestone.objects.filter(pk__in=keys)
        .annotate(
            latest_update=Subquery(updates.values("pk")[:1]),
            latest_proposal=Subquery(proposals.order_by("-version").values("pk")[:1]),
            agreed_on=Subquery(moves.values("agreed_on")[:1]),
            moves=Subquery(moves.values("number")[:1]),
        )
        .select_related("plan", "action")
        .prefetch_related("milestone_leads__post")
        .order_by("pk")
    )


def _evidence(rows: list[Milestone]) -> dict[int, list[SheetEvidence]]:
    found = defaultdict(list)
    standing = Evidence.objects.standing().filter(milestone__in=[row.pk for row in rows])
    for piece in standing.select_related("file", "added_by"):
        found[piece.milestone_id].append(evidence_line(piece))
    return found


def evidence_line(piece: Evidence) -> SheetEvidence:
    """A piece of evidence in words, with the digest of its file."""
    source = piece.link
    if piece.file:
        source = policies.file_in_words(
            name=piece.file.name,
            kind=MediaType(piece.file.media_type).label,
            size=piece.file.size,
            sha256=piece.file.sha256,
        )
    return SheetEvidence(
        pk=piece.pk,
        title=piece.title,
        kind=EvidenceKind(piece.kind).label,
        shows=piece.what_it_shows,
        dated=policies.in_words(piece.dated_on),
        source=source,
        link=piece.link,
    )


def confirmed_ratings(actions: Collection[int]) -> dict[int, ImpactRating]:
    """The impact of each action that a joint chair confirmed last."""
    rows = ImpactRating.objects.filter(
        action__in=actions, decision__outcome=ImpactOutcome.CONFIRMED
    ).select_related("period", "by", "decision__by")
    return {row.action_id: row for row in rows.order_by("number")}


def impact_line(rating: ImpactRating) -> SheetLine:
    """A confirmed impact in words."""
    words = f"{rating.level} {rating.get_level_display()}, for {rating.period.label}"
    return SheetLine("impact", "Impact of the action", words)


def _sheet(
    row: Milestone,
    *,
    update: MilestoneUpdate | None,
    proposal: StageChange | None,
    evidence: list[SheetEvidence],
    rating: ImpactRating | None,
) -> Sheet:
    lines = (*_promise(row, proposal), *_proposal(proposal), *_update(update))
    return Sheet(
        plan=row.plan.slug,
        key=row.key,
        lines=tuple(SheetLine(*line) for line in lines if line[2]),
        evidence=tuple(evidence),
        closing=(
            *([impact_line(rating)] if rating else []),
            SheetLine("version", "Version of this record", str(row.version)),
        ),
    )


def _promise(row: Milestone, proposal: StageChange | None) -> Iterator[tuple[str, str, str]]:
    """What was promised, by when, by whom, and how late it was proposed."""
    posts = [lead.post.title for lead in row.milestone_leads.all()]
    yield "promise", "Promised in the plan", row.text
    yield "published", "Published date", policies.in_words(row.due_on) or row.due_text
    yield "agreed", "Agreed date", _agreed(row)
    yield "completed", "Proposed as complete", _completed(row, proposal)
    yield "lead", "Lead", ", ".join(posts) or "The plan names no lead"
    yield "stage", "Stage", Stage(row.stage).label


def _agreed(row: Milestone) -> str:
    if not row.moves:
        return policies.in_words(row.due_on) and f"{policies.in_words(row.due_on)}, never moved"
    times = {1: "once", 2: "twice"}.get(row.moves, f"{row.moves} times")
    return f"{policies.in_words(row.agreed_on)}, moved {times}"


def _completed(row: Milestone, proposal: StageChange | None) -> str:
    if proposal is None:
        return ""
    done_on = dates.day_of(proposal.at)
    late = policies.lateness(done_on=done_on, date_in_force=row.agreed_on or row.due_on)
    return ", ".join(filter(None, (policies.in_words(done_on), late)))


def _proposal(proposal: StageChange | None) -> Iterator[tuple[str, str, str]]:
    if proposal is None:
        return
    at = proposal.at.astimezone(dates.LONDON)
    yield "proposed by", "Proposed by", f"{proposal.by.name}, at {at:%H:%M}"
    yield "proposal", "What shows it", proposal.words
    yield "link", "Link of the proposal", proposal.evidence_link


def _update(update: MilestoneUpdate | None) -> Iterator[tuple[str, str, str]]:
    if update is None:
        return
    yield "rating", "Latest rating", f"{update.period.label}: {Rating(update.rating).label}"
    yield "forecast", "Forecast", policies.in_words(update.forecast_on)
    words = "\n\n".join(filter(None, (update.what_happened, update.what_is_next)))
    yield "update", "Latest update", words

"""The entries of a stocktake, each from what was read of one milestone."""

from governance.selectors.happenings import DateMove, Signature, Spell
from governance.selectors.reading import Reading
from governance.stocktake import content
from plans.selectors import MilestoneLine


def signed(
    line: MilestoneLine, signature: Signature | None, *, evidence: tuple[str, ...]
) -> content.Signed:
    """A milestone with its last signature and the titles of its evidence."""
    return content.Signed(
        key=line.key,
        text=line.text,
        signed_at=signature.at if signature else None,
        signed_by=signature.by if signature else "",
        role=signature.role if signature else "",
        evidence=evidence,
    )


def overdue(line: MilestoneLine) -> content.Overdue:
    """A milestone past its date, with the lead's last words."""
    return content.Overdue(
        key=line.key,
        text=line.text,
        in_force=line.date_in_force,
        days=line.days_overdue,
        standing=line.standing.value,
        what_happened=line.what_happened,
        what_is_next=line.what_is_next,
    )


def slipped(then: Reading, now: Reading) -> tuple[content.Slipped, ...]:
    """Open and later than published at the end, the largest slip first."""
    before = then.by_pk()
    late = [(line.slip or 0, line) for line in now.lines if line.has_slipped and line.is_open]
    return tuple(
        content.Slipped(
            key=line.key,
            text=line.text,
            published=line.due_on,
            agreed=line.agreed_on,
            forecast=line.forecast_on,
            slip=slip,
            slip_then=before[line.pk].slip if line.pk in before else None,
        )
        for slip, line in sorted(late, key=lambda pair: -pair[0])
    )


def moved(line: MilestoneLine, move: DateMove) -> content.Moved:
    """A date that was agreed for a milestone."""
    return content.Moved(
        key=line.key,
        text=line.text,
        before=move.before,
        agreed_on=move.agreed_on,
        at=move.at,
        agreed_by=move.agreed_by,
        reason=move.reason,
        decision=move.decision,
    )


def spell(line: MilestoneLine, spell: Spell) -> content.OverdueSpell:
    """An overdue spell with what was reported of it."""
    return content.OverdueSpell(
        key=line.key,
        text=line.text,
        overdue_since=spell.overdue_since,
        closed_at=spell.closed_at,
        closure=spell.closure,
        cause=spell.cause,
        effect_on_families=spell.effect_on_families,
        what_is_being_done=spell.what_is_being_done,
        done_by=spell.done_by,
        asked_of_board=spell.asked_of_board,
    )

"""Dates: what slipped, what was refused, what is due next, and what has no day."""

from governance.boardpack.content import MilestoneEntry
from governance.boardpack.render import PackPage, SlipLine
from governance.boardpack.sections import telling
from governance.boardpack.sections.asked import requests
from hertsend.documents.blocks import Blocks, Heading, Paragraph, ParagraphRole
from hertsend.documents.spans import Span, Text, Tone, led, quiet, strong, text
from hertsend.documents.wording import counted, long_day, short_day


def slips(page: PackPage) -> Blocks:
    """Slips and date changes, with the new dates that were refused."""
    found = (*_slips(page), *_refused(page))
    if not found:
        return ()
    count = len(page.slips) or None
    return (
        Heading("Slips and date changes", 1, "slips", count, may_follow=True),
        *found,
    )


def dates(page: PackPage) -> Blocks:
    """What is due soon, and what has no agreed date."""
    found = (*_due_soon(page), *_undated(page))
    return (Heading("Dates ahead", 1, "dates", may_follow=True), *found) if found else ()


def _slips(page: PackPage) -> Blocks:
    if not page.slips:
        return ()
    total = counted(page.slipped_days, "day")
    return (
        Paragraph(
            (
                (
                    Span(f"{total} later than published in total.", Tone.STRONG),
                    Span(
                        "By agreement, or by the lead’s forecast. The published date never changes; "
                        "where the plan gives no day, the slip counts from the first agreed date."
                    ),
                ),
            )
        ),
        telling.table(
            "Milestones with a new date, or later than published",
            (
                telling.wide("Milestone", 1),
                telling.days("Published"),
                telling.days("Agreed"),
                telling.days("Forecast"),
                telling.numbers("Days later", 14),
                telling.wide("Reason", 1.1),
            ),
            [
                (
                    telling.milestone(line.milestone, note=_moved(line.milestone)),
                    text(telling.published(line.milestone)),
                    text(short_day(line.milestone.agreed_on)),
                    text(short_day(line.milestone.forecast_on)),
                    strong(_signed(line.milestone.slip)),
                    _reason(line),
                )
                for line in page.slips
            ],
        ),
    )


def _moved(entry: MilestoneEntry) -> str:
    moved = f"moved {counted(entry.moves, 'time')}" if entry.moves else ""
    return f"{moved}, days from the first agreed date" if entry.slips_from_agreement else moved


def _signed(days: int | None) -> str:
    if days is None:
        return ""
    return f"+{days}" if days > 0 else f"−{-days}" if days else "0"


def _reason(line: SlipLine) -> Text:
    slip = line.slip
    refused = f"A new date was refused {counted(slip.refusals, 'time')}." if slip.refusals else ""
    asked = (
        f"{long_day(slip.asked_for_on)} asked for, not decided yet." if slip.asked_for_on else ""
    )
    if not slip.agreed_at:
        said: Text = quiet("Forecast by the lead; no date was agreed.")
    else:
        by = f" by {slip.agreed_by}" if slip.agreed_by else ""
        reason = led("New.", slip.reason) if slip.since_last_pack else text(slip.reason)
        said = reason + led(f"Agreed{by}, {long_day(slip.agreed_at)}:", slip.decision)
    return said + strong(asked) + quiet(refused)


def _refused(page: PackPage) -> Blocks:
    if not page.refused_dates:
        return ()
    return (
        Heading("New dates refused", 2, "refused-dates", len(page.refused_dates)),
        requests(page.refused_dates, "Requests for a new date that were refused"),
    )


def _due_soon(page: PackPage) -> Blocks:
    if not page.due_soon:
        return ()
    return (
        Heading("Due in the next 30 days", 2, "due-soon", len(page.due_soon)),
        telling.table(
            "Due in the 30 days after the cut-off",
            (
                telling.wide("Milestone", 1.7),
                telling.wide("Lead"),
                telling.days("Due"),
                telling.narrow("Delivery", 26),
            ),
            [
                (
                    telling.milestone(entry),
                    text(telling.joined(entry.leads)),
                    text(short_day(entry.agreed_on or entry.due_on)),
                    telling.rating(entry.standing),
                )
                for entry in page.due_soon
            ],
        ),
    )


def _undated(page: PackPage) -> Blocks:
    if not page.undated:
        return ()
    passed = len(page.content.window_passed)
    said = "The plan gives no day, so these are never overdue. The board can agree a day for each."
    return (
        Heading("No agreed date", 2, "no-date", len(page.undated)),
        Paragraph(
            text(f"{said} The time of {passed} has passed." if passed else said),
            ParagraphRole.NOTE,
        ),
        telling.table(
            "Open milestones without an agreed date",
            (
                telling.wide("Milestone", 1.7),
                telling.wide("Lead"),
                telling.wide("In the plan", 0.7),
                telling.narrow("Delivery", 26),
            ),
            [
                (
                    telling.milestone(entry),
                    text(telling.joined(entry.leads)),
                    text(telling.published(entry))
                    + strong("its time has passed" if entry.window_passed else ""),
                    telling.rating(entry.standing),
                )
                for entry in page.undated
            ],
        ),
    )

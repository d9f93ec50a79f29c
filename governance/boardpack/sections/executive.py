"""What the Executive reads first: how sure it may be of each area, and what was escalated to it."""

from governance.boardpack.content import AreaEntry, AssuranceEntry
from governance.boardpack.render import EscalationLine, PackPage
from governance.boardpack.sections import telling
from hertsend.documents.blocks import Blocks, Heading, Paragraph, ParagraphRole
from hertsend.documents.spans import Text, Tone, led, quiet, strong, text
from hertsend.documents.wording import long_day


def assurance(page: PackPage) -> Blocks:
    """The executive chair's rating of each area, with its reasons, beside delivery."""
    rated = [(row, each) for row in page.content.areas for each in row.assurance]
    if not rated:
        return ()
    return (
        Heading("Assurance", 1, "assurance", starts_page=True),
        Paragraph(
            text(
                "The executive chair’s rating of each area as at the cut-off. "
                "“Not rated yet” is said where there is none."
            ),
            ParagraphRole.NOTE,
        ),
        telling.table(
            "Assurance by area",
            (
                telling.wide("Area", 0.9),
                telling.narrow("Assurance", 36),
                telling.narrow("Delivery", 27),
                telling.numbers("Overdue", 16),
                telling.wide("Why"),
            ),
            [_area(page, row, each) for row, each in rated],
        ),
    )


def _area(page: PackPage, row: AreaEntry, each: AssuranceEntry) -> tuple[Text, ...]:
    before = telling.assurance_before(each, compared_with=page.compared_with)
    by = quiet(telling.by_whom(each.by, long_day(each.at))) if each.reasons else ()
    return (
        led(each.key, "; ".join(row.names)),
        telling.assurance(each.level, each.label) + before,
        telling.rating(row.standing),
        telling.number(row.overdue),
        (text(each.reasons) or quiet("–")) + by,
    )


def escalations(page: PackPage) -> Blocks:
    """What was escalated to the Executive, and what it answered."""
    if not page.escalations:
        return ()
    return (
        Heading("Escalations to the Executive", 1, "escalations", len(page.escalations)),
        telling.table(
            "Escalations to the Executive",
            (
                telling.wide("Milestone", 0.9),
                telling.wide("Escalated because"),
                telling.wide("Answer, and who acts"),
            ),
            [
                (
                    telling.milestone(line.milestone),
                    telling.said("Escalated", line.escalation.raised),
                    _answer(line),
                )
                for line in page.escalations
            ],
        ),
    )


def _answer(line: EscalationLine) -> Text:
    told = line.escalation
    if not told.ended:
        return text(f"{told.state_label}: not answered yet.", Tone.STRONG)
    acts = led("Who acts:", told.who_acts) if told.who_acts else ()
    return strong(told.state_label) + telling.said("Answer", told.ended) + acts

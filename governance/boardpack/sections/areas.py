"""Each area with its three judgements, and the impact of each action that was rated."""

from governance.boardpack.content import AreaEntry, AssuranceEntry, ImpactEntry
from governance.boardpack.render import PackPage
from governance.boardpack.sections import telling
from governance.boardpack.sections.front import assurances
from hertsend.documents.blocks import (
    Blocks,
    Fact,
    Facts,
    Heading,
    Paragraph,
    ParagraphRole,
    Together,
)
from hertsend.documents.spans import Span, Text, led, quiet, text
from hertsend.documents.wording import counted, long_day, month

HOW_JUDGED = (
    "Delivery is the worst of the area’s milestones; a milestone that serves several areas is counted once. "
    "Impact is the lowest that was confirmed for its actions, those left out of which it is too early to say. "
    "Assurance is the executive chair’s."
)


def areas(page: PackPage) -> Blocks:
    """Delivery, impact and assurance of each area, with the reasons; packs from before these leave it out."""
    if not page.is_judged:
        return ()
    return (
        Heading("Areas", 1, "areas", may_follow=True),
        Paragraph(text(HOW_JUDGED), ParagraphRole.NOTE),
        *(_area(page, row) for row in page.content.areas),
        *_impacts(page),
    )


def _area(page: PackPage, row: AreaEntry) -> Together:
    (line, *_) = telling.rating(row.standing)
    done = f"· {row.complete_of_due} of {row.due} due are complete, {row.overdue} overdue"
    facts = [Fact("Delivery", ((*line, Span(done)),))]
    if row.impact:
        rated = f"{row.impact.rated} of {counted(row.impact.actions, 'action')} rated"
        level = telling.impact(row.impact.level, row.impact.label)
        facts.append(Fact("Impact", level + quiet(rated)))
    given = assurances(row.assurance, compared_with=page.compared_with)
    facts.append(Fact("Assurance", given + _reasons(row.assurance)))
    names = "; ".join(row.names)
    return Together((Heading(f"{' and '.join(row.keys)} {names}", 2), Facts(tuple(facts))))


def _reasons(given: tuple[AssuranceEntry, ...]) -> Text:
    """Why, for each area that was rated; by whom and when."""
    lines: Text = ()
    for each in given:
        if each.reasons:
            lines += led(f"{each.key}:", each.reasons) if len(given) > 1 else text(each.reasons)
            lines += quiet(telling.by_whom(each.by, long_day(each.at)))
    return lines


def _impacts(page: PackPage) -> Blocks:
    impacts = page.content.impacts
    if not impacts:
        return ()
    said = "The last rating of each action that a joint chair confirmed. Actions that are not here were never rated."
    return (
        Heading("Impact of actions", 2, "impact", len(impacts)),
        Paragraph(text(said), ParagraphRole.NOTE),
        telling.table(
            "Confirmed impact of actions",
            (
                telling.wide("Action", 1),
                telling.wide("Impact", 0.85),
                telling.wide("What has changed", 1.1),
            ),
            [
                (text(each.text) + quiet(each.action), _level(each), _words(each))
                for each in impacts
            ],
        ),
    )


def _level(each: ImpactEntry) -> Text:
    by = f" by {each.confirmed_by}" if each.confirmed_by else ""
    confirmed = f"{month(each.month)}, confirmed {long_day(each.confirmed_at)}{by}"
    proposed = f"Proposed since: {each.proposed}" if each.proposed else ""
    return telling.impact(each.level, each.label) + quiet(confirmed) + quiet(proposed)


def _words(each: ImpactEntry) -> Text:
    return text(each.words) + quiet(each.by)

"""What the board keeps: decisions, risks, and its action log."""

from governance.boardpack.kept import DecisionEntry, LogEntry, QuestionForGroup, RiskEntry
from governance.boardpack.render import PackPage
from governance.boardpack.sections import telling
from hertsend.documents.blocks import Block, Blocks, Heading, Paragraph, ParagraphRole, Together
from hertsend.documents.spans import Text, Tone, led, quiet, strong, text
from hertsend.documents.wording import NOTHING, counted, long_day, short_day

FEW = 10
"""So many actions stand together on what is left of a page; more begin one."""


def decisions(page: PackPage) -> Blocks:
    """What waits for a decision, and what was decided since the last pack."""
    waiting, taken = page.content.waiting_for_decision, page.content.decisions
    if not waiting and not taken:
        return ()
    blocks: list[Block] = [Heading("Decisions", 1, "decisions", len(waiting) + len(taken))]
    if waiting:
        blocks += [
            Heading("Waiting for a decision", 2, "decisions-waiting", len(waiting)),
            telling.table(
                "Decisions that were asked for and wait",
                (
                    telling.wide("Asked"),
                    telling.narrow("By", 45),
                    telling.days("Wanted by", 24),
                    telling.numbers("Waits, days", 20),
                ),
                list(map(_question, waiting)),
            ),
        ]
    if taken:
        since = " since the last pack" if page.compared_with else ""
        blocks += [
            Heading(f"Taken{since}", 2, "decisions-taken", len(taken)),
            telling.table(
                "Decisions that were taken",
                (telling.wide("Decision"), telling.narrow("Taken", 42), telling.days("Holds from")),
                list(map(_decision, taken)),
            ),
        ]
    return tuple(blocks)


def _question(entry: QuestionForGroup) -> tuple[Text, ...]:
    return (
        strong(entry.question) + quiet(f"{entry.group}, request {entry.number}"),
        text(entry.asked_by) + quiet(long_day(entry.asked_at)),
        text(short_day(entry.wanted_by)),
        telling.number(entry.days),
    )


def _decision(entry: DecisionEntry) -> tuple[Text, ...]:
    name = strong(f"{entry.title}")
    gone = text("A later decision has taken its place.", Tone.STRONG) if entry.is_superseded else ()
    return (
        name
        + gone
        + text(entry.decided)
        + led("Because:", entry.reasons)
        + quiet(f"{entry.group}, decision {entry.number}"),
        text(short_day(entry.taken_on)) + quiet(entry.taken_by),
        text(short_day(entry.effective_on)),
    )


def risks(page: PackPage) -> Blocks:
    """The open risks, the highest score first."""
    entries = page.content.risks
    if not entries:
        return ()
    return (
        Heading("Risks", 1, "risks", len(entries), may_follow=True),
        Paragraph(text(page.risk_words)),
        Paragraph(
            text("Score: likelihood times impact, 25 at most. Target: what it may stay at."),
            ParagraphRole.NOTE,
        ),
        telling.table(
            "Open risks, the highest score first",
            (
                telling.wide("Risk"),
                telling.narrow("Score", 27),
                telling.narrow("Trend", 20),
                telling.numbers("Target", 14),
                telling.narrow("Reviewed", 27),
                telling.narrow("Mitigations", 22),
            ),
            [_risk(page, entry) for entry in entries],
        ),
    )


def _risk(page: PackPage, entry: RiskEntry) -> tuple[Text, ...]:
    place = f"{entry.key} · {entry.workstream}" if entry.workstream else entry.key
    reviewed = text("Yes") if entry.was_reviewed else strong(f"Not for {page.month}")
    late = f"{entry.overdue_mitigations} overdue" if entry.overdue_mitigations else ""
    return (
        strong(entry.event)
        + led("Because:", entry.cause)
        + led("So that:", entry.effect)
        + quiet(f"{place} · {entry.owner}"),
        strong(f"{entry.score} {entry.band}") + quiet(entry.score_words),
        text(entry.trend_label, Tone.STRONG if entry.trend == "rising" else Tone.PLAIN),
        telling.number(entry.target_score),
        reviewed + quiet(f"last on {short_day(entry.reviewed_at)}"),
        text(f"{entry.open_mitigations} open" if entry.open_mitigations else NOTHING)
        + strong(late),
    )


def log(page: PackPage) -> Blocks:
    """How the action log stands, and what is open in it, the longest overdue first."""
    entries = page.content.log
    if page.content.log_summary is None:
        return ()
    many = len(entries) > FEW
    head: Blocks = (
        Heading("Action log", 1, "log", len(entries) or None, starts_page=many),
        Paragraph(text(page.log_words)),
    )
    if not entries:
        return head
    columns = (
        telling.wide("Action"),
        telling.narrow("Owner", 42),
        telling.days("Due", 22),
        telling.narrow("Stands", 33),
    )
    table = telling.table("Open actions of the log", columns, list(map(_action, entries)))
    return (*head, table) if many else (Together((*head, table)),)


def _action(entry: LogEntry) -> tuple[Text, ...]:
    late = entry.days_overdue
    return (
        text(entry.task) + quiet(f"{entry.group}, action {entry.number}"),
        text(entry.owner),
        text(short_day(entry.due_on)),
        strong(f"{counted(late, 'day')} overdue") if late else text("Open"),
    )

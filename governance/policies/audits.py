"""The assurance programme: financial years, what an audit must say, how it stands: on plain values."""

import datetime as dt
from dataclasses import dataclass

from governance.enums import AuditKind, AuditStanding, AuditState, FindingKind
from hertsend.errors import RuleBroken
from hertsend.files.store import ReceivedFile

FIRST_MONTH = 4
"""A financial year begins on 1 April."""

WEB = ("https://", "http://")
EARLIEST_YEAR, LATEST_YEAR = 2000, 2098


@dataclass(frozen=True)
class FinancialYear:
    """A financial year by the calendar year in which it begins."""

    start: int

    @property
    def first_on(self) -> dt.date:
        """Its first day, 1 April."""
        return dt.date(self.start, FIRST_MONTH, 1)

    @property
    def last_on(self) -> dt.date:
        """Its last day, 31 March."""
        return dt.date(self.start + 1, FIRST_MONTH, 1) - dt.timedelta(days=1)

    @property
    def label(self) -> str:
        """As the plan writes it: "2024/25"."""
        return f"{self.start}/{(self.start + 1) % 100:02}"


def financial_year_of(day: dt.date) -> FinancialYear:
    """The financial year in which a day lies."""
    return FinancialYear(day.year if day.month >= FIRST_MONTH else day.year - 1)


def financial_year(text: str) -> FinancialYear | None:
    """The year of an address, "2024"; None for what is none."""
    if not (text.isascii() and text.isdigit() and len(text) == 4):
        return None
    return FinancialYear(int(text)) if EARLIEST_YEAR <= int(text) <= LATEST_YEAR else None


@dataclass(frozen=True)
class AuditWords:
    """What is said of a planned audit; the names are those of the form's fields."""

    title: str
    kind: str
    focus: str
    auditor: str
    planned_on: dt.date
    is_multi_agency: bool = False


def check_audit(words: AuditWords) -> None:
    """Refuse an audit without title, kind, focus or who does it."""
    needed = {
        "title": "Enter what the audit is called.",
        "focus": "Enter what it looks at.",
        "auditor": "Enter who does it.",
    }
    errors = {
        name: [sentence] for name, sentence in needed.items() if not getattr(words, name).strip()
    }
    if words.kind not in AuditKind.values:
        errors["kind"] = ["Select whether it is an audit or a quality check."]
    if not EARLIEST_YEAR <= words.planned_on.year <= LATEST_YEAR:
        errors["planned_on"] = ["Enter a day in this century."]
    if errors:
        raise RuleBroken(errors)


def check_change(state: str, *, reason: str) -> None:
    """Refuse to change or cancel an audit that is over, or to do so without a reason."""
    check_planned(state)
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter the reason."]})


def check_planned(state: str) -> None:
    """Refuse what is done to an audit that is done or cancelled."""
    if state != AuditState.PLANNED:
        raise RuleBroken(f"This audit is {AuditState(state).label.lower()}.")


@dataclass(frozen=True)
class ReportWords:
    """What came of an audit, with its report; the names are those of the form's fields."""

    done_on: dt.date
    summary: str
    link: str = ""
    file: ReceivedFile | None = None


def check_report(words: ReportWords, *, state: str, on: dt.date) -> None:
    """Refuse a report of what is not planned, of a day to come, without words or with two sources."""
    check_planned(state)
    errors: dict[str, list[str]] = {}
    if not dt.date(EARLIEST_YEAR, 1, 1) <= words.done_on <= on:
        errors["done_on"] = ["The day on which it was done must be today or before."]
    if not words.summary.strip():
        errors["summary"] = ["Enter what it showed, in a few sentences."]
    if words.link.strip() and words.file is not None:
        errors["link"] = ["Give a link or a file, not both."]
    elif words.link.strip() and not words.link.strip().startswith(WEB):
        errors["link"] = ["Enter a link that begins with https://"]
    if errors:
        raise RuleBroken(errors)


def check_finding(*, state: str, kind: str, text: str) -> None:
    """Refuse a finding of an audit that is not done, of no kind, or without words."""
    if state != AuditState.DONE:
        raise RuleBroken("Say first that the audit is done; then note what it found.")
    errors: dict[str, list[str]] = {}
    if kind not in FindingKind.values:
        errors["kind"] = ["Select whether it works well or is to be put right."]
    if not text.strip():
        errors["text"] = ["Enter what was found."]
    if errors:
        raise RuleBroken(errors)


def check_told(
    *, state: str, done_on: dt.date | None, reported_on: dt.date, was_told: bool, on: dt.date
) -> None:
    """Refuse to report what is not done, twice, before it was done, or on a day to come."""
    if state != AuditState.DONE or done_on is None:
        raise RuleBroken("Say first that the audit is done.")
    if was_told:
        raise RuleBroken("It is noted already which group had this report.")
    if not done_on <= reported_on <= on:
        raise RuleBroken(
            {"reported_on": ["The day must not lie before the audit was done, nor in the future."]}
        )


def standing(
    *, state: str, planned_on: dt.date, reported_on: dt.date | None, on: dt.date
) -> AuditStanding:
    """What the programme shows of an audit; planned for today is not overdue."""
    if state == AuditState.CANCELLED:
        return AuditStanding.CANCELLED
    if state == AuditState.DONE:
        return AuditStanding.REPORTED if reported_on else AuditStanding.NOT_REPORTED
    return AuditStanding.OVERDUE if planned_on < on else AuditStanding.PLANNED

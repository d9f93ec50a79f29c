"""The assurance programme of a financial year: which audits are due, done, not yet reported."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet

from governance.enums import AuditStanding
from governance.models import Audit
from governance.policies import audits as rules
from governance.policies.audits import FinancialYear
from hertsend.records.trail import TrailEntry, trail_of


@dataclass(frozen=True)
class AuditLine:
    """An audit as at a day."""

    audit: Audit
    standing: AuditStanding
    findings: int

    @property
    def key(self) -> str:
        """Its number."""
        return self.audit.key

    @property
    def year(self) -> FinancialYear:
        """The financial year for which it is planned."""
        return rules.financial_year_of(self.audit.planned_on)


def audit_lines(audits: QuerySet[Audit], *, on: dt.date) -> list[AuditLine]:
    """Audits in the order of their days. One query."""
    rows = audits.select_related("plan", "workstream", "reported_to", "report_file")
    return [
        AuditLine(
            audit=row,
            standing=rules.standing(
                state=row.state, planned_on=row.planned_on, reported_on=row.reported_on, on=on
            ),
            findings=row.number_of_findings,
        )
        for row in rows.annotate(number_of_findings=Count("findings"))
    ]


@dataclass(frozen=True)
class Programme:
    """A financial year's audits, counted by how they stand."""

    year: FinancialYear
    lines: list[AuditLine]

    def counted(self, standing: AuditStanding) -> int:
        """How many stand like that."""
        return sum(line.standing == standing for line in self.lines)

    @property
    def due(self) -> int:
        """How many are still to come, or late."""
        return self.counted(AuditStanding.PLANNED) + self.overdue

    @property
    def overdue(self) -> int:
        """How many are past their day."""
        return self.counted(AuditStanding.OVERDUE)

    @property
    def not_reported(self) -> int:
        """How many are done, and no group has had their report."""
        return self.counted(AuditStanding.NOT_REPORTED)

    @property
    def done(self) -> int:
        """How many are done, reported or not."""
        return self.counted(AuditStanding.REPORTED) + self.not_reported


def programme_of(audits: QuerySet[Audit], year: FinancialYear, *, on: dt.date) -> Programme:
    """The programme of a year, of the audits that a reader may see. One query."""
    of_year = audits.filter(planned_on__range=(year.first_on, year.last_on))
    return Programme(year, audit_lines(of_year, on=on))


def years_of(audits: QuerySet[Audit], *, on: dt.date) -> list[FinancialYear]:
    """The years that have audits, and that of a day, the latest first. One query."""
    days: Sequence[dt.date] = list(audits.values_list("planned_on", flat=True).distinct())
    starts = {rules.financial_year_of(day).start for day in [*days, on]}
    return [FinancialYear(start) for start in sorted(starts, reverse=True)]


WORDING = {
    "title": "Title",
    "focus": "Focus",
    "auditor": "Who does it",
    "planned_on": "Planned for",
    "state": "State",
    "done_on": "Done on",
    "reported_on": "Reported on",
}


def history_of(audit: Audit, *, with_names: bool) -> list[TrailEntry]:
    """Every change of an audit, in sentences."""
    return trail_of(
        Audit,
        about=Q(id=audit.pk),
        wording=WORDING,
        created="The audit was planned.",
        show_people=with_names,
        show_reasons=with_names,
    )


def findings_of(audit: Audit) -> list[tuple[str, list]]:
    """What an audit found, under what works well and what is to be put right."""
    rows = list(audit.findings.select_related("by"))
    labels = {row.kind: row.get_kind_display() for row in rows}
    return [(labels[kind], [row for row in rows if row.kind == kind]) for kind in sorted(labels)]

"""What is typed about the assurance programme; the rules are the services'."""

from typing import Any

from django import forms

from governance.enums import AuditKind, FindingKind
from governance.forms.risks import reason_box, text_box
from governance.models import Group
from governance.models.audits import LONGEST_LINK, LONGEST_TITLE
from governance.policies.audits import AuditWords, ReportWords
from hertsend.errors import RuleBroken
from hertsend.files import store, tickets
from hertsend.ui.forms import DayMonthYearField, GovukForm, Radios
from plans.forms.evidence import FILE_HELP
from plans.forms.milestones import SubmissionForm
from plans.models import Plan, Workstream

NO_STREAM = "None in particular"


class _AuditForm(GovukForm):
    """What is said of a planned audit."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    title = forms.CharField(
        label="What it is called",
        max_length=LONGEST_TITLE,
        error_messages={"required": "Enter what the audit is called."},
    )
    kind = forms.ChoiceField(label="Kind", choices=AuditKind.choices, widget=Radios(inline=True))
    focus = text_box("Focus", "What it looks at.")
    auditor = forms.CharField(
        label="Who does it",
        help_text="The team or body, not a person.",
        max_length=LONGEST_TITLE,
        error_messages={"required": "Enter who does it."},
    )
    is_multi_agency = forms.BooleanField(label="Several agencies do it together", required=False)
    workstream = forms.ModelChoiceField(
        label="Workstream",
        queryset=Workstream.objects.none(),
        required=False,
        empty_label=NO_STREAM,
    )
    planned_on = DayMonthYearField(
        label="Planned for", help_text="Its day says in which financial year it counts."
    )

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workstream"].queryset = plan.workstreams.all()
        self.fields["workstream"].label_from_instance = lambda row: f"{row.key} {row.name}"

    @property
    def words(self) -> AuditWords:
        """The cleaned fields as the service takes them."""
        return AuditWords(
            **{name: self.cleaned_data[name] for name in AuditWords.__dataclass_fields__}
        )


class PlanAuditForm(_AuditForm):
    """An audit to come."""


class ChangeAuditForm(_AuditForm):
    """A planned audit as it is from now on."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    reason = reason_box("Reason for the change")


class CancelAuditForm(SubmissionForm):
    """Why an audit is cancelled."""

    reason = reason_box("Why it is cancelled")


class ReportForm(SubmissionForm):
    """That an audit is done, with its report; a file that was taken once is not asked for twice."""

    done_on = DayMonthYearField(label="Done on")
    summary = text_box("What it showed", "In a few sentences; findings are noted one by one after.")
    link = forms.URLField(
        label="Link to the report",
        required=False,
        max_length=LONGEST_LINK,
        assume_scheme="https",
        error_messages={"invalid": "Enter a link that begins with https://"},
    )
    file = forms.FileField(
        label="Or the report as a file", help_text=FILE_HELP, required=False, allow_empty_file=True
    )
    ticket = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)

    received: store.ReceivedFile | None = None

    def take_file(self, *, holder: int) -> None:
        """Put a chosen file in its place, and note it in the form, so that it is not chosen again."""
        self.received = tickets.received_by(str(self.data.get("ticket", "")), holder=holder)
        handed = self.files.get("file")
        if handed is not None:
            self.received = None
            try:
                self.received = store.receive(handed)
            except RuleBroken as error:
                self.add_error("file", error.errors["file"])
        self.data = self.data.copy()
        self.data["ticket"] = (
            tickets.ticket_for(self.received, holder=holder) if self.received else ""
        )

    @property
    def words(self) -> ReportWords:
        """The cleaned fields as the service takes them."""
        data = self.cleaned_data
        return ReportWords(
            done_on=data["done_on"], summary=data["summary"], link=data["link"], file=self.received
        )


class FindingForm(GovukForm):
    """One thing that an audit found."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(label="What it is", choices=FindingKind.choices, widget=Radios())
    text = text_box("What was found", "No names of children or families.")


class TellForm(SubmissionForm):
    """Which group had the report, and when."""

    group = forms.ModelChoiceField(
        label="Which group had it", queryset=Group.objects.none(), empty_label="Choose"
    )
    reported_on = DayMonthYearField(label="On which day")

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = plan.groups.filter(ended_on=None)

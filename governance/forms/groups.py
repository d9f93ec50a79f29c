"""What is typed about groups, their members and their terms of reference."""

import datetime as dt
from typing import Any

from django import forms

from governance.enums import Capacity, GroupTier, Sector
from governance.models import Group
from governance.models.groups import LONGEST_NAME, LONGEST_PURPOSE, LONGEST_REASON
from hertsend.accounts.forms import EndForm
from hertsend.accounts.models import User
from hertsend.ui.forms import Checkboxes, DayMonthYearField, GovukForm, Radios
from plans.forms.files import FILE_HELP, FileForm
from plans.models import Plan, Workstream


def _reason(label: str = "Reason") -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays in the history.",
    )


class _PlacedForm(GovukForm):
    """To whom a group reports, and which workstreams it delivers."""

    reports_to = forms.ModelMultipleChoiceField(
        label="Reports to",
        queryset=Group.objects.none(),
        required=False,
        widget=Checkboxes(small=True),
    )
    workstreams = forms.ModelMultipleChoiceField(
        label="Workstreams that it delivers",
        queryset=Workstream.objects.none(),
        required=False,
        widget=Checkboxes(small=True),
    )

    def __init__(self, *args: Any, plan: Plan, group: Group | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = plan.groups.filter(ended_on=None)
        self.fields["reports_to"].queryset = others.exclude(pk=group.pk) if group else others
        self.fields["workstreams"].queryset = plan.workstreams.all()
        self.fields["workstreams"].label_from_instance = lambda row: f"{row.key} {row.name}"


class GroupForm(_PlacedForm):
    """A group that the plan does not name."""

    name = forms.CharField(label="Name", max_length=LONGEST_NAME)
    tier = forms.ChoiceField(label="Kind", choices=GroupTier.choices, widget=Radios())
    purpose = forms.CharField(
        label="What it is for",
        required=False,
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    field_order = ("name", "tier", "purpose")


class PlaceForm(_PlacedForm):
    """Another place in the governance, with the reason."""

    reason = _reason("Reason for the change")


class EndGroupForm(GovukForm):
    """The last day of a group."""

    ends_on = DayMonthYearField(
        label="Last day", help_text="Its members' time in it ends on the same day."
    )
    reason = _reason("Reason for the end")


class MembershipForm(GovukForm):
    """Somebody who joins a group."""

    person = forms.ModelChoiceField(
        label="Person with an account",
        queryset=User.objects.none(),
        required=False,
        empty_label="Somebody without an account",
    )
    name = forms.CharField(
        label="Name of somebody without an account", required=False, max_length=LONGEST_NAME
    )
    capacity = forms.ChoiceField(label="As", choices=Capacity.choices, widget=Radios())
    organisation = forms.CharField(label="Organisation", max_length=LONGEST_NAME)
    sector = forms.ChoiceField(label="Sector", choices=Sector.choices, widget=Radios())
    workstream = forms.ModelChoiceField(
        label="For which workstream",
        queryset=Workstream.objects.none(),
        required=False,
        empty_label="All that the group delivers",
    )
    starts_on = DayMonthYearField(label="First day", help_text="It may be in the past.")
    ends_on = DayMonthYearField(
        label="Last day", required=False, help_text="Leave it empty for as long as they stay."
    )

    def __init__(
        self, *args: Any, group: Group, people: Any, today: dt.date, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["starts_on"].initial = today
        streams = group.workstreams.all()
        if len(streams) > 1:
            self.fields["workstream"].queryset = streams
        else:
            del self.fields["workstream"]


class LeaveForm(EndForm):
    """The end of somebody's time in a group, and of their roles with it."""

    ends_roles = forms.BooleanField(
        label="Their roles here end on the same day", required=False, initial=True
    )
    reason = _reason()
    field_order = ("when", "ends_on", "ends_roles", "reason")

    def __init__(self, *args: Any, has_roles: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_roles:
            del self.fields["ends_roles"]


class TermsForm(FileForm):
    """Terms of reference that were approved: a link to them, or the document itself."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="Title of the document", max_length=LONGEST_NAME)
    link = forms.URLField(
        label="Link to it",
        required=False,
        help_text="Or choose the document below.",
        assume_scheme="https",
        max_length=500,
        error_messages={"invalid": "Enter a full address that begins with https://"},
    )
    approved_on = DayMonthYearField(label="Approved on")
    review_on = DayMonthYearField(label="To be reviewed by")
    file = forms.FileField(label="File", required=False, allow_empty_file=True, help_text=FILE_HELP)
    ticket = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    field_order = ("title", "link", "file")
    mark_optional = False

    @property
    def agreed(self) -> dict[str, Any]:
        """The cleaned fields as the service takes them."""
        names = ("submission_key", "title", "link", "approved_on", "review_on")
        return {name: self.cleaned_data[name] for name in names} | {"file": self.received}

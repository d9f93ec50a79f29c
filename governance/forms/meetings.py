"""What is typed about meetings: the year's days, one meeting, its agenda, papers and minutes."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms

from governance.enums import ItemPurpose, Rhythm
from governance.forms.months import as_parameter, from_parameter
from governance.models import Group
from governance.models.groups import LONGEST_NAME, LONGEST_REASON
from governance.models.meetings import LONGEST_LINK, LONGEST_MINUTES
from governance.policies.meetings import LAST, LONGEST_DURATION, MONTHS_PLANNED
from governance.policies.rhythm import months_later
from governance.services.agendas import ItemWords
from governance.services.meetings import Sitting
from hertsend import dates
from hertsend.ui.forms import DayMonthYearField, FilterForm, GovukForm, Radios
from plans.forms import SubmissionForm
from plans.forms.files import FILE_HELP, FileForm

OF_THE_PLAN = "plan"
WEEKDAYS = list(enumerate(("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")))
WEEKS = [(1, "First"), (2, "Second"), (3, "Third"), (4, "Fourth"), (LAST, "Last")]


def _time(label: str) -> forms.TimeField:
    return forms.TimeField(
        label=label,
        input_formats=["%H:%M", "%H.%M", "%H"],
        widget=forms.TimeInput(format="%H:%M", attrs={"class": "govuk-input--width-5"}),
        error_messages={"invalid": "Enter a time from 0:00 to 23:59, for example 14:30."},
    )


def _place() -> forms.CharField:
    return forms.CharField(
        label="Place",
        required=False,
        max_length=LONGEST_NAME,
        help_text="Only members of the group see it.",
    )


def _link() -> forms.URLField:
    return forms.URLField(
        label="Link to join",
        required=False,
        max_length=LONGEST_LINK,
        assume_scheme="https",
        error_messages={"invalid": "Enter a link that begins with https://"},
    )


def _reason(help_text: str) -> forms.CharField:
    return forms.CharField(
        label="Reason",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=help_text,
    )


class MeetingFilterForm(FilterForm):
    """Which meetings the list shows."""

    group = forms.ChoiceField(label="Group", required=False)
    when = forms.ChoiceField(
        label="When", required=False, choices=[("", "To come"), ("past", "Past, latest first")]
    )

    def __init__(self, *args: Any, groups: Iterable[Group], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", "All"), *((row.key, row.name) for row in groups)]


class PlanYearForm(GovukForm):
    """On which day, in which months, a group meets for a year."""

    rhythm = forms.ChoiceField(label="How often does it meet?", widget=Radios())
    first = forms.ChoiceField(label="From")
    week = forms.TypedChoiceField(label="Week of the month", choices=WEEKS, coerce=int)
    weekday = forms.TypedChoiceField(label="Day of the week", choices=WEEKDAYS, coerce=int)
    starts = _time("Begins at")
    ends = _time("Ends at")
    place = _place()
    link = _link()

    def __init__(self, *args: Any, today: dt.date, rhythm_now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rhythm"].choices = [
            (OF_THE_PLAN, f"As the executive’s rhythm says (now: {rhythm_now})"),
            *Rhythm.choices,
        ]
        months = [months_later(dates.first_of(today), number) for number in range(MONTHS_PLANNED)]
        self.fields["first"].choices = [(as_parameter(month), f"{month:%B %Y}") for month in months]

    def clean_first(self) -> dt.date | None:
        """The first day of the month."""
        return from_parameter(self.cleaned_data["first"])

    @property
    def rhythm_chosen(self) -> Rhythm | None:
        """The group's own rhythm; None where it follows the executive's."""
        chosen = self.cleaned_data["rhythm"]
        return None if chosen == OF_THE_PLAN else Rhythm(chosen)


class SittingForm(GovukForm):
    """When and where one meeting is."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    day = DayMonthYearField(label="Day")
    starts = _time("Begins at")
    ends = _time("Ends at")
    place = _place()
    link = _link()

    @property
    def sitting(self) -> Sitting:
        """The cleaned fields as the service takes them."""
        names = ("day", "starts", "ends", "place", "link")
        return Sitting(**{name: self.cleaned_data[name] for name in names})


class MoveForm(SittingForm, SubmissionForm):
    """Another time or place, with the reason."""

    reason = _reason("Members see it beside the meeting.")
    field_order = ("base_version", "submission_key", "day", "starts", "ends", "place", "link")


class CancelForm(SubmissionForm):
    """That a meeting does not take place."""

    reason = _reason("Members see it beside the meeting. It cannot be taken back.")


class ReopenForm(SubmissionForm):
    """Why agreed minutes are put right."""

    reason = _reason("Members see it above the minutes, also once they are agreed again.")


class ItemForm(SubmissionForm):
    """One item of an agenda."""

    title = forms.CharField(label="Item", max_length=LONGEST_NAME)
    purpose = forms.ChoiceField(
        label="What is it for?",
        choices=ItemPurpose.choices,
        widget=Radios(inline=True, small=True),
        error_messages={"required": "Select what the item is for."},
    )
    duration = forms.IntegerField(
        label="Minutes of time",
        min_value=1,
        max_value=LONGEST_DURATION,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-3", "inputmode": "numeric"}),
        error_messages={
            "invalid": "Enter a whole number of minutes.",
            "min_value": "Enter at least 1 minute.",
            "max_value": f"Enter at most {LONGEST_DURATION} minutes.",
        },
    )
    presenter = forms.CharField(label="Presenter", required=False, max_length=LONGEST_NAME)
    is_officers_only = forms.BooleanField(
        label="Officers only",
        required=False,
        help_text="Parent carer representatives then see neither the item nor its papers and minutes.",
    )

    @property
    def words(self) -> ItemWords:
        """The cleaned fields as the service takes them."""
        names = ItemWords.__dataclass_fields__
        return ItemWords(**{name: self.cleaned_data[name] for name in names})


class MinutesForm(SubmissionForm):
    """The short minutes of one item."""

    minutes_text = forms.CharField(
        label="Minutes",
        max_length=LONGEST_MINUTES,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text="What was noted and agreed, in a few sentences. Name no child.",
        error_messages={"required": "Enter the minutes. “Noted.” is enough."},
    )


class PaperForm(FileForm):
    """A file that is read for an item."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="What the paper is called", max_length=LONGEST_NAME)
    file = forms.FileField(
        label="File",
        required=False,
        allow_empty_file=True,
        help_text=f"{FILE_HELP} Check that no child can be recognised.",
    )
    ticket = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    mark_optional = False


class WithdrawForm(GovukForm):
    """Why something no longer stands."""

    reason = _reason("It stays in the history.")

"""What is typed about the reporting calendar and the rhythm of the executive's meetings."""

import datetime as dt
from typing import Any

from django import forms

from governance.enums import Rhythm
from governance.forms.months import as_parameter, from_parameter
from hertsend.ui.forms import DayMonthYearField, Radios
from plans.forms import OfferedField, SubmissionForm
from plans.policies import LONGEST_WORDS


def _reason(help_text: str) -> forms.CharField:
    return forms.CharField(
        label="Reason",
        help_text=help_text,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class DaysForm(SubmissionForm):
    """The days of a month that has not opened."""

    due_on = DayMonthYearField(label="Last day for returns")
    freezes_on = DayMonthYearField(
        label="Freezing day", help_text="The month is frozen as this day begins."
    )
    reason = _reason("It stays in the history of the month.")


class ReopenForm(SubmissionForm):
    """The last frozen month goes back to due until a day."""

    freezes_on = DayMonthYearField(
        label="Day on which it freezes again",
        help_text="Updates are taken until this day begins.",
    )
    reason = _reason("Everyone who reads the board’s papers sees it, and it is in the next pack.")


class RhythmForm(SubmissionForm):
    """How often the executive meets, from a month on; ``base_version`` counts the decisions."""

    rhythm = forms.ChoiceField(
        label="How often does the executive meet?",
        choices=Rhythm.choices,
        widget=Radios(),
        error_messages={"required": "Select how often the executive meets."},
    )
    from_month = OfferedField(
        label="From the report of",
        help_text="This month has a meeting; the next follow from it.",
        error_messages={"required": "Select a month."},
    )
    reason = _reason("Everyone who reads the board’s papers sees it.")

    def __init__(self, *args: Any, months: list[dt.date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["from_month"].choices = [
            (as_parameter(month), f"{month:%B %Y}") for month in months
        ]

    def clean_from_month(self) -> dt.date:
        """The first day of the month."""
        month = from_parameter(self.cleaned_data["from_month"])
        if month is None:
            raise forms.ValidationError("Select a month from the list.")
        return month

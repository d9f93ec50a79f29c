"""The shape of what people type about recurring commitments."""

import calendar
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

from hertsend.accounts.models import Post
from hertsend.ui.forms import Checkboxes, DayMonthYearField, GovukForm, Radios
from plans.enums import Frequency, OccurrenceOutcome
from plans.models import Evidence
from plans.models.progress import LONGEST_WORDS

LONGEST_LINK = 500
MONTHS = [(number, calendar.month_name[number]) for number in range(1, 13)]


class RuleForm(GovukForm):
    """How a commitment comes again, and who answers for it."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    frequency = forms.ChoiceField(
        label="How often",
        choices=Frequency.choices,
        widget=Radios(),
        error_messages={"required": "Select how often it comes again."},
    )
    months = forms.TypedMultipleChoiceField(
        label="Months, of what comes every year",
        help_text="Each month that you tick owes one.",
        choices=MONTHS,
        coerce=int,
        required=False,
        widget=Checkboxes(small=True),
    )
    first_on = DayMonthYearField(
        label="From which day it counts",
        help_text="Nothing before is owed. Monthly and quarterly ones are counted in calendar "
        "months from the month of this day.",
        error_messages={"required": "Enter the day from which the first one counts."},
    )
    ends_on = DayMonthYearField(
        label="Until which day", help_text="Leave it empty if it does not end.", required=False
    )
    owner = forms.ChoiceField(
        label="Post that answers for it",
        error_messages={"required": "Select the post that answers for it."},
    )
    words = forms.CharField(
        label="Note",
        help_text="For example, who agreed this and when.",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    mark_optional = False

    def __init__(
        self, *args: Any, posts: Sequence[Post], stated: Mapping[str, Any], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {**stated, **self.initial}
        named = [(post.key, post.title) for post in posts]
        self.fields["owner"].choices = [("", "Choose a post"), *named]


class EndForm(GovukForm):
    """Why a commitment ends, or is none."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label="Reason",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason."},
    )


class OccurrenceForm(GovukForm):
    """What happened in one occurrence."""

    window_from = forms.DateField(widget=forms.HiddenInput)
    base_number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    outcome = forms.ChoiceField(
        label="What happened",
        choices=OccurrenceOutcome.choices,
        widget=Radios(inline=True),
        error_messages={"required": "Select whether it was done or missed."},
    )
    done_on = DayMonthYearField(label="Day on which it was done", required=False)
    note = forms.CharField(
        label="What was done, or why it was missed",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    link = forms.URLField(
        label="Link to what shows it",
        required=False,
        max_length=LONGEST_LINK,
        assume_scheme="https",
        error_messages={"invalid": "Enter a link that begins with https://"},
    )
    evidence = forms.TypedChoiceField(
        label="Or evidence of its action", required=False, coerce=int, empty_value=None
    )
    mark_optional = False

    def __init__(self, *args: Any, pieces: Sequence[Evidence], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if pieces:
            named = [(piece.pk, piece.title) for piece in pieces]
            self.fields["evidence"].choices = [("", "None"), *named]
        else:
            del self.fields["evidence"]

"""The shape of what people type about milestones; the rules are ``plans.policies``.

Field names are those of ``policies.UpdateWords``, so that a rule's refusal lands beside its field.
"""

import uuid
from typing import Any

from django import forms

from hertsend.ui.forms import DayMonthYearField, FilterForm, GovukForm, Radios
from plans import policies
from plans.enums import Rating, Stage
from plans.models import ReportingPeriod
from plans.models.progress import LONGEST_SENTENCE, LONGEST_WORDS
from plans.policies import UpdateWords

RATING_CHOICES = [
    (rating.value, f"{rating.name.capitalize()}: {rating.label.lower()}") for rating in Rating
]


def new_submission_key() -> str:
    """A key that makes pressing the button twice harmless."""
    return uuid.uuid4().hex


def as_parameter(period: ReportingPeriod) -> str:
    """A month as forms send it: "2024-09"."""
    return f"{period.month:%Y-%m}"


class SubmissionForm(GovukForm):
    """A form that knows the version it was opened on and can be sent twice without harm."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class OfferedField(forms.ChoiceField):
    """A choice among what the page offers now; what it offered before is for the rules to refuse.

    Otherwise a month that froze, or a stage that moved on, while somebody was typing would be
    refused as a slip of theirs, and before they are told what happened.
    """

    def valid_value(self, value: Any) -> bool:
        """Every value: the services say which they take."""
        return True


class MilestoneUpdateForm(SubmissionForm):
    """What a lead reports of a milestone for a month."""

    period = OfferedField(label="Month", error_messages={"required": "Select the month."})
    stage = OfferedField(label="Stage", widget=Radios(inline=True, small=True))
    rating = forms.ChoiceField(
        label="Rating",
        choices=RATING_CHOICES,
        widget=Radios(inline=True, small=True, marks=True),
        error_messages={"required": "Select how confident you are: green, amber or red."},
    )
    reason_for_rating = forms.CharField(
        label="Why better than the dates allow",
        help_text="Only if you rate it better. Printed wherever the rating is shown.",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    what_happened = forms.CharField(
        label="What happened",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter what happened this month."},
    )
    what_is_next = forms.CharField(
        label="What happens next",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    forecast_on = DayMonthYearField(label="Forecast date", required=False)
    sentence_for_families = forms.CharField(
        label="One sentence for families",
        help_text="Plain English, no abbreviations. Parents and carers read this.",
        required=False,
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    internal_note = forms.CharField(
        label="Internal note",
        help_text="Never shown to parent carer representatives or advisers.",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, stage_now: str, periods: list, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months = [(as_parameter(period), period.label) for period in periods]
        stages = [
            (stage.value, stage.label) for stage in policies.STAGES_BY_UPDATE[Stage(stage_now)]
        ]
        for name, choices in (("period", months), ("stage", stages)):
            if name not in self.fields:
                continue
            self.fields[name].choices = choices
            if len(choices) == 1:
                self.fields[name].widget = forms.HiddenInput()
                self.initial.setdefault(name, choices[0][0])

    def offer_again(self) -> None:
        """Replace a month or stage that is no longer offered, so that the form can be sent again.

        Errors and all that was typed stay. With one choice left that is taken, with several none.
        """
        data = self.data.copy()
        for name in {"period", "stage"} & self.fields.keys():
            offered = [value for value, _ in self.fields[name].choices]
            if data.get(name) not in offered:
                data[name] = offered[0] if len(offered) == 1 else ""
        self.data = data

    @property
    def words(self) -> UpdateWords:
        """The cleaned fields as the service takes them."""
        data = self.cleaned_data
        return UpdateWords(
            **{name: data[name] for name in UpdateWords.__dataclass_fields__ if name in data}
        )


class JudgementForm(GovukForm):
    """The programme office's word on a judgement made in reading the plan.

    ``shown`` is the text that was on the page, so that nobody confirms one that has changed since.
    """

    shown = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    comment = forms.CharField(
        label="Comment",
        help_text="Needed if you do not agree.",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    mark_optional = False


DUE_CHOICES = [
    ("", "Any time"),
    ("30", "In the next 30 days"),
    ("60", "In the next 60 days"),
    ("past", "Before today"),
    ("none", "No agreed date"),
]


class MilestoneFilterForm(FilterForm):
    """The filters above the table of milestones; all optional, each part of the address."""

    q = forms.CharField(label="Search", required=False, max_length=100)
    workstream = forms.ChoiceField(label="Workstream", required=False)
    area = forms.ChoiceField(label="Area", required=False)
    lead = forms.ChoiceField(label="Lead", required=False)
    stage = forms.ChoiceField(label="Stage", required=False)
    rating = forms.ChoiceField(label="Rating", required=False)
    due = forms.ChoiceField(label="Due", required=False, choices=DUE_CHOICES)
    overdue = forms.BooleanField(label="Overdue only", required=False)
    as_at = forms.CharField(required=False, widget=forms.HiddenInput)
    beside = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, options in choices.items():
            self.fields[name].choices = options

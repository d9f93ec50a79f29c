"""What is typed for the public summary."""

from django import forms

from governance.forms.feedback import CHECKED
from governance.models.public_summary import (
    HIGHEST_THRESHOLD,
    LONGEST_CORRECTION,
    LONGEST_REASON,
    LONGEST_SENTENCE,
    LOWEST_THRESHOLD,
    USUAL_THRESHOLD,
)
from hertsend.ui.forms import DayMonthYearField, GovukForm, Radios

ON, OFF = "on", "off"


def _sentence(label: str, help_text: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        max_length=LONGEST_SENTENCE,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SentencesForm(GovukForm):
    """What the public is told of an area for a month."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    progress = _sentence("What happened", "One sentence, as you would say it to a neighbour.")
    meaning = _sentence("What it means for families", "What is different for them, or not yet.")
    next_step = _sentence("What comes next", "What will happen, and by when.")
    is_checked = forms.BooleanField(
        label=CHECKED,
        required=False,
        help_text="Only needed where something looks like personal data and is none.",
    )


class ApproveSentencesForm(GovukForm):
    """The sentences above are approved as they stand."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class PublishSummaryForm(GovukForm):
    """A month is shown to the public, or corrected."""

    base_number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class CorrectSummaryForm(PublishSummaryForm):
    """A further version of a month."""

    correction = forms.CharField(
        label="What changed",
        help_text="The public reads this sentence on the page, with the day.",
        max_length=LONGEST_CORRECTION,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


class SwitchForm(GovukForm):
    """Whether the summary is public from a day on."""

    base_number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    is_on = forms.TypedChoiceField(
        label="The public summary is",
        choices=[(ON, "On: everyone can read it, without signing in"), (OFF, "Off: nobody can")],
        coerce=lambda word: word == ON,
        widget=Radios(),
    )
    from_on = DayMonthYearField(label="From")
    threshold = forms.IntegerField(
        label="Smallest number of people that is shown",
        help_text=f"Numbers below it, such as 1 to {USUAL_THRESHOLD - 1}, are written as “fewer than”.",
        min_value=LOWEST_THRESHOLD,
        max_value=HIGHEST_THRESHOLD,
    )
    reason = forms.CharField(
        label="Reason",
        help_text="It stays on record.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

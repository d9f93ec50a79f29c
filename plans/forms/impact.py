"""The shape of what people type about impact; field names are those of ``services.impact``."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hertsend.ui.forms import Checkboxes, GovukForm, Radios
from plans.definitions import IMPACT_DEFINITIONS
from plans.models import Evidence, Milestone, ReportingPeriod
from plans.models.progress import LONGEST_WORDS

LEVELS = [(each.value, f"{each.value} {each.label}") for each in IMPACT_DEFINITIONS]
LEVEL_HINTS = {str(each.value): each.meaning.capitalize() for each in IMPACT_DEFINITIONS}


class ImpactForm(GovukForm):
    """What difference an action makes, with what shows it."""

    base_number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    period = forms.ChoiceField(label="Month", error_messages={"required": "Select the month."})
    review = forms.ChoiceField(
        label="Which review does it answer?",
        help_text="That milestone is proposed complete with this rating, and decided with it.",
        required=False,
        widget=Radios(),
    )
    level = forms.TypedChoiceField(
        label="Impact",
        choices=LEVELS,
        coerce=int,
        widget=Radios(hints=LEVEL_HINTS),
        error_messages={"required": "Select the impact, from 0 to 4."},
    )
    words = forms.CharField(
        label="What has changed for families, and how do you know?",
        help_text="Or why it cannot be said yet. A joint chair and the board read this.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Say what has changed for families, or why it cannot be said yet."
        },
    )
    evidence = forms.TypedMultipleChoiceField(
        label="What shows it",
        help_text="From 2 on one piece of dated evidence, from 3 on two of different kinds.",
        required=False,
        coerce=int,
        widget=Checkboxes(),
    )
    mark_optional = False

    def __init__(
        self,
        *args: Any,
        periods: Sequence[tuple[str, ReportingPeriod]],
        reviews: Sequence[tuple[Milestone, str]],
        pieces: Sequence[Evidence],
        review: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("period", [(value, period.label) for value, period in periods])
        if reviews:
            self.fields["review"].choices = [
                *((row.key, f"{row.key}, {when}: {row.text}") for row, when in reviews),
                ("", "None: it is a rating between reviews"),
            ]
            self.initial.setdefault("review", review)
        else:
            del self.fields["review"]
        self.fields["evidence"].choices = [
            (piece.pk, f"{piece.title} ({piece.get_kind_display()}, {_day(piece)})")
            for piece in pieces
        ]

    def _offer(self, name: str, choices: list[tuple[str, str]]) -> None:
        """The choices of a field; with one alone there is nothing to choose."""
        self.fields[name].choices = choices
        if len(choices) == 1:
            self.fields[name].widget = forms.HiddenInput()
            self.initial.setdefault(name, choices[0][0])


def _day(piece: Evidence) -> str:
    return f"{piece.dated_on.day} {piece.dated_on:%B %Y}"


class ImpactDecisionForm(GovukForm):
    """A joint chair's decision on exactly the rating that the page showed."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("confirm", "Confirm this rating"), ("return", "Return it to the lead")],
        widget=Radios(),
        error_messages={"required": "Select whether you confirm it or return it."},
    )
    words = forms.CharField(
        label="Reason, if you return it",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mark_optional = False


class TakeBackForm(GovukForm):
    """Why a rating is taken back."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    words = forms.CharField(
        label="Reason",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter the reason."},
    )

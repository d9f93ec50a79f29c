"""The shape of what people type about exceptions; the rules are ``plans.policies``.

Field names are those of ``policies.ReportWords`` and of the services, so that a rule's refusal
lands beside its field.
"""

from typing import Any

from django import forms

from hertsend.ui.forms import DayMonthYearField, FilterForm, GovukForm, Radios
from plans.enums import BoardAsk, DeepDiveState
from plans.forms.milestones import OfferedField, SubmissionForm
from plans.models.progress import LONGEST_WORDS
from plans.policies import ReportWords

LONGEST_NAME = 200


def words_field(label: str, *, rows: int = 3, **options: Any) -> forms.CharField:
    """A box for a few sentences; whether it may stay empty is for the rules to say."""
    return forms.CharField(
        label=label,
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


class KeyedForm(GovukForm):
    """A form that can be sent twice without harm."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    mark_optional = False


class VersionedForm(SubmissionForm):
    """The same, which also knows the version of what it was opened on."""

    mark_optional = False


class ReportForm(VersionedForm):
    """What a lead says of an exception for a month."""

    period = OfferedField(label="Month", widget=forms.HiddenInput)
    cause = words_field("Cause", help_text="Why it is late or off track.")
    effect_on_families = words_field(
        "Effect on families", help_text="For the board, in your own words. Families do not read it."
    )
    what_is_being_done = words_field("What is being done")
    done_by = DayMonthYearField(label="By when", required=False)
    ask = OfferedField(
        label="What do you ask of the board?",
        choices=BoardAsk.choices,
        required=False,
        widget=Radios(
            small=True, hints={"none": "You go on as described, and report again next month."}
        ),
    )
    asked_of_board = words_field(
        "In words", rows=2, help_text="Leave it empty if you ask for nothing."
    )

    @property
    def words(self) -> ReportWords:
        """The cleaned fields as the service takes them."""
        return ReportWords(
            **{name: self.cleaned_data[name] for name in ReportWords.__dataclass_fields__}
        )


class QuestionForm(KeyedForm):
    """A question of a board or executive member."""

    words = words_field("Your question")


class AnswerForm(KeyedForm):
    """The answer of those who lead."""

    words = words_field("Answer", rows=4)


class DeepDiveForm(KeyedForm):
    """A deep dive that is asked for."""

    planned_on = DayMonthYearField(label="Day of the deep dive", required=False)
    reason = words_field("What should it look into?")


class DeepDiveEndForm(VersionedForm):
    """What became of a deep dive."""

    becomes = OfferedField(
        label="What became of it?",
        choices=[
            (DeepDiveState.HELD.value, "It was held"),
            (DeepDiveState.CANCELLED.value, "It is cancelled"),
        ],
        required=False,
        widget=Radios(small=True),
    )
    outcome = words_field("What it found, or why it is cancelled", rows=4)


class EscalationForm(KeyedForm):
    """An escalation to the Executive."""

    reason = words_field("Why should the Executive act?")


class ResponseForm(VersionedForm):
    """The Executive's answer to an escalation."""

    response = words_field("The Executive’s answer", rows=4)
    who_acts = forms.CharField(
        label="Who acts",
        help_text="A post or a person, and by when.",
        required=False,
        max_length=LONGEST_NAME,
    )


class TakeBackForm(VersionedForm):
    """Taking an escalation back."""

    words = words_field("Why it is withdrawn", rows=2)


REPORTED_CHOICES = [("", "All"), ("with", "With a report"), ("without", "Without a report")]


class ExceptionFilterForm(FilterForm):
    """The filters above the list of exceptions; all optional, each part of the address."""

    workstream = forms.ChoiceField(label="Workstream", required=False)
    area = forms.ChoiceField(label="Area", required=False)
    report = forms.ChoiceField(label="Report", required=False, choices=REPORTED_CHOICES)

    def __init__(
        self, *args: Any, choices: dict[str, list[tuple[str, str]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name, options in choices.items():
            self.fields[name].choices = options

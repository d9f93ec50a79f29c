"""What is typed about decisions and what prompted them; the rules are ``governance.policies``."""

from typing import Any

from django import forms

from governance.enums import PromptKind
from governance.models import Group, Meeting
from governance.models.decisions import LONGEST_WORDS
from governance.models.groups import LONGEST_NAME, LONGEST_REASON
from governance.policies.decisions import DATA, DecisionWords, PromptWords, RequestWords
from governance.selectors.decisions import meeting_words
from hertsend.ui.forms import DayMonthYearField, FilterForm, GovukForm
from kpis.models import Indicator

LONGEST_REFERENCE = 100


def meeting_label(meeting: Meeting) -> str:
    """A meeting in a list."""
    words = meeting_words(meeting)
    return words[:1].upper() + words[1:]


def words_field(label: str, *, rows: int = 4, **options: Any) -> forms.CharField:
    """A box for a few sentences."""
    return forms.CharField(
        label=label,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": rows}),
        **options,
    )


class KeyedForm(GovukForm):
    """A form that can be sent twice without harm."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class PromptedForm(KeyedForm):
    """What prompted it: a measure, a milestone, or what the page came from (``origin``)."""

    origin = forms.CharField(max_length=LONGEST_REFERENCE, required=False, widget=forms.HiddenInput)
    indicator = forms.ModelChoiceField(
        label="Measure that prompted it",
        queryset=Indicator.objects.none(),
        required=False,
        empty_label="None",
    )
    milestone = forms.CharField(
        label="Number of the milestone that prompted it",
        help_text="Such as PA1.2-3.",
        required=False,
        max_length=LONGEST_REFERENCE,
    )
    what_it_showed = words_field(
        "What did it show?",
        rows=2,
        required=False,
        help_text="The figure or fact as it is today, such as “34% in July, target 60%”.",
    )

    def __init__(self, *args: Any, indicators: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["indicator"].queryset = indicators
        self.fields["indicator"].label_from_instance = lambda row: row.name

    @property
    def prompts(self) -> tuple[PromptWords, ...]:
        """What was named, as the service takes it; what it showed is said of the first of them."""
        data = self.cleaned_data
        kind, _, reference = data["origin"].partition(":")
        named = [
            (PromptKind.INDICATOR, data["indicator"].key if data["indicator"] else ""),
            (PromptKind.MILESTONE, data["milestone"].strip()),
            (kind, reference),
        ]
        found = [each for each in named if each[1]]
        return tuple(
            PromptWords(kind, reference, "" if number else data["what_it_showed"])
            for number, (kind, reference) in enumerate(found)
        )


class AskForm(PromptedForm):
    """A decision that a group is asked for."""

    group = forms.ModelChoiceField(label="Group that decides", queryset=Group.objects.none())
    question = forms.CharField(label="What is to be decided", max_length=LONGEST_NAME)
    background = words_field(
        "Why it is to be decided",
        help_text="For officers. Parent carer representatives do not read it.",
    )
    wanted_by = DayMonthYearField(label="Needed by", required=False)
    field_order = ("group", "question", "background", "wanted_by")

    def __init__(self, *args: Any, groups: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].queryset = groups

    @property
    def words(self) -> RequestWords:
        """The cleaned fields as the service takes them."""
        data = self.cleaned_data
        return RequestWords(data["question"], data["background"], data["wanted_by"])


class TakeForm(PromptedForm):
    """A decision as it was taken."""

    title = forms.CharField(label="What it is about", max_length=LONGEST_NAME)
    decided = words_field(
        "What was decided",
        help_text="Every member of the group reads it, and so do parent carer representatives.",
    )
    reasons = words_field("Why", help_text="For the same readers.")
    meeting = forms.ModelChoiceField(
        label="In which meeting",
        queryset=Meeting.objects.none(),
        required=False,
        empty_label="Between meetings",
    )
    taken_on = DayMonthYearField(
        label="Day of the decision",
        required=False,
        help_text="For a decision in a meeting it is the day of the meeting.",
    )
    effective_on = DayMonthYearField(label="Takes effect on")
    internal_note = words_field(
        "Internal note",
        rows=2,
        required=False,
        help_text="For officers. Advisers and parent carer representatives do not read it.",
    )
    field_order = ("reason_for_change", "title", "decided", "reasons", "meeting", "taken_on")

    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = meeting_label
        self.order_fields([*self.field_order, "effective_on", "internal_note"])

    @property
    def words(self) -> DecisionWords:
        """The cleaned fields as the service takes them."""
        data = self.cleaned_data
        return DecisionWords(**{name: data[name] for name in DecisionWords.__dataclass_fields__})


class SupersedeForm(TakeForm):
    """A further decision in the place of an earlier one."""

    reason_for_change = words_field(
        "Why the decision changes", rows=3, help_text="It stands beside both decisions."
    )


class WithdrawForm(GovukForm):
    """Taking a request back."""

    reason = forms.CharField(
        label="Reason", max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )


class GroupFilterForm(FilterForm):
    """The filter above the decisions."""

    group = forms.ChoiceField(label="Group", required=False)

    def __init__(self, *args: Any, groups: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", "All"), *groups]


class DataReportForm(FilterForm):
    """The span and the kind of data of the report on decisions because of data."""

    since = forms.DateField(
        label="From",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter the first day as 2024-06-30."},
    )
    until = forms.DateField(
        label="To",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": "Enter the last day as 2024-06-30."},
    )
    prompted_by = forms.ChoiceField(
        label="Prompted by",
        required=False,
        choices=[("", "All data"), *(each for each in PromptKind.choices if each[0] in DATA)],
    )

    def clean(self) -> dict[str, Any]:
        """The days in their order."""
        data = super().clean() or self.cleaned_data
        since, until = data.get("since"), data.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day must not be before the first.")
        return data

"""What is typed about log actions; the rules are ``governance.policies.log``."""

from typing import Any

from django import forms

from governance.enums import LogShown
from governance.forms.decisions import KeyedForm, PromptedForm, meeting_label, words_field
from governance.models import Decision, Meeting
from governance.models.groups import LONGEST_REASON
from governance.models.log import LONGEST_TASK
from hertsend.accounts.models import User
from hertsend.ui.forms import DayMonthYearField, FilterForm, GovukForm

Choices = list[tuple[str, str]]


class RaiseForm(PromptedForm):
    """An action for the log."""

    task = forms.CharField(
        label="What is to be done",
        max_length=LONGEST_TASK,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Every member of the group reads it.",
    )
    owner = forms.ModelChoiceField(
        label="Owner",
        queryset=User.objects.none(),
        empty_label="Select a person",
        help_text="Who does it, and updates it here.",
    )
    due_on = DayMonthYearField(label="Due")
    meeting = forms.ModelChoiceField(
        label="Raised in",
        queryset=Meeting.objects.none(),
        required=False,
        empty_label="Not in a meeting",
    )
    decision = forms.ModelChoiceField(
        label="Carries out the decision",
        queryset=Decision.objects.none(),
        required=False,
        empty_label="None",
    )
    field_order = ("task", "owner", "due_on", "meeting", "decision")

    def __init__(
        self, *args: Any, owners: Any, meetings: Any, decisions: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners
        self.fields["meeting"].queryset = meetings
        self.fields["meeting"].label_from_instance = meeting_label
        self.fields["decision"].queryset = decisions


class NoteForm(KeyedForm):
    """An update of an action."""

    words = words_field("What happened", rows=3)


class CloseForm(GovukForm):
    """Closing an action."""

    closing_note = words_field("What was done, or why it is no longer needed", rows=3)


class ChangeForm(GovukForm):
    """Another owner or another day."""

    base_version = forms.IntegerField(widget=forms.HiddenInput)
    owner = forms.ModelChoiceField(
        label="Owner", queryset=User.objects.none(), empty_label="Select a person"
    )
    due_on = DayMonthYearField(label="Due")
    reason = forms.CharField(
        label="Reason for the change",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays in the history.",
    )

    def __init__(self, *args: Any, owners: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners


class LogFilterForm(FilterForm):
    """The filters above the log; all optional, each part of the address."""

    group = forms.ChoiceField(label="Group", required=False)
    owner = forms.ChoiceField(label="Owner", required=False)
    state = forms.ChoiceField(
        label="State", required=False, choices=[("", "All"), *LogShown.choices]
    )

    def __init__(self, *args: Any, groups: Choices, owners: Choices, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["group"].choices = [("", "All"), *groups]
        self.fields["owner"].choices = [("", "All"), ("me", "Me"), *owners]

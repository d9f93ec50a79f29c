"""What is typed about barriers; the rules are the services'."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.enums import BarrierState
from governance.forms.risks import reason_box, text_box
from governance.models.barriers import LONGEST_TITLE
from governance.policies.barriers import BarrierWords
from hertsend.accounts.models import User
from hertsend.ui.forms import DayMonthYearField, FilterForm, GovukForm
from plans.forms.milestones import SubmissionForm
from plans.models import Workstream


class BarrierFilterForm(FilterForm):
    """The filters above the list of barriers; all optional, each part of the address."""

    workstream = forms.ChoiceField(label="Workstream", required=False)
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Open and answered"), *BarrierState.choices, ("all", "All")],
    )

    def __init__(self, *args: Any, streams: list[Workstream], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workstream"].choices = [
            ("", "All"),
            *((row.key, f"{row.key} {row.name}") for row in streams),
        ]


class BarrierForm(GovukForm):
    """What stands in a workstream's way, and what help it asks for."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    workstream = forms.ModelChoiceField(
        label="Workstream", queryset=Workstream.objects.none(), empty_label="Choose"
    )
    title = forms.CharField(
        label="What stands in the way",
        max_length=LONGEST_TITLE,
        error_messages={"required": "Enter what stands in the way."},
    )
    effect = text_box("What it holds up")
    help_wanted = text_box("What help you ask for")
    owner = forms.ModelChoiceField(
        label="Whom you ask", queryset=User.objects.none(), empty_label="Choose"
    )
    needed_by = DayMonthYearField(label="By when you need it")

    def __init__(
        self, *args: Any, streams: QuerySet[Workstream], owners: QuerySet[User], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workstream"].queryset = streams
        self.fields["workstream"].label_from_instance = lambda row: f"{row.key} {row.name}"
        self.fields["owner"].queryset = owners

    @property
    def words(self) -> BarrierWords:
        """The cleaned fields as the service takes them."""
        return BarrierWords(
            **{name: self.cleaned_data[name] for name in BarrierWords.__dataclass_fields__}
        )


class AssignForm(SubmissionForm):
    """Who sees to a barrier from now on."""

    owner = forms.ModelChoiceField(
        label="Who sees to it", queryset=User.objects.none(), empty_label="Choose"
    )
    needed_by = DayMonthYearField(label="By when")
    reason = reason_box("Reason for the change")

    def __init__(self, *args: Any, owners: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners


class AnswerForm(SubmissionForm):
    """The answer to a barrier."""

    answer = text_box("Your answer", "What will be done, by whom and when.")


class CloseBarrierForm(SubmissionForm):
    """What came of a barrier."""

    outcome = text_box("What came of it", "Or why help is no longer needed.")

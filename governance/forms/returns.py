"""The shape of what is sent for a return: its rows, what is chosen between two texts, decisions."""

from typing import Any

from django import forms

from hertsend.ui.forms import GovukForm, Radios
from plans.forms import MilestoneUpdateForm, SubmissionForm
from plans.policies import LONGEST_WORDS
from plans.selectors.rows import ReturnRow


class ReturnRowForm(MilestoneUpdateForm):
    """One row of a return: the fields of an update, of which any may still be empty.

    ``base_version`` is the draft's version, ``milestone_version`` the one of the milestone that
    stood beside it.
    """

    period = None
    milestone_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, row: ReturnRow, month: str, **kwargs: Any) -> None:
        kwargs.setdefault("auto_id", f"row{row.line.pk}_%s")
        super().__init__(*args, stage_now=row.line.stage, periods=[], **kwargs)
        self.fields["what_happened"].label = f"What happened in {month}"

    def full_clean(self) -> None:
        """Keep what is incomplete: what is missing is told, and refused only when it is sent."""
        needed = [self.fields[name] for name in ("stage", "rating", "what_happened")]
        for field in needed:
            field.required = False
        super().full_clean()
        for field in needed:
            field.required = True

    def mark(self, gaps: dict[str, list[str]]) -> None:
        """Put what is missing beside its fields, on a form that was not sent."""
        for name, sentences in gaps.items():
            if name in self.fields:
                self.errors[name] = self.error_class(sentences)


class OfferedKeys(forms.MultipleChoiceField):
    """The keys that were ticked, whatever they are: the services say which they take, and why."""

    def valid_value(self, value: Any) -> bool:
        """Every value."""
        return True


class ChoiceOfTextsForm(SubmissionForm):
    """Of two texts for each field that two people filled differently, the one to keep."""

    def __init__(self, *args: Any, differing: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in differing.items():
            self.fields[f"take_{name}"] = forms.ChoiceField(
                label=label,
                choices=[("theirs", "What is stored"), ("mine", "What I typed")],
                widget=Radios(inline=True, small=True),
                error_messages={"required": f"Select which text to keep: {label.lower()}"},
            )


class NothingToReportForm(GovukForm):
    """The milestones of which there is nothing to report; ``shown`` are those that were ticked."""

    shown = forms.CharField(required=False, widget=forms.HiddenInput)
    milestones = OfferedKeys(label="Nothing to report of these", required=False)
    mark_optional = False


class SubmitReturnForm(SubmissionForm):
    """Handing a return in, or accepting it, as it was shown."""

    shown = forms.CharField(max_length=64, widget=forms.HiddenInput)


class SendBackForm(SubmitReturnForm):
    """Sending a return back with what should be put right."""

    comment = forms.CharField(
        label="What should be put right?",
        help_text="The workstream's leads read this on their return.",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    mark_optional = False

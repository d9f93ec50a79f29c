"""What is typed on a pack's way to its readers; the rules are the services'."""

from typing import Any

from django import forms

from governance.boardpack.arranging import LEAVABLE, MOVABLE
from governance.policies.packs import LONGEST_FOREWORD, LONGEST_REASON
from hertsend.ui.forms import Checkboxes
from plans.forms.milestones import SubmissionForm


class StepForm(SubmissionForm):
    """A step that needs no words: the pack as it was read on the page."""


class ReasonForm(SubmissionForm):
    """A step that needs a reason."""

    reason = forms.CharField(
        label="Reason", max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 4})
    )


class PrepareForm(SubmissionForm):
    """The foreword, the order of sections, and what is left out.

    ``movable`` and ``leavable`` are those of the edition; a box for a place is there for each part
    that can be moved.
    """

    foreword = forms.CharField(
        label="Foreword",
        help_text="Shown under the cover as the programme office’s words, with your name and the day.",
        required=False,
        max_length=LONGEST_FOREWORD,
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    left_out = forms.MultipleChoiceField(
        label="Leave out",
        help_text="Exceptions, slips and who did not report always stand in the pack. What is left out is named on its cover.",
        required=False,
        widget=Checkboxes(),
    )

    def __init__(
        self, *args: Any, movable: tuple[str, ...], leavable: tuple[str, ...], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.movable = movable
        self.fields["left_out"].choices = [(name, LEAVABLE[name]) for name in leavable]
        places = [(number, str(number)) for number in range(1, len(movable) + 1)]
        for number, name in enumerate(movable, start=1):
            self.fields[f"place_{name}"] = forms.TypedChoiceField(
                label=f"Place of “{MOVABLE[name]}”", choices=places, coerce=int, initial=number
            )
        self.order_fields(["foreword", *(f"place_{name}" for name in movable), "left_out"])

    @property
    def order(self) -> list[str]:
        """The parts by the places chosen; of two in one place, the usual order."""
        return sorted(self.movable, key=lambda name: self.cleaned_data[f"place_{name}"])

"""The shape of what people send to move a milestone or an action; the rules are ``plans.policies``."""

from typing import Any

from django import forms

from hertsend.ui.forms import GovukForm, Radios
from plans.forms.milestones import SubmissionForm
from plans.models.progress import LONGEST_WORDS


class ProposalForm(SubmissionForm):
    """Proposing a milestone complete; its evidence is in rows of its own."""

    words = forms.CharField(
        label="What shows that it is complete?",
        help_text="In a few sentences: what was done, and how one can see it.",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    mark_optional = False


class SignOffForm(SubmissionForm):
    """A joint chair's decision on exactly what the page showed."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        label="Your decision",
        choices=[("sign", "Sign off as complete"), ("return", "Return to the lead with a reason")],
        widget=Radios(),
        error_messages={"required": "Select whether you sign it off or return it."},
    )
    words = forms.CharField(
        label="Reason, if you return it",
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    confirmed = forms.BooleanField(
        label="I have read all of the frame above, and opened the evidence", required=False
    )
    mark_optional = False

    def clean(self) -> dict[str, Any]:
        """Signing needs the tick: it is what the signature says."""
        data = super().clean() or self.cleaned_data
        if data.get("decision") == "sign" and not data.get("confirmed"):
            self.add_error("confirmed", "Tick that you have read it before you sign.")
        return data


class ActionSignOffForm(GovukForm):
    """A joint chair's signature under a whole action."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    confirmed = forms.BooleanField(
        label="I have read all of the frame above, and opened the evidence",
        error_messages={"required": "Tick that you have read it before you sign."},
    )


class ReasonForm(SubmissionForm):
    """An act that needs nothing but its reason."""

    words = forms.CharField(
        label="Reason",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Enter the reason."},
    )

    def __init__(self, *args: Any, label: str = "Reason", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label


class WithdrawalForm(ReasonForm):
    """Withdrawing a milestone by a decision of the board."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, label="The board's decision and its reason", **kwargs)

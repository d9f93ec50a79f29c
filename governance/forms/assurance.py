"""The shape of what the executive's chair types about assurance."""

from django import forms

from governance.definitions import ASSURANCE_DEFINITIONS
from governance.models.assurance import LONGEST_REASONS
from hertsend.ui.forms import GovukForm, Radios

LEVELS = [(str(each.value), each.label) for each in ASSURANCE_DEFINITIONS]
HINTS = {str(each.value): each.meaning.capitalize() for each in ASSURANCE_DEFINITIONS}


class AssuranceForm(GovukForm):
    """How sure one may be of an area, and why."""

    base_number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    level = forms.ChoiceField(
        label="Assurance",
        choices=LEVELS,
        widget=Radios(hints=HINTS),
        error_messages={"required": "Select how sure one may be."},
    )
    reasons = forms.CharField(
        label="Reasons",
        help_text="Boards, executive and advisers read them. Parent carer representatives see the "
        "word alone.",
        max_length=LONGEST_REASONS,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Enter the reasons."},
    )

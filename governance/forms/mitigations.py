"""What is typed about mitigations and about the bands of scores; the rules are the services'."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.enums import MitigationState
from governance.forms.risks import reason_box, text_box
from governance.models.risks import LONGEST_BAND
from governance.policies.risks import BandWords
from hertsend.accounts.models import User
from hertsend.ui.forms import DayMonthYearField, GovukForm, Radios
from plans.forms.milestones import SubmissionForm


class MitigationForm(GovukForm):
    """Something that lowers a risk, by whom and by when."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    text = text_box("What will be done")
    owner = forms.ModelChoiceField(
        label="Owner", queryset=User.objects.none(), empty_label="Choose"
    )
    due_on = DayMonthYearField(label="By when")

    def __init__(self, *args: Any, owners: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners


class ChangeMitigationForm(SubmissionForm):
    """Another owner or date."""

    owner = forms.ModelChoiceField(
        label="Owner", queryset=User.objects.none(), empty_label="Choose"
    )
    due_on = DayMonthYearField(label="By when")
    reason = reason_box("Reason for the change")

    def __init__(self, *args: Any, owners: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners


class EndMitigationForm(SubmissionForm):
    """What became of a mitigation."""

    becomes = forms.ChoiceField(
        label="What became of it",
        choices=[(MitigationState.DONE, "Done"), (MitigationState.WITHDRAWN, "Withdrawn")],
        widget=Radios(),
    )
    words = reason_box("What was done, or why it is withdrawn")


class BandsForm(GovukForm):
    """The partnership's own bands from a day on."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    base_number = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    from_on = DayMonthYearField(label="From which day on")
    first_name = forms.CharField(label="Name of the first band, from 1", max_length=LONGEST_BAND)
    second_name = forms.CharField(label="Name of the second band", max_length=LONGEST_BAND)
    second_from = forms.IntegerField(label="Second band from")
    third_name = forms.CharField(label="Name of the third band", max_length=LONGEST_BAND)
    third_from = forms.IntegerField(label="Third band from")
    fourth_name = forms.CharField(
        label="Name of the fourth band", required=False, max_length=LONGEST_BAND
    )
    fourth_from = forms.IntegerField(label="Fourth band from", required=False)
    reason = reason_box()

    @property
    def words(self) -> BandWords:
        """The cleaned fields as the service takes them."""
        given = {name: self.cleaned_data[name] for name in BandWords.__dataclass_fields__}
        return BandWords(**given)

"""What is typed about what families said, and about what became of it."""

import datetime as dt
from typing import Any

from django import forms

from governance.models.feedback import (
    LONGEST_REASON,
    LONGEST_SOURCE,
    LONGEST_THEME,
    LONGEST_WORDS,
)
from governance.policies.feedback import quarters_to_publish_in
from governance.policies.quarters import label_of, quarter_named, word_of
from hertsend.ui.forms import Checkboxes, DayMonthYearField, GovukForm, Radios
from plans.models import Action, Plan

CHECKED = "Nothing here tells who somebody is, though it may look like it"


def _words(label: str, help_text: str = "", *, required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


def _checked() -> forms.BooleanField:
    return forms.BooleanField(
        label=CHECKED,
        required=False,
        help_text="Only needed where something looks like personal data and is none.",
    )


class _OnAVersion(GovukForm):
    """A form that knows on which words it was opened."""

    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class SaidForm(GovukForm):
    """What families said."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    theme = forms.CharField(
        label="What it is about",
        help_text="A few words, such as “Waiting for an assessment”.",
        max_length=LONGEST_THEME,
    )
    source = forms.CharField(
        label="Where it was said",
        help_text="Such as “Survey of the parent carer forum” or “Drop-in for families”. No names.",
        max_length=LONGEST_SOURCE,
    )
    said_on = DayMonthYearField(label="When it was said")
    said = _words("What was said", "In families’ own words where you can, without names.")
    is_checked = _checked()


class ChangeSaidForm(SaidForm):
    """Another wording of what families said."""

    submission_key = None
    base_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)


class AnswerForm(_OnAVersion):
    """What becomes of it."""

    will_do = _words("What we will do", "Or why nothing can be done.")
    done = _words("What we did", "Leave it empty until something is done.", required=False)
    difference = _words(
        "What difference it made", "Leave it empty until families notice one.", required=False
    )
    actions = forms.ModelMultipleChoiceField(
        label="Actions of the plan that this is part of",
        queryset=Action.objects.none(),
        required=False,
        widget=Checkboxes(small=True),
    )
    is_checked = _checked()

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["actions"].queryset = plan.actions.all()
        self.fields["actions"].label_from_instance = lambda row: f"{row.key} {row.text}"


class ApproveForm(_OnAVersion):
    """The words above are approved as they stand."""


class PublishForm(_OnAVersion):
    """The quarter of whose page the words become part."""

    quarter = forms.TypedChoiceField(label="On the page of", coerce=quarter_named, widget=Radios())

    def __init__(self, *args: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [
            (word_of(each), label_of(each)) for each in quarters_to_publish_in(today)
        ]


class WithdrawForm(_OnAVersion):
    """Why an entry is taken off the pages."""

    reason = forms.CharField(
        label="Reason",
        help_text="It stays in the history, which families do not see.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

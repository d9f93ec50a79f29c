"""What is typed to search for."""

from django import forms

from governance.selectors.searching import KINDS
from hertsend.records.search import LONGEST, SHORTEST
from hertsend.ui.forms import FilterForm


class SearchForm(FilterForm):
    """Words, and the kind of row to be shown."""

    q = forms.CharField(
        label="Words to find",
        min_length=SHORTEST,
        max_length=LONGEST,
        help_text="They are looked for as you write them, one after the other.",
        error_messages={
            "required": "Enter the words to find",
            "min_length": f"Enter {SHORTEST} characters or more",
        },
    )
    kind = forms.ChoiceField(
        required=False,
        choices=[("", "Everything"), *((each.key, each.label) for each in KINDS.values())],
        widget=forms.HiddenInput,
    )

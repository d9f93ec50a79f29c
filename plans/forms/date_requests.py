"""The shape of requests for new dates and of decisions on them; the rules are ``plans.policies``."""

import re

from django import forms

from hertsend.ui.forms import DayMonthYearField, Radios
from plans.enums import DateRequestState
from plans.forms.exceptions import VersionedForm, words_field
from plans.forms.milestones import OfferedField
from plans.policies import RequestWords

LONGEST_LIST = 500


class DateRequestForm(VersionedForm):
    """A request for a new date."""

    asked_for_on = DayMonthYearField(label="New date", required=False)
    reason = words_field("Why should the date move?")
    effect_on_others = words_field(
        "Effect on other milestones", rows=2, help_text="Say “None” if there is none."
    )
    affected = forms.CharField(
        label="Numbers of the milestones affected",
        help_text="If you know them, such as PA1.2-3, PA1.4-1.",
        required=False,
        max_length=LONGEST_LIST,
    )

    @property
    def words(self) -> RequestWords:
        """The cleaned fields as the service takes them."""
        data = self.cleaned_data
        return RequestWords(
            asked_for_on=data["asked_for_on"],
            reason=data["reason"],
            effect_on_others=data["effect_on_others"],
            affected=keys_in(data["affected"]),
        )


def keys_in(text: str) -> tuple[str, ...]:
    """The keys in a list that a person typed, each once, in their order."""
    return tuple(dict.fromkeys(key for key in re.split(r"[,;\s]+", text) if key))


class DateDecisionForm(VersionedForm):
    """A joint chair's decision on a request."""

    becomes = OfferedField(
        label="Your decision",
        choices=[
            (DateRequestState.GRANTED.value, "Grant the new date"),
            (DateRequestState.REFUSED.value, "Refuse it: the date stays"),
        ],
        required=False,
        widget=Radios(),
    )
    decision = words_field("Reason", help_text="It stands in the pack and beside the milestone.")

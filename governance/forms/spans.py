"""The forms that choose two moments: what changed in between, and a stocktake."""

from collections.abc import Sequence
from typing import Any

from django import forms

from hertsend.ui.forms import FilterForm, MomentField

Months = Sequence[tuple[str, str]]


class SpanForm(FilterForm):
    """Since when, and until when; each a day or a frozen month. Names are those of the address."""

    since = MomentField(label="Since", required=False)
    until = MomentField(label="Until", required=False)

    def __init__(
        self, *args: Any, months: Months, latest: str, nothing: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for name in ("since", "until"):
            widget = self.fields[name].widget
            widget.months, widget.latest, widget.nothing = months, latest, nothing[name]


class StocktakeForm(SpanForm):
    """The span of a stocktake, and one area or all."""

    area = forms.ChoiceField(label="Area", required=False)

    def __init__(self, *args: Any, areas: Months, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = [("", "All areas"), *areas]

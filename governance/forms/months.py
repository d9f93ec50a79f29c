"""The form above the dashboard: which month, and which to compare it with."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms

from hertsend.ui.forms import FilterForm
from plans.models import ReportingPeriod


def as_parameter(month: dt.date) -> str:
    """A month as it stands in an address: "2024-09"."""
    return f"{month:%Y-%m}"


def from_parameter(text: str) -> dt.date | None:
    """The first day of a month given as "2024-09"; None for anything else."""
    try:
        return dt.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007 - a month has no time zone
    except ValueError:
        return None


class MonthForm(FilterForm):
    """A month among those that have opened, and an earlier closed one.

    ``as_at`` is a day gone by that is shown in place of a month.
    """

    month = forms.ChoiceField(label="Month", required=False)
    compare = forms.ChoiceField(label="Compare with", required=False)
    as_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self,
        *args: Any,
        months: Sequence[ReportingPeriod],
        earlier: Sequence[ReportingPeriod],
        as_at: str = "",
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        if as_at:
            del self.fields["month"]
            self.fields["as_at"].initial = as_at
        else:
            del self.fields["as_at"]
            self.fields["month"].choices = [
                (as_parameter(row.month), row.label if row.frozen_at else f"{row.label} so far")
                for row in months
            ]
        if earlier:
            self.fields["compare"].choices = [
                (as_parameter(row.month), row.label) for row in earlier
            ]
        else:
            del self.fields["compare"]

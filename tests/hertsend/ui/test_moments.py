"""The field for a moment: a month from a list or a day, under one name."""

import pytest
from django.http import QueryDict

from hertsend.ui.forms import FilterForm, MomentField

MONTHS = [("2024-09", "September 2024"), ("2024-08", "August 2024")]


class SampleForm(FilterForm):
    since = MomentField(label="Since", required=False)


def form(query: str) -> SampleForm:
    found = SampleForm(QueryDict(query), auto_id="span_%s")
    widget = found.fields["since"].widget
    widget.months, widget.nothing, widget.latest = MONTHS, "The last board pack", "2024-10-15"
    return found


@pytest.mark.parametrize(
    ("query", "moment"),
    [
        ("since=2024-09&since=", "2024-09"),
        ("since=2024-09&since=2024-06-30", "2024-06-30"),
        ("since=&since=2024-06-30", "2024-06-30"),
        ("since=&since=", ""),
        ("", ""),
    ],
)
def test_a_day_that_was_given_counts_else_the_month(query, moment):
    found = form(query)
    assert found.is_valid()
    assert found.cleaned_data == {"since": moment}


def test_what_was_chosen_stands_in_its_own_box():
    month, day = str(form("since=2024-09")), str(form("since=2024-06-30"))
    assert '<option value="2024-09" selected>' in month
    assert 'type="date" value="" max="2024-10-15"' in month
    assert "selected" not in day
    assert 'type="date" value="2024-06-30"' in day
    assert "The last board pack" in day


def test_an_error_leads_to_the_day_and_both_boxes_stand_in_a_group():
    found = form("since=nonsense")
    found.add_error("since", "It is no date.")
    html = str(found)
    assert found["since"].focus_id == "span_since_day"
    assert '<legend class="govuk-fieldset__legend govuk-fieldset__legend--s">' in html
    assert 'for="span_since_month"' in html
    assert 'for="span_since_day"' in html
    assert "It is no date." in html

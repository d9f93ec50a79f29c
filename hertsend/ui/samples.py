"""Invented values for the gallery of components, and its two forms."""

import datetime as dt
from typing import Any

from django import forms
from django.core.paginator import Paginator

from hertsend.charts import BurnUpPoint, StackedBar, burn_up, date_line, stacked_bars
from hertsend.ui.forms import Checkboxes, DayMonthYearField, FilterForm, GovukForm, Radios
from hertsend.ui.templatetags.ui import ASSURANCE_LEVELS, RATING_WORDS, STAGE_WORDS

TODAY = dt.date(2024, 10, 15)
RATINGS = (("green", "Green: on track"), ("amber", "Amber: at risk"), ("red", "Red: off track"))
STAGES = (
    ("not_started", "Not started"),
    ("in_progress", "In progress"),
    ("proposed_complete", "Propose complete"),
)
MEASURE_VALUES = (
    *(("met", "Met"), ("within_tolerance", "Within tolerance"), ("missed", "Missed")),
    *(("not_due", "Not due yet"), ("no_number", "No number to reach")),
    *(("no_data", "No data received"), ("none", "Cannot be said")),
    *(("improving_high", "Improving"), ("improving_low", "Improving")),
    *(("worsening_high", "Getting worse"), ("worsening_low", "Getting worse")),
    *(("changed_high", "Higher than before"), ("changed_low", "Lower than before")),
    *(("common", "No change beyond chance"), ("unsuitable", "Not suitable for limits")),
    *(("pass", "Will be met"), ("fail", "Will not be met as things are")),
    ("either", "May hit or miss"),
)
STAGE_PARTS = ("Signed off", "Proposed complete", "In progress", "Not started")
DUE = (6, 23, 25, 37, 53, 54, 70, 77, 77, 92, 93, 96, 100, 104, 104, 112, 114)
COMPLETE = (4, 15, 19, 26, 38, 44, 52, 60, 63, 73)


class SampleForm(GovukForm):
    """One field of each kind."""

    milestone = forms.CharField(max_length=60, help_text="As the plan words it")
    stage = forms.ChoiceField(choices=STAGES, widget=Radios(inline=True, small=True))
    rating = forms.ChoiceField(
        choices=RATINGS,
        widget=Radios(
            inline=True, small=True, marks=True, hints={"red": "Needs an exception report"}
        ),
        help_text="The dates allow at best Amber. Say why if you rate better.",
    )
    what_happened = forms.CharField(
        max_length=4000, label="What happened in June", widget=forms.Textarea(attrs={"rows": 3})
    )
    families = forms.CharField(
        max_length=300,
        required=False,
        label="One sentence for families",
        help_text="Plain English, no abbreviations",
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    forecast_on = DayMonthYearField(label="Forecast date", help_text="Due 30 June 2024")
    lead = forms.ChoiceField(
        choices=[("", "Choose a post"), ("isl", "ISL Area Manager"), ("dsc", "Designated officer")],
        label="Post",
    )
    kinds = forms.MultipleChoiceField(
        choices=[("data", "Data"), ("audit", "Audit"), ("survey", "Survey")],
        label="Kinds of evidence",
        widget=Checkboxes(small=True, hints={"audit": "With its date"}),
    )
    opened = forms.BooleanField(label="I have opened the evidence", help_text="Needed to sign off")
    evidence = forms.FileField(label="File")
    password = forms.CharField(widget=forms.PasswordInput)


class SampleFilterForm(FilterForm):
    """Filters above a list."""

    search = forms.CharField()
    workstream = forms.ChoiceField(choices=[("", "All 6"), ("pa1", "PA1 Data and insight")])
    stage_is = forms.ChoiceField(choices=[("", "All"), *STAGES], label="Stage")
    overdue = forms.BooleanField(label="Overdue only")


def _forms() -> dict[str, Any]:
    """A form as it first stands, and the same with every field wrong."""
    wrong = {
        "broken-rating": "blue",
        "broken-families": "x" * 301,
        "broken-forecast_on_day": "31",
        "broken-forecast_on_month": "13",
        "broken-forecast_on_year": "2024",
    }
    empty = SampleForm(prefix="sample", initial={"stage": "in_progress", "forecast_on": TODAY})
    broken = SampleForm(wrong, prefix="broken")
    broken.add_error(None, "The return closed on 5 July. Ask the programme office to reopen it.")
    return {
        "sample_form": empty,
        "broken_form": broken,
        "filter_form": SampleFilterForm(prefix="filter"),
    }


def _charts() -> dict[str, str]:
    points = [
        BurnUpPoint(
            month=dt.date(2023 + (11 + step) // 12, (11 + step) % 12 + 1, 1),
            due=due,
            complete=COMPLETE[step] if step < len(COMPLETE) else None,
        )
        for step, due in enumerate(DUE)
    ]
    bars = [
        StackedBar(label="PA1", note="Data and insight", values=(12, 2, 8, 2)),
        StackedBar(label="PA2", note="Governance, quality assurance", values=(15, 2, 5, 1)),
        StackedBar(
            label="AI1 and AI4", note="Health access, gaps and delays", values=(10, 3, 16, 5)
        ),
        StackedBar(label="AI2", note="EHC plan quality", values=(11, 2, 8, 1)),
        StackedBar(label="AI3", note="Attendance and provision", values=(5, 2, 9, 2)),
        StackedBar(label="AI5", note="Early concerns", values=(8, 1, 3, 1)),
    ]
    due = "Milestones due and complete by month, December 2023 to April 2025"
    by_stage = "Milestones by stage in each workstream, September 2024"
    dates: dict[str, Any] = {
        "published": dt.date(2024, 6, 30),
        "agreed": dt.date(2024, 10, 31),
        "forecast": dt.date(2024, 11, 8),
        "today": TODAY,
    }
    sentence = "By September 2024, 92 were due and 73 complete."
    counts = "Most of each workstream is signed off or in progress."
    return {
        "burn_up": burn_up(points, title=due, description=sentence, identifier="due"),
        "burn_up_narrow": burn_up(
            points, title=due, description=sentence, identifier="due-narrow", width=330
        ),
        "bars": stacked_bars(
            bars, parts=STAGE_PARTS, title=by_stage, description=counts, identifier="stages"
        ),
        "bars_narrow": stacked_bars(
            bars,
            parts=STAGE_PARTS,
            title=by_stage,
            description=counts,
            identifier="stages-narrow",
            width=330,
        ),
        "dates": date_line(**dates, identifier="dates"),
        "dates_narrow": date_line(**dates, identifier="dates-narrow", width=330),
    }


def _waiting() -> dict[str, Any]:
    """What waits for a person: two groups, one of them longer than is shown unfolded."""

    def entry(number: int, detail: str) -> dict[str, Any]:
        sentence = f"AI1.3-{number}: Train all schools in the graduated approach."
        matter = {
            "sentence": sentence,
            "detail": detail,
            "path": "#",
            "action": f"Update AI1.3-{number}",
        }
        return {"matter": matter}

    late = [entry(number, "Due 30 September 2024, 15 days overdue") for number in range(1, 6)]
    soon = [entry(7, "Due 18 October 2024")]
    groups = [
        {"group": {"heading": "Overdue"}, "entries": late},
        {"group": {"heading": "Due in the next 7 days"}, "entries": soon},
    ]
    return {
        "waiting": {"total": len(late + soon), "groups": groups},
        "nothing_waiting": {"total": 0, "groups": []},
        "waiting_matters": soon,
    }


def _judged() -> dict[str, Any]:
    """Impact and assurance side by side with delivery, what comes again, and the two keys."""
    level = {"value": 2, "label": "Early evidence, not consistent", "meaning": "Some say so."}
    confirmed = {"level": level, "month": dt.date(2024, 9, 1), "decided_at": dt.date(2024, 10, 2)}
    current = {"level": {"value": "limited"}, "label": "Limited", "at": dt.date(2024, 10, 3)}
    done = {"state": {"value": "done", "label": "Done"}}
    missed = {"state": {"value": "missed", "label": "Missed"}, "is_missed": True, "days_late": 9}
    return {
        "judged": {
            "impact": {"confirmed": confirmed, "proposed": None},
            "none": {"confirmed": None, "proposed": None},
            "areas": [{"key": "AI1"}],
            "assurance": {"AI1": {"current": current}},
            "nothing": {},
        },
        "occurrences": [done, missed],
        "impact_sample": [level],
        "assurance_sample": [{"value": "limited", "label": "Limited", "meaning": "Gaps remain."}],
    }


def _ways() -> dict[str, Any]:
    """Ways around the site: breadcrumbs, tabs, quick lists."""
    return {
        "trail": [
            {"label": "Plan", "url": "#"},
            {"label": "Areas 1 and 4", "url": "#"},
            {"label": "AI1.3"},
        ],
        "views": [
            {"label": "Overview", "url": "#", "current": True},
            {"label": "Updates", "url": "#", "count": 9},
            {"label": "Evidence", "url": "#", "count": 0},
        ],
        "quick_lists": [
            {"label": "Overdue", "url": "#", "count": 11, "current": True},
            {"label": "No update", "url": "#", "count": 5},
        ],
    }


def gallery_context(page: str | None) -> dict[str, Any]:
    """Everything that `ui/gallery.html` shows; `page` is the page of the sample list."""
    return {
        **_forms(),
        **_judged(),
        **_waiting(),
        **_ways(),
        "charts": _charts(),
        "points": list(zip(DUE, COMPLETE, strict=False)),
        "page": Paginator(range(1, 135), 23).get_page(page),
        "one_page": Paginator(range(1, 6), 23).get_page(1),
        "today": TODAY,
        "published": dt.date(2024, 6, 30),
        "show_key": True,
        "glossary_terms": {
            "ADHD": "Attention deficit hyperactivity disorder",
            "EHCP": "Education, Health and Care Plan",
            "SLCA": "Speech, Language, Communication and Autism",
        },
        "rating_values": tuple(RATING_WORDS),
        "stage_values": tuple(STAGE_WORDS),
        "measure_values": MEASURE_VALUES,
        "assurance_values": tuple(ASSURANCE_LEVELS),
        "levels": range(5),
        "active_filters": [
            {"label": "Stage: In progress", "remove_url": "#"},
            {"label": "Overdue only", "remove_url": "#"},
        ],
        "as_at_form": {
            "months": [("2024-09", "September 2024"), ("2024-08", "August 2024")],
            "kept": [("stage", "in_progress")],
            "kept_beside": [("as_at", "2024-06-30")],
            "beside": "2024-08",
            "day": "2024-06-30",
            "month": "",
            "today": "2024-10-15",
        },
        "errors": [
            {"text": "Say what happened in June", "href": "#id_sample-what_happened"},
            {"text": "The return closed on 5 July", "href": ""},
        ],
        "definitions": [
            {"value": "green", "label": "On track", "meaning": "expected on or before the date"},
            {
                "value": "amber",
                "label": "Late, with a plan",
                "meaning": "expected after it, and there is a plan",
            },
        ],
    }

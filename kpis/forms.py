"""The shape of what people type about measures; the rules are ``kpis.policies``."""

from dataclasses import replace

from django import forms

from hertsend.ui.forms import Checkboxes, DayMonthYearField, FilterForm, GovukForm, Radios
from kpis.enums import Frequency, PeriodKind
from kpis.files.mapping import Mapping
from kpis.files.preview import kinds_of_places
from kpis.models.indicator import LONGEST_WORDS
from kpis.policies.figures import clean_number
from kpis.policies.periods import read_period
from kpis.policies.settings import DefinitionWords
from kpis.services.indicators import Reading
from plans.forms import SubmissionForm

RUNS = [(7, "7"), (6, "6")]
SHOW = (
    ("", "All measures"),
    ("met", "Met"),
    ("within_tolerance", "Within tolerance"),
    ("missed", "Missed"),
    ("improving", "Improving beyond chance"),
    ("worsening", "Getting worse beyond chance"),
    ("will_miss", "Will not meet their target"),
    ("contradicts", "Delivery on track, not moving"),
    ("old", "Out of date or without a figure"),
    ("no_number", "No number to reach"),
)


class MeasureFilterForm(FilterForm):
    """Which measures are shown."""

    area = forms.ChoiceField(label="Workstream", required=False)
    show = forms.ChoiceField(label="Show", choices=SHOW, required=False)
    outcome = forms.ChoiceField(label="Outcome", required=False)

    def __init__(self, *args, areas, outcomes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["area"].choices = areas
        self.fields["outcome"].choices = outcomes
        if len(outcomes) < 2:
            del self.fields["outcome"]


class DefinitionForm(SubmissionForm):
    """How a measure is counted; names are those of ``policies.settings.DefinitionWords``."""

    counting_rule = forms.CharField(
        label="What is counted, and what is not",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    source = forms.CharField(label="Where the figures come from", max_length=300)
    period_kind = forms.ChoiceField(label="One figure speaks of a", choices=PeriodKind.choices)
    frequency = forms.ChoiceField(label="Figures come", choices=Frequency.choices)
    numerator = forms.CharField(
        label="Name of the part",
        help_text="Only for a share that is entered as a part and a whole, such as “In time”.",
        required=False,
        max_length=100,
    )
    denominator = forms.CharField(
        label="Name of the whole",
        help_text="Such as “Plans issued”.",
        required=False,
        max_length=100,
    )
    starts_on = DayMonthYearField(label="Counted so from")
    reason = forms.CharField(
        label="Why", max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )

    @property
    def words(self) -> DefinitionWords:
        names = DefinitionWords.__dataclass_fields__
        return DefinitionWords(**{name: self.cleaned_data[name] for name in names})


class ReadingForm(SubmissionForm):
    """How a measure is read and shown; names are those of ``services.indicators.Reading``."""

    owner = forms.ModelChoiceField(
        label="Owner", queryset=None, required=False, empty_label="No post"
    )
    plain_words = forms.CharField(
        label="In plain words",
        help_text="Completes “55 in 100 …” or “418 …”, such as “new plans were issued in time”.",
        required=False,
        max_length=200,
    )
    tolerance = forms.DecimalField(
        label="Tolerance, per cent of what is expected", max_digits=5, decimal_places=2
    )
    trajectory = forms.CharField(
        label="Typed trajectory",
        help_text="A month and a number on each line, such as 2024-09 54. Left empty, the line is straight.",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    plausible_low = forms.DecimalField(label="Least that is plausible", required=False)
    plausible_high = forms.DecimalField(label="Most that is plausible", required=False)
    companions = forms.ModelMultipleChoiceField(
        label="Read together with", queryset=None, required=False, widget=Checkboxes(small=True)
    )
    companion_reason = forms.CharField(
        label="Why they belong together", required=False, max_length=300
    )
    outcomes = forms.MultipleChoiceField(
        label="Outcomes that it is tied to", required=False, widget=Checkboxes(small=True)
    )
    for_families = forms.BooleanField(label="Parent carer representatives see it", required=False)
    for_public = forms.BooleanField(label="The public sees it", required=False)
    suppress_below = forms.IntegerField(
        label="Suppress counts below",
        help_text="For families and the public. 0 shows every count.",
        min_value=0,
        max_value=100,
    )
    spc_shift = forms.TypedChoiceField(label="Points of a shift", choices=RUNS, coerce=int)
    spc_trend = forms.TypedChoiceField(label="Points of a trend", choices=RUNS, coerce=int)
    spc_minimum = forms.IntegerField(
        label="Limits from this many points", min_value=8, max_value=100
    )
    spc_baseline = forms.IntegerField(
        label="Limits from the first points only", required=False, min_value=8, max_value=100
    )
    spc_screen = forms.BooleanField(label="Leave outlying steps out once", required=False)
    reason = forms.CharField(
        label="Why", max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args, posts, others, outcomes, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = posts
        self.fields["companions"].queryset = others
        self.fields["outcomes"].choices = outcomes

    def clean_trajectory(self) -> tuple[tuple[str, str], ...]:
        """The lines as pairs of a day and a number; the rule says which are no such pairs."""
        return typed_trajectory(self.cleaned_data["trajectory"])

    @property
    def reading(self) -> Reading:
        names = set(Reading.__dataclass_fields__)
        held = {name: value for name, value in self.cleaned_data.items() if name in names}
        held["companions"] = tuple(held["companions"])
        held["outcomes"] = tuple(held["outcomes"])
        return Reading(**held)


def typed_trajectory(text: str) -> tuple[tuple[str, str], ...]:
    """The lines of a typed trajectory: each month as its last day, each number as it is written."""
    found = []
    for line in filter(None, map(str.strip, text.splitlines())):
        month, _, number = line.rpartition(" ")
        try:
            period = read_period(month, PeriodKind.MONTH)
            found.append((period.ends_on.isoformat(), str(clean_number(number))))
        except ValueError:
            raise forms.ValidationError(
                f"Enter a month and a number instead of “{line}”, such as 2024-09 54."
            ) from None
    return tuple(found)


class StepForm(SubmissionForm):
    """A proposed step change."""

    starts_on = forms.ChoiceField(label="From")
    reason = forms.CharField(
        label="What changed in how the work is done",
        help_text="Old limits stay on the chart. A better figure alone is no reason.",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args, periods, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].choices = periods


class StepDecisionForm(GovukForm):
    """Approving or refusing a step change."""

    decision = forms.CharField(
        label="Why", max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3})
    )
    act = forms.ChoiceField(
        label="Decision",
        choices=[("approve", "Approve"), ("refuse", "Refuse")],
        widget=Radios(inline=True),
    )


class UploadForm(GovukForm):
    """A file of figures."""

    source = forms.CharField(
        label="Source",
        help_text="What the file comes from, such as “Case system, monthly”. How its columns are read is remembered by this name.",
        max_length=100,
    )
    file = forms.FileField(label="File", help_text="CSV, XLSX or ODS, 10 MB at most.")
    sheet = forms.CharField(
        label="Sheet",
        help_text="The first that holds anything, if left empty.",
        required=False,
        max_length=100,
    )


NO_COLUMN = ("", "None")


class ColumnsForm(GovukForm):
    """Which column of a file is what."""

    layout = forms.ChoiceField(
        label="How the file is laid out",
        choices=[("tidy", "A row for each figure"), ("wide", "A column for each period")],
        widget=Radios(),
    )
    measure = forms.MultipleChoiceField(
        label="Columns that name the measure",
        help_text="Several together where one is not enough, such as service and measure.",
        required=False,
        widget=Checkboxes(small=True),
    )
    only = forms.ChoiceField(label="Or the whole file is about", required=False)
    place = forms.ChoiceField(label="Column of the place or organisation", required=False)
    period = forms.ChoiceField(label="Column of the period", required=False)
    value = forms.ChoiceField(label="Column of the figure", required=False)
    part = forms.ChoiceField(label="Or: column of the part", required=False)
    whole = forms.ChoiceField(label="and column of the whole", required=False)
    certainty = forms.ChoiceField(label="Column that says “provisional”", required=False)
    note = forms.ChoiceField(label="Column of notes", required=False)

    def __init__(self, *args, headings, measures, **kwargs):
        super().__init__(*args, **kwargs)
        columns = [(name, name) for name in headings]
        self.fields["measure"].choices = columns
        self.fields["only"].choices = [("", "Several measures"), *measures]
        for name in ("place", "period", "value", "part", "whole", "certainty", "note"):
            self.fields[name].choices = [NO_COLUMN, *columns]

    def clean(self):
        held = super().clean()
        if not held.get("measure") and not held.get("only"):
            self.add_error("measure", "Choose the columns that name the measure, or the measure.")
        if held.get("layout") == "tidy":
            if not held.get("period"):
                self.add_error("period", "Choose the column of the period.")
            if not held.get("value") and not (held.get("part") and held.get("whole")):
                self.add_error("value", "Choose the column of the figure, or those of both parts.")
        return held

    def mapping(self, *, before: Mapping) -> Mapping:
        """The mapping that was chosen; names that were tied before stay tied."""
        names = set(self.fields)
        held = {name: self.cleaned_data[name] for name in names}
        held["measure"] = tuple(held["measure"])
        return Mapping(**held, names=before.names, places=before.places)


class NamesForm(GovukForm):
    """Which name of a file is which measure, and which place is whose."""

    mark_optional = False

    def __init__(self, *args, series, places, measures, before: Mapping, **kwargs):
        super().__init__(*args, **kwargs)
        self.series, self.places = list(series), list(places)
        for number, name in enumerate(self.places):
            self.fields[f"place-{number}"] = forms.ChoiceField(
                label=f"Place: {places[name] or 'no name'}",
                choices=list(kinds_of_places()),
                required=False,
                initial=before.places.get(name, ""),
            )
        for number, name in enumerate(self.series):
            self.fields[f"series-{number}"] = forms.ChoiceField(
                label=series[name] or "No name",
                choices=[("", "Leave out"), *measures],
                required=False,
                initial=before.names.get(name, ""),
            )

    def mapping(self, *, before: Mapping) -> Mapping:
        """The names as tied now; those of other files of the source stay as they were."""
        names = {
            name: self.cleaned_data[f"series-{number}"] for number, name in enumerate(self.series)
        }
        places = {
            name: self.cleaned_data[f"place-{number}"] for number, name in enumerate(self.places)
        }
        return replace(before, names=before.names | names, places=before.places | places)


class StoreForm(GovukForm):
    """Storing a file."""

    reason = forms.CharField(
        label="Why figures are revised",
        help_text="Only where some are.",
        required=False,
        max_length=LONGEST_WORDS,
    )


class TakeBackForm(GovukForm):
    """Taking a file back."""

    reason = forms.CharField(
        label="Why it is taken back",
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

"""What is typed about risks, their reviews and moves; the rules are the services'."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet

from governance.enums import (
    Likelihood,
    ReviewStanding,
    RiskImpact,
    RiskLevel,
    RiskScore,
    RiskState,
)
from governance.models.risks import LONGEST_EVENT, LONGEST_REASON, LONGEST_TEXT
from governance.policies.risks import MOST, RiskWords, Score
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.ui.forms import Checkboxes, FilterForm, Radios
from kpis.models import Indicator
from plans.forms.milestones import SubmissionForm
from plans.models import Action, Plan, Workstream

WHOLE = "The whole partnership"


def _scale(choices: type[Any]) -> list[tuple[str, str]]:
    return [("", "Choose"), *((str(each.value), f"{each.value} {each.label}") for each in choices)]


def _likelihood(label: str = "Likelihood") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=_scale(Likelihood), coerce=int)


def _impact(label: str = "Impact") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=_scale(RiskImpact), coerce=int)


def text_box(label: str, help_text: str = "", *, required: bool = True, rows: int = 3) -> Any:
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": rows}),
    )


def reason_box(label: str = "Reason") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 3})
    )


class RiskFilterForm(FilterForm):
    """The filters above the register; all optional, each part of the address."""

    q = forms.CharField(label="Words", required=False)
    workstream = forms.ChoiceField(label="Workstream", required=False)
    level = forms.ChoiceField(
        label="Looked after by", required=False, choices=[("", "All"), *RiskLevel.choices]
    )
    band = forms.ChoiceField(label="Band", required=False)
    review = forms.ChoiceField(
        label="Review", required=False, choices=[("", "All"), *ReviewStanding.choices]
    )
    owner = forms.ChoiceField(
        label="Owner", required=False, choices=[("", "Anybody"), ("me", "Me")]
    )
    state = forms.ChoiceField(
        label="State",
        required=False,
        choices=[("", "Open"), (RiskState.CLOSED, "Closed"), ("all", "Open and closed")],
    )
    score = forms.ChoiceField(
        label="Score shown",
        required=False,
        choices=[
            ("", "Current"),
            (RiskScore.INHERENT, "Inherent"),
            (RiskScore.TARGET, "Target"),
        ],
    )
    likelihood = forms.IntegerField(
        label="Likelihood",
        required=False,
        min_value=1,
        max_value=MOST,
        widget=forms.HiddenInput,
    )
    impact = forms.IntegerField(
        label="Impact", required=False, min_value=1, max_value=MOST, widget=forms.HiddenInput
    )

    def __init__(
        self, *args: Any, streams: Iterable[Workstream], bands: Iterable[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["workstream"].choices = [
            ("", "All"),
            *((row.key, f"{row.key} {row.name}") for row in streams),
        ]
        self.fields["band"].choices = [("", "All"), *((name, name) for name in bands)]


class RiskForm(SubmissionForm):
    """What is said of a risk: shared by raising and changing."""

    event = forms.CharField(
        label="What may happen",
        help_text="The event, in one sentence: “New assessments wait longer than 20 weeks”.",
        max_length=LONGEST_EVENT,
        error_messages={"required": "Enter what may happen."},
    )
    cause = text_box("Why it may happen", "The cause.")
    effect = text_box("What it would mean", "The effect on children and families, or on the plan.")
    inherent_likelihood = _likelihood("Inherent likelihood")
    inherent_impact = _impact("Inherent impact")
    controls = text_box("Controls", "What already holds it down.", required=False)
    gaps = text_box("Gaps", "Where the controls do not reach.", required=False)
    target_likelihood = _likelihood("Target likelihood")
    target_impact = _impact("Target impact")
    owner = forms.ModelChoiceField(
        label="Owner", queryset=User.objects.none(), empty_label="Choose"
    )
    seen_by = forms.MultipleChoiceField(
        label="Only these roles see it",
        help_text="Leave all boxes empty for a risk that everyone who reads the register sees. A "
        "restricted risk is counted and found by nobody else.",
        required=False,
        widget=Checkboxes(small=True),
    )
    actions = forms.ModelMultipleChoiceField(
        label="Actions of the plan",
        queryset=Action.objects.none(),
        required=False,
        widget=Checkboxes(small=True),
    )
    indicators = forms.ModelMultipleChoiceField(
        label="Measures",
        queryset=Indicator.objects.none(),
        required=False,
        widget=Checkboxes(small=True),
    )

    def __init__(
        self,
        *args: Any,
        plan: Plan,
        owners: QuerySet[User],
        roles: Iterable[Role],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = owners
        self.fields["seen_by"].choices = [(role.value, role.label) for role in roles]
        self.fields["actions"].queryset = plan.actions.all()
        self.fields["actions"].label_from_instance = lambda row: f"{row.key} {row.text[:90]}"
        self.fields["indicators"].queryset = plan.indicators.all()
        self.fields["indicators"].label_from_instance = lambda row: row.name

    @property
    def words(self) -> RiskWords:
        """The cleaned fields as the service takes them."""
        return RiskWords(
            **{name: self.cleaned_data[name] for name in RiskWords.__dataclass_fields__}
        )

    @property
    def named(self) -> dict[str, Any]:
        """Owner, roles and links, by the names of the service's arguments."""
        return {
            name: self.cleaned_data[name] for name in ("owner", "seen_by", "actions", "indicators")
        }


class RaiseRiskForm(RiskForm):
    """A new risk."""

    base_version = None
    workstream = forms.ModelChoiceField(
        label="Workstream", queryset=Workstream.objects.none(), required=False
    )
    current_likelihood = _likelihood("Current likelihood")
    current_impact = _impact("Current impact")

    def __init__(
        self, *args: Any, plan: Plan, streams: list[Workstream], has_whole: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, plan=plan, **kwargs)
        field = self.fields["workstream"]
        field.queryset = plan.workstreams.filter(pk__in=[row.pk for row in streams])
        field.label_from_instance = lambda row: f"{row.key} {row.name}"
        field.required = not has_whole
        field.empty_label = WHOLE if has_whole else "Choose"

    @property
    def current(self) -> Score:
        """The current score."""
        data = self.cleaned_data
        return Score(data["current_likelihood"], data["current_impact"])


class ChangeRiskForm(RiskForm):
    """What is said of a risk from now on, with the reason for the change."""

    reason = reason_box("Reason for the change")


class ReviewForm(SubmissionForm):
    """A review: the score as it is now, and what was found."""

    likelihood = _likelihood("Likelihood now")
    impact = _impact("Impact now")
    words = text_box("What you found", "Also when nothing changed: say what you looked at.")

    @property
    def score(self) -> Score:
        """The score as the service takes it."""
        return Score(self.cleaned_data["likelihood"], self.cleaned_data["impact"])


class LevelField(forms.ChoiceField):
    """Offers the levels next to where a risk is, and takes any: it may have moved since the page was shown."""

    def valid_value(self, value: Any) -> bool:
        """Whether it is a level at all."""
        return value in RiskLevel.values


class MoveForm(SubmissionForm):
    """To where a risk goes, and why."""

    to_level = LevelField(label="Where to", widget=Radios())
    reason = reason_box()

    def __init__(self, *args: Any, levels: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to_level"].choices = levels


class CloseRiskForm(SubmissionForm):
    """Why a risk is closed."""

    reason = reason_box("Why it is closed")

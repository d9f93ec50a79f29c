"""Shapes of what is typed on the pages about people. The rules are the services' alone."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django import forms
from django.http import HttpRequest, QueryDict

from hertsend.accounts.models import Partnership, User
from hertsend.accounts.policies import LONGEST_DEPUTYSHIP, LONGEST_NAME, scope_noun
from hertsend.accounts.roles import MATRIX, Role
from hertsend.accounts.selectors import STATE_WORDS
from hertsend.errors import RuleBroken
from hertsend.ui.forms import DayMonthYearField, FilterForm, GovukForm, Radios

LONGEST_REASON = 500
AT_ONCE = "now"
ON_A_DAY = "day"


def posted(request: HttpRequest) -> QueryDict | None:
    """What was typed, for a form; None where the page is only opened."""
    return request.POST if request.method == "POST" else None


def tell(form: forms.Form, error: RuleBroken) -> None:
    """Put a rule's sentences beside the fields they belong to."""
    for field, sentences in error.errors.items():
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)


def _reason(
    help_text: str = "It stays in the history.", *, required: bool = False
) -> forms.CharField:
    return forms.CharField(
        label="Reason",
        required=required,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=help_text,
    )


def _name() -> forms.CharField:
    return forms.CharField(
        label="Full name",
        error_messages={"required": "Enter the person's full name"},
        max_length=LONGEST_NAME,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )


def _email(help_text: str) -> forms.EmailField:
    return forms.EmailField(
        label="E-mail address",
        error_messages={"required": "Enter the person's e-mail address"},
        help_text=help_text,
        widget=forms.EmailInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


# --- filters --------------------------------------------------------------------------------------


class PeopleFilterForm(FilterForm):
    """Which people the list shows."""

    search = forms.CharField(label="Name or e-mail address", required=False)
    role = forms.ChoiceField(label="Role", required=False, choices=[("", "All"), *Role.choices])
    state = forms.ChoiceField(
        label="Account", required=False, choices=[("", "All"), *STATE_WORDS.items()]
    )


class PostFilterForm(FilterForm):
    """Which posts the list shows."""

    search = forms.CharField(label="Post, organisation or name", required=False)
    held = forms.ChoiceField(
        label="Held now",
        required=False,
        choices=[("", "All"), ("yes", "Somebody holds it"), ("no", "Nobody holds it")],
    )


# --- roles ----------------------------------------------------------------------------------------


class RoleChoiceForm(GovukForm):
    """The first step of an invitation or a new role: which role, and where if there are several."""

    role = forms.ChoiceField(
        choices=Role.choices,
        widget=Radios(hints={role.value: f"Comes for {MATRIX[role].comes_for}." for role in Role}),
        error_messages={
            "required": "Select a role",
            "invalid_choice": "Select a role from the list",
        },
    )

    def __init__(self, *args: Any, partnerships: list[Partnership], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if len(partnerships) > 1:
            self.fields["partnership"] = forms.ChoiceField(
                choices=[(row.slug, row.name) for row in partnerships],
                widget=Radios(),
                error_messages={"required": "Select a partnership"},
            )


class _ScopedForm(GovukForm):
    """A role's own part of a form: what it is held for, only where it is held for something."""

    def __init__(
        self, *args: Any, role: str, scopes: Iterable[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        noun = scope_noun(role)
        if noun:
            self.fields["scope_key"].label = noun.capitalize()
            self.fields["scope_key"].error_messages["required"] = f"Select the {noun}"
            self.fields["scope_key"].choices = [("", f"Select the {noun}"), *scopes]
        else:
            del self.fields["scope_key"]


class InviteForm(_ScopedForm):
    """A new person with their first role."""

    name = _name()
    email = _email("They get a link there to set their password.")
    scope_key = forms.ChoiceField()
    starts_on = DayMonthYearField(label="First day of the role")


class RoleForm(_ScopedForm):
    """A role for somebody who has an account."""

    scope_key = forms.ChoiceField()
    starts_on = DayMonthYearField(label="First day")
    ends_on = DayMonthYearField(
        label="Last day", required=False, help_text="Leave it empty for a role without an end."
    )
    reason = _reason()


class EndForm(GovukForm):
    """The end of a role or of a time in a post: at once, or after a last day."""

    when = forms.ChoiceField(
        label="When does it end?",
        choices=[(AT_ONCE, "Now"), (ON_A_DAY, "After a last day")],
        widget=Radios(
            hints={
                AT_ONCE: "It counts no longer, from their next click on.",
                ON_A_DAY: "It still counts on that day. Enter it below.",
            }
        ),
        error_messages={"required": "Select when it ends"},
    )
    ends_on = DayMonthYearField(
        label="Last day", required=False, help_text="Only if it ends after a last day."
    )
    reason = _reason()

    def clean(self) -> dict[str, Any]:
        """A last day is asked for exactly where it was chosen."""
        cleaned = super().clean() or {}
        if (
            cleaned.get("when") == ON_A_DAY
            and not cleaned.get("ends_on")
            and "ends_on" not in self.errors
        ):
            self.add_error("ends_on", "Enter the last day")
        if cleaned.get("when") == AT_ONCE and cleaned.get("ends_on"):
            self.add_error("when", "Select “After a last day”, or leave the last day empty")
        return cleaned


# --- people ---------------------------------------------------------------------------------------


class DetailsForm(GovukForm):
    """A person's name and address."""

    name = _name()
    email = _email("They sign in with it. The old address stops working at once.")
    reason = _reason()


class CloseForm(GovukForm):
    """Why an account is closed."""

    reason = _reason(
        "For example: left the council on 31 August. It stays in the history.", required=True
    )
    reason.error_messages["required"] = "Enter why the account is closed"


class ReopenForm(GovukForm):
    """Why an account is opened again."""

    reason = _reason()


# --- posts ----------------------------------------------------------------------------------------


class PutInPostForm(GovukForm):
    """A person in a post, as holder or deputy, for a time."""

    person = forms.ModelChoiceField(
        queryset=User.objects.none(),
        empty_label="Select a person",
        help_text="People with an open account. Somebody missing? Invite them first.",
    )
    kind = forms.ChoiceField(
        label="As",
        choices=[("holder", "Holder"), ("deputy", "Deputy")],
        initial="holder",
        widget=Radios(inline=True),
    )
    starts_on = DayMonthYearField(label="First day", help_text="It may be in the past.")
    ends_on = DayMonthYearField(
        label="Last day", required=False, help_text="Leave it empty for as long as they stay."
    )
    reason = _reason()

    def __init__(self, *args: Any, people: Any, today: dt.date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people
        self.fields["starts_on"].initial = today


# --- deputies -------------------------------------------------------------------------------------


class NameDeputyForm(GovukForm):
    """Who stands in for a lead, and from when until when."""

    deputy = forms.ModelChoiceField(
        queryset=User.objects.none(),
        empty_label="Select a person",
        help_text="People with a role in this partnership. They get an e-mail.",
        error_messages={"required": "Select who stands in for you"},
    )
    starts_on = DayMonthYearField(label="First day")
    ends_on = DayMonthYearField(
        label="Last day", help_text=f"{LONGEST_DEPUTYSHIP.days} days at most."
    )
    reason = _reason()
    submission_key = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, people: Any, partnerships: list[Partnership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = people
        if len(partnerships) > 1:
            self.fields["partnership"] = forms.ChoiceField(
                choices=[(row.slug, row.name) for row in partnerships],
                widget=Radios(),
                error_messages={"required": "Select a partnership"},
            )

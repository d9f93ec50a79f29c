"""How every form of the site is drawn: GOV.UK classes, hints, errors and their ARIA ties.

The project names `GovukRenderer` as its FORM_RENDERER, so the forms of other packages (sign-in, second
factor) look and read the same. Own forms derive from `GovukForm`, which adds error wording in the voice of
the service and the mark on fields that may stay empty.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms.renderers import TemplatesSetting
from django.forms.utils import pretty_name
from django.forms.widgets import Input

from hertsend.ui.dates import DayMonthYearField, DayMonthYearWidget, TypedDate
from hertsend.ui.moments import MomentField, MomentWidget
from hertsend.ui.words import lower_first

__all__ = [
    "Checkboxes",
    "DayMonthYearField",
    "DayMonthYearWidget",
    "FilterForm",
    "GovukBoundField",
    "GovukForm",
    "GovukRenderer",
    "MomentField",
    "MomentWidget",
    "Radios",
    "TypedDate",
    "errors_of",
]

# A longer text is counted only when it is sent: a line of counting under each of many boxes is noise.
COUNTED_UP_TO = 1000

# The first class that fits wins, so a class stands before the one it derives from.
WIDGET_KINDS: tuple[tuple[type[forms.Widget], str], ...] = (
    (DayMonthYearWidget, "date"),
    (MomentWidget, "moment"),
    (forms.CheckboxSelectMultiple, "checkboxes"),
    (forms.RadioSelect, "radios"),
    (forms.CheckboxInput, "checkbox"),
    (forms.Textarea, "textarea"),
    (forms.Select, "select"),
    (forms.FileInput, "file"),
    (Input, "input"),
)

WIDGET_CLASSES = {
    "radios": "govuk-radios__input",
    "checkboxes": "govuk-checkboxes__input",
    "checkbox": "govuk-checkboxes__input",
    "textarea": "govuk-textarea",
    "select": "govuk-select",
    "file": "govuk-file-upload",
    "input": "govuk-input",
}

# Of these, the box itself turns red and says that it is invalid; the others say so by their description.
BOXES = frozenset({"textarea", "select", "file", "input"})
CHOSEN = frozenset({"radios", "checkboxes", "checkbox", "select"})


def kind_of(widget: forms.Widget) -> str:
    """The name of a widget's look; "other" for one that this module does not know."""
    return next(
        (kind for widget_class, kind in WIDGET_KINDS if isinstance(widget, widget_class)), "other"
    )


class Radios(forms.RadioSelect):
    """One choice of several, each with an optional hint and the mark of a delivery rating."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        inline: bool = False,
        small: bool = False,
        hints: Mapping[str, str] | None = None,
        marks: bool = False,
    ) -> None:
        super().__init__(attrs, choices)
        self.inline = inline
        self.small = small
        self.hints = hints or {}
        self.marks = marks

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return option | _extras(option, value, hints=self.hints, marks=self.marks)


class Checkboxes(forms.CheckboxSelectMultiple):
    """Any number of choices, each with an optional hint."""

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        choices: Any = (),
        *,
        small: bool = False,
        hints: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(attrs, choices)
        self.small = small
        self.hints = hints or {}

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        return option | _extras(option, value, hints=self.hints, marks=False)


def _extras(
    option: dict[str, Any], value: Any, *, hints: Mapping[str, str], marks: bool
) -> dict[str, Any]:
    """The hint and mark of one option; its input is tied to its own hint."""
    hint = hints.get(str(value), "")
    if hint:
        option["attrs"] = option["attrs"] | {
            "aria-describedby": f"{option['attrs']['id']}_helptext"
        }
    return {"hint": hint, "mark": str(value) if marks else ""}


class GovukBoundField(forms.BoundField):
    """A field together with what its template needs: kind, ids, classes and ARIA."""

    @property
    def kind(self) -> str:
        """The name of the field's look, one of WIDGET_KINDS."""
        return kind_of(self.field.widget)

    @property
    def is_box(self) -> bool:
        return self.kind in BOXES

    @property
    def optional(self) -> bool:
        """Whether the label says that the field may stay empty."""
        return bool(getattr(self.form, "mark_optional", False)) and not self.field.required

    @property
    def counted(self) -> int | None:
        """The greatest number of characters, where the reader is to see them counted."""
        limit = getattr(self.field, "max_length", None)
        return limit if self.kind == "textarea" and limit and limit <= COUNTED_UP_TO else None

    @property
    def faulty_boxes(self) -> tuple[str, ...]:
        """Of a date: the boxes that are wrong, all three when the error does not say."""
        if not self.errors or self.kind != "date":
            return ()
        for error in self.errors.as_data():
            if error.params and "boxes" in error.params:
                return tuple(error.params["boxes"])
        return ("day", "month", "year")

    @property
    def focus_id(self) -> str:
        """The id of the control that a link in the error summary brings the reader to."""
        if self.kind in {"radios", "checkboxes"}:
            return f"{self.auto_id}_0"
        if self.kind == "date":
            return f"{self.auto_id}_{(*self.faulty_boxes, 'day')[0]}"
        if self.kind == "moment":
            return f"{self.auto_id}_day"
        return self.id_for_label

    @property
    def aria_describedby(self) -> str:
        described = super().aria_describedby or ""
        if self.counted and self.auto_id:
            described = f"{described} {self.auto_id}-info".strip()
        return described

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        attrs = super().build_widget_attrs(attrs, widget)
        own = widget or self.field.widget
        if own.is_hidden:
            return attrs
        names = [WIDGET_CLASSES.get(self.kind, ""), own.attrs.get("class", "")]
        if self.is_box and self.errors:
            names.append(f"{WIDGET_CLASSES[self.kind]}--error")
        if self.counted:
            # By this name the script finds the box whose characters it counts.
            names.append("govuk-js-character-count")
        if any(names):
            attrs["class"] = " ".join(name for name in names if name)
        # It vanishes when one types and is too pale to read; the label and the hint say it better.
        attrs["placeholder"] = False
        if not self.is_box:
            # Not a property of radio buttons and checkboxes; the fieldset's description carries the error.
            attrs.pop("aria-invalid", None)
        if self.kind == "textarea":
            # A browser cuts what is pasted at this length without a word: it is checked when sent instead.
            attrs["maxlength"] = False
        return attrs | {"faulty_boxes": self.faulty_boxes} if self.faulty_boxes else attrs


class GovukRenderer(TemplatesSetting):
    """The project's FORM_RENDERER: finds templates where pages do, and draws every form the same way."""

    form_template_name = "forms/form.html"
    field_template_name = "forms/field.html"
    bound_field_class = GovukBoundField


def own_wording(field: forms.Field) -> dict[str, str]:
    """What a field says about common faults, by error code, with its label in it."""
    label = str(field.label)
    inside = lower_first(label)
    limit = getattr(field, "max_length", None)
    words = {
        "required": f"{'Select' if kind_of(field.widget) in CHOSEN else 'Enter'} {inside}",
        "invalid_choice": f"Select {inside} from the list",  # noqa: S608
    }
    if isinstance(field, forms.BooleanField):
        words["required"] = f"Tick “{label}”"
    if isinstance(field, forms.FileField):
        words["required"] = f"Choose {inside}"
    if isinstance(field, forms.EmailField):
        words["invalid"] = "Enter an e-mail address in the correct format, like name@example.com"
    if limit:
        words["max_length"] = f"{label} must be {limit} characters or fewer"
    return words


def is_default_wording(field: forms.Field, code: str) -> bool:
    """Whether Django's own message would be shown, as the field was given no other."""
    defaults = {
        message
        for parent in type(field).__mro__
        if (message := getattr(parent, "default_error_messages", {}).get(code))
    }
    return field.error_messages.get(code) is None or field.error_messages[code] in defaults


class GovukForm(forms.Form):
    """Base of the site's own forms.

    Labels of fields that may stay empty say "optional" unless `mark_optional` is off. A field without
    wording of its own says "Enter …", "Select …" or "… must be … characters or fewer" with its label.
    """

    mark_optional = True
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)

    def full_clean(self) -> None:
        # Not in __init__: a form may still change its fields and labels after that.
        for name, field in self.fields.items():
            if field.label is None:
                field.label = pretty_name(name)
            for code, words in own_wording(field).items():
                if is_default_wording(field, code):
                    field.error_messages[code] = words
        super().full_clean()


def errors_of(forms_of_page: Iterable[forms.Form]) -> list[dict[str, str]]:
    """The faults of several forms of one page, for one summary with links to the fields."""
    listed = []
    for form in forms_of_page:
        listed += [{"text": str(error), "href": ""} for error in form.non_field_errors()]
        listed += [
            {"text": str(error), "href": "" if field.is_hidden else f"#{field.focus_id}"}
            for field in form
            for error in field.errors
        ]
    return listed


class FilterForm(GovukForm):
    """Base of the forms above lists: nothing is required, so nothing is marked as optional."""

    mark_optional = False

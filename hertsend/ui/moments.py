"""A moment to read something as at: the end of a day, or one of the months that were frozen."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django import forms

A_MONTH = re.compile(r"[0-9]{4}-[0-9]{2}")


class MomentWidget(forms.Widget):
    """A list of months and a day, both sent under one name; a day that was given counts.

    ``months`` are pairs of an address's words and a label, ``nothing`` the words for neither.
    """

    template_name = "forms/moment.html"
    use_fieldset = True

    def __init__(
        self,
        attrs: dict[str, Any] | None = None,
        *,
        months: Sequence[tuple[str, str]] = (),
        nothing: str = "",
        latest: str = "",
    ) -> None:
        super().__init__(attrs)
        self.months, self.nothing, self.latest = months, nothing, latest

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        text = str(value or "")
        is_month = bool(A_MONTH.fullmatch(text))
        context["widget"] |= {
            "months": self.months,
            "nothing": self.nothing,
            "latest": self.latest,
            "month": text if is_month else "",
            "day": "" if is_month else text,
        }
        return context

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        sent = data.getlist(name) if hasattr(data, "getlist") else [data.get(name)]
        return next((text for text in reversed(sent) if text), "")

    def id_for_label(self, id_: str | None, index: str | None = None) -> str:
        return f"{id_}_month" if id_ else ""


class MomentField(forms.CharField):
    """A moment as it stands in an address; which may be read is for the rules to say."""

    widget = MomentWidget

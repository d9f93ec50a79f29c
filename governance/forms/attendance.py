"""What is typed about who came to a meeting, and about interests that were declared."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from governance.enums import MeetingMark
from governance.models.groups import LONGEST_NAME, LONGEST_REASON
from governance.selectors.meetings import Attender, ItemLine
from governance.services.attendance import Mark
from hertsend.ui.forms import GovukForm


class InterestForm(GovukForm):
    """A conflict of interest that somebody declared."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    who = forms.CharField(label="Who declared it", max_length=LONGEST_NAME)
    item = forms.TypedChoiceField(
        label="On which item", coerce=int, required=False, empty_value=None
    )
    interest = forms.CharField(
        label="What the interest is",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    what_was_done = forms.CharField(
        label="What was done about it",
        help_text="For example: left the room for the item.",
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args: Any, agenda: Sequence[ItemLine], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = [(line.item.pk, f"{line.number} {line.item.title}") for line in agenda]
        self.fields["item"].choices = [("", "The whole meeting"), *items]


class AttendanceForm(GovukForm):
    """Who came: a mark for each member and known guest, and new guests by name, one a line."""

    fingerprint = forms.CharField(max_length=64, widget=forms.HiddenInput)
    new_guests = forms.CharField(
        label="Guests who came",
        required=False,
        max_length=1000,
        help_text="One name a line.",
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    mark_optional = False

    def __init__(self, *args: Any, attenders: Sequence[Attender], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attenders = attenders
        for each in attenders:
            self._add(each)
        self.order_fields([name for name in self.fields if name != "new_guests"])

    def _add(self, each: Attender) -> None:
        is_member = each.membership is not None
        marks = [
            choice
            for choice in MeetingMark.choices
            if is_member or choice[0] != MeetingMark.IN_PLACE
        ]
        blank = [] if each.mark else [("", "Not noted")]
        self.fields[self.name_of(each)] = forms.ChoiceField(
            label=each.who or each.place,
            help_text=each.place if each.who else "",
            choices=[*blank, *marks],
            required=False,
            initial=each.mark,
        )
        if is_member:
            self.fields[f"stand_in_{each.membership}"] = forms.CharField(
                label=f"Who came in place of {each.who or each.place}",
                required=False,
                max_length=LONGEST_NAME,
                initial=each.stand_in,
            )

    @staticmethod
    def name_of(each: Attender) -> str:
        """The name of the field with the mark of somebody."""
        return f"guest_{each.row}" if each.membership is None else f"mark_{each.membership}"

    @classmethod
    def again(
        cls, sent: QueryDict, *, attenders: Sequence[Attender], fingerprint: str
    ) -> "AttendanceForm":
        """What was sent, on the attendance as it is stored now.

        Where nothing was chosen, what somebody else noted meanwhile stands.
        """
        data = sent.copy()
        data["fingerprint"] = fingerprint
        for each in attenders:
            if not data.get(cls.name_of(each)):
                data[cls.name_of(each)] = each.mark
                data[f"stand_in_{each.membership}"] = each.stand_in
        form = cls(data, attenders=attenders)
        form.is_valid()
        return form

    @property
    def rows(self) -> list[tuple[Attender, Any, Any]]:
        """Each person with the fields of their mark and of who came in their place."""
        return [
            (
                each,
                self[self.name_of(each)],
                self[f"stand_in_{each.membership}"] if each.membership is not None else None,
            )
            for each in self.attenders
        ]

    @property
    def marks(self) -> dict[str, Any]:
        """The cleaned fields as the service takes them; who is not noted is left out."""
        data = self.cleaned_data
        members, guests = {}, {}
        for each in self.attenders:
            mark = data.get(self.name_of(each), "")
            if each.membership is None and each.row is not None and mark:
                guests[each.row] = Mark(mark)
            if each.membership is not None:
                stand_in = data.get(f"stand_in_{each.membership}", "")
                if mark or stand_in:
                    members[each.membership] = Mark(mark, stand_in)
        names = [line.strip() for line in data["new_guests"].splitlines() if line.strip()]
        return {
            "members": members,
            "guests": guests,
            "new_guests": names,
            "fingerprint": data["fingerprint"],
        }

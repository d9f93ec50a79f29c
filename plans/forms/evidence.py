"""Evidence as a form takes it: one piece each, any number of them, and no file asked for twice."""

from collections.abc import Mapping
from typing import Any

from django import forms

from hertsend.ui.forms import DayMonthYearField, GovukForm
from plans.enums import EvidenceKind
from plans.forms.files import FILE_HELP, FileForm
from plans.models.evidence import LONGEST_LINK, LONGEST_SHOWING, LONGEST_TITLE
from plans.policies import EvidenceWords

MOST_PIECES = 5
"""So many pieces may be sent at once; more are added one by one."""

DATE_BOXES = ("dated_on_day", "dated_on_month", "dated_on_year")


class EvidenceForm(FileForm):
    """One piece of evidence: a link or a file, with what it shows."""

    kind = forms.ChoiceField(
        label="Kind", required=False, choices=[("", "Choose"), *EvidenceKind.choices]
    )
    title = forms.CharField(
        label="Title",
        help_text="For example: minutes of the board, item 4.",
        required=False,
        max_length=LONGEST_TITLE,
    )
    dated_on = DayMonthYearField(label="Date of the evidence", required=False)
    what_it_shows = forms.CharField(
        label="What it shows",
        required=False,
        max_length=LONGEST_SHOWING,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    link = forms.URLField(
        label="Link",
        required=False,
        max_length=LONGEST_LINK,
        assume_scheme="https",
        error_messages={"invalid": "Enter a link that begins with https://"},
    )
    file = forms.FileField(
        label="Or a file", help_text=FILE_HELP, required=False, allow_empty_file=True
    )
    ticket = forms.CharField(required=False, max_length=1000, widget=forms.HiddenInput)
    is_shareable = forms.BooleanField(
        label="Families may see it",
        help_text="Parent carer representatives then see its title, date, what it shows, and the "
        "link or file. Check that no child can be recognised.",
        required=False,
    )
    mark_optional = False

    @property
    def is_blank(self) -> bool:
        """Whether nothing was typed or chosen."""
        names = ("kind", "title", "what_it_shows", "link", "ticket", *DATE_BOXES)
        typed = any(str(self.data.get(self.add_prefix(name), "")).strip() for name in names)
        return not typed and self.add_prefix("file") not in self.files

    @property
    def words(self) -> EvidenceWords:
        """The cleaned fields as the service takes them."""
        data = self.cleaned_data
        return EvidenceWords(
            kind=data.get("kind", ""),
            title=data.get("title", ""),
            dated_on=data.get("dated_on"),
            what_it_shows=data.get("what_it_shows", ""),
            link=data.get("link", ""),
            file=self.received,
            is_shareable=data.get("is_shareable", False),
        )


class AddEvidenceForm(EvidenceForm):
    """One piece of evidence on a page of its own."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)


class WithdrawEvidenceForm(GovukForm):
    """Taking a piece of evidence back."""

    submission_key = forms.CharField(max_length=64, required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why it is withdrawn",
        help_text="For example: it was the wrong file, or a child could be recognised.",
        max_length=LONGEST_SHOWING,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": "Enter why it is withdrawn."},
    )


class EvidenceRows:
    """The pieces of one form: as many rows as the page has, blank ones ignored."""

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Mapping[str, Any] | None = None,
        *,
        holder: int,
    ) -> None:
        self.is_bound = data is not None
        asked = str(data.get("rows", "1")) if data is not None else "1"
        count = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 3 else 1
        more = data is not None and "more" in data
        self.count = min(max(count, 1), MOST_PIECES) + (more and count < MOST_PIECES)
        self.forms = [
            EvidenceForm(
                data if number < count or not more else None,
                files if number < count or not more else None,
                prefix=f"evidence-{number}",
            )
            for number in range(self.count)
        ]
        for form in self.sent:
            form.full_clean()
            form.take_file(holder=holder)

    @property
    def sent(self) -> list[EvidenceForm]:
        """The rows in which something stands."""
        return [form for form in self.bound if not form.is_blank]

    @property
    def bound(self) -> list[EvidenceForm]:
        """The rows that were sent, blank ones among them."""
        return [form for form in self.forms if form.is_bound]

    @property
    def may_grow(self) -> bool:
        """Whether the page can offer one more."""
        return self.count < MOST_PIECES

    def is_valid(self) -> bool:
        """Whether every row in which something stands has the right shape."""
        return not any(form.errors for form in self.sent)

    def tell(self, place: int, field: str, sentence: str) -> None:
        """Put a rule's sentence beside a field of the piece at this place among those sent."""
        form = self.sent[place]
        form.add_error(field if field in form.fields else None, sentence)

"""Two people in one row of a return: both texts field by field, and the choice between them."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from governance.forms.returns import ChoiceOfTextsForm, ReturnRowForm
from governance.views import cards
from plans.enums import Rating, Stage
from plans.selectors.rows import ReturnRow

COMPARED = "compared"
LABELS = {name: field.label for name, field in ReturnRowForm.base_fields.items() if field.label}
NOT_SENT_AGAIN = {
    "csrfmiddlewaretoken",
    "base_version",
    "milestone_version",
    "submission_key",
    "then",
    COMPARED,
}


@dataclass(frozen=True)
class Choice:
    """What was chosen: the stored text of some fields, the typed one of all others."""

    taken: dict[str, Any]
    form: ChoiceOfTextsForm | None

    @property
    def is_open(self) -> bool:
        """Whether a field still waits for its choice."""
        return self.form is not None

    @classmethod
    def of(cls, sent: QueryDict, row: ReturnRow) -> "Choice":
        """Read the choice from what was sent; without a comparison there is nothing to choose."""
        names = [name for name in sent.get(COMPARED, "").split(",") if name in LABELS]
        if not names:
            return cls({}, None)
        form = ChoiceOfTextsForm(sent, differing={name: LABELS[name] for name in names})
        stored = stored_of(row)
        if not form.is_valid():
            return cls({}, form)
        theirs = [name for name in names if form.cleaned_data[f"take_{name}"] == "theirs"]
        return cls({name: getattr(stored, name) for name in theirs} if stored else {}, None)


@dataclass(frozen=True)
class Line:
    """One field of the comparison; ``choice`` is there where the two texts differ."""

    label: str
    theirs: Any
    mine: Any
    choice: Any


@dataclass(frozen=True)
class Comparison:
    """What is stored now beside what was typed, ready to be sent again."""

    lines: list[Line]
    form: ChoiceOfTextsForm
    hidden: list[tuple[str, str]]
    by: str
    at: Any


def stored_of(row: ReturnRow) -> Any:
    """What stands in the row now: the draft, else the update that it became."""
    return row.draft if row.has_draft else row.reported


def compare(
    row: ReturnRow, sent: QueryDict, *, form: ChoiceOfTextsForm | None = None
) -> Comparison:
    """Put the two texts side by side; every word that was typed goes along, hidden."""
    stored = stored_of(row)
    typed = ReturnRowForm(sent, row=row, month="")
    typed.is_valid()
    pairs = {
        name: (getattr(stored, name, "") or "", typed.cleaned_data.get(name) or "")
        for name in cards.FIELDS
    }
    differing = {name: LABELS[name] for name, (theirs, mine) in pairs.items() if theirs != mine}
    again = form or ChoiceOfTextsForm(differing=differing)
    tokens = cards.tokens_of(row)
    kept = [
        (name, value)
        for name, value in sent.items()
        if name not in NOT_SENT_AGAIN and not name.startswith("take_") and name not in tokens
    ]
    return Comparison(
        lines=[
            Line(
                label=LABELS[name],
                theirs=_shown(name, theirs),
                mine=_shown(name, mine),
                choice=again[f"take_{name}"] if f"take_{name}" in again.fields else None,
            )
            for name, (theirs, mine) in pairs.items()
        ],
        form=again,
        hidden=[
            *kept,
            *((name, str(value)) for name, value in tokens.items()),
            (COMPARED, ",".join(differing)),
        ],
        by=row.draft.saved_by.name if row.has_draft else (stored.by.name if stored else ""),
        at=row.draft.saved_at if row.has_draft else (stored.at if stored else None),
    )


def _shown(name: str, value: Any) -> Any:
    """A choice by its label; other values as they are."""
    labels: dict[str, dict[str, str]] = {
        "stage": dict(Stage.choices),
        "rating": dict(Rating.choices),
    }
    return labels.get(name, {}).get(value, value)

"""The cards and lines of a return's page: each milestone with its form, where it is open."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.urls import reverse

from governance.forms import as_parameter
from governance.forms.returns import ReturnRowForm
from governance.selectors import ReturnLine
from plans import policies
from plans.enums import RowGroup, RowState
from plans.forms import new_submission_key
from plans.policies import UpdateWords
from plans.selectors.rows import ReturnRow

BEGUN = (RowState.INCOMPLETE, RowState.OVERTAKEN, RowState.NEEDS_EXCEPTION)
FIELDS = tuple(UpdateWords.__dataclass_fields__)


@dataclass(frozen=True)
class Card:
    """A row of the page; ``form`` is there where it stands open."""

    row: ReturnRow
    url: str
    discard_url: str
    floor: str = ""
    best: str = ""
    form: ReturnRowForm | None = None
    is_opened: bool = False

    @property
    def floors(self) -> dict[str, str]:
        """The sentence for each rating that the dates may allow, for the page's script."""
        return policies.floor_sentences(date_in_force=self.row.line.date_in_force)

    @property
    def anchor(self) -> str:
        """The id of the row on the page."""
        return anchor_of(self.row)

    @property
    def missing(self) -> int:
        """How many things are missing before it can be sent."""
        return len(self.row.gaps)

    @property
    def overtaken_by(self) -> Any:
        """The update of the month that somebody recorded after the row was saved."""
        draft, update = self.row.draft, self.row.reported
        return update if draft and update and update.version > draft.base_version else None


@dataclass(frozen=True)
class Group:
    """Rows under one heading."""

    title: str
    cards: list[Card]


def anchor_of(row: ReturnRow) -> str:
    """The id of a row on its page."""
    return f"row{row.line.pk}"


def row_url(line: ReturnLine, key: str, name: str = "return-row") -> str:
    """The address at which a row is saved."""
    month = as_parameter(line.period.month)
    return reverse(
        f"governance:{name}", args=[line.workstream.plan.slug, month, line.workstream.key, key]
    )


def groups_of(
    line: ReturnLine,
    *,
    on: dt.date,
    opened: Collection[str],
    sent: Mapping[str, ReturnRowForm],
) -> list[Group]:
    """The rows that need an update, by what presses most; those that are ready stand last.

    ``opened`` are the keys that the reader asked for, ``sent`` forms that came back with errors.
    """

    def card(row: ReturnRow) -> Card:
        is_open = row.key in opened or row.key in sent or row.state in BEGUN
        form = sent.get(row.key) if is_open else None
        if is_open and form is None and line.is_open:
            form = form_of(row, line=line, on=on)
        shown = _card(row, line=line, on=on, form=form)
        return replace(shown, is_opened=row.key in opened or row.key in sent)

    groups = [
        Group(group.label, [card(row) for row in line.left if _group_of(row) == group])
        for group in policies.EXPECTED_GROUPS
    ]
    groups.append(Group("Ready" if line.is_open else "Reported", [card(row) for row in line.ready]))
    return [group for group in groups if group.cards]


def _group_of(row: ReturnRow) -> RowGroup:
    """A row that is no longer asked about, but has a draft, stands with those that have begun."""
    return row.group if row.group in policies.EXPECTED_GROUPS else RowGroup.STARTED


def _card(row: ReturnRow, *, line: ReturnLine, on: dt.date, form: ReturnRowForm | None) -> Card:
    in_force = row.line.date_in_force
    forecast = row.draft.forecast_on if row.has_draft else row.line.forecast_on
    best = policies.best_rating(
        stage=row.line.stage, date_in_force=in_force, forecast_on=forecast, on=on
    )
    floor = policies.floor_sentence(best=best, date_in_force=in_force, forecast_on=forecast)
    url, discard_url = row_url(line, row.key), row_url(line, row.key, "return-discard")
    return Card(row=row, url=url, discard_url=discard_url, floor=floor, best=best.value, form=form)


def form_of(row: ReturnRow, *, line: ReturnLine, on: dt.date) -> ReturnRowForm:
    """The row's form as it starts: the draft, else this month's update, else what still holds."""
    form = ReturnRowForm(row=row, month=f"{line.period.month:%B}", initial=_initial(row, on=on))
    if row.has_draft:
        form.mark(row.judged)
    return form


def _initial(row: ReturnRow, *, on: dt.date) -> dict[str, Any]:
    tokens = tokens_of(row)
    if row.has_draft or row.reported:
        stored = row.draft if row.has_draft else row.reported
        return tokens | {name: getattr(stored, name) for name in FIELDS}
    forecast = row.line.forecast_on
    still_ahead = forecast is not None and forecast >= on
    return tokens | {"stage": row.line.stage, "forecast_on": forecast if still_ahead else None}


def tokens_of(row: ReturnRow) -> dict[str, Any]:
    """What a row's form knows from its opening: whose it is, and the versions that it shows."""
    return {
        "base_version": row.draft_version,
        "milestone_version": row.line.version,
        "submission_key": new_submission_key(),
    }

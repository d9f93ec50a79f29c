"""Files with figures: read, mapped, stored all or nothing, and taken back."""

import hashlib
from collections import defaultdict
from decimal import Decimal

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.records.bases import save_audited
from kpis import permissions
from kpis.enums import ComparatorKind, ImportState
from kpis.files.mapping import OURS, Mapping
from kpis.files.preview import Known, Line, Outcome, Preview, preview
from kpis.files.reading import Cells, table_of
from kpis.models import (
    ComparatorFigure,
    FigureImport,
    FigureSource,
    FigureTable,
    Indicator,
)
from kpis.policies.periods import Period
from kpis.services.writing import (
    Entry,
    add,
    add_elsewhere,
    definitions_of,
    first_come,
    latest_of,
    lock_indicators,
)
from plans.models import Plan

LONGEST_NAME = 100


@transaction.atomic
def take_in(
    *, plan: Plan, source: str, file_name: str, content: bytes, cells: list[list[str]], by: User
) -> FigureImport:
    """Keep what was read of a file until it is stored; nothing is entered yet.

    ``cells`` is what ``kpis.files.reading`` made of ``content``. Raises ``NotAllowed``, and
    ``RuleBroken`` without a source or a table.
    """
    _require(by, plan)
    name = " ".join(source.split())
    if not name or len(name) > LONGEST_NAME:
        raise RuleBroken({"source": [f"Name the source in {LONGEST_NAME} characters or fewer."]})
    table_of(cells)
    row = _source(plan, name, by=by)
    file = FigureImport(
        source=row,
        file_name=file_name[-200:],
        sha256=hashlib.sha256(content).hexdigest(),
        mapping=row.mapping,
        read_by=by,
        read_at=dates.now(),
    )
    save_audited(file, by=by, reason="File read")
    FigureTable.objects.create(file=file, cells=cells)
    return file


def _source(plan: Plan, name: str, *, by: User) -> FigureSource:
    found = FigureSource.objects.filter(plan=plan, name__iexact=name).first()
    if found is None:
        found = FigureSource(plan=plan, name=name)
        save_audited(found, by=by, reason="First file of this source")
    return found


def _require(by: User, plan: Plan) -> None:
    if not permissions.may_enter_somewhere(by, partnership_id=plan.partnership_id):
        raise NotAllowed(f"Your role does not let you {Permission.ENTER_FIGURES.label} here.")


def _lock(file: FigureImport) -> FigureImport:
    rows = FigureImport.objects.select_for_update(of=("self",))
    return rows.select_related("source__plan").get(pk=file.pk)


@transaction.atomic
def set_mapping(*, file: FigureImport, mapping: Mapping, by: User) -> FigureImport:
    """Say how the columns of a file are read; its source remembers it for the next file.

    Raises ``NotAllowed``, ``Conflict`` once the file is stored.
    """
    row = _lock(file)
    _require(by, row.source.plan)
    if row.state != ImportState.READ:
        raise Conflict("This file is stored already.")
    row.mapping = mapping.stored
    save_audited(row, by=by, reason="Columns mapped", fields=["mapping"])
    source = row.source
    source.mapping = mapping.stored
    save_audited(source, by=by, reason="Columns mapped", fields=["mapping"])
    return row


def table_in(*, file: FigureImport) -> Cells:
    """The table of a file that is not stored yet."""
    return table_of(file.table.cells)


def preview_of(*, file: FigureImport, by: User) -> Preview:
    """What storing a file would do now."""
    return preview(
        table_in(file=file),
        Mapping.of(file.mapping),
        _known(file.source.plan, by=by),
        source=file.source.name,
    )


def _known(plan: Plan, *, by: User) -> Known:
    """What the rows of a file are held against."""
    rows = list(
        permissions.visible_to(by, Indicator).filter(plan=plan).select_related("plan", "workstream")
    )
    keys = [row.pk for row in rows]
    elsewhere: dict[tuple[int, str, str, Period], tuple[Decimal | None, int]] = {}
    others = ComparatorFigure.objects.filter(indicator__in=keys).select_related("imported_by")
    for other in others.order_by("number"):
        place = (
            other.indicator_id,
            other.kind,
            other.place,
            Period(other.starts_on, other.ends_on),
        )
        value = elsewhere.get(place, (None, 0))[0] if other.is_taken_back else other.value
        elsewhere[place] = (value, other.number)
    return Known(
        indicators={row.key: row for row in rows},
        definitions=definitions_of(keys),
        figures={key: (one.figure, one.number) for key, one in latest_of(keys).items()},
        elsewhere=elsewhere,
        may_enter=frozenset(row.pk for row in rows if permissions.may_enter(by, row)),
        on=dates.today(),
    )


@first_come
@transaction.atomic
def store(*, file: FigureImport, reason: str, by: User) -> FigureImport:
    """Enter every new and revised figure of a file, or none where a row is rejected.

    A file that is stored already is left as it is. ``reason`` is needed where figures are revised.
    Raises ``NotAllowed``, ``RuleBroken``.
    """
    row = _lock(file)
    _require(by, row.source.plan)
    if row.state != ImportState.READ:
        return row
    lock_indicators(Indicator.objects.filter(plan=row.source.plan).values_list("pk", flat=True))
    seen = preview_of(file=row, by=by)
    rejected, revised = seen.of(Outcome.REJECTED), seen.of(Outcome.REVISED)
    if rejected:
        raise RuleBroken(
            f"{len(rejected)} rows are rejected. Mend the file, or leave their measure out. Nothing "
            "is stored."
        )
    if revised and not reason.strip():
        raise RuleBroken({"reason": ["Say why figures are revised; the old ones stay to be seen."]})
    for line in seen.writes:
        _write(line, row, reason=reason.strip(), by=by)
    row.state, row.stored_at, row.counts = ImportState.STORED, dates.now(), seen.counts
    save_audited(row, by=by, reason="File stored", fields=["state", "stored_at", "counts"])
    FigureTable.objects.filter(file=row).delete()
    return row


def _write(line: Line, file: FigureImport, *, reason: str, by: User) -> None:
    if line.indicator is None or line.period is None or line.figure is None:
        return
    if line.kind == OURS:
        entry = Entry(
            indicator=line.indicator,
            period=line.period,
            figure=line.figure,
            base_number=line.number,
            reason=reason if line.number else "",
        )
        add(entry, number=line.number + 1, by=by, imported_by=file)
    elif line.figure.number is not None:
        add_elsewhere(
            indicator=line.indicator,
            kind=ComparatorKind(line.kind),
            place=line.said.place or ComparatorKind(line.kind).label,
            period=line.period,
            value=line.figure.number,
            source=file.source.name,
            by=by,
            imported_by=file,
        )


@transaction.atomic
def take_back(*, file: FigureImport, reason: str, by: User) -> FigureImport:
    """Reverse a file: its figures no longer count, and what counted before counts again.

    Its rows stay, to be seen. What was corrected by hand since stays corrected. Sent again it
    changes nothing. Raises ``NotAllowed``, ``RuleBroken`` without a reason or before it was stored.
    """
    row = _lock(file)
    _require(by, row.source.plan)
    if row.state == ImportState.REVERSED:
        return row
    errors = {} if reason.strip() else {"reason": ["Say why the file is taken back."]}
    if row.state != ImportState.STORED:
        errors[""] = ["This file is not stored."]
    if errors:
        raise RuleBroken(errors)
    for indicator in _touched(row).values():
        access.require(by, Permission.ENTER_FIGURES, **permissions.scope_of(indicator))
    row.state, row.reversed_at, row.reversed_by = ImportState.REVERSED, dates.now(), by
    row.reason = reason.strip()
    save_audited(
        row,
        by=by,
        reason="File taken back",
        fields=["state", "reversed_at", "reversed_by", "reason"],
    )
    return row


def _touched(file: FigureImport) -> dict[int, Indicator]:
    """The measures that a file wrote to, locked."""
    keys: dict[int, None] = defaultdict()
    for rows in (file.measurements, file.comparators):
        keys |= dict.fromkeys(rows.values_list("indicator", flat=True).distinct())
    return lock_indicators(keys)

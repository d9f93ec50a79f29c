"""The pack's part on what is measured: each measure as at the cut-off, with a drawing where it needs attention."""

from collections.abc import Sequence
from dataclasses import replace

from governance.boardpack.measured import MeasureEntry
from governance.enums import Edition
from governance.permissions.in_packs import is_measure_in_packs, shows_exact_figures
from governance.selectors.reading import Reading
from kpis.enums import Assurance
from kpis.policies.wording import with_unit
from kpis.selectors import MeasureLine, telling, worst_by_action
from kpis.selectors.drawings import chart_title, draw_small
from kpis.selectors.held import MeasuresRead
from kpis.selectors.lines import lines_of_rows


def measures_of(
    found: MeasuresRead, reading: Reading, edition: Edition
) -> tuple[MeasureEntry, ...]:
    """The measures with figures that the edition's readers see, by workstream in the plan's order.

    Each as it was set at the cut-off. In the families' edition are those alone that were for families
    then and are so now, and of small numbers the stricter rule of the two holds. One query beside
    those that read the plan's measures.
    """
    read, now = found.as_at(reading.at), found.now
    rows = [row for row in read.rows if is_measure_in_packs(row, now[row.pk], edition)]
    for row in rows:
        row.suppress_below = max(row.suppress_below, now[row.pk].suppress_below)
    lines = lines_of_rows(
        replace(read, rows=rows),
        on=reading.on,
        exact=shows_exact_figures(edition),
        standings=worst_by_action(reading.lines),
        with_others=False,
    )
    return tuple(map(_measure, _by_workstream([line for line in lines if line.latest])))


def _by_workstream(lines: Sequence[MeasureLine]) -> list[MeasureLine]:
    return sorted(lines, key=lambda line: line.indicator.workstream.position)


def _measure(line: MeasureLine) -> MeasureEntry:
    row, says = line.indicator, telling.chart_says(line)
    bold, more = telling.headline(line)
    expected = line.latest.expected if line.latest else None
    entry = MeasureEntry(
        key=row.key,
        name=row.name,
        workstream=row.workstream.key,
        promise=telling.promise_line(line),
        latest=telling.latest_words(line),
        period=telling.age_words(line),
        is_old=line.is_old,
        expected="" if expected is None else with_unit(expected, row.unit),
        status=line.status.value,
        status_label=str(line.status.label),
        variation=line.variation.value,
        change=telling.change_words(line)[0],
        assurance=_assurance(line),
        target=says.assurance,
        law=telling.law_note(line),
        will_miss=line.will_miss,
        is_worsening=line.is_worsening,
        contradicts=line.contradicts,
        sentence=bold,
        more=more,
    )
    return _drawn(entry, line) if entry.attention else entry


def _assurance(line: MeasureLine) -> str:
    """What chance means for the target, "" where that cannot be said."""
    if line.spc is None or line.spc.assurance == Assurance.NONE:
        return ""
    return line.spc.assurance.value


def _drawn(entry: MeasureEntry, line: MeasureLine) -> MeasureEntry:
    """With the drawing: it stands in the content, so that a page and its files show the same for good."""
    return replace(
        entry,
        chart_title=chart_title(line),
        chart=draw_small(line, identifier=f"measure-{line.key}"),
    )

"""Files with figures: every row told before anything is stored, all or nothing, and taken back."""

import datetime as dt
import gzip
from pathlib import Path

import pytest

from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from kpis.files.mapping import BETWEEN, Mapping, folded
from kpis.files.reading import read_cells
from kpis.models import ComparatorFigure, FigureImport, FigureSource, Indicator, Measurement
from kpis.selectors import measure_lines
from kpis.services import files
from tests.factories import measures as make
from tests.factories.world import TODAY, at

DATA = Path(__file__).parents[1] / "data"
TIDY = Mapping(measure=("Measure",), period="Month", value="Figure", names={"in time": "in-time"})
WAITS = folded(
    BETWEEN.join(["(CYP) Therapy interventions: speech and language", "waiting_18_52_weeks"])
)


def published(name):
    """A file of public statistics, byte for byte; it lies here compressed."""
    return gzip.decompress((DATA / f"{name}.csv.gz").read_bytes())


def cells(*rows):
    return [["Measure", "Month", "Figure", "Note"], *[[*map(str, row), ""] for row in rows]]


def take(world, table, *, by=None, mapping=TIDY, content=b"x", source="Case system"):
    person = by or world.people[Role.WORKSTREAM_LEAD]
    with at(TODAY):
        file = files.take_in(
            plan=world.plan,
            source=source,
            file_name="figures.csv",
            content=content,
            cells=table,
            by=person,
        )
        return files.set_mapping(file=file, mapping=mapping, by=person)


def outcomes(world, file, *, by=None):
    with at(TODAY):
        seen = files.preview_of(file=file, by=by or world.people[Role.WORKSTREAM_LEAD])
    return [(line.said.line, line.outcome.value, line.reason) for line in seen.lines]


def store(world, file, *, by=None, reason="", on=TODAY):
    with at(on):
        return files.store(file=file, reason=reason, by=by or world.people[Role.WORKSTREAM_LEAD])


def back(world, file, *, reason="Wrong file."):
    with at(TODAY):
        return files.take_back(file=file, reason=reason, by=world.people[Role.WORKSTREAM_LEAD])


def shown(indicator):
    [line] = measure_lines(Indicator.objects.filter(pk=indicator.pk), on=TODAY)
    return [(point.label, point.number) for point in line.points]


def test_every_row_is_told_before_anything_is_stored(world, indicator):
    make.enter(world, indicator, {"2024-05": 40, "2024-06": 41})
    file = take(
        world,
        cells(
            ("In Time", "2024-05", "40"),
            ("in  time", "2024-06", "42"),
            ("in time", "2024-07", "76.599999999999994"),
            ("In time", "2024-09", "50"),
            ("In time", "soon", "50"),
            ("In time", "2024-04", "many"),
            ("In time", "2024-03", "101"),
            ("Else", "2024-07", "50"),
            ("In time", "2024-02", ""),
            ("In time", "2024-07", "76.6"),
            ("In time", "2024-07", "12"),
        ),
    )

    assert outcomes(world, file) == [
        (2, "revised", ""),
        (3, "revised", ""),
        (4, "new", ""),
        (5, "rejected", "This period has not ended."),
        (6, "rejected", "“soon” is no month."),
        (7, "rejected", "“many” is no number."),
        (8, "rejected", "Enter a percentage from 0 to 100."),
        (9, "left_out", "Not chosen."),
        (10, "left_out", "No figure."),
        (11, "left_out", "Says the same as line 4."),
        (12, "rejected", "Says something else of the period of line 4."),
    ]
    assert Measurement.objects.filter(indicator=indicator).count() == 2


def test_all_or_nothing(world, indicator):
    file = take(world, cells(("In time", "2024-07", "50"), ("In time", "2024-08", "many")))
    with pytest.raises(RuleBroken, match="1 rows are rejected"):
        store(world, file)

    assert not Measurement.objects.filter(indicator=indicator).exists()


def test_what_is_stored_can_be_traced_and_changes_nothing_the_second_time(world, indicator):
    table = cells(("In time", "2024-07", "50"), ("In time", "2024-08", "c"))
    file = store(world, take(world, table))
    rows = Measurement.objects.filter(indicator=indicator)

    assert {row.imported_by for row in rows} == {file}
    assert (file.state, file.counts["new"]) == ("stored", 2)
    assert {row.source for row in rows} == {"Case system"}
    again = take(world, table, mapping=Mapping.of(FigureSource.objects.get().mapping))
    assert [outcome for _, outcome, _ in outcomes(world, again)] == ["same", "same"]
    store(world, again)
    store(world, file)
    assert rows.count() == 2


def test_a_revision_needs_a_reason(world, indicator):
    store(world, take(world, cells(("In time", "2024-07", "50"))))
    file = take(world, cells(("In time", "2024-07", "51")))
    with pytest.raises(RuleBroken) as refused:
        store(world, file)
    store(world, file, reason="Late cases.")

    assert set(refused.value.errors) == {"reason"}
    rows = Measurement.objects.filter(indicator=indicator).in_order()
    assert [(row.number, row.figure, row.reason) for row in rows] == [
        (1, 50, ""),
        (2, 51, "Late cases."),
    ]


def test_a_file_is_taken_back_and_what_counted_before_counts_again(world, indicator):
    make.enter(world, indicator, {"2024-07": 50})
    table = cells(("In time", "2024-07", "51"), ("In time", "2024-08", "52"))
    file = store(world, take(world, table), reason="Late cases.")
    assert shown(indicator) == [("Jul 2024", 51), ("Aug 2024", 52)]
    back(world, file)
    back(world, file)

    assert shown(indicator) == [("Jul 2024", 50), ("Aug 2024", None)]
    assert Measurement.objects.filter(indicator=indicator).count() == 3
    again = store(world, take(world, table), reason="The right file after all.")
    assert again.counts["new"] + again.counts["revised"] == 2
    assert shown(indicator) == [("Jul 2024", 51), ("Aug 2024", 52)]


def test_what_was_corrected_by_hand_since_stays(world, indicator):
    file = store(world, take(world, cells(("In time", "2024-07", "51"))))
    make.enter(world, indicator, {"2024-07": 60}, base_number=1, reason="Counted again.")
    back(world, file)

    assert shown(indicator) == [("Jul 2024", 60)]


def test_taking_back_needs_a_reason_and_a_stored_file(world, indicator):
    file = take(world, cells(("In time", "2024-07", "51")))
    with pytest.raises(RuleBroken) as refused:
        back(world, file, reason=" ")

    assert set(refused.value.errors) == {"", "reason"}


def test_a_stored_file_is_not_mapped_anew(world, indicator):
    file = store(world, take(world, cells(("In time", "2024-07", "51"))))
    with at(TODAY), pytest.raises(Conflict):
        files.set_mapping(file=file, mapping=TIDY, by=world.people[Role.WORKSTREAM_LEAD])


def test_a_wide_file_has_a_column_for_each_period(world, indicator):
    table = [["Measure", "Jul 2024", "2024-08", "Owner"], ["In time", "50", "z", "Somebody"]]
    file = take(world, table, mapping=Mapping(layout="wide", only="in-time"))
    store(world, file)

    rows = Measurement.objects.filter(indicator=indicator).in_order()
    assert [(f"{row.ends_on:%m}", row.presence, row.figure) for row in rows] == [
        ("07", "given", 50),
        ("08", "not_applicable", None),
    ]


def test_parts_and_certainty_have_columns_of_their_own(world, indicator):
    table = [["Month", "In time", "All", "Status"], ["2024-08", "82", "164", "Provisional"]]
    mapping = Mapping(
        only="in-time", period="Month", part="In time", whole="All", certainty="Status"
    )
    store(world, take(world, table, mapping=mapping))
    [row] = Measurement.objects.filter(indicator=indicator)

    assert (row.figure, row.certainty) == (50, "provisional")


def test_a_measure_of_another_workstream_is_rejected(world, indicator):
    file = take(world, cells(("In time", "2024-07", "51")), by=world.other_lead)

    assert outcomes(world, file, by=world.other_lead) == [
        (2, "rejected", "This measure is not yours to enter.")
    ]
    with pytest.raises(RuleBroken):
        store(world, file, by=world.other_lead)


def test_only_who_enters_figures_reads_files_in(world, indicator):
    with pytest.raises(NotAllowed):
        take(world, cells(("In time", "2024-07", "51")), by=world.people[Role.BOARD_MEMBER])
    with pytest.raises(RuleBroken, match="Name the source"):
        take(world, cells(("In time", "2024-07", "51")), source=" ")

    assert not FigureImport.objects.exists()


@pytest.mark.slow
def test_the_departments_figures_stand_beside_ours(world):
    """A published file as it is: our area, England and neighbours, percentages with float noise."""
    row = make.measure(world, "in-time")
    make.define(world, row, period_kind="year", frequency="yearly", numerator="", denominator="")
    content = published("dfe_lait_sen_herts_neighbours_england_annual")
    mapping = Mapping(
        measure=("measure",),
        place="geography",
        period="period",
        value="value_as_published",
        names={"new ehc plans issued within 20 weeks - excluding exceptions": "in-time"},
        places={"hertfordshire": "ours", "england": "england", "east of england": "region"},
    )
    file = take(world, read_cells(content), mapping=mapping, content=content)
    with pytest.raises(RuleBroken, match="3 rows are rejected"):
        store(world, file)  # 2024 has not ended yet
    file = store(world, file, on=dt.date(2025, 7, 1))
    figures = {
        f"{one.ends_on:%Y}": f"{one.figure.normalize():f}" for one in Measurement.objects.all()
    }

    assert figures["2023"] == "40.2"
    assert figures["2021"] == "78"
    assert file.counts["rejected"] == 0
    assert {
        (one.place, f"{one.value.normalize():f}")
        for one in ComparatorFigure.objects.filter(ends_on__year=2023)
    } == {("England", "50.3"), ("East of England", "34.2")}


@pytest.mark.slow
def test_the_health_services_figures_with_blanks_and_capitals(world):
    row = make.measure(world, "waits", unit="children", direction="down")
    make.define(world, row, period_kind="point", numerator="", denominator="")
    content = published("nhs_community_waits_herts_monthly_2023")
    mapping = Mapping(
        measure=("service", "measure"),
        place="organisation_as_published",
        period="period",
        value="value",
        names={WAITS: "waits"},
        places={"hertfordshire community nhs trust": "ours"},
    )
    file = take(world, read_cells(content), mapping=mapping, content=content)
    with at(TODAY):
        seen = files.preview_of(file=file, by=world.people[Role.WORKSTREAM_LEAD])
    meant = [
        line for line in seen.lines if line.indicator is not None and line.outcome != "left_out"
    ]
    names = {line.said.place for line in meant}

    assert names == {"Hertfordshire Community NHS Trust", "HERTFORDSHIRE COMMUNITY NHS TRUST"}
    assert {line.outcome.value for line in meant} == {"new"}
    assert 0 < len(meant) <= 10

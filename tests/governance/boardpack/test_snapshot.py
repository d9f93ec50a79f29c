"""What a pack holds, and when it is refused."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.boardpack import content, render
from governance.boardpack.content import UnreadablePack
from governance.boardpack.snapshot import of, opened
from governance.enums import Edition
from governance.models import BoardPack
from hertsend import dates
from plans.models import ReportingPeriod
from tests.factories import models as make
from tests.governance import steps
from tests.governance.steps import AUGUST

LATER = dt.date(2024, 9, 12)


@pytest.fixture
def pack(packable):
    return steps.store_pack(packable, AUGUST, on=LATER)


def test_a_pack_is_of_its_period_as_at_its_freeze(packable, pack):
    read = opened(pack)
    cover = read.cover
    assert (cover.month, cover.revision, cover.edition_label) == (AUGUST, 1, "Board")
    assert cover.cut_off == packable.period(AUGUST).frozen_at == pack.cut_off
    assert cover.cut_off == dt.datetime(2024, 9, 10, 12, tzinfo=dates.LONDON)
    assert cover.classification == "OFFICIAL"
    assert cover.compared_with == dt.date(2024, 7, 1)
    assert (cover.plan, cover.plan_slug) == (packable.plan.title, packable.plan.slug)


def test_exceptions_come_with_the_leads_words(pack):
    read = opened(pack)
    by_key = {entry.key: entry for entry in read.milestones}
    assert read.exceptions == ("AI1.1-1",)
    assert by_key["AI1.1-1"].what_happened == "It stalled."
    assert by_key["AI1.1-1"].what_is_next == "A new supplier."


def test_date_changes_and_proposals_come_with_who_and_why(pack):
    read = opened(pack)
    assert [
        (slip.key, slip.reason, slip.decision, slip.agreed_by, slip.since_last_pack)
        for slip in read.slips
    ] == [("PA1.1-2", "The supplier is late.", "The board accepts it.", "Joint chair PA1", True)]
    assert [(entry.key, entry.words, entry.proposed_by, entry.days) for entry in read.awaiting] == [
        ("PA1.1-1", "Minutes that show PA1.1-1", "Workstream lead PA1", 5)
    ]


def test_a_change_agreed_before_the_last_pack_is_not_new(packable):
    steps.advance(packable, steps.SEPTEMBER_FREEZES)
    read = opened(steps.store_pack(packable, steps.SEPTEMBER, on=dt.date(2024, 10, 15)))
    assert [(slip.key, slip.since_last_pack) for slip in read.slips] == [("PA1.1-2", False)]


def test_a_move_of_long_ago_that_is_complete_is_told_no_more(packable):
    steps.propose(packable, "PA1.1-2", on=dt.date(2024, 9, 11))
    steps.advance(packable, steps.SEPTEMBER_FREEZES)
    read = opened(steps.store_pack(packable, steps.SEPTEMBER, on=dt.date(2024, 10, 15)))
    assert read.slips == ()


def test_internal_notes_are_in_no_part_of_the_stored_pack(pack):
    assert steps.NOTE not in str(pack.content)
    assert "It stalled." in str(pack.content)


def test_a_pack_takes_the_same_queries_with_more_milestones(packable):
    def queries():
        period = ReportingPeriod.objects.select_related("plan__partnership").get(
            plan=packable.plan, month=AUGUST
        )
        with CaptureQueriesContext(connection) as captured:
            of(period, edition=Edition.BOARD, revision=1)
        return len([query for query in captured if query["sql"].lstrip().startswith("SELECT")])

    before = queries()
    for number in range(3, 9):
        step = make.MilestoneFactory(
            action=packable.actions["PA1.1"], key=f"PA1.1-{number}", position=number
        )
        make.MilestoneLeadFactory(milestone=step, post=packable.posts["PA1"])
    assert queries() == before == QUERIES


QUERIES = 34
"""The dashboard's (July has no rows to fetch), the glossary, the cut-offs of packs before, and one
each for what is kept beside the plan: bands, risks, log, decisions, requests, meeting, voices."""


def changed(pack, **values):
    """The row as somebody with a database client might leave it."""
    copy = BoardPack.objects.select_related("period__plan").get(pk=pack.pk)
    for name, value in values.items():
        setattr(copy, name, value)
    return copy


def test_the_row_as_it_was_stored_opens(pack):
    assert content.to_json(opened(changed(pack))) == pack.content


@pytest.mark.parametrize(
    "values",
    [
        pytest.param({"sha256": "0" * 64}, id="another digest"),
        pytest.param({"schema_version": 2}, id="another schema"),
        pytest.param({"revision": 2}, id="another revision"),
        pytest.param({"edition": "families"}, id="another edition"),
        pytest.param({"cut_off": dt.datetime(2024, 9, 11, tzinfo=dt.UTC)}, id="another cut-off"),
    ],
)
def test_a_row_that_does_not_fit_its_content_is_refused(pack, values):
    with pytest.raises(UnreadablePack):
        opened(changed(pack, **values))


def test_a_row_given_another_month_is_refused(packable, pack):
    with pytest.raises(UnreadablePack, match="another month"):
        opened(changed(pack, period=packable.period(steps.SEPTEMBER)))


def test_content_changed_together_with_nothing_else_is_refused(pack):
    words = dict(pack.content)
    words["summary"] = words["summary"] | {"headline": "All is well."}
    with pytest.raises(UnreadablePack, match="SHA-256"):
        opened(changed(pack, content=words))


def test_the_page_needs_no_database(pack, django_assert_num_queries):
    read = opened(pack)
    with django_assert_num_queries(0):
        page = render.page(read)
    assert [section.title for section in page.contents] == [
        "Summary",
        "Exceptions",
        "Slips and date changes",
        "Awaiting sign-off",
        "Due in the next 30 days",
        "Workstreams",
        "Who did not report",
        "Delivery rating key",
    ]
    assert page.empty == (
        "Comes again, and was missed",
        "Signed off since the last pack",
        "No agreed date",
        "Impact",
        "Glossary",
    )
    assert [(part.anchor, [entry.key for entry in part.milestones]) for part in page.streams] == [
        ("workstream-1", ["PA1.1-1", "PA1.1-2"]),
        ("workstream-2", ["AI1.1-1", "AI1.1-2"]),
    ]
    assert (page.month, page.compared_with) == ("August 2024", "July 2024")

"""Risks, log, decisions, voices and measures in a pack: as at the cut-off, for its readers, in every format."""

import copy
import dataclasses
import datetime as dt
import io
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from docx import Document

from governance.boardpack import arranging, content, render
from governance.boardpack.build import build
from governance.boardpack.files import FORMATS
from governance.boardpack.sections import document_of
from governance.boardpack.snapshot import of, opened
from governance.enums import Edition
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.documents.blocks import Chart, all_blocks
from plans.models import ReportingPeriod
from tests.factories import measures as make
from tests.factories import meetings
from tests.governance import risks as make_risks
from tests.governance import steps
from tests.governance.boardpack import filled
from tests.governance.boardpack.filled import filled_world, headings_of, live_on
from tests.governance.steps import AUGUST
from tests.hertsend.documents.pdfs import faults_of, pages_of, squeezed, words_of

NEW_PARTS = (
    *("decisions", "waiting_for_decision", "measures", "risks", "log_summary", "log", "voices"),
)
NEVER = (filled.SECRET_RISK, filled.SECRET_NOTE, filled.BACKGROUND, filled.UPDATE, filled.DRAFT)
LATER = dt.date(2024, 9, 12)


@pytest.fixture
def world(db):
    return filled_world()


def read_of(world, edition=Edition.BOARD):
    return content.from_json(of(world.period(AUGUST), edition=edition, revision=1).stored)


@pytest.fixture
def read(world):
    return read_of(world)


def test_risks_come_with_score_trend_review_and_what_is_overdue(read):
    assert [
        (
            *(risk.key, risk.event, risk.score, risk.band, risk.target_score, risk.trend),
            *(risk.owner, risk.was_reviewed, risk.open_mitigations, risk.overdue_mitigations),
        )
        for risk in read.risks
    ] == [
        (
            *("R1", "New assessments wait longer than 20 weeks", 20, "Extreme", 6, "rising"),
            *("Workstream lead PA1", True, 2, 1),
        ),
        ("R2", "A school closes", 4, "Moderate", 6, "new", "Workstream lead PA1", True, 0, 0),
    ]


def test_the_log_is_counted_and_its_open_actions_are_told_overdue_first(read):
    counts = read.log_summary
    assert (counts.closed, counts.open, counts.overdue) == (1, 2, 1)
    assert [(row.task, row.owner, row.due_on, row.days_overdue) for row in read.log] == [
        ("Recruit a team", "Board member", dt.date(2024, 9, 6), 4),
        ("Ask the forum", "Board member", dt.date(2024, 9, 20), 0),
    ]


def test_decisions_taken_and_asked_for(read):
    assert [(row.title, row.taken_on, row.taken_by) for row in read.decisions] == [
        ("A second team", dt.date(2024, 9, 4), "Joint chair PA1")
    ]
    assert [(row.question, row.wanted_by, row.days) for row in read.waiting_for_decision] == [
        ("Fund a second team?", dt.date(2024, 9, 30), 6)
    ]


def test_voices_are_those_of_the_quarter(read):
    assert [(row.theme, row.said, row.done, row.actions) for row in read.voices] == [
        ("Waiting", "We wait too long.", "One began in June.", ("PA1.1",))
    ]


def test_measures_answer_three_questions_and_are_drawn_where_they_need_attention(read):
    first, second = read.measures
    assert (first.name, first.latest, first.period, first.expected) == (
        *("New plans in time", "36%", "Aug 2024", "52.3%"),
    )
    assert (first.status_label, first.change, first.target, first.law) == (
        *("Missed", "No change beyond chance", "Will not be met as things are."),
        "64 points still missing",
    )
    assert first.sentence == "36 in 100 new plans are issued in time in August 2024."
    assert first.attention == ("Will not meet its target as things are",)
    assert first.chart.startswith("<svg")
    assert (second.name, second.latest, second.target, second.chart) == (
        *(filled.SECRET_MEASURE, "12%", "", ""),
    )


def test_the_cover_names_the_next_meeting_that_was_planned(world):
    assert read_of(world).cover.meeting == "Board, Tuesday 24 September 2024, 12:00"
    assert read_of(world, Edition.EXECUTIVE).cover.meeting == ""


def test_what_comes_after_the_cut_off_changes_nothing(world, read):
    live_on(world)
    assert world.plan.risks.filter(event=filled.LATER).exists()
    again = read_of(world)
    assert {name for name in NEW_PARTS if getattr(again, name) != getattr(read, name)} == set()
    assert again.cover.meeting == read.cover.meeting


@pytest.mark.parametrize("edition", Edition)
def test_the_same_state_gives_the_same_pack(world, edition):
    taken = [of(world.period(AUGUST), edition=edition, revision=1) for _ in range(2)]
    assert taken[0].sha256 == taken[1].sha256


def words_in(body):
    """The words of a Word document, and of all parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return b" ".join(map(archive.read, archive.namelist())).decode(errors="replace")


def page_of(world, edition, client):
    pack = steps.store_pack(world, AUGUST, on=LATER, edition=edition)
    run = steps.run_of(pack)
    client.force_login(User.objects.get(pk=world.people[Role.EXECUTIVE_CHAIR].pk))
    with filled.at(LATER):
        answer = client.get(run.pack_url)
    assert answer.status_code == 200
    return answer.content.decode()


TEXTS = {"pdf": words_of, "word": words_in, "workbook": words_in, "csv": words_in}


@pytest.mark.parametrize("edition", Edition)
def test_nothing_that_a_reader_may_not_see_is_in_any_format(world, edition, client):
    read = read_of(world, edition)
    texts = {kind: said(FORMATS[kind].made_of(read)) for kind, said in TEXTS.items()}
    texts |= {"content": str(content.to_json(read)), "page": page_of(world, edition, client)}
    never = [*NEVER, *([filled.SECRET_MEASURE] if edition == Edition.FAMILIES else [])]
    assert [
        (kind, words)
        for kind, text in texts.items()
        for words in never
        if words in text or squeezed(words) in text
    ] == []
    for words in ("New plans in time", "We wait too long."):
        told = {kind for kind, text in texts.items() if words in text or squeezed(words) in text}
        assert told == set(texts)


def test_families_are_told_of_voices_and_their_measures_alone(world):
    read = read_of(world, Edition.FAMILIES)
    assert [row.name for row in read.measures] == ["New plans in time"]
    assert read.measures[0].chart
    assert [row.theme for row in read.voices] == ["Waiting"]
    assert (read.risks, read.log, read.log_summary, read.decisions) == ((), (), None, ())
    assert read.waiting_for_decision == ()


def test_the_families_content_was_not_read_with_more(world):
    """It is built without what boards keep, not only stripped of it."""
    period = world.period(AUGUST)
    built = build(period.plan, period, edition=Edition.FAMILIES, revision=1, reason="")
    assert (built.risks, built.log, built.decisions, len(built.measures)) == ((), (), (), 1)


def test_the_parts_stand_in_their_order(world, read):
    assert [words for words in headings_of(read) if words in PARTS] == list(PARTS)
    titles = [section.title for section in render.page(read).contents]
    assert [words for words in titles if words in PARTS] == list(PARTS)
    families = headings_of(read_of(world, Edition.FAMILIES))
    assert families[-3:] == ["What the numbers say", "You said, we did", "Key and glossary"]


PARTS = (
    *("Summary", "Decisions", "Workstreams", "Measures", "Risks", "Action log"),
    "You said, we did",
)


def test_what_is_empty_is_left_out_and_not_spoken_of(packable):
    read = read_of(packable)
    assert {name for name in NEW_PARTS if getattr(read, name)} == set()
    assert read.cover.meeting == ""
    new = {"Decisions", "Measures", "Risks", "Action log", "You said, we did"}
    assert new.isdisjoint(headings_of(read))
    page = render.page(read)
    assert new.isdisjoint({section.title for section in page.contents} | set(page.empty))


def test_a_pack_from_before_these_parts_reads_and_is_laid_out(world):
    stored = copy.deepcopy(of(world.period(AUGUST), edition=Edition.BOARD, revision=1).stored)
    for name in NEW_PARTS:
        del stored[name]
    read = content.from_json(stored)
    assert {name for name in NEW_PARTS if getattr(read, name)} == set()
    assert "Risks" not in headings_of(read)
    assert faults_of(FORMATS["pdf"].made_of(read)) == []


@pytest.mark.parametrize("edition", Edition)
def test_the_pdf_keeps_the_rules_and_says_it_all(world, edition):
    read = read_of(world, edition)
    body = FORMATS["pdf"].made_of(read)
    assert faults_of(body) == []
    said = words_of(body)
    wanted = [text for entry in read.voices for text in (entry.said, entry.will_do, entry.done)]
    wanted += [text for entry in read.measures for text in (entry.sentence, entry.promise)]
    wanted += [text for entry in read.risks for text in (entry.event, entry.cause, entry.effect)]
    wanted += [text for entry in read.log for text in (entry.task, entry.owner)]
    wanted += [entry.decided for entry in read.decisions]
    wanted += [entry.question for entry in read.waiting_for_decision]
    # Families read a sentence; others the promise, and the sentence beside the chart.
    missing = {text for text in wanted if squeezed(text) not in said}
    assert missing <= {entry.sentence for entry in read.measures if not entry.chart}


def test_the_cover_of_the_pdf_names_the_meeting(read):
    first, *_ = pages_of(FORMATS["pdf"].made_of(read))
    assert "Meeting Board, Tuesday 24 September 2024, 12:00" in first


def test_every_chart_is_told_in_words(read):
    charts = [each for each in all_blocks(document_of(read).blocks) if isinstance(each, Chart)]
    (chart,) = [each for each in charts if each.title.startswith("New plans in time")]
    assert chart.description.startswith("36 in 100 new plans are issued in time")
    assert chart.sentence.startswith("Will not meet its target as things are.")
    assert 'id="measure-in-time' in chart.svg


def test_a_chart_is_a_picture_in_the_word_document(read):
    with_chart = Document(io.BytesIO(FORMATS["word"].made_of(read)))
    bare = dataclasses.replace(
        read, measures=tuple(dataclasses.replace(row, chart="") for row in read.measures)
    )
    without = Document(io.BytesIO(FORMATS["word"].made_of(bare)))
    assert len(with_chart.inline_shapes) == len(without.inline_shapes) + 1


def test_the_office_moves_the_new_parts_but_not_those_of_families(read):
    movable = arranging.movable_in(Edition.BOARD)
    assert movable[-4:] == ("measures", "risks", "log", "voices")
    assert arranging.movable_in(Edition.FAMILIES) == ()
    assert arranging.leavable_in(Edition.FAMILIES) == ("glossary",)
    order = ("risks", "log", "measures", "voices", *movable[:-4])
    moved = headings_of(arranging.arranged(read, foreword=None, order=order, left_out=()))
    assert moved.index("Risks") < moved.index("Action log") < moved.index("Workstreams")


def test_a_stored_pack_opens_with_its_new_parts(world):
    pack = steps.store_pack(world, AUGUST, on=LATER)
    assert opened(pack) == content.from_json(pack.content)
    assert len(opened(pack).risks) == 2


def test_a_pack_takes_the_same_queries_with_more_of_all(world):
    def queries():
        period = ReportingPeriod.objects.select_related("plan__partnership").get(
            plan=world.plan, month=AUGUST
        )
        with CaptureQueriesContext(connection) as captured:
            of(period, edition=Edition.BOARD, revision=1)
        return sum(query["sql"].lstrip().startswith("SELECT") for query in captured)

    before = queries()
    for number in range(3):
        make_risks.raised(world, event=f"Risk {number}")
        row = make.measure(world, f"more-{number}", name=f"More {number}")
        make.define(world, row, numerator="", denominator="")
        make.enter(world, row, make.months("2024-06", [40, 41]))
        board = world.plan.groups.get(key="board")
        meetings.meeting(board, on=dt.date(2024, 10, number + 1))
    assert queries() == before
    assert len(read_of(world).risks) == 5

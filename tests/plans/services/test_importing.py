"""The import: what it stores, that it is all or nothing, and that nothing changes without a reason."""

import datetime as dt
import queue
import threading

import pytest
from django.db import IntegrityError, connection, transaction

from hertsend.accounts.models import Partnership, Post, User
from hertsend.accounts.roles import Role
from hertsend.errors import Conflict, NotAllowed, RuleBroken
from plans.models import (
    Action,
    Area,
    GlossaryTerm,
    Judgement,
    Milestone,
    MilestoneLead,
    Plan,
    PlanSection,
)
from plans.planfile.rows import Kind
from plans.planfile.stored import document_in_database
from plans.services import exceptions, importing, judgements
from tests.factories import models as make
from tests.factories.world import at
from tests.plans.planfile.documents import milestone, real, small

MODELS = (Partnership, Plan, Post, Area, Action, Milestone, GlossaryTerm, PlanSection, Judgement)
DAY = dt.date(2024, 9, 3)


pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _clock():
    with at(DAY):
        yield


def take(document, *, by=None, correction=""):
    """Import as the system does."""
    return importing.import_plan(
        document=document, by=by or User.objects.system(), correction=correction
    )


def stored() -> dict:
    """The document that the database holds."""
    return document_in_database(Plan.objects.select_related("partnership").get())


def entries() -> int:
    """How many history entries there are."""
    models = [*MODELS, MilestoneLead]
    return sum(model.history.count() for model in models)


@pytest.mark.parametrize(
    "document", [small(), pytest.param(real(), marks=pytest.mark.slow)], ids=["small", "real"]
)
def test_the_database_gives_the_document_back(document):
    take(document)
    assert stored() == document


def test_each_row_has_who_when_and_why():
    take(small())
    assert {model.__name__: model.objects.count() for model in MODELS} == {
        "Partnership": 1,
        "Plan": 1,
        "Post": 2,
        "Area": 2,
        "Action": 2,
        "Milestone": 3,
        "GlossaryTerm": 2,
        "PlanSection": 13,
        "Judgement": 6,
    }
    for model in (*MODELS, MilestoneLead):
        for row in model.objects.all():
            [entry] = row.history.all()
            assert entry.history_user == User.objects.system()
            assert entry.history_change_reason == "Imported from the plan file"
            assert entry.history_date.date() == DAY


def test_a_milestone_is_stored_with_its_window_and_leads_in_order():
    take(small())
    row = Milestone.objects.get(key="PA1.1-2")
    assert (row.due_on, row.precision, row.kind) == (None, "ongoing", "impact_review")
    assert (row.window_from, row.window_to, row.window_text) == (
        dt.date(2024, 9, 1),
        None,
        "from September",
    )
    assert (row.stage, row.rating, row.version) == ("not_started", "", 0)
    first = Milestone.objects.get(key="PA1.1-1")
    assert [one.post.key for one in first.milestone_leads.all()] == ["nurse", "director"]


def test_importing_the_same_document_again_writes_nothing():
    take(small())
    before = entries()
    assert take(small(), correction="Not needed").is_empty
    assert entries() == before


def test_a_second_plan_shares_partnership_and_posts():
    take(small())
    before = entries()
    second = small()
    second["plan"]["slug"] = "barset-2026"
    differences = take(second)
    assert Partnership.objects.count() == 1
    assert Post.objects.count() == 2
    assert differences.created[Kind.PARTNERSHIP] == differences.created[Kind.POST] == ()
    assert document_in_database(Plan.objects.get(slug="barset-2026")) == second
    assert document_in_database(Plan.objects.get(slug="barset-2024")) == small()
    assert entries() > before


def test_the_plan_of_another_partnership_is_refused():
    take(small())
    other = small()
    other["partnership"]["key"] = other["plan"]["partnership"] = "elsewhere"
    with pytest.raises(RuleBroken, match="belongs to the partnership “barset”"):
        take(other, correction="A reason")
    assert Partnership.objects.count() == 1


@pytest.mark.parametrize(
    ("values", "fields"),
    [
        ({"text": "Agree the new terms."}, "text"),
        ({"due_text": "31st January 24"}, "due_text"),
        ({"due_on": "2024-02-29"}, "due_on"),
        ({"due_on": None, "precision": "month"}, "precision, due_on"),
        ({"kind": "impact_review"}, "kind"),
    ],
)
def test_published_dates_and_wording_change_only_with_a_reason(values, fields):
    take(small())
    document = small()
    milestone(document).update(values)
    before = entries()
    with pytest.raises(RuleBroken) as refused:
        take(document, correction="  ")
    assert refused.value.errors == {
        "correction": [
            f"Give a reason for changing published dates or wording of PA1.1-1 ({fields})."
        ]
    }
    assert entries() == before
    assert stored() == small()

    take(document, correction=" A misprint, minutes of May. ")
    assert stored() == document
    entry = Milestone.objects.get(key="PA1.1-1").history.latest()
    assert entry.history_change_reason == "Correction: A misprint, minutes of May."
    assert entry.history_user == User.objects.system()
    assert entries() == before + 1


def test_what_is_not_published_wording_changes_without_a_reason():
    take(small())
    document = small()
    document["areas"][0]["short_name"] = "Leaders"
    document["groups"][1]["chairs"] = [{"post": "Head"}]
    before = entries()
    take(document)
    assert stored() == document
    assert entries() == before + 2
    assert Area.objects.get(key="PA1").history.latest().history_change_reason == (
        "Imported from the plan file"
    )


def test_other_leads_and_areas_are_named_in_the_history():
    take(small())
    document = small()
    milestone(document)["leads"] = ["director"]
    document["actions"][0]["leads"] = ["director"]
    document["areas"][0]["accountable"] = ["nurse", "director"]
    document["actions"][0]["areas"] = ["PA1", "AI1"]
    take(document)
    assert stored() == document
    reasons = [
        row.history.latest().history_change_reason
        for row in (
            Milestone.objects.get(key="PA1.1-1"),
            Area.objects.get(key="PA1"),
            Action.objects.get(key="PA1.1"),
        )
    ]
    assert reasons == [
        "Imported from the plan file. leads: nurse, director → director",
        "Imported from the plan file. accountable: director, nurse → nurse, director",
        "Imported from the plan file. areas: PA1 → PA1, AI1",
    ]
    gone = MilestoneLead.history.filter(history_type="-").get()
    assert (gone.post.key, gone.history_user) == ("nurse", User.objects.system())
    assert gone.history_change_reason == "Imported from the plan file"
    assert gone.history_date.date() == DAY


def test_an_action_moves_to_another_workstream_and_a_lead_goes():
    take(small())
    document = small()
    action = document["actions"][0]
    action.update(workstream="AI1", leads=["nurse", "director"])
    milestone(document)["leads"] = ["nurse"]
    before = entries()
    take(document)
    assert stored() == document
    # The action, the milestone and the lead that went; the lead that stays has no new entry.
    assert entries() == before + 3


def test_what_the_document_no_longer_has_stays():
    take(small())
    document = small()
    del document["actions"][1], document["groups"][1], document["glossary"][0]
    before = entries()
    differences = take(document)
    assert differences.missing == (
        (Kind.ACTION, "AI1.1"),
        (Kind.MILESTONE, "AI1.1-1"),
        (Kind.GLOSSARY_TERM, "SEND"),
        (Kind.SECTION, "groups.health"),
    )
    assert Milestone.objects.filter(key="AI1.1-1").exists()
    kept = small()
    kept["glossary"].reverse()
    assert stored() == kept
    # Both terms of the glossary moved; nothing else was written.
    assert entries() == before + 2
    assert take(document).is_empty


def test_progress_is_not_touched_by_a_correction():
    take(small())
    row = Milestone.objects.get(key="PA1.1-1")
    row.stage, row.rating, row.forecast_on, row.version = "in_progress", "red", DAY, 3
    row.save()
    document = small()
    milestone(document)["due_on"] = "2024-02-29"
    take(document, correction="A misprint")
    row.refresh_from_db()
    assert (row.due_on, row.stage, row.rating, row.forecast_on, row.version) == (
        dt.date(2024, 2, 29),
        "in_progress",
        "red",
        DAY,
        3,
    )


def test_an_overdue_spell_ends_with_the_date_that_was_wrong():
    take(small())
    plan, system = Plan.objects.get(), User.objects.system()
    [spell] = exceptions.flag_overdue(plan=plan, on=DAY, by=system)
    document = small()
    milestone(document)["due_on"] = "2024-02-29"
    take(document, correction="A misprint, still past")
    spell.refresh_from_db()
    assert spell.closed_at is None
    milestone(document)["due_on"] = "2025-01-31"
    take(document, correction="A misprint")
    spell.refresh_from_db()
    assert spell.closed_at is not None


def test_when_a_later_row_is_refused_the_earlier_ones_are_gone():
    """The reader lets no such document through; the database has the last word."""
    document = small()
    milestone(document, "PA1.1-2")["due_on"] = "2024-09-01"
    with pytest.raises(IntegrityError, match="milestone_day_only_where_the_plan_gives_one"):
        take(document)
    assert [model.objects.count() for model in MODELS] == [0] * len(MODELS)
    assert entries() == 0

    take(small())
    before = entries()
    document["areas"][0]["short_name"] = "Leaders"
    with pytest.raises(IntegrityError, match="milestone_day_only_where_the_plan_gives_one"):
        take(document, correction="A misprint")
    assert stored() == small()
    assert entries() == before


def test_a_judgement_keeps_its_decision_until_its_text_changes():
    take(small())
    plan = Plan.objects.select_related("partnership").get()
    officer = make.UserFactory()
    make.RoleAssignmentFactory(
        user=officer, partnership=plan.partnership, role=Role.PROGRAMME_OFFICE
    )
    for row in Judgement.objects.all():
        judgements.confirm(judgement=row, comment="Agreed.", by=officer)
    document = small()
    milestone(document, "PA1.1-2")["note"] = "A start is not a deadline."
    document["notes"].insert(0, {"key": "new", "about": "leads", "text": "One post, two words."})
    take(document)
    assert dict(Judgement.objects.values_list("origin", "state")) == {
        "notes.new": "open",
        "notes.cover": "confirmed",
        "notes.row": "confirmed",
        "groups.board": "confirmed",
        "indicators.waits": "confirmed",
        "PA1.1": "confirmed",
        "PA1.1-2": "open",
    }
    reopened = Judgement.objects.get(origin="PA1.1-2")
    assert (reopened.comment, reopened.decided_by, reopened.decided_at) == ("", None, None)
    assert [entry.state for entry in reopened.history.all()] == ["open", "confirmed", "open"]


@pytest.mark.parametrize("role", set(Role) - {Role.PROGRAMME_OFFICE})
def test_only_the_programme_office_may_import(role):
    take(small())
    person = make.UserFactory()
    scope = {Role.WORKSTREAM_LEAD: "PA1", Role.JOINT_CHAIR: "PA1"}.get(role, "")
    partnership = Partnership.objects.get()
    make.RoleAssignmentFactory(user=person, partnership=partnership, role=role, scope_key=scope)
    document = small()
    document["areas"][0]["short_name"] = "Leaders"
    with pytest.raises(NotAllowed):
        take(document, by=person)
    assert stored() == small()


def test_the_programme_office_imports_in_its_own_partnership_only():
    take(small())
    person = make.UserFactory()
    make.RoleAssignmentFactory(
        user=person, partnership=Partnership.objects.get(), role=Role.PROGRAMME_OFFICE
    )
    document = small()
    document["areas"][0]["short_name"] = "Leaders"
    take(document, by=person)
    assert Area.objects.get(key="PA1").history.latest().history_user == person
    other = small()
    other["partnership"]["key"] = other["plan"]["partnership"] = "elsewhere"
    other["plan"]["slug"] = "elsewhere-2024"
    with pytest.raises(NotAllowed):
        take(other, by=person)
    assert Plan.objects.count() == 1


WAITING = "SELECT count(*) FROM pg_locks WHERE NOT granted AND pid = %s"


@pytest.mark.services
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time")
@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_first_imports_at_once_is_told():
    """It waits for the first, which is not yet stored when it looks, and then finds it there."""
    refused: list[Conflict] = []
    processes: queue.Queue[int] = queue.Queue()
    system = User.objects.system()

    def second():
        try:
            connection.ensure_connection()
            processes.put(connection.connection.info.backend_pid)
            with at(DAY):
                take(small(), by=system)
        except Conflict as error:
            refused.append(error)
        finally:
            connection.close()

    other = threading.Thread(target=second)
    with transaction.atomic():
        take(small(), by=system)
        other.start()
        process, waiting = processes.get(timeout=30), 0
        with connection.cursor() as cursor:
            while other.is_alive() and not waiting:
                cursor.execute(WAITING, [process])
                [waiting] = cursor.fetchone()
    other.join()
    assert [str(error) for error in refused] == [
        "Someone else is importing this plan. Import it again."
    ]
    assert stored() == small()
    assert take(small(), by=system).is_empty

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError

from hertsend.jobs.enums import JobState, MessageState
from hertsend.jobs.models import Job, Message

NOON = dt.datetime(2024, 10, 15, 12, tzinfo=dt.UTC)
pytestmark = pytest.mark.django_db


def add_job(**values):
    return Job.objects.create(**({"kind": "tests.note", "key": "1", "created_at": NOON} | values))


def add_message(person, **values):
    standard = {
        "kind": "tests.digest",
        "key": "1",
        "recipient": person,
        "day": dt.date(2024, 10, 15),
        "header_message_id": "<1@example.com>",
        "planned_at": NOON,
    }
    return Message.objects.create(**(standard | values))


UNIQUE_ON_SQLITE = {
    "job_once_per_kind_and_key": "jobs_job.kind, jobs_job.key",
    "message_once_per_kind_and_key": "jobs_message.kind, jobs_message.key",
    "header_message_id": "jobs_message.header_message_id",
}


def refuses(add, *arguments, constraint, **values):
    """Whether the database refuses the row by this rule; of a unique one SQLite names columns."""
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        add(*arguments, **values)
    words = str(refusal.value)
    return constraint in words or UNIQUE_ON_SQLITE.get(constraint, constraint) in words


JOB_TIMES = {JobState.DONE: {"finished_at": NOON}, JobState.RUNNING: {"claimed_at": NOON}}
HANDED_OVER = {"sending_at": NOON}
MESSAGE_TIMES = {
    MessageState.SENDING: HANDED_OVER,
    MessageState.UNKNOWN: HANDED_OVER,
    MessageState.SENT: HANDED_OVER | {"sent_at": NOON},
}


@pytest.mark.parametrize("state", JobState)
def test_a_job_has_the_times_of_its_state_and_no_others(state):
    times = JOB_TIMES.get(state, {})
    add_job(key="right", state=state, **times)
    wrong_claim = {} if "claimed_at" in times else {"claimed_at": NOON}
    wrong_finish = {} if "finished_at" in times else {"finished_at": NOON}
    others = {name: value for name, value in times.items() if name != "claimed_at"} | wrong_claim
    assert refuses(add_job, constraint="job_running_iff_claimed_at", key="2", state=state, **others)
    others = {name: value for name, value in times.items() if name != "finished_at"} | wrong_finish
    assert refuses(add_job, constraint="job_done_iff_finished_at", key="3", state=state, **others)


@pytest.mark.parametrize("state", MessageState)
def test_a_message_has_the_times_of_its_state_and_no_others(person, state):
    times = MESSAGE_TIMES.get(state, {})
    message = add_message(person, key="right", state=state, **times)
    message.delete()
    for name, constraint in [
        ("sending_at", "message_handed_over_iff_sending_at"),
        ("sent_at", "message_sent_iff_sent_at"),
    ]:
        wrong = {other: value for other, value in times.items() if other != name}
        wrong |= {} if name in times else {name: NOON}
        assert refuses(add_message, person, constraint=constraint, state=state, **wrong)


def test_a_kind_and_key_have_one_job():
    add_job()
    add_job(key="2")
    add_job(kind="tests.other")
    assert refuses(add_job, constraint="job_once_per_kind_and_key")


def test_a_kind_and_key_have_one_message(person):
    add_message(person)
    add_message(person, key="2", header_message_id="<2@example.com>")
    assert refuses(
        add_message,
        person,
        constraint="message_once_per_kind_and_key",
        header_message_id="<3@example.com>",
    )


def test_a_message_id_belongs_to_one_message(person):
    add_message(person)
    assert refuses(add_message, person, constraint="header_message_id", key="2")


@pytest.mark.parametrize("missing", ["kind", "key"])
def test_kind_and_key_are_given(person, missing):
    assert refuses(add_job, constraint="job_kind_and_key_given", **{missing: ""})
    assert refuses(add_message, person, constraint="message_kind_and_key_given", **{missing: ""})


def test_states_are_known(person):
    assert refuses(add_job, constraint="job_state_known", state="odd")
    assert refuses(add_message, person, constraint="message_state_known", state="odd")


def test_a_person_with_messages_is_not_deleted(person):
    add_message(person)
    with pytest.raises(ProtectedError):
        person.delete()


def test_rows_are_named_by_kind_and_key(person):
    assert str(add_job(key="2024-10-15")) == "tests.note 2024-10-15"
    assert str(add_message(person, key="7:2024-10-15")) == "tests.digest 7:2024-10-15"


def test_no_column_could_hold_the_words_of_an_email():
    columns = {field.name for field in Message._meta.concrete_fields}
    assert columns == {
        "id",
        "kind",
        "key",
        "recipient",
        "day",
        "state",
        "header_message_id",
        "attempts",
        "not_before",
        "planned_at",
        "woken_at",
        "sending_at",
        "sent_at",
        "error",
    }

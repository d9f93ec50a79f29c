"""The page on background work: who sees which of it, and putting back what was given up."""

import datetime as dt

import pytest
from django.urls import reverse

from hertsend.accounts.roles import Role
from hertsend.jobs import registry
from hertsend.jobs.enums import JobState, MessageState
from hertsend.jobs.models import Job, Message
from hertsend.pages import background
from tests.factories.world import World, at

NOON = dt.datetime(2024, 10, 15, 12, tzinfo=dt.UTC)
ON = NOON.date()
CARETAKERS = [Role.ADMINISTRATOR, Role.PROGRAMME_OFFICE]
OTHERS = [role for role in Role if role not in CARETAKERS]
URL = "/jobs/"


def add_job(world: World, key: str = "2024-10-15", **values) -> Job:
    standard = {"kind": "plans.nightly", "created_at": NOON, "key": f"{world.plan.slug}:{key}"}
    return Job.objects.create(**(standard | values))


def add_message(person, key: str = "1", **values) -> Message:
    standard = {
        "kind": "matters.digest",
        "key": f"{person.pk}:{key}",
        "recipient": person,
        "day": ON,
        "header_message_id": f"<{person.pk}.{key}@example.org>",
        "planned_at": NOON,
    }
    return Message.objects.create(**(standard | values))


PARKED = {"state": JobState.PARKED, "attempts": 3, "error": "ValueError"}
UNKNOWN = {"state": MessageState.UNKNOWN, "sending_at": NOON, "error": "TimeoutError"}


def test_the_address_is_that_of_the_name():
    assert reverse("pages:jobs") == URL


@pytest.mark.parametrize("role", CARETAKERS)
def test_who_looks_after_the_site_sees_what_ran_and_what_did_not(world, as_role, role):
    lead = world.people[Role.WORKSTREAM_LEAD]
    add_job(world, state=JobState.DONE, finished_at=NOON)
    add_job(world, "2024-10-16", **PARKED)
    add_message(lead, **UNKNOWN)
    with at(ON):
        page = as_role(role).get(URL).content.decode()
    words = " ".join(page.split())
    assert "Something needs a person." in words
    assert f"{world.plan.slug}:2024-10-16" in words
    assert f'<td data-label="To">{lead.name}</td>' in words
    assert "15 October 2024 at 13:00" in words
    assert lead.email not in page
    assert [page.count("Try again<span"), page.count("Send again<span")] == [1, 1]


@pytest.mark.parametrize("role", CARETAKERS)
def test_nothing_in_trouble_is_said_so(world, as_role, role):
    add_job(world)
    with at(ON):
        page = as_role(role).get(URL).content.decode()
    assert "Nothing needs a person." in page
    assert "Try again<span" not in page


@pytest.mark.parametrize("role", OTHERS)
def test_nobody_else_sees_it_or_puts_anything_back(world, as_role, role):
    job = add_job(world, **PARKED)
    client = as_role(role)
    with at(ON):
        answers = [client.get(URL), client.post(URL, {"job": job.pk})]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert background.FOR_CARETAKERS in answers[0].content.decode()
    job.refresh_from_db()
    assert job.state == JobState.PARKED


@pytest.mark.parametrize("role", CARETAKERS)
def test_work_of_another_partnership_is_neither_listed_nor_counted_nor_put_back(
    world, as_role, role
):
    foreign, client = world.foreign, as_role(role)

    def page() -> background.Background:
        with at(ON):
            return client.get(URL).context["background"]

    before = page()
    job = add_job(foreign, **PARKED)
    message = add_message(foreign.people[Role.WORKSTREAM_LEAD], **UNKNOWN)
    add_job(foreign, "2024-10-16", state=JobState.DONE, finished_at=NOON)
    namesake = f"{world.plan.slug}0:2024-10-15"
    Job.objects.create(kind="plans.nightly", key=namesake, created_at=NOON, **PARKED)
    assert page() == before
    with at(ON):
        answers = [
            client.post(URL, {"job": job.pk}).status_code,
            client.post(URL, {"message": message.pk}).status_code,
        ]
    assert answers == [404, 404]
    assert set(Job.objects.values_list("state", flat=True)) == {"parked", "done"}


def test_what_was_given_up_is_put_back_once(world, as_role):
    job, message = (
        add_job(world, **PARKED),
        add_message(world.people[Role.WORKSTREAM_LEAD], **UNKNOWN),
    )
    client = as_role(Role.PROGRAMME_OFFICE)
    said = []
    for body in ({"job": job.pk}, {"message": message.pk}, {"job": job.pk}):
        with at(ON):
            answer = client.post(URL, body, follow=True)
        assert answer.redirect_chain == [(URL, 302)]
        said += [each.level_tag for each in answer.context["messages"]]
    assert said == ["success", "success", "warning"]
    job.refresh_from_db()
    message.refresh_from_db()
    assert (job.state, job.attempts) == (JobState.QUEUED, 0)
    assert (message.state, message.sending_at) == (MessageState.PLANNED, None)


@pytest.mark.parametrize(
    "body", [{}, {"job": ""}, {"job": "x"}, {"job": "9" * 40}, {"job": "0"}, {"message": "²"}]
)
def test_a_body_that_names_nothing_is_answered_as_not_found(world, as_role, body):
    with at(ON):
        assert as_role(Role.ADMINISTRATOR).post(URL, body).status_code == 404


def test_other_methods_are_not_offered(world, as_role):
    with at(ON):
        assert as_role(Role.ADMINISTRATOR).put(URL).status_code == 405


def test_every_kind_of_work_has_words_for_people():
    registered = {*registry.handler_kinds(), *registry.renderer_kinds()}
    assert {kind for kind in registered if not kind.startswith("tests.")} == set(
        background.KIND_WORDS
    )


def test_the_number_of_queries_does_not_grow_with_the_rows(
    world, as_role, django_assert_max_num_queries
):
    client = as_role(Role.PROGRAMME_OFFICE)
    lead = world.people[Role.WORKSTREAM_LEAD]

    def count() -> int:
        with at(ON), django_assert_max_num_queries(60) as queries:
            assert client.get(URL).status_code == 200
        return len(queries)

    add_job(world, "1", **PARKED)
    add_message(lead, "1", **UNKNOWN)
    one = count()
    for number in ("2", "3"):
        add_job(world, number, **PARKED)
        add_message(world.other_lead, number, **UNKNOWN)
    assert count() == one

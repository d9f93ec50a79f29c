"""My return: one page without script, on which nothing that was typed is lost."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.test import Client

from governance.models import Return
from hertsend.accounts.roles import Role
from hertsend.ui import typed
from plans.models import MilestoneUpdate, NothingToReport, UpdateDraft
from plans.policies import UpdateWords
from tests.factories import models as make
from tests.factories.shared import built_world, world
from tests.factories.world import TODAY, at
from tests.governance import steps
from tests.governance.forms_of_pages import form_of
from tests.governance.returning import LEAD, OFFICE, Desk

__all__ = ["built_world", "world"]

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TYPED = {"rating": "green", "what_happened": "Three schools answered."}


@pytest.fixture(autouse=True)
def _clock():
    with at(TODAY):
        yield


def browser(person):
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


@pytest.fixture
def lead(world):
    return browser(world.people[LEAD])


@pytest.fixture
def office(world):
    return browser(world.people[OFFICE])


def address(world, *parts, stream="PA1"):
    return "/".join(["/plans", world.plan.slug, "returns/2024-08", quote(stream), *parts, ""])


def text_of(response):
    html = response.content.decode()
    return html[html.index("<main") :]


def fill(client, world, key="PA1.1-1", **typed):
    """Open a row, type into it, and press its button."""
    page = client.get(address(world) + f"?open={key}")
    where, values = form_of(page, f"rows/{key}/")
    return client.post(where, values | typed)


def test_it_begins_at_the_row_that_presses_most(world, lead):
    page = lead.get(address(world))
    assert "<strong>0 of 2 ready.</strong>" in " ".join(text_of(page).split())
    _, values = form_of(page, "rows/PA1.1-1/")
    opened = (values["base_version"], values["milestone_version"], values["stage"])
    assert opened == ("0", "0", "not_started")
    assert "rows/PA1.1-2/" not in text_of(page)
    assert "?open=PA1.1-2#" in text_of(page)


def test_last_months_words_stand_beside_this_months_fields(world, lead):
    steps.report(
        world,
        "PA1.1-1",
        month=steps.SEPTEMBER,
        moment=dt.datetime(2024, 9, 2, 9, tzinfo=dt.UTC),
        what_happened="Said for September.",
    )
    assert "Said for September." not in text_of(lead.get(address(world)))
    september = address(world).replace("2024-08", "2024-09")
    with at(dt.date(2024, 9, 2)):
        world.update("PA1.1-1", what_happened="Said for August.")
    page = text_of(lead.get(september + "?open=PA1.1-1"))
    assert "Written for August 2024" in page
    assert "Said for August." in page


def test_an_incomplete_row_is_kept_and_comes_back_opened(world, lead):
    answer = fill(lead, world, what_happened="Three schools answered.")
    row = UpdateDraft.objects.get()
    pk = row.milestone_id
    assert answer.headers["Location"] == address(world) + f"?open=PA1.1-1#row{pk}"
    page = lead.get(answer.headers["Location"])
    _, values = form_of(page, "rows/PA1.1-1/")
    assert values["what_happened"] == "Three schools answered."
    assert values["base_version"] == "1"
    assert "1 thing missing" in text_of(page)
    assert "govuk-error-message" not in text_of(page)


def test_only_a_field_that_was_judged_is_marked(world, lead):
    fill(
        lead,
        world,
        **TYPED,
        forecast_on_day="31",
        forecast_on_month="10",
        forecast_on_year="2024",
    )
    page = text_of(lead.get(address(world)))
    assert "Say why you rate this Green: the dates allow Amber at best." in page
    assert page.count('class="govuk-error-message"') == 1


def test_a_date_that_is_none_is_told_and_every_word_is_still_there(world, lead):
    answer = fill(lead, world, **TYPED, forecast_on_day="31", forecast_on_month="2")
    assert "Forecast date must include a year" in text_of(answer)
    _, values = form_of(answer, "rows/PA1.1-1/")
    assert values["what_happened"] == "Three schools answered."
    assert (values["forecast_on_day"], values["forecast_on_month"]) == ("31", "2")
    assert not UpdateDraft.objects.exists()


def test_saving_and_going_on_leads_to_the_next_row(world, lead):
    page = lead.get(address(world))
    where, values = form_of(page, "rows/PA1.1-1/")
    answer = lead.post(where, values | {"stage": "in_progress", **TYPED, "then": "next"})
    assert "?open=PA1.1-2#" in answer.headers["Location"]


def complete(client, world, *keys):
    for key in keys or ("PA1.1-1", "PA1.1-2"):
        fill(client, world, key, stage="in_progress", **TYPED)


def test_submitting_turns_all_rows_into_updates(world, lead):
    complete(lead, world)
    where, values = form_of(lead.get(address(world)), "submit/")
    answer = lead.post(where, values)
    assert answer.headers["Location"] == address(world)
    assert MilestoneUpdate.objects.count() == 2
    page = text_of(lead.get(address(world)))
    assert "The August 2024 return is submitted." in page
    assert "Submitted on 3 September 2024 at 12:00." in page
    assert "You can change it until the end of 9 September 2024, when the month is frozen." in page
    assert lead.post(where, values).status_code == 302
    assert MilestoneUpdate.objects.count() == 2


def test_every_gap_is_listed_by_milestone_with_a_link_to_its_field(world, lead):
    fill(lead, world, what_happened="Three schools answered.")
    where, values = form_of(lead.get(address(world)), "submit/")
    page = text_of(lead.post(where, values))
    first, second = (world.milestone(key).pk for key in ("PA1.1-1", "PA1.1-2"))
    for href, words in (
        (f"#row{first}_rating_0", "PA1.1-1: Select how confident you are"),
        (f"#row{second}_rating_0", "PA1.1-2: Select how confident you are"),
        (f"#row{second}_what_happened", "PA1.1-2: Enter what happened this month."),
    ):
        assert f'<a href="{href}">{words}' in page
        assert f'id="{href[1:]}"' in page
    assert "Three schools answered." in page
    assert not MilestoneUpdate.objects.exists()


def test_what_was_saved_by_somebody_else_meanwhile_is_not_sent_unseen(world, lead, office):
    complete(lead, world)
    where, values = form_of(lead.get(address(world)), "submit/")
    fill(office, world, "PA1.1-1", rating="amber")
    answer = lead.post(where, values)
    assert answer.status_code == 409
    assert "Something changed after you opened this page." in text_of(answer)
    assert not MilestoneUpdate.objects.exists()


class TestTwoInOneRow:
    """The second sees both texts field by field, chooses, and loses nothing."""

    @pytest.fixture
    def both(self, world, lead, office):
        page = office.get(address(world))
        where, values = form_of(page, "rows/PA1.1-1/")
        fill(lead, world, stage="in_progress", **TYPED)
        mine = {"stage": "in_progress", "rating": "green", "what_happened": "My own words."}
        return where, office.post(where, values | mine | {"what_is_next": "More of it."})

    def test_both_texts_stand_side_by_side(self, both):
        _, answer = both
        page = " ".join(text_of(answer).split())
        assert answer.status_code == 409
        assert "Workstream lead PA1 saved it on 3 September 2024 at 12:00." in page
        for words in ("Three schools answered.", "My own words.", "More of it."):
            assert words in page
        assert page.count('Keep">the same') == 6

    def test_the_choice_is_kept_field_by_field(self, both, world, office):
        where, answer = both
        _, values = form_of(answer, "rows/PA1.1-1/")
        choice = {"take_what_happened": "theirs", "take_what_is_next": "mine"}
        assert office.post(where, values | choice).status_code == 302
        draft = UpdateDraft.objects.get()
        assert (draft.what_happened, draft.what_is_next, draft.version) == (
            "Three schools answered.",
            "More of it.",
            2,
        )

    def test_a_field_without_a_choice_is_asked_for_again(self, both, office):
        where, answer = both
        _, values = form_of(answer, "rows/PA1.1-1/")
        again = office.post(where, values | {"take_what_is_next": "mine"})
        assert "Select which text to keep: what happened" in text_of(again)
        assert form_of(again, "rows/PA1.1-1/")[1]["what_happened"] == "My own words."
        assert UpdateDraft.objects.get().version == 1


def test_an_update_by_the_form_stands_beside_a_row_that_was_saved_before(world, lead):
    complete(lead, world, "PA1.1-1")
    world.update("PA1.1-1", by=world.people[OFFICE], what_happened="Said by the office.")
    page = text_of(lead.get(address(world)))
    assert "This changed after the row was saved" in page
    assert "Said by the office." in page
    assert "Three schools answered." in page


def test_a_draft_is_thrown_away(world, lead):
    fill(lead, world, **TYPED)
    where, values = form_of(lead.get(address(world) + "?open=PA1.1-1"), "discard/")
    lead.post(where, values)
    assert not UpdateDraft.objects.get().is_live
    assert "The draft of PA1.1-1 is thrown away." in text_of(lead.get(address(world)))


class TestNothingToReport:
    """A tick for each row that needs no update, saved in one go."""

    @pytest.fixture
    def far(self, world):
        return make.MilestoneFactory(
            action=world.actions["PA1.1"], key="PA1.1-9", due_on=dt.date(2025, 6, 30)
        )

    def test_ticked_sent_and_shown(self, world, lead, far):
        page = lead.get(address(world, "nothing-to-report"))
        assert text_of(page).count('name="milestones"') == 1
        lead.post(address(world, "nothing-to-report"), {"shown": "", "milestones": ["PA1.1-9"]})
        assert UpdateDraft.objects.get().nothing_to_report
        assert "saved, not sent yet" in text_of(lead.get(address(world, "nothing-to-report")))
        complete(lead, world)
        where, values = form_of(lead.get(address(world)), "submit/")
        lead.post(where, values)
        assert NothingToReport.objects.get().milestone == far

    def test_a_tick_that_was_not_shown_is_not_taken_back(self, world, lead, far):
        lead.post(address(world, "nothing-to-report"), {"shown": "", "milestones": ["PA1.1-9"]})
        lead.post(address(world, "nothing-to-report"), {"shown": "", "milestones": []})
        assert UpdateDraft.objects.get().is_live
        lead.post(address(world, "nothing-to-report"), {"shown": "PA1.1-9", "milestones": []})
        assert not UpdateDraft.objects.get().is_live

    def test_one_that_needs_an_update_is_not_offered_and_refused(self, world, lead):
        sent = {"shown": "", "milestones": ["PA1.1-1"]}
        page = text_of(lead.post(address(world, "nothing-to-report"), sent))
        assert "PA1.1-1 is due within 60 days, so it needs an update." in page
        assert not UpdateDraft.objects.exists()


def test_a_frozen_month_shows_what_was_received_and_takes_nothing(world, lead):
    world.update("PA1.1-1", what_happened="Said for August.")
    steps.advance(world, steps.AUGUST_FREEZES)
    page = text_of(lead.get(address(world)))
    assert "This return was not received. August 2024 is frozen." in page
    assert "<form" not in page
    refused = lead.post(
        address(world, "rows", "PA1.1-1"), {"base_version": 0, "milestone_version": 1}
    )
    assert "August 2024 is frozen." in text_of(refused)
    assert not UpdateDraft.objects.exists()


class TestSignedOutMeanwhile:
    """The words come back to who typed them, once they are signed in again; to nobody else."""

    @pytest.fixture
    def ended(self, world, lead):
        """A browser whose session ended while its person typed, and what they had sent."""
        where, values = form_of(lead.get(address(world)), "rows/PA1.1-1/")
        stranger = Client()
        stranger.cookies[typed.AUTHOR] = lead.cookies[typed.AUTHOR].value
        page = stranger.post(where, values | TYPED)
        assert page.status_code == 403
        assert "Three schools answered." in text_of(page)
        assert "the page opens again with your words" in text_of(page)
        return stranger, where

    def test_their_own_words_come_back_unsaved(self, world, ended):
        client, where = ended
        client.force_login(world.people[LEAD], backend=BACKEND)
        page = client.get(where)
        assert "Your words are back." in text_of(page)
        _, values = form_of(page, "rows/PA1.1-1/")
        assert values["what_happened"] == "Three schools answered."
        assert not UpdateDraft.objects.exists()
        assert client.post(where, values).status_code == 302
        assert UpdateDraft.objects.get().what_happened == "Three schools answered."
        assert "Your words are back." not in text_of(client.get(where))

    def test_somebody_else_at_the_same_browser_sees_none_of_them(self, world, ended):
        client, where = ended
        client.force_login(world.people[OFFICE], backend=BACKEND)
        assert "Three schools answered." not in text_of(client.get(where))
        client.force_login(world.people[LEAD], backend=BACKEND)
        assert "Three schools answered." not in text_of(client.get(where))

    def test_a_forged_author_keeps_nothing(self, world, lead):
        where, values = form_of(lead.get(address(world)), "rows/PA1.1-1/")
        client = Client()
        client.cookies[typed.AUTHOR] = f"{world.people[LEAD].pk}:forged"
        client.post(where, values | TYPED)
        assert not client.session.keys()


@pytest.mark.parametrize("role", set(Role) - {LEAD, OFFICE})
def test_nobody_else_opens_it(world, role):
    answer = browser(world.people[role]).get(address(world))
    assert answer.status_code == 403
    assert "Only the leads of this workstream and the programme office" in text_of(answer)


def test_a_lead_opens_no_other_workstream(world, lead):
    assert lead.get(address(world, stream="AI1")).status_code == 403


class TestTheProgrammeOffice:
    """The list of a month, and a decision on exactly what was shown."""

    @pytest.fixture
    def desk(self, world):
        desk = Desk(world)
        desk.save("PA1.1-1")
        desk.save("PA1.1-2", words=UpdateWords("in_progress", "amber", "Held up."))
        return desk

    def list_of(self, client, world):
        page = client.get(f"/plans/{world.plan.slug}/returns/2024-08/")
        return " ".join(text_of(page).split())

    def test_the_list_counts_what_came_and_shows_drafts_to_few(self, world, office, desk):
        page = self.list_of(office, world)
        assert "2 of 2 returns still to come." in page
        assert '<td data-label="Drafted" class="hs-number"><span>2</span></td>' in page
        chair = browser(world.people[Role.EXECUTIVE_CHAIR])
        assert "Drafted" not in self.list_of(chair, world)
        assert "0 of 2" in self.list_of(chair, world)
        desk.submit()
        assert "1 of 2 returns still to come." in self.list_of(chair, world)

    def test_what_came_is_read_and_accepted(self, world, office, desk):
        desk.submit()
        page = office.get(address(world, "check"))
        assert "Held up." in text_of(page)
        where, values = form_of(page, "accept/")
        answer = office.post(where, values)
        assert answer.headers["Location"] == f"/plans/{world.plan.slug}/returns/2024-08/"
        assert Return.objects.get().state == "accepted"

    def test_it_is_sent_back_with_a_comment_that_the_lead_reads_at_home(
        self, world, office, lead, desk
    ):
        desk.submit()
        where, values = form_of(office.get(address(world, "check")), "send-back/")
        without = office.post(where, values)
        assert "Enter what should be put right." in text_of(without)
        office.post(where, values | {"comment": "How many schools?"})
        assert Return.objects.get().state == "sent_back"
        for place in ("/", address(world)):
            assert "How many schools?" in text_of(lead.get(place))

    def test_a_change_in_between_is_told(self, world, office, desk):
        desk.submit()
        where, values = form_of(office.get(address(world, "check")), "send-back/")
        world.update("PA1.1-1", what_happened="Changed.")
        answer = office.post(where, values | {"comment": "How many schools?"})
        assert answer.status_code == 409
        assert form_of(answer, "send-back/")[1]["comment"] == "How many schools?"
        assert Return.objects.get().state == "submitted"

    def test_nobody_decides_what_they_submitted(self, world, office, desk):
        desk.submit(by=world.people[OFFICE])
        where, values = form_of(office.get(address(world, "check")), "accept/")
        answer = office.post(where, values)
        assert answer.status_code == 403
        assert "somebody else in the programme office decides" in text_of(answer)

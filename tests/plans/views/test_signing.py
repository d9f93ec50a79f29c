"""The pages on which chairs decide: the queue, the review, the refusal, and what was signed."""

import datetime as dt
import re

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from hertsend.accounts.roles import Role
from plans import selectors
from plans.models import SignatureRequest, SignatureSheet
from plans.services import action_sign_off, milestones
from tests.factories import evidence
from tests.factories import models as make
from tests.factories.world import TODAY, at
from tests.plans.services.test_action_sign_off import finish, ready
from tests.plans.services.test_evidence import add, received

KEY = "PA1.1-1"


@pytest.fixture(autouse=True)
def _today():
    with at(TODAY):
        yield


@pytest.fixture
def chair(world, as_role):
    return as_role(Role.JOINT_CHAIR)


def page_of(world, name, *args) -> str:
    return reverse(f"plans:{name}", args=[world.plan.slug, *args])


def words(response) -> str:
    """The text of a page."""
    text = re.sub(r"<(script|style).*?</\1>", " ", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


class TestReview:
    def test_the_frame_holds_every_word_of_the_sheet(self, world, chair):
        world.update(what_happened="Two sessions.")
        world.propose(words="All sessions were held.")
        page = chair.get(page_of(world, "milestone-sign-off", KEY))
        shown = words(page)
        sheet = page.context["sheet"]
        for line in (*sheet.lines, *sheet.closing):
            assert line.label in shown
            assert line.text in shown
        for piece in sheet.evidence:
            assert piece.title in shown
            assert piece.source in shown
        assert page.context["form"]["fingerprint"].value() == sheet.fingerprint
        assert sheet.fingerprint == selectors.fingerprint_of(world.milestone())
        assert "you had no part in the work" in shown

    def test_nothing_is_chosen_in_advance(self, world, chair):
        world.propose()
        form = chair.get(page_of(world, "milestone-sign-off", KEY)).context["form"]
        assert (form["decision"].value(), form["confirmed"].value()) == (None, None)

    def test_a_change_in_between_is_shown_side_by_side_and_then_signed(self, world, chair):
        world.propose()
        url = page_of(world, "milestone-sign-off", KEY)
        form = chair.get(url).context["form"]
        sent = {field.name: field.value() for field in form.hidden_fields()}
        sent |= {"decision": "sign", "confirmed": "on"}
        world.update(stage="proposed_complete", what_happened="One thing more.")
        page = chair.post(url, sent)
        assert page.status_code == 409
        assert {
            "label": "Latest update",
            "before": "",
            "after": "One thing more.",
        } in page.context["changes"]
        assert "This changed, and nothing was signed" in words(page)
        assert world.milestone().stage == "proposed_complete"
        again = {field.name: field.value() for field in page.context["form"].hidden_fields()}
        assert chair.post(url, again | {"decision": "sign", "confirmed": "on"}).status_code == 302
        assert world.milestone().stage == "signed_off"

    @pytest.mark.parametrize("stage", ["not_started", "signed_off"])
    def test_where_nothing_waits_there_is_no_form(self, world, chair, stage):
        if stage == "signed_off":
            finish(world, KEY)
        page = chair.get(page_of(world, "milestone-sign-off", KEY))
        assert "Nothing waits for your signature here" in words(page)
        assert b'name="decision"' not in page.content


class TestRefusal:
    def test_own_work_says_what_one_did_and_who_can(self, world, chair):
        make.PostHoldingFactory(post=world.posts["PA1"], user=world.people[Role.JOINT_CHAIR])
        world.propose()
        page = chair.get(page_of(world, "milestone-sign-off", KEY))
        assert page.status_code == 403
        shown = words(page)
        assert "You are its lead, as Head of PA1." in shown
        assert world.second_chair.name in shown
        assert b'name="decision"' not in page.content

    def test_one_press_asks_the_others(self, world, chair):
        make.PostHoldingFactory(post=world.posts["PA1"], user=world.people[Role.JOINT_CHAIR])
        world.propose()
        answer = chair.post(page_of(world, "milestone-ask", KEY))
        assert told(answer)[-1] == f"Asked to review {KEY}: {world.second_chair.name}"
        assert SignatureRequest.objects.get().by == world.people[Role.JOINT_CHAIR]

    def test_asking_where_nothing_waits_says_so(self, world, chair):
        answer = chair.post(page_of(world, "milestone-ask", KEY))
        assert told(answer)[-1] == "It is not started now, so no signature is waited for."

    def test_a_signature_sent_past_the_page_is_refused_too(self, world, chair):
        make.PostHoldingFactory(post=world.posts["PA1"], user=world.people[Role.JOINT_CHAIR])
        world.propose()
        sent = {
            "decision": "sign",
            "confirmed": "on",
            "fingerprint": selectors.fingerprint_of(world.milestone()),
            "base_version": 1,
        }
        assert chair.post(page_of(world, "milestone-sign-off", KEY), sent).status_code == 403
        assert world.milestone().stage == "proposed_complete"


class TestQueue:
    def test_the_longest_waiting_stands_first(self, world, chair):
        for day, key in ((TODAY, "PA1.1-2"), (TODAY + dt.timedelta(days=2), KEY)):
            with at(day):
                milestones.propose_complete(
                    milestone=world.milestone(key),
                    words="Done.",
                    evidence=[evidence.link()],
                    base_version=0,
                    by=world.people[Role.WORKSTREAM_LEAD],
                )
        with at(TODAY + dt.timedelta(days=5)):
            page = chair.get(page_of(world, "sign-off-queue"))
        queue = page.context["queue"]
        assert [(each.milestone.key, each.days, each.pieces) for each in queue.mine] == [
            ("PA1.1-2", 5, 1),
            (KEY, 3, 1),
        ]
        assert queue.oldest_days == 5
        assert "2 milestones wait for your signature." in words(page)

    def test_what_is_not_the_readers_stands_below_with_the_reason(self, world, chair):
        make.PostHoldingFactory(post=world.posts["PA1"], user=world.people[Role.JOINT_CHAIR])
        world.propose()
        world.propose("AI1.1-1", by=world.other_lead)
        page = chair.get(page_of(world, "sign-off-queue"))
        found = {each.milestone.key: each for each in page.context["queue"].others}
        assert found[KEY].own.what == "are its lead, as Head of PA1"
        assert found[KEY].who_can == (world.second_chair.name,)
        assert (found["AI1.1-1"].is_accountable, found["AI1.1-1"].who_can) == (False, ())
        assert "You are not accountable for its area" in words(page)
        assert page.context["queue"].mine == ()

    def test_what_changed_since_one_looked_is_named(self, world, chair):
        world.propose()
        chair.get(page_of(world, "milestone-sign-off", KEY))
        before = chair.get(page_of(world, "sign-off-queue")).context["queue"].mine[0]
        world.update(stage="proposed_complete", forecast_on=dt.date(2024, 9, 10))
        after = chair.get(page_of(world, "sign-off-queue")).context["queue"].mine[0]
        assert before.changed == ()
        assert after.changed == ("Latest rating", "Forecast", "Latest update")

    def test_who_asked_is_named(self, world, as_role, chair):
        world.propose()
        as_role(Role.WORKSTREAM_LEAD).post(page_of(world, "milestone-ask", KEY))
        shown = chair.get(page_of(world, "sign-off-queue"))
        assert "Workstream lead PA1 asked you" in words(shown)

    def test_actions_that_are_over_say_what_they_need(self, world, chair):
        finish(world, KEY)
        finish(world, "PA1.1-2")
        (waiting,) = chair.get(page_of(world, "sign-off-queue")).context["queue"].actions
        assert waiting.missing == ("Its impact has not been confirmed by a joint chair.",)

    def test_an_action_that_can_be_signed_leads_there_and_a_signed_one_is_gone(self, world, chair):
        action = ready(world)
        page = chair.get(page_of(world, "sign-off-queue"))
        assert page.context["queue"].actions[0].is_readers
        assert page_of(world, "action-sign-off", "PA1.1") in page.content.decode()
        action_sign_off.sign_action(
            action=action,
            fingerprint=selectors.action_sheet(action).fingerprint,
            by=world.people[Role.JOINT_CHAIR],
        )
        assert chair.get(page_of(world, "sign-off-queue")).context["queue"].actions == ()

    def test_the_office_sees_what_waits_without_a_list_of_its_own(self, world, as_role):
        world.propose()
        shown = words(as_role(Role.PROGRAMME_OFFICE).get(page_of(world, "sign-off-queue")))
        assert "Waiting for a joint chair" in shown
        assert "Yours to sign" not in shown

    def test_empty_it_says_what_comes_next(self, world, chair):
        shown = words(chair.get(page_of(world, "sign-off-queue")))
        assert "Nothing waits for your signature." in shown
        assert "the longest waiting first" in shown


class TestWhatWasSigned:
    def test_it_reads_as_it_was_whatever_changed_since(self, world, chair):
        change = finish(world, KEY)
        piece = world.milestone().evidence.get()
        piece.title = "Renamed since"
        piece.save_base(raw=True)
        shown = words(chair.get(page_of(world, "sheet-detail", change.fingerprint)))
        assert "Minutes of the board" in shown
        assert "Renamed since" not in shown
        assert "signed exactly this on 3 September 2024 at 12:00" in shown

    def test_what_was_only_shown_says_so(self, world, chair):
        world.propose()
        chair.get(page_of(world, "milestone-sign-off", KEY))
        kept = SignatureSheet.objects.get()
        shown = words(chair.get(page_of(world, "sheet-detail", kept.fingerprint)))
        assert "This was shown and not signed." in shown


class TestActions:
    def test_signed_on_its_page_and_reopened(self, world, chair):
        ready(world)
        url = page_of(world, "action-sign-off", "PA1.1")
        form = chair.get(url).context["form"]
        sent = {field.name: field.value() for field in form.hidden_fields()}
        assert chair.post(url, sent).status_code == 200
        answer = chair.post(url, sent | {"confirmed": "on"})
        assert told(answer)[-1] == "PA1.1: signed off."
        assert "Signed off on 3 September 2024" in words(
            chair.get(page_of(world, "action-detail", "PA1.1"))
        )
        back = page_of(world, "action-reopen", "PA1.1")
        form = chair.get(back).context["form"]
        sent = {field.name: field.value() for field in form.hidden_fields()}
        answer = chair.post(back, sent | {"words": "A part is missing."})
        assert told(answer)[-1] == "PA1.1: reopened."
        assert "A part is missing." in words(chair.get(page_of(world, "action-detail", "PA1.1")))

    def test_a_change_in_between_is_shown(self, world, chair):
        action = ready(world)
        url = page_of(world, "action-sign-off", "PA1.1")
        form = chair.get(url).context["form"]
        sent = {field.name: field.value() for field in form.hidden_fields()} | {"confirmed": "on"}
        row = world.milestone()
        milestones.reopen(
            milestone=row, words="No.", base_version=row.version, by=world.second_chair
        )
        page = chair.post(url, sent)
        assert page.status_code == 409
        assert [change["label"] for change in page.context["changes"]] == [KEY]
        assert not selectors.action_standing(action).is_signed_off

    def test_own_work_is_refused_with_who_can(self, world, chair):
        ready(world)
        make.PostHoldingFactory(post=world.posts["PA1"], user=world.people[Role.JOINT_CHAIR])
        page = chair.get(page_of(world, "action-sign-off", "PA1.1"))
        assert page.status_code == 403
        assert world.second_chair.name in words(page)

    def test_before_it_is_ready_the_page_says_what_is_missing(self, world, chair):
        shown = words(chair.get(page_of(world, "action-sign-off", "PA1.1")))
        assert "2 milestones are neither signed off nor withdrawn." in shown
        sent = {"fingerprint": "0" * 64, "confirmed": "on"}
        page = chair.post(page_of(world, "action-sign-off", "PA1.1"), sent)
        assert page.status_code == 200
        (told_there,) = page.context["form"].non_field_errors()
        assert told_there == (
            "2 milestones are neither signed off nor withdrawn. "
            "Its impact has not been confirmed by a joint chair."
        )

    def test_families_see_that_it_is_signed_and_nobodys_name(self, world, as_role):
        action = ready(world)
        action_sign_off.sign_action(
            action=action,
            fingerprint=selectors.action_sheet(action).fingerprint,
            by=world.people[Role.JOINT_CHAIR],
        )
        families = as_role(Role.PARENT_CARER_REPRESENTATIVE)
        shown = words(families.get(page_of(world, "action-detail", "PA1.1")))
        assert "Signed off on 3 September 2024" in shown
        assert world.people[Role.JOINT_CHAIR].name not in shown


class TestEvidencePages:
    def test_families_get_the_file_that_was_shared_and_no_other(
        self, world, as_role, settings, tmp_path
    ):
        settings.HERTSEND_FILES = tmp_path
        shared, kept = (
            add(world, words=evidence.link(file=received(), is_shareable=value))
            for value in (True, False)
        )
        families = as_role(Role.PARENT_CARER_REPRESENTATIVE)
        given = families.get(page_of(world, "evidence-file", shared.pk))
        assert given.status_code == 200
        assert given.getvalue().startswith(b"%PDF")
        assert families.get(page_of(world, "evidence-file", kept.pk)).status_code == 404
        milestone = words(families.get(page_of(world, "milestone-detail", KEY)))
        assert milestone.count("Minutes of the board") == 1

    def test_withdrawn_on_its_page_with_a_reason(self, world, as_role):
        world.propose()
        piece = world.milestone().evidence.get()
        office = as_role(Role.PROGRAMME_OFFICE)
        url = page_of(world, "evidence-withdraw", piece.pk)
        page = office.post(url, {"reason": " "})
        assert page.context["form"].errors == {"reason": ["Enter why it is withdrawn."]}
        answer = office.post(url, {"reason": "A child could be recognised."})
        assert told(answer)[-1] == "Evidence withdrawn: Minutes of the board."
        shown = words(office.get(page_of(world, "milestone-detail", KEY)))
        assert "Withdrawn 3 September 2024: A child could be recognised." in shown
        assert "Withdrawn already" in words(office.get(url))

    def test_a_link_has_no_file(self, world, as_role):
        world.propose()
        piece = world.milestone().evidence.get()
        office = as_role(Role.PROGRAMME_OFFICE)
        assert office.get(page_of(world, "evidence-file", piece.pk)).status_code == 404

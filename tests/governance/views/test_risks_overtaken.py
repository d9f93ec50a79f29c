"""Two people at one risk: who comes second reads what changed, presses again, and loses no word."""

import pytest
from django.urls import reverse

from governance.models import Risk
from governance.services import risks
from hertsend.accounts.roles import Role
from tests.factories.models import RoleAssignmentFactory
from tests.factories.world import TODAY, at
from tests.governance.risks import moved, raised, reviewed
from tests.journeys.browser import Page
from tests.journeys.office import browser_of, words_of

TYPED = "Nobody here can pay for it."


def address(world, name):
    return reverse(f"governance:{name}", args=[world.plan.slug, "R1"])


def person(world, role):
    return world.people[role]


def opened(world, role, name):
    """The form as somebody opened it."""
    with at(TODAY):
        page = browser_of(person(world, role)).get(address(world, name))
    return form_in(page)


def form_in(page):
    assert page.status_code in (200, 409), page.status_code
    (form,) = [
        each
        for each in Page(page.content.decode()).forms
        if "reason" in each.values or "words" in each.values
    ]
    return form.values


def press(world, role, name, form, **typed):
    with at(TODAY):
        return browser_of(person(world, role)).post(address(world, name), form | typed, follow=True)


def closed(world, risk, *, by):
    now = Risk.objects.get(pk=risk.pk)
    with at(TODAY):
        risks.close_risk(risk=now, reason="It is over.", base_version=now.version, by=by)


class TestMoving:
    def test_the_second_who_escalates_reads_who_was_first_and_then_who_goes_on(self, world):
        risk = raised(world)
        form = opened(world, Role.WORKSTREAM_LEAD, "risk-move")
        moved(risk, "board", by=person(world, Role.PROGRAMME_OFFICE))
        first = press(
            world, Role.WORKSTREAM_LEAD, "risk-move", form, to_level="board", reason=TYPED
        )
        assert first.status_code == 409
        assert "Programme office changed it last: “Beyond us”. It is with: board." in words_of(
            first
        )
        assert form_in(first)["reason"].strip() == TYPED
        second = press(world, Role.WORKSTREAM_LEAD, "risk-move", form_in(first), to_level="board")
        assert second.status_code == 200
        assert "It is with the board now. A joint chair or the programme office" in words_of(second)
        assert form_in(second)["reason"].strip() == TYPED
        assert Risk.objects.get().moves.count() == 1

    def test_who_may_go_on_from_there_is_offered_the_next_step_and_takes_it(self, world):
        risk = raised(world)
        form = opened(world, Role.PROGRAMME_OFFICE, "risk-move")
        moved(risk, "board", by=person(world, Role.WORKSTREAM_LEAD))
        typed = {"to_level": "board", "reason": TYPED}
        first = press(world, Role.PROGRAMME_OFFICE, "risk-move", form, **typed)
        assert first.status_code == 409
        assert "Escalate it to the Executive" in words_of(first)
        assert "Escalate it to the board" not in words_of(first)
        second = press(
            world, Role.PROGRAMME_OFFICE, "risk-move", form_in(first), to_level="executive"
        )
        assert "R1 is now with: executive." in words_of(second)
        assert Risk.objects.get().moves.first().reason == TYPED

    def test_a_level_that_was_next_when_the_page_was_shown_is_a_conflict_and_no_wrong_choice(
        self, world
    ):
        chair = person(world, Role.JOINT_CHAIR)
        RoleAssignmentFactory(
            user=chair, partnership=world.partnership, role=Role.EXECUTIVE_CHAIR, scope_key=""
        )
        risk = raised(world, "")
        form = opened(world, Role.JOINT_CHAIR, "risk-move")
        moved(risk, "executive", by=person(world, Role.PROGRAMME_OFFICE))
        page = press(world, Role.JOINT_CHAIR, "risk-move", form, to_level="executive", reason=TYPED)
        assert page.status_code == 409
        assert "Hand it back to the board" in words_of(page)

    def test_over_a_closed_risk_it_says_that_it_is_closed(self, world):
        risk = raised(world)
        form = opened(world, Role.WORKSTREAM_LEAD, "risk-move")
        closed(world, risk, by=person(world, Role.PROGRAMME_OFFICE))
        typed = {"to_level": "board", "reason": TYPED}
        first = press(world, Role.WORKSTREAM_LEAD, "risk-move", form, **typed)
        assert (first.status_code, "It is closed." in words_of(first)) == (409, True)
        second = press(world, Role.WORKSTREAM_LEAD, "risk-move", form_in(first), to_level="board")
        assert second.status_code == 200
        assert "This risk is closed. Raise a new one if it comes back." in words_of(second)
        assert form_in(second)["reason"].strip() == TYPED

    def test_pressing_the_same_page_twice_moves_it_once(self, world):
        raised(world)
        form = opened(world, Role.WORKSTREAM_LEAD, "risk-move")
        for _ in range(2):
            page = press(
                world, Role.WORKSTREAM_LEAD, "risk-move", form, to_level="board", reason=TYPED
            )
            assert "R1 is now with: board." in words_of(page)
        assert Risk.objects.get().moves.count() == 1

    @pytest.mark.parametrize(
        ("role", "said"),
        [
            (Role.JOINT_CHAIR, "It is with its workstream now."),
            (Role.BOARD_MEMBER, "Your role does not let you move this risk."),
        ],
    )
    def test_who_opened_no_form_is_told_why_there_is_none(self, world, role, said):
        raised(world)
        with at(TODAY):
            page = browser_of(person(world, role)).get(address(world, "risk-move"))
        assert page.status_code == 403
        assert said in words_of(page)

    def test_who_never_moves_it_is_refused_whatever_they_send(self, world):
        raised(world)
        sent = {"to_level": "board", "reason": TYPED, "base_version": 0}
        page = press(world, Role.BOARD_MEMBER, "risk-move", sent)
        assert page.status_code == 403


class TestReviewingAndClosing:
    def test_the_second_score_is_given_on_what_the_first_found(self, world):
        risk = raised(world)
        form = opened(world, Role.WORKSTREAM_LEAD, "risk-review")
        reviewed(risk, by=person(world, Role.PROGRAMME_OFFICE))
        typed = {"likelihood": "4", "impact": "4", "words": TYPED}
        first = press(world, Role.WORKSTREAM_LEAD, "risk-review", form, **typed)
        assert first.status_code == 409
        assert "Programme office changed it last: “Reviewed: 12”." in words_of(first)
        again = form_in(first)
        assert (again["likelihood"], again["impact"], again["words"].strip()) == ("4", "4", TYPED)
        second = press(world, Role.WORKSTREAM_LEAD, "risk-review", again)
        assert "R1 is reviewed: its score is 16." in words_of(second)

    @pytest.mark.parametrize(
        ("name", "typed"),
        [
            ("risk-close", {"reason": TYPED}),
            ("risk-review", {"likelihood": "4", "impact": "4", "words": TYPED}),
        ],
    )
    def test_who_comes_after_it_was_closed_is_told_so_twice_and_loses_nothing(
        self, world, name, typed
    ):
        risk = raised(world)
        form = opened(world, Role.WORKSTREAM_LEAD, name)
        closed(world, risk, by=person(world, Role.PROGRAMME_OFFICE))
        first = press(world, Role.WORKSTREAM_LEAD, name, form, **typed)
        assert first.status_code == 409
        assert "Programme office changed it last: “It is over”. It is closed." in words_of(first)
        second = press(world, Role.WORKSTREAM_LEAD, name, form_in(first))
        assert second.status_code == 200
        assert "This risk is closed." in words_of(second)
        assert TYPED in second.content.decode()
        assert Risk.objects.get().closed_reason == "It is over."

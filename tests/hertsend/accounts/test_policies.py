"""The rules of roles and posts, as tables of cases."""

import datetime as dt

import pytest

from hertsend.accounts import policies
from hertsend.accounts.roles import Role
from hertsend.errors import RuleBroken

TODAY = dt.date(2024, 9, 3)
YESTERDAY, TOMORROW = dt.date(2024, 9, 2), dt.date(2024, 9, 4)


def role(**changes):
    given = {
        "role": "board_member",
        "scope_key": "",
        "known_scope_keys": {"PA1"},
        "starts_on": TODAY,
        "ends_on": None,
        "on": TODAY,
    }
    return policies.check_role(**(given | changes))


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"starts_on": TOMORROW},
        {"ends_on": TODAY},
        {"role": "workstream_lead", "scope_key": "PA1"},
        {"role": "joint_chair", "scope_key": "PA1", "ends_on": TOMORROW},
    ],
)
def test_a_sound_role_is_accepted(changes):
    assert role(**changes) is None


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"role": "king"}, {"role": ["Select a role."]}),
        (
            {"role": "workstream_lead"},
            {"scope_key": ["Select the workstream for which they hold this role."]},
        ),
        (
            {"role": "joint_chair", "scope_key": "AI9"},
            {"scope_key": ["Select the area for which they hold this role."]},
        ),
        ({"scope_key": "PA1"}, {"scope_key": ["This role is held for the whole partnership."]}),
        ({"starts_on": YESTERDAY}, {"starts_on": ["The first day must be today or later."]}),
        (
            {"starts_on": TOMORROW, "ends_on": TODAY},
            {"ends_on": ["The last day must not be before the first day."]},
        ),
    ],
)
def test_an_unsound_role_is_refused_beside_its_field(changes, errors):
    with pytest.raises(RuleBroken) as refused:
        role(**changes)

    assert refused.value.errors == errors


@pytest.mark.parametrize(
    ("ends_on", "ended_on", "is_cancelled"),
    [
        (YESTERDAY, None, False),
        (TODAY, None, False),
        (TOMORROW, TODAY, False),
    ],
)
def test_an_end_from_yesterday_on_is_accepted(ends_on, ended_on, is_cancelled):
    assert (
        policies.check_end(ends_on=ends_on, ended_on=ended_on, is_cancelled=is_cancelled, on=TODAY)
        is None
    )


@pytest.mark.parametrize(
    ("ends_on", "ended_on", "is_cancelled", "errors"),
    [
        (TODAY, YESTERDAY, False, {"": ["This has ended already."]}),
        (TODAY, TOMORROW, True, {"": ["This has ended already."]}),
        (
            dt.date(2024, 9, 1),
            None,
            False,
            {"ends_on": ["The last day must be today or later. To end it at once, choose “Now”."]},
        ),
    ],
)
def test_an_end_that_rewrites_the_past_is_refused(ends_on, ended_on, is_cancelled, errors):
    with pytest.raises(RuleBroken) as refused:
        policies.check_end(ends_on=ends_on, ended_on=ended_on, is_cancelled=is_cancelled, on=TODAY)

    assert refused.value.errors == errors


def test_a_time_in_a_post_may_lie_in_the_past_but_not_end_before_it_starts():
    assert policies.check_holding(starts_on=YESTERDAY, ends_on=YESTERDAY) is None

    with pytest.raises(RuleBroken) as refused:
        policies.check_holding(starts_on=TODAY, ends_on=YESTERDAY)

    assert refused.value.errors == {"ends_on": ["The last day must not be before the first day."]}


def test_only_an_end_before_the_first_day_leaves_no_day():
    assert policies.is_never_used(starts_on=TODAY, ends_on=YESTERDAY)
    assert not policies.is_never_used(starts_on=TODAY, ends_on=TODAY)


def test_only_a_later_last_day_lasts_longer():
    assert policies.lasts_longer(ends_on=TOMORROW, ended_on=TODAY)
    assert not policies.lasts_longer(ends_on=TODAY, ended_on=TOMORROW)
    assert not policies.lasts_longer(ends_on=TOMORROW, ended_on=None)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("  ", "Enter the person's name."),
        ("x" * 151, "The name must be 150 characters or fewer."),
    ],
)
def test_a_name_must_fit(name, sentence):
    with pytest.raises(RuleBroken) as refused:
        policies.check_name(name)

    assert refused.value.errors == {"name": [sentence]}
    assert policies.check_name("x" * 150) is None


@pytest.mark.parametrize(
    ("given", "noun"),
    [(Role.WORKSTREAM_LEAD, "workstream"), (Role.JOINT_CHAIR, "area"), (Role.ADVISER, "")],
)
def test_what_a_role_is_held_for_has_a_noun(given, noun):
    assert policies.scope_noun(given) == noun

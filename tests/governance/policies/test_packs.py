"""The way of a pack as tables: which act where, who issues, what may be moved, what became of an e-mail."""

import datetime as dt

import pytest

from governance.enums import DeliveryState, PackAct, PackState
from governance.policies import packs as rules
from governance.policies.packs import Standing
from hertsend.errors import RuleBroken
from hertsend.jobs.enums import MessageState

LEADS_TO = {
    ("planned", "snapshot"): "snapshotted",
    ("snapshotted", "render"): "rendered",
    ("rendered", "prepare"): "rendered",
    ("rendered", "release"): "released",
    ("released", "send_back"): "rendered",
    ("released", "issue"): "issued",
}
LABEL = "Board pack of August 2024"


def standing(state="released", **values):
    return Standing(
        **({"label": LABEL, "is_latest": True, "is_of_freeze": True} | values), state=state
    )


@pytest.mark.parametrize("act", PackAct)
@pytest.mark.parametrize("state", PackState)
def test_each_act_is_possible_where_the_table_says_and_nowhere_else(state, act):
    expected = LEADS_TO.get((state.value, act.value))
    assert rules.may_act(act, standing(state)) == (expected is not None)
    if expected:
        assert rules.check_act(act, standing(state)) == expected
    else:
        with pytest.raises(RuleBroken, match="this cannot be done now"):
            rules.check_act(act, standing(state))


@pytest.mark.parametrize(
    ("lack", "told"),
    [("is_latest", "there is a later version"), ("is_of_freeze", "the month was reopened")],
)
@pytest.mark.parametrize(("state", "act"), LEADS_TO)
def test_what_was_overtaken_goes_no_further(state, act, lack, told):
    overtaken = standing(state, **{lack: False})
    assert not rules.may_act(PackAct(act), overtaken)
    with pytest.raises(RuleBroken, match=told):
        rules.check_act(PackAct(act), overtaken)


def test_nobody_issues_what_they_released_or_wrote_in():
    rules.check_issuer(issuer_id=1, own_ids=(2, None))
    for own in ((1, None), (2, 1)):
        with pytest.raises(RuleBroken, match="another joint chair issues it"):
            rules.check_issuer(issuer_id=1, own_ids=own)


def test_only_the_newest_issued_version_of_a_frozen_month_is_corrected_with_a_reason():
    rules.check_reissue(standing("issued"), reason="A figure was wrong.")
    for given, told in (
        (standing("released"), "is not issued"),
        (standing("issued", is_latest=False), "a later version already"),
        (standing("issued", is_of_freeze=False), "the month is open again"),
    ):
        with pytest.raises(RuleBroken, match=told):
            rules.check_reissue(given, reason="A figure was wrong.")
    for reason in (" ", "a" * 1001):
        with pytest.raises(RuleBroken) as refusal:
            rules.check_reissue(standing("issued"), reason=reason)
        assert list(refusal.value.errors) == ["reason"]


def test_a_foreword_may_be_missing_and_not_endless():
    rules.check_foreword("")
    rules.check_foreword("a" * 3000)
    with pytest.raises(RuleBroken) as refusal:
        rules.check_foreword("a" * 3001)
    assert list(refusal.value.errors) == ["foreword"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"order": ["exceptions"]}, "order"),
        ({"order": ["impact", "impact"]}, "order"),
        ({"left_out": ["exceptions"]}, "left_out"),
        ({"left_out": ["slips"]}, "left_out"),
        ({"left_out": ["no-update"]}, "left_out"),
    ],
)
def test_what_always_stands_is_neither_moved_nor_left_out(values, field):
    usual = {"order": ["impact", "dates"], "left_out": ["glossary"]}
    offered = {"movable": ("dates", "impact"), "leavable": ("glossary",)}
    rules.check_arrangement(**usual, **offered)
    with pytest.raises(RuleBroken) as refusal:
        rules.check_arrangement(**(usual | values), **offered)
    assert list(refusal.value.errors) == [field]


def test_every_state_of_an_email_means_one_of_a_delivery():
    assert {state: rules.delivery_state(state) for state in MessageState} == {
        MessageState.PLANNED: DeliveryState.PLANNED,
        MessageState.SENDING: DeliveryState.SENDING,
        MessageState.SENT: DeliveryState.SENT,
        MessageState.UNKNOWN: DeliveryState.UNKNOWN,
        MessageState.PARKED: DeliveryState.FAILED,
        MessageState.WITHHELD: DeliveryState.REFUSED,
    }
    assert rules.delivery_state(None) == DeliveryState.PLANNED


def test_a_step_waits_since_the_last_thing_that_was_done():
    early, late = (dt.datetime(2024, 9, day, tzinfo=dt.UTC) for day in (1, 2))
    assert rules.latest_of(early, None, late) == late
    assert rules.latest_of(late, None, early) == late
    assert rules.latest_of(early, None) == early

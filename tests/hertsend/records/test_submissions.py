"""The same press of the same button is carried out once."""

import datetime as dt

import pytest

from hertsend.errors import Conflict, RuleBroken
from hertsend.records import submissions
from hertsend.records.models import Submission
from tests.factories.models import UserFactory

BODY = {"what_happened": "Work began.", "forecast_on": dt.date(2024, 9, 30), "base": 3}


@pytest.fixture
def person(db):
    return UserFactory()


def earlier(person, *, key="press", body=BODY):
    fingerprint = submissions.fingerprint_of("record_update", body)
    return submissions.earlier_result(person=person, key=key, fingerprint=fingerprint)


def remember(person, *, key="press", result=7):
    fingerprint = submissions.fingerprint_of("record_update", BODY)
    submissions.remember(person=person, key=key, fingerprint=fingerprint, result=result)


def test_a_new_press_has_no_earlier_result(person):
    assert earlier(person) is None


def test_a_press_that_was_carried_out_gives_its_result_again(person):
    remember(person)
    assert earlier(person) == 7
    assert earlier(person, key="another") is None
    assert earlier(UserFactory()) is None


@pytest.mark.parametrize(
    "change", [{"what_happened": "Work ended."}, {"base": 4}, {"forecast_on": None}, {"more": ""}]
)
def test_other_words_under_the_same_key_are_refused(person, change):
    remember(person)
    with pytest.raises(Conflict) as refusal:
        earlier(person, body=BODY | change)
    assert "already sent with other words" in refusal.value.sentence


def test_without_a_key_nothing_is_remembered(person):
    remember(person, key="")
    assert earlier(person, key="") is None
    assert not Submission.objects.exists()


def test_a_key_is_kept_whole_or_refused(person):
    longest = "k" * submissions.LONGEST_KEY
    remember(person, key=longest)
    assert earlier(person, key=longest) == 7
    with pytest.raises(RuleBroken):
        earlier(person, key=f"{longest}k")


def test_a_fingerprint_is_of_the_act_and_every_value_in_any_order():
    turned = dict(reversed(BODY.items()))
    assert submissions.fingerprint_of("a", BODY) == submissions.fingerprint_of("a", turned)
    assert submissions.fingerprint_of("a", BODY) != submissions.fingerprint_of("b", BODY)
    assert len(submissions.fingerprint_of("a", {})) == 64

import pytest
from django.db import transaction

from hertsend.jobs.services import waking


def test_the_broker_is_asked_to_start_the_task_for_the_row(woken):
    assert waking.wake(task=waking.SEND_MESSAGE, row_id=7) is True
    assert woken.take() == [(waking.SEND_MESSAGE, 7)]


@pytest.mark.enable_socket
def test_a_broker_that_is_away_is_told_by_the_answer(broker_away):
    assert waking.wake(task=waking.SEND_MESSAGE, row_id=7) is False


@pytest.mark.django_db(transaction=True)
def test_nothing_that_goes_wrong_after_the_commit_reaches_the_person_who_saved(caplog):
    with transaction.atomic():
        waking.wake_on_commit(task="tests.unregistered", row_id=7)
    assert "NotRegistered" in caplog.text
    with pytest.raises(LookupError):
        waking.wake(task="tests.unregistered", row_id=7)

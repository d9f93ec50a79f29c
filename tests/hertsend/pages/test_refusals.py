"""A refusal that no view put into words is still a page with its sentence and what was typed."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore

from hertsend.errors import Conflict, NotAllowed, RuleBroken
from hertsend.pages.refusals import Refusals

pytestmark = pytest.mark.django_db
WORDS = "Words <b>with</b> blanks."


def answer_to(exception: Exception, rf, method: str = "post"):
    request = getattr(rf, method)("/some/page/", {"reason": WORDS, "password": "half way there"})
    request.user, request.session, request.resolver_match = AnonymousUser(), SessionStore(), None
    return Refusals(lambda _request: None).process_exception(request, exception)


@pytest.mark.parametrize(
    ("exception", "method", "status", "keeps"),
    [
        (NotAllowed("Not you."), "post", 403, False),
        (RuleBroken("No such day."), "get", 400, False),
        (RuleBroken("No such day."), "post", 400, True),
        (Conflict("Somebody was first."), "post", 409, True),
    ],
)
def test_each_has_its_status_its_sentence_and_keeps_the_words(rf, exception, method, status, keeps):
    page = answer_to(exception, rf, method)
    html = page.content.decode()
    assert page.status_code == status
    assert exception.sentence in html
    assert ("Words &lt;b&gt;with&lt;/b&gt; blanks." in html) is keeps
    assert "half way there" not in html


def test_every_other_fault_is_django_s(rf):
    assert answer_to(ValueError("a fault"), rf) is None

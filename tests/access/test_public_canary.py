"""Nothing internal reaches the public: a token in every text, published, and every public page read."""

import pytest
from django.test import Client

from governance.models import AreaSummary, SummaryPublication
from governance.services import public_summary as services
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans.models import ReportingPeriod
from tests.access.canaries import Planted
from tests.access.growing import grow
from tests.access.public import JULY
from tests.access.seen_by import NO_WORDS
from tests.access.stage import Stage, clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

PUBLIC = {
    "accounts.Partnership.name",
    "accounts.Partnership.place",
    "governance.AreaSummary.meaning",
    "governance.AreaSummary.next_step",
    "governance.AreaSummary.progress",
    "governance.FeedbackPublication.difference",
    "governance.FeedbackPublication.done",
    "governance.FeedbackPublication.said",
    "governance.FeedbackPublication.source",
    "governance.FeedbackPublication.theme",
    "governance.FeedbackPublication.will_do",
    "governance.SummaryPublication.correction",
    "plans.Area.short_name",
    "plans.GlossaryTerm.expansion",
    "plans.GlossaryTerm.term",
}
"""What the public may read of a plan, and nothing else."""


@pytest.fixture
def shown(built_world, db) -> tuple[Planted, str]:
    """Every public page of a plan whose every text is a token, after it was published anew."""
    world, planted = built_world, Planted()
    with clock():
        stage = Stage.build(world)
        grow(Stage(world), 1)
        for each, is_foreign in ((world, False), (world.foreign, True)):
            planted.plant(each.partnership, skip=set(NO_WORDS), is_foreign=is_foreign)
        office = User.objects.get(pk=world.people[Role.PROGRAMME_OFFICE].pk)
        july = ReportingPeriod.objects.get(plan=world.plan, month=JULY)
        number = SummaryPublication.objects.filter(period=july).count()
        services.publish(period=july, correction="Anew.", base_number=number, by=office)
        slug = stage.objects["own"]["plan"]
        pages = [Client().get(f"/public/{slug}/{rest}") for rest in ("", "2024-07/", "feed.atom")]
        assert [page.status_code for page in pages] == [200, 200, 200]
        bodies = [str(dict(page.headers)) + page.content.decode() for page in pages]
        return planted, "\n".join(bodies)


def test_only_what_was_approved_for_the_public_is_there(shown):
    planted, body = shown
    found = {planted.canaries[token] for token in planted.found_in(body)}
    assert {canary.field for canary in found} <= PUBLIC
    assert not {canary.field for canary in found if canary.is_foreign}
    due = {"governance.AreaSummary.progress", "governance.FeedbackPublication.said"}
    assert due <= {canary.field for canary in found}


def test_unapproved_sentences_and_drafts_are_not(shown):
    _, body = shown
    drafts = AreaSummary.objects.filter(state="draft")
    assert not [row for row in drafts if row.progress in body]

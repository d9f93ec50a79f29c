"""No word that somebody may not see can be found by them: the leak test of search, for every kind."""

import pytest

from governance.selectors.searching import SEARCHED
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.records.search import searchable
from tests.access.canaries import Planted
from tests.access.growing import grow
from tests.access.seen_by import NO_WORDS, SEEN_BY, SHARED_BY_ITS_AUTHOR
from tests.access.stage import Stage, clock

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def planted(built_world, db) -> tuple[Stage, Planted]:
    """A token in every text of both partnerships."""
    found = Planted()
    with clock():
        stage = Stage.build(built_world)
        worlds = ((built_world, False), (built_world.foreign, True))
        for number, (world, is_foreign) in enumerate(worlds, start=1):
            grow(Stage(world), number)
            found.plant(world.partnership, skip=set(NO_WORDS), is_foreign=is_foreign)
    return stage, found


def test_what_is_compared_is_what_the_reader_may_see(planted):
    stage, tokens = planted
    compared = {}
    for role in Role:
        person = User.objects.get(pk=stage.people[role.value].pk)
        for kind in SEARCHED:
            with clock():
                rows = searchable(person, stage.world.plan, kind)
            said = " ".join(text for row in rows for text in [row.title, *row.texts.values()])
            for token in tokens.found_in(said):
                canary = tokens.canaries[token]
                compared.setdefault((role, kind.key), set()).add(canary.field)
                is_shared = canary.field in SHARED_BY_ITS_AUTHOR and canary.is_shareable
                assert not canary.is_foreign
                assert is_shared or role in SEEN_BY[canary.field], (role, kind.key, canary.field)
    for kind in SEARCHED:
        assert (Role.PROGRAMME_OFFICE, kind.key) in compared, "Something must be there to leak"

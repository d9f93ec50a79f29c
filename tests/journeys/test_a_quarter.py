"""A quarter of two boards through their pages: what they ask, decide, note and carry on, and who leaves."""

import pytest

from tests.governance.bodies import name_groups
from tests.journeys import audit_and_leaver, boards, executive, risk_and_voice
from tests.journeys.town import Town


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_quarter_of_two_boards(town: Town):
    """Each part is played through the pages, in the order in which a quarter brings it."""
    name_groups(town.world)
    boards.play(town)
    risk_and_voice.rises(town)
    executive.play(town)
    risk_and_voice.comes_down(town)
    audit_and_leaver.play(town)

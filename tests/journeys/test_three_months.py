"""Three months of a small partnership, from the first one's opening to the third one's report.

People act through the pages, by the links, forms and buttons that these offer; the calendar, the
e-mails and the packs come of the timetable, run every day. Each month is a module of scenes.
"""

import pytest

from tests.journeys import november, october, september

pytestmark = pytest.mark.slow


def test_three_months_from_opening_to_report(town):
    september.play(town)
    october.play(town)
    november.play(town)

"""Reading the dashboard of a small world, in few words."""

from dataclasses import replace

from governance import permissions
from governance.selectors import dashboard
from hertsend.accounts.roles import Role
from tests.factories import models as make

SEEN = permissions.words_of_packs()
KEYS = ["PA1.1-1", "PA1.1-2", "AI1.1-1", "AI1.1-2"]


def board(world, month, *, at=None, compare_with=None, visible=SEEN):
    return dashboard(
        world.plan, world.period(month), visible=visible, at=at, compare_with=compare_with
    )


def keys(lines):
    return [line.key for line in lines]


def lines_of(found):
    """The lines without the version, which is the row's own and moves on."""
    return [replace(line, version=0) for line in found.reading.lines]


def due(world, key, day, **more):
    """Correct the published date of a milestone, as an import would."""
    row = world.milestone(key)
    row.due_on, row.precision = day, "day" if day else more.pop("precision", "ongoing")
    for name, value in more.items():
        setattr(row, name, value)
    make.save_audited(row, by=world.people[Role.PROGRAMME_OFFICE], reason="Corrected")

"""The assurance of each area, as at a moment, with its history."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from governance.enums import AssuranceLevel
from governance.models import AssuranceRating
from plans.models import Area, Plan


@dataclass(frozen=True)
class AssuranceLine:
    """One rating as a reader sees it; reasons and name are "" where they may not be seen."""

    area_key: str
    number: int
    level: AssuranceLevel
    at: dt.datetime
    reasons: str = ""
    by: str = ""

    @property
    def label(self) -> str:
        """The word of the level."""
        return str(self.level.label)


@dataclass(frozen=True)
class AreaAssurance:
    """An area with its ratings, the latest first."""

    area: Area
    history: tuple[AssuranceLine, ...]

    @property
    def current(self) -> AssuranceLine | None:
        """The rating in force; None until there is one."""
        return next(iter(self.history), None)

    @property
    def before(self) -> AssuranceLine | None:
        """The last rating that said something else."""
        level = self.current.level if self.current else None
        return next((line for line in self.history if line.level != level), None)

    @property
    def number(self) -> int:
        """The number of the rating in force, 0 for none."""
        return self.current.number if self.current else 0


def assurance_of(
    plan: Plan,
    *,
    at: dt.datetime | None = None,
    visible: Collection[str],
    areas: Iterable[Area] | None = None,
) -> list[AreaAssurance]:
    """Every area of a plan with its assurance up to a moment; all that is stored without one.

    ``visible`` are the reader's fields of ``AssuranceRating``, ``areas`` the plan's for who has read
    them. Two queries, or one.
    """
    rows = AssuranceRating.objects.filter(area__plan=plan).select_related("area", "by")
    found: dict[int, list[AssuranceLine]] = {}
    for row in (rows if at is None else rows.filter(at__lte=at)).order_by("-number"):
        found.setdefault(row.area_id, []).append(_line(row, visible))
    own = plan.areas.all() if areas is None else areas
    return [AreaAssurance(area, tuple(found.get(area.pk, ()))) for area in own]


def assurance_in_force(
    plan: Plan, *, at: dt.datetime | None = None, visible: Collection[str]
) -> dict[str, AreaAssurance]:
    """The areas that have been rated, by key, for pages that show the word beside other judgements."""
    return {
        each.area.key: each for each in assurance_of(plan, at=at, visible=visible) if each.current
    }


def _line(row: AssuranceRating, visible: Collection[str]) -> AssuranceLine:
    return AssuranceLine(
        area_key=row.area.key,
        number=row.number,
        level=AssuranceLevel(row.level),
        at=row.at,
        reasons=row.reasons if "reasons" in visible else "",
        by=row.by.name if "by" in visible else "",
    )

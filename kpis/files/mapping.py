"""How the columns of a source are read, and what each row says when they are read so."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kpis.enums import ComparatorKind
from kpis.files.reading import Cells
from kpis.policies.periods import FIRST_YEAR, LAST_YEAR

TIDY, WIDE = "tidy", "wide"
OURS = "ours"
BETWEEN = " · "
PERIOD_LIKE = tuple(str(year) for year in range(FIRST_YEAR, LAST_YEAR + 1))


@dataclass(frozen=True)
class Mapping:
    """The remembered reading of a source.

    ``measure`` are the columns that name a series together, ``only`` the key of the one measure of a
    file that names none. ``names`` ties each series to the key of a measure ("" leaves it out), and
    ``places`` each place to us or to a kind of comparator.
    """

    layout: str = TIDY
    measure: tuple[str, ...] = ()
    only: str = ""
    place: str = ""
    period: str = ""
    value: str = ""
    part: str = ""
    whole: str = ""
    certainty: str = ""
    note: str = ""
    names: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, stored: Any) -> "Mapping":
        """The mapping as it was stored; what is no mapping is the empty one."""
        if not isinstance(stored, dict):
            return cls()
        known = {name: stored[name] for name in cls.__dataclass_fields__ if name in stored}
        return cls(**known | {"measure": tuple(known.get("measure", ()))})

    @property
    def stored(self) -> dict[str, Any]:
        names = self.__dataclass_fields__
        return {name: getattr(self, name) for name in names} | {"measure": list(self.measure)}

    def fits(self, headings: tuple[str, ...]) -> bool:
        """Whether a file has all the columns that are read."""
        wanted = {*self.measure, self.place, self.period, self.value, self.part, self.whole}
        return wanted | {self.certainty, self.note} <= {*headings, ""}


def folded(text: str) -> str:
    """A name without what differs by chance: case and blanks."""
    return " ".join(text.split()).casefold()


@dataclass(frozen=True)
class Said:
    """What one cell or row of a file says."""

    line: int
    series: str
    place: str
    period: str
    value: str = ""
    part: str = ""
    whole: str = ""
    certainty: str = ""
    note: str = ""

    @property
    def is_blank(self) -> bool:
        return not (self.value or self.part or self.whole)


def said_in(table: Cells, mapping: Mapping) -> Iterator[Said]:
    """Everything that the file says, in its order."""
    at = {name: place for place, name in enumerate(table.headings) if name}

    def cell(row: tuple[str, ...], name: str) -> str:
        return row[at[name]] if name in at else ""

    for line, row in table.rows:
        series = BETWEEN.join(" ".join(cell(row, name).split()) for name in mapping.measure)
        place = " ".join(cell(row, mapping.place).split())
        if mapping.layout == WIDE:
            for name in wide_periods(table, mapping):
                yield Said(line, series, place, name, value=cell(row, name))
        else:
            yield Said(
                line,
                series,
                place,
                cell(row, mapping.period),
                value=cell(row, mapping.value),
                part=cell(row, mapping.part),
                whole=cell(row, mapping.whole),
                certainty=cell(row, mapping.certainty),
                note=cell(row, mapping.note),
            )


def wide_periods(table: Cells, mapping: Mapping) -> list[str]:
    """The columns of a wide file whose headings name periods."""
    used = {*mapping.measure, mapping.place}
    return [
        name
        for name in table.headings
        if (name and name not in used and any(year in name for year in PERIOD_LIKE))
        or _is_short(name)
    ]


def _is_short(name: str) -> bool:
    """A month with two digits of its year, "Sep 24"."""
    words = name.replace("-", " ").split()
    return len(words) == 2 and words[0][:3].isalpha() and words[1].isdigit()


def series_in(table: Cells, mapping: Mapping) -> dict[str, str]:
    """The series that the file names, by their folded names, as first written."""
    found: dict[str, str] = {}
    for one in said_in(table, mapping):
        found.setdefault(folded(one.series), one.series)
    return found


def places_in(table: Cells, mapping: Mapping) -> dict[str, str]:
    """The places that the file names, by their folded names, as first written."""
    found: dict[str, str] = {}
    if mapping.place:
        for one in said_in(table, mapping):
            found.setdefault(folded(one.place), one.place)
    return found


def kind_of_place(mapping: Mapping, place: str) -> str:
    """Us, a kind of comparator, or "" for a place that is left out."""
    if not mapping.place:
        return OURS
    chosen = mapping.places.get(folded(place), "")
    return chosen if chosen == OURS or chosen in ComparatorKind.values else ""

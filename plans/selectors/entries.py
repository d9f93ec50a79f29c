"""One entry of a milestone's timeline."""

import datetime as dt
from dataclasses import dataclass, field

from plans.enums import Standing


@dataclass(frozen=True)
class TimelineEntry:
    """One entry; words are "" where the reader may not see them."""

    title: str
    at: dt.datetime
    by: str = ""
    standing: Standing | None = None
    stage: str = ""
    moved: str = ""
    what_happened: str = ""
    what_is_next: str = ""
    reason: str = ""
    for_families: str = ""
    internal_note: str = ""
    link: str = ""
    asked: str = ""
    version: int = field(default=0)

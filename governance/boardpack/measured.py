"""The part of a pack's content that says what is measured: worded and drawn, as at the cut-off."""

from dataclasses import dataclass


@dataclass(frozen=True)
class MeasureEntry:
    """A measure with figures; three answers: against its trajectory, its target, and the law.

    ``status``, ``variation`` and ``assurance`` are values, each with words beside it; ``assurance``
    and its words are "" where limits are not sound. ``chart`` is the finished drawing of a measure that
    needs attention, "" of others: a drawing that was handed on never changes.
    """

    key: str
    name: str
    workstream: str
    promise: str
    latest: str
    period: str
    is_old: bool
    expected: str
    status: str
    status_label: str
    variation: str
    change: str
    assurance: str
    target: str
    law: str
    will_miss: bool
    is_worsening: bool
    contradicts: bool
    sentence: str
    more: str
    chart_title: str = ""
    chart: str = ""

    @property
    def attention(self) -> tuple[str, ...]:
        """Why the measure needs attention, in words; empty where it does not."""
        told = (
            (self.will_miss, "Will not meet its target as things are"),
            (self.is_worsening, "Getting worse beyond chance"),
            (self.contradicts, "Delivery is on track, this measure is not moving"),
        )
        return tuple(words for applies, words in told if applies)

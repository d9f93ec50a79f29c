"""Small numbers that families and the public are not shown, because they could point at a child."""

from decimal import Decimal

from kpis.enums import Presence
from kpis.policies.figures import Figure


def shown_to_families(figure: Figure, *, threshold: int, is_percent: bool) -> Figure:
    """The figure as families see it: the same, or suppressed.

    A count from one to below the threshold is suppressed, and so is a share whose part or whose
    rest is one: from the rest the part could be worked out. Words of officers are left out always.
    """
    plain = Figure(
        presence=figure.presence,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        certainty=figure.certainty,
    )
    counts: list[Decimal | None] = []
    if figure.numerator is not None and figure.denominator is not None:
        counts = [figure.numerator, figure.denominator - figure.numerator, figure.denominator]
    elif not is_percent:
        counts = [figure.value]
    if any(count is not None and 0 < count < threshold for count in counts):
        return Figure(presence=Presence.SUPPRESSED, certainty=figure.certainty)
    return plain

"""When what was delivered counts as embedded: signed off, and seen to hold (2)."""

from plans.enums import Stage

HELD_PERIODS = 3
"""In so many periods in a row the target of a linked measure must have been held."""


def is_embedded(*, stage: str, held_periods: int | None) -> bool:
    """Signed off, and a linked measure at its target for three periods.

    ``held_periods`` is for how many periods in a row the target was held, the least of several
    measures, and None where no measure is linked. Then nothing shows that it holds, and a signed-off
    milestone stays complete.
    """
    return stage == Stage.SIGNED_OFF and held_periods is not None and held_periods >= HELD_PERIODS

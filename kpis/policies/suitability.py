"""Where limits would mislead: the reasons, in words, and the settings printed under each chart."""

from kpis.enums import Frequency, PeriodKind
from kpis.policies.spc import SpcSettings

REFUSED: dict[PeriodKind, tuple[str, str]] = {
    PeriodKind.YEAR: (
        "Annual: no limits",
        "One figure a year is too few to tell a change from chance, so no limits are drawn.",
    ),
    PeriodKind.ROLLING: (
        "Rolling: no limits",
        (
            "Each figure shares most of its months with the one before it, so limits would mislead and "
            "none are drawn."
        ),
    ),
    PeriodKind.YEAR_TO_DATE: (
        "Year to date: no limits",
        "The figure grows through the year by itself, so limits would mislead and none are drawn.",
    ),
}
STOCK = (
    "This counts what there is on a day, most of which was there the month before. Such figures move "
    "slowly and often lie outside their limits, so read a signal as a reason to look and not as an "
    "alarm."
)


def refusal(
    kind: PeriodKind, frequency: Frequency, points: int, settings: SpcSettings
) -> tuple[str, str] | None:
    """Why no limits are shown, in a few words and in a sentence; None where they are sound."""
    if frequency == Frequency.YEARLY:
        return REFUSED[PeriodKind.YEAR]
    if kind in REFUSED:
        return REFUSED[kind]
    if points < settings.minimum:
        told = "1 point" if points == 1 else f"{points} points"
        return (
            f"{told}: too few",
            (
                f"There are {told}. Limits are drawn from {settings.minimum} points on, since fewer show "
                "too little of what chance does."
            ),
        )
    return None


def trial_is_possible(
    kind: PeriodKind, frequency: Frequency, points: int, settings: SpcSettings
) -> bool:
    """Whether limits may be looked at on request although there are few points."""
    fits = frequency != Frequency.YEARLY and kind not in REFUSED
    return fits and settings.trial <= points < settings.minimum


def warning(kind: PeriodKind) -> str:
    """What to bear in mind where limits are drawn all the same."""
    return STOCK if kind == PeriodKind.POINT else ""


def settings_in_words(settings: SpcSettings) -> str:
    """How the limits under a chart are drawn."""
    base = (
        f"of the first {settings.baseline} points"
        if settings.baseline
        else "of all points of a step"
    )
    screen = "on" if settings.screen else "off"
    return (
        f"XmR chart: average {base} ± 2.66 × mean moving range. Outlier screen {screen}; shift "
        f"{settings.shift}, trend {settings.trend}, two of three near a limit. Limits from "
        f"{settings.minimum} points, on trial from {settings.trial}. They are not cut off at 0 or 100."
    )

"""What a chart says, in sentences that a parent understands."""

from decimal import ROUND_HALF_EVEN, Decimal

from kpis.enums import Assurance, SpecialCause, Status, Variation

PERCENT = "percent"


def number_in_words(number: Decimal, *, most: int = 1) -> str:
    """At most so many decimals, none that say nothing, and thousands apart."""
    step = Decimal(1).scaleb(-most)
    rounded = number.quantize(step, rounding=ROUND_HALF_EVEN)
    text = f"{rounded.normalize():,f}"
    return "0" if text in {"-0", "0"} else text


def with_unit(number: Decimal, unit: str) -> str:
    """The number as it is shown: "55%", "412"."""
    return f"{number_in_words(number)}%" if unit == PERCENT else number_in_words(number)


def spoken(number: Decimal, unit: str, *, name: str, plain: str) -> str:
    """The latest figure as a sentence begins: "55 in 100 new plans were issued in time"."""
    if not plain:
        return f"{name}: {with_unit(number, unit)}"
    share = (
        f"{number_in_words(number, most=0)} in 100" if unit == PERCENT else number_in_words(number)
    )
    return f"{share} {plain}"


CHANGE: dict[Variation, str] = {
    Variation.IMPROVING_HIGH: "That is a real improvement and not chance.",
    Variation.IMPROVING_LOW: "That is a real improvement and not chance.",
    Variation.WORSENING_HIGH: "It is really getting worse, and that is not chance.",
    Variation.WORSENING_LOW: "It is really getting worse, and that is not chance.",
    Variation.CHANGED_HIGH: "It is really higher than before, and that is not chance.",
    Variation.CHANGED_LOW: "It is really lower than before, and that is not chance.",
    Variation.COMMON: "It goes up and down by chance and has not really changed.",
    Variation.UNSUITABLE: "",
}

CAUSE: dict[SpecialCause, str] = {
    SpecialCause.ABOVE: "The latest figure lies above the range in which chance alone moves.",
    SpecialCause.BELOW: "The latest figure lies below the range in which chance alone moves.",
    SpecialCause.RISING: "The last {trend} figures or more each lie above the one before.",
    SpecialCause.FALLING: "The last {trend} figures or more each lie below the one before.",
    SpecialCause.NEAR_HIGH: "Two of three figures in a row lie near the upper limit.",
    SpecialCause.NEAR_LOW: "Two of three figures in a row lie near the lower limit.",
    SpecialCause.SHIFT_UP: "The last {shift} figures or more all lie above the average.",
    SpecialCause.SHIFT_DOWN: "The last {shift} figures or more all lie below the average.",
    SpecialCause.COMMON: "Nothing in the latest figure goes beyond chance.",
}

STATUS: dict[Status, str] = {
    Status.MET: "It is where it should be by now.",
    Status.WITHIN_TOLERANCE: "It is close to where it should be by now.",
    Status.MISSED: "It is not where it should be by now.",
    Status.NOT_DUE: "Its target is not due yet.",
    Status.NO_NUMBER: "The plan gives no number to reach.",
    Status.NO_DATA: "No newer figure has been received.",
}


def law_sentence(short: Decimal | None, unit: str) -> str:
    """How far the legal standard is."""
    if short is None:
        return ""
    if short == 0:
        return "The legal standard is met."
    points = (
        f"{number_in_words(short)} points"
        if unit == PERCENT
        else f"{number_in_words(short)} {unit}"
    )
    return f"It is still {points} short of the legal standard."


def assurance_sentence(
    assurance: Assurance, *, target: str, lower: str, upper: str, word: str
) -> tuple[str, str]:
    """What chance means for the target, in a few words and in a sentence."""
    reach = f"the expected range ({lower} to {upper})"
    if assurance == Assurance.PASS:
        return "Will be met.", f"The {word} of {target} is reached anywhere in {reach}."
    if assurance == Assurance.FAIL:
        return (
            "Will not be met as things are.",
            f"The {word} of {target} lies outside {reach}: only a real change will reach it.",
        )
    if assurance == Assurance.EITHER:
        return (
            "May hit or miss.",
            (
                f"The {word} of {target} lies inside {reach}: some figures will reach it by chance, some "
                "will not."
            ),
        )
    return "", ""

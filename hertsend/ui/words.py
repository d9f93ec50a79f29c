"""Small matters of wording that forms and templates share."""

# Not from the system's locale: the site reads the same wherever it runs.
MONTH_NAMES = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def lower_first(words: str) -> str:
    """The words as they stand inside a sentence: "Forecast date" loses its capital, "EHC plan" does not."""
    first = words.split(" ", 1)[0]
    keeps_capital = first == "I" or first[1:2].isupper()
    return words if keeps_capital else words[:1].lower() + words[1:]


def count_of(number: int, one: str, many: str) -> str:
    """The number with its noun: "1 day", "9 days"."""
    return f"{number} {one if number == 1 else many}"


def times(number: int) -> str:
    """How often something happened, as one says it: "once", "twice", "3 times"."""
    return {1: "once", 2: "twice"}.get(number, f"{number} times")

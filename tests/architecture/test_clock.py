"""Only hertsend.dates reads the clock; everything else receives a day or a moment."""

import pytest

from tests.architecture.source import Module, modules, sample

CLOCKS = {
    "datetime.date.today",
    "datetime.datetime.now",
    "datetime.datetime.today",
    "datetime.datetime.utcnow",
    "django.utils.timezone.localdate",
    "django.utils.timezone.now",
    "time.gmtime",
    "time.localtime",
    "time.time",
    "time.time_ns",
    "django.db.models.functions.Now",
}
READERS = {
    "hertsend.dates": "the one module that reads the clock",
    "hertsend.accounts.services.tokens": (
        "a token's end is compared with the real clock, by which the token package sets it"
    ),
    "hertsend.files.store": "how old a file is, is told by the machine's clock that dated it",
}
STAMPS = {"auto_now", "auto_now_add"}


def readings(module: Module) -> list[str]:
    """Each reading of a clock, called or handed on as a default."""
    if module.name in READERS:
        return []
    return [
        f"{module.name}:{line} reads the clock ({name}): receive `on` or `at`, or ask hertsend.dates"
        for line, name in _readings(module)
    ]


def _readings(module: Module) -> list[tuple[int, str]]:
    found = []
    for line, name, call in module.calls():
        found += [(line, name)] if name in CLOCKS else []
        for keyword in call.keywords:
            handed_on = module.meaning(keyword.value)
            if keyword.arg in STAMPS:
                found.append((line, keyword.arg))
            elif handed_on in CLOCKS:
                found.append((line, handed_on))
        if name == "django.utils.timezone.localtime" and not (call.args or call.keywords):
            found.append((line, name))
    return found


def test_only_one_module_reads_the_clock():
    assert [fault for module in modules() for fault in readings(module)] == []


def test_every_exception_is_needed():
    needed = {module.name for module in modules() if _readings(module)}

    assert needed == set(READERS), "Take the module off the list"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("import datetime as dt\ndt.datetime.now(tz=None)", 1),
        ("from datetime import date\ndate.today()", 1),
        ("from django.utils import timezone\ntimezone.now()", 1),
        ("from django.utils.timezone import now as moment\nmoment()", 1),
        ("from django.utils import timezone\ntimezone.localtime()", 1),
        ("from django.utils import timezone\ntimezone.localtime(row.at)", 0),
        ("import time\ntime.time()", 1),
        ("import time\ntime.monotonic()", 0),
        ("from django.db import models\nmodels.DateTimeField(auto_now_add=True)", 1),
        ("from django.utils import timezone as tz\nmodels.DateTimeField(default=tz.now)", 1),
        ("from hertsend import dates\ndates.today()", 0),
    ],
)
def test_the_guard_sees_a_clock(text, found):
    assert len(readings(sample(text))) == found

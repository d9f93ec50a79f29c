"""What is wrong with a town after its months, in sentences; knows nothing of how packs are made."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import Any

from hertsend.dates import previous_month
from tests.faults.sink import Taken

READERS = {
    "board": {"admin", "office", "chair", "member", "leaver", "executive", "lead"},
    "executive": {"office", "chair", "executive"},
    "families": {"carer"},
}
"""Who is told of which edition: whoever may read it, and of the families' those who have no other."""


def faults(
    stored: dict[str, Any],
    taken: list[Taken],
    *,
    places: list[str],
    months: list[str],
    left: dict[str, str],
) -> list[str]:
    """Everything that is wrong; ``left`` is the month in which the leaver of a place lost their role."""
    return [
        *_of_packs(stored["packs"], places, months),
        *_of_contents(stored["packs"]),
        *_of_mails(stored["mails"], places, months, left),
        *_of_post(stored["mails"], taken),
        *(f"{job} was never done" for job in stored["waiting_jobs"]),
    ]


def _of_packs(packs: list[dict[str, Any]], places: list[str], months: list[str]) -> Iterator[str]:
    """Exactly one issued pack for each place, month and edition, and no other."""
    wanted = {
        (place, month, edition) for place in places for month in months for edition in READERS
    }
    found = Counter((each["place"], each["month"], each["edition"]) for each in packs)
    for key in sorted(wanted | set(found)):
        if found[key] != (key in wanted):
            yield f"{found[key]} packs of {key}"
    for each in packs:
        if (each["state"], each["revision"]) != ("issued", 1):
            yield f"{_name(each)} is {each['state']}, revision {each['revision']}"


def _of_contents(packs: list[dict[str, Any]]) -> Iterator[str]:
    """Each pack is of its own place and month, and holds what was said until its freeze and no more."""
    for each in packs:
        if "cover" not in each:
            yield f"{_name(each)} was never read"
            continue
        own = [each["plan"], each["month"], each["edition"]]
        if each["cover"] != own or not each["is_of_place"] or not each["is_at_freeze"]:
            yield f"{_name(each)} is of {each['cover']}"
        month = dt.date.fromisoformat(f"{each['month']}-01")
        before = f"{previous_month(month):%Y-%m}"
        said = [] if before == "2023-12" else [[each["place"], before]]
        if each["said"] != said:
            yield f"{_name(each)} says {each['said']}"
        if each["printed"] not in (None, each["names"]):
            yield f"the file of {_name(each)} says {each['printed']}"
        if each["is_same_again"] is False:
            yield f"{_name(each)} is not the same file when it is made again"


def _of_mails(
    mails: list[dict[str, Any]], places: list[str], months: list[str], left: dict[str, str]
) -> Iterator[str]:
    """Everybody who may read is told once, nobody else; a leaver of nothing since they left."""
    found = Counter(
        (each["place"], each["month"], each["edition"], each["recipient"]) for each in mails
    )
    wanted = set()
    for place in places:
        for month in months:
            for edition, readers in READERS.items():
                for name in readers:
                    if name != "leaver" or month <= left[place]:
                        wanted.add((place, month, edition, f"{name}@{place}.example.org"))
    for key in sorted(wanted | set(found)):
        if found[key] != (key in wanted):
            yield f"{found[key]} e-mails planned for {key}"
    for each in mails:
        place = each["place"]
        has_left = (
            each["recipient"] == f"leaver@{place}.example.org" and each["month"] == left[place]
        )
        expected = {"withheld"} if has_left else {"sent", "unknown"}
        if each["state"] not in expected:
            yield f"the e-mail to {each['recipient']} of {each['month']} is {each['state']}"


def _of_post(mails: list[dict[str, Any]], taken: list[Taken]) -> Iterator[str]:
    """What the mail server took: of what was sent one each, of what nobody knows one at most."""
    arrived = Counter((each.recipient, each.link) for each in taken)
    yield from (f"{number} e-mails for {key}" for key, number in arrived.items() if number > 1)
    by_id = Counter(each.message_id for each in taken)
    addresses = {each["message_id"]: each["recipient"] for each in mails}
    for each in mails:
        number = by_id[each["message_id"]]
        allowed = {"sent": {1}, "unknown": {0, 1}}.get(each["state"], {0})
        if number not in allowed:
            yield f"{number} e-mails arrived at {each['recipient']}, one is {each['state']}"
    for each in taken:
        if addresses.get(each.message_id) != each.recipient:
            yield f"an e-mail that nobody planned arrived at {each.recipient}"
        elif (
            f"/{each.recipient.split('@')[1].split('.')[0].replace('place', 'plan')}/"
            not in each.link
        ):
            yield f"{each.recipient} was sent {each.link}"


def _name(pack: dict[str, Any]) -> str:
    return f"{pack['edition']} pack of {pack['month']}, {pack['place']}"

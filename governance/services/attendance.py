"""Who came to a meeting, who sent apologies, who came in whose place; and interests declared."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction

from governance.enums import MeetingMark
from governance.models import AgendaItem, Attendance, DeclaredInterest, Meeting
from governance.permissions import meetings as permissions
from governance.policies import meetings as rules
from governance.selectors import meetings as reads
from governance.services.locking import lock_meeting, once
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.errors import Conflict, RuleBroken
from hertsend.records.bases import save_audited

CHANGED = (
    "Somebody noted the attendance after you opened the page. What is stored stands beside it."
)


@dataclass(frozen=True)
class Mark:
    """Whether one person came; ``stand_in`` is who came in their place."""

    mark: str
    stand_in: str = ""


@transaction.atomic
def note_attendance(
    *,
    meeting: Meeting,
    members: Mapping[int, Mark],
    guests: Mapping[int, Mark],
    new_guests: Sequence[str],
    fingerprint: str,
    by: User,
) -> Meeting:
    """Note who came, for members (by membership), known guests (by row) and new guests (by name).

    ``fingerprint`` is that of the attendance which the page showed. Raises ``NotAllowed``,
    ``RuleBroken`` under ``mark_<member>``, ``guest_<row>`` or ``new_guests``, ``Conflict``.
    """
    row = lock_meeting(meeting)
    permissions.require_agenda(by, row.group)
    rules.check_is_open(row.state)
    if fingerprint != reads.attendance_fingerprint(row):
        raise Conflict(CHANGED)
    _check(row, members, guests, new_guests)
    stored = list(row.attendance.all())
    noted = {each.membership_id: each for each in stored if each.membership_id}
    for membership, mark in members.items():
        each = noted.get(membership) or Attendance(meeting=row, membership_id=membership)
        _note(each, mark, by=by)
    for each in stored:
        if each.pk in guests:
            _note(each, guests[each.pk], by=by)
    for name in new_guests:
        _note(Attendance(meeting=row, name=name.strip()), Mark(MeetingMark.PRESENT), by=by)
    return row


@transaction.atomic
def declare_interest(
    *,
    meeting: Meeting,
    item: AgendaItem | None,
    who: str,
    interest: str,
    what_was_done: str,
    by: User,
    submission_key: str = "",
) -> DeclaredInterest:
    """Note a conflict of interest, on an item or the whole meeting, and what was done about it.

    Raises ``NotAllowed``, ``RuleBroken`` for words left out or an item of another meeting.
    """
    row = lock_meeting(meeting)
    permissions.require_agenda(by, row.group)
    rules.check_is_open(row.state)
    words = {"who": who, "interest": interest, "what_was_done": what_was_done}
    errors = {name: [WANTED[name]] for name, text in words.items() if not text.strip()}
    if item is not None and item.meeting_id != row.pk:
        errors["item"] = ["Select an item of this meeting."]
    if errors:
        raise RuleBroken(errors)
    stripped = {name: text.strip() for name, text in words.items()}
    return once(
        lambda: _declared(DeclaredInterest(meeting=row, item=item, **stripped), by=by),
        model=DeclaredInterest,
        what="interests.declare",
        values=[row.pk, item and item.pk, *stripped.values()],
        submission_key=submission_key,
        by=by,
    )


WANTED = {
    "who": "Enter who declared it.",
    "interest": "Enter what the interest is.",
    "what_was_done": "Enter what was done about it.",
}


@transaction.atomic
def withdraw_interest(*, interest: DeclaredInterest, reason: str, by: User) -> DeclaredInterest:
    """Take back what was noted of an interest, saying why. Raises ``NotAllowed``, ``RuleBroken``."""
    meeting = lock_meeting(interest.meeting)
    permissions.require_agenda(by, meeting.group)
    rules.check_is_open(meeting.state)
    row = DeclaredInterest.objects.select_for_update(of=("self",)).get(pk=interest.pk)
    if row.withdrawn_reason:
        raise RuleBroken("This was withdrawn already.")
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter why it is withdrawn."]})
    row.withdrawn_reason = reason.strip()
    save_audited(row, by=by, reason=row.withdrawn_reason, fields=["withdrawn_reason"])
    return row


def _declared(row: DeclaredInterest, *, by: User) -> DeclaredInterest:
    save_audited(row, by=by, reason="Declared")
    return row


def _check(
    meeting: Meeting,
    members: Mapping[int, Mark],
    guests: Mapping[int, Mark],
    new_guests: Sequence[str],
) -> None:
    """Refuse marks that do not fit, people of other groups, and a guest who is noted already."""
    has_begun = meeting.starts_at <= dates.now()
    given = {f"mark_{key}": mark for key, mark in members.items()}
    given |= {f"guest_{key}": mark for key, mark in guests.items()}
    wrong = {
        name: rules.check_mark(mark=each.mark, stand_in=each.stand_in, has_begun=has_begun)
        for name, each in given.items()
    }
    errors = {name: [sentence] for name, sentence in wrong.items() if sentence}
    known = {each.name for each in meeting.attendance.filter(membership=None)}
    names = [name.strip() for name in new_guests]
    if twice := sorted({name for name in names if name in known or names.count(name) > 1}):
        errors["new_guests"] = [f"Noted already: {', '.join(twice)}."]
    elif names and not has_begun:
        errors["new_guests"] = ["Guests are noted once the meeting has begun."]
    if errors:
        raise RuleBroken(errors)
    if set(members) - set(reads.members_on(meeting).values_list("pk", flat=True)):
        raise RuleBroken("Somebody in this list does not sit in the group on that day.")


def _note(row: Attendance, mark: Mark, *, by: User) -> None:
    before = (row.mark, row.stand_in)
    row.mark, row.stand_in = mark.mark, mark.stand_in.strip()
    if before != (row.mark, row.stand_in):
        save_audited(row, by=by, reason="Attendance noted")

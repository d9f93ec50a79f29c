"""Agendas: items added, changed, put in order and withdrawn; their papers; and their minutes."""

from dataclasses import asdict, dataclass

from django.db import transaction

from governance.enums import AgendaKind
from governance.models import AgendaItem, Meeting, MeetingPaper
from governance.permissions import meetings as permissions
from governance.policies import meetings as rules
from governance.services.locking import lock_meeting, once
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.errors import Conflict, RuleBroken
from hertsend.files import store
from hertsend.records.bases import save_audited, save_changed
from hertsend.records.words import stripped
from plans.services.evidence import stored_file

ITEM_CHANGED = "Somebody changed this item after you opened the page. Both are shown below."
TAKEN_OFF = "This item was taken off the agenda."


@dataclass(frozen=True)
class ItemWords:
    """What is said of an item; ``duration`` is in minutes."""

    title: str
    purpose: str
    duration: int | None
    presenter: str = ""
    is_officers_only: bool = False


@transaction.atomic
def add_item(
    *, meeting: Meeting, words: ItemWords, by: User, submission_key: str = ""
) -> AgendaItem:
    """Put an item of the meeting's own at the end of its agenda.

    Raises ``NotAllowed`` for others than the chairs and the programme office, ``RuleBroken``.
    """
    row = _open_agenda(meeting, by=by)
    _check_words(words)
    return once(
        lambda: _new_item(row, words, kind=AgendaKind.OWN, by=by),
        model=AgendaItem,
        what="agendas.add",
        values=[row.pk, *asdict(words).values()],
        submission_key=submission_key,
        by=by,
    )


@transaction.atomic
def change_item(*, item: AgendaItem, words: ItemWords, base_version: int, by: User) -> AgendaItem:
    """Change what is said of an item. Raises ``NotAllowed``, ``RuleBroken``, ``Conflict``."""
    _open_agenda(item.meeting, by=by)
    row = _lock_item(item)
    typed = asdict(words)
    if row.version != base_version:
        current = {name: getattr(row, name) for name in typed}
        raise Conflict(ITEM_CHANGED, current=current, submitted=typed)
    _check_words(words)
    return save_changed(row, by=by, reason="Changed", **stripped(words))


@transaction.atomic
def order_item(*, item: AgendaItem, earlier: bool, by: User) -> AgendaItem:
    """Move an item one place up or down; at the end of the agenda it stays where it is.

    Raises ``NotAllowed``, ``RuleBroken``.
    """
    meeting = _open_agenda(item.meeting, by=by)
    rows = list(meeting.items.standing().select_for_update(of=("self",)))
    place = next((number for number, row in enumerate(rows) if row.pk == item.pk), None)
    if place is None:
        raise RuleBroken(TAKEN_OFF)
    other = place + (-1 if earlier else 1)
    if 0 <= other < len(rows):
        rows[place], rows[other] = rows[other], rows[place]
    for position, row in enumerate(rows, start=1):
        if row.position != position:
            row.position = position
            save_audited(row, by=by, reason="Another order", fields=["position"])
    return item


@transaction.atomic
def withdraw_item(*, item: AgendaItem, reason: str, by: User) -> AgendaItem:
    """Take an item off the agenda, saying why; it stays on record.

    Raises ``NotAllowed``, and ``RuleBroken`` without a reason or for one that has minutes.
    """
    _open_agenda(item.meeting, by=by)
    row = _lock_item(item)
    if row.minutes_text:
        raise RuleBroken("This item was taken: it has minutes.")
    return _withdraw(row, reason, by=by)


@transaction.atomic
def write_minutes(
    *, item: AgendaItem, minutes_text: str, base_version: int, by: User
) -> AgendaItem:
    """Write what was said and agreed on an item, in short.

    Raises ``NotAllowed``, ``RuleBroken`` before the meeting or once its minutes are agreed,
    ``Conflict`` with both texts.
    """
    meeting = lock_meeting(item.meeting)
    permissions.require_agenda(by, meeting.group)
    rules.check_takes_minutes(meeting.state)
    row = _lock_item(item)
    if row.version != base_version:
        raise Conflict(
            ITEM_CHANGED,
            current={"minutes_text": row.minutes_text},
            submitted={"minutes_text": minutes_text},
        )
    return save_changed(row, by=by, reason="Minutes written", minutes_text=minutes_text.strip())


@transaction.atomic
def add_paper(
    *,
    item: AgendaItem,
    title: str,
    file: store.ReceivedFile | None,
    by: User,
    submission_key: str = "",
) -> MeetingPaper:
    """Attach a file to an item. Raises ``NotAllowed``, ``RuleBroken``, ``Conflict``."""
    _open_agenda(item.meeting, by=by)
    row = _lock_item(item)
    errors: dict[str, list[str]] = {}
    if not title.strip():
        errors["title"] = ["Enter what the paper is called."]
    if file is None:
        errors["file"] = ["Choose the file."]
    if errors or file is None:
        raise RuleBroken(errors)
    return once(
        lambda: _new_paper(row, title, file, by=by),
        model=MeetingPaper,
        what="agendas.paper",
        values=[row.pk, title, file.sha256],
        submission_key=submission_key,
        by=by,
    )


@transaction.atomic
def withdraw_paper(*, paper: MeetingPaper, reason: str, by: User) -> MeetingPaper:
    """Take a paper back, saying why: nobody can open it from then on.

    Possible at any time, also once the minutes are agreed: it may have been the wrong file, or
    name a child. Raises ``NotAllowed``, ``RuleBroken``.
    """
    meeting = lock_meeting(paper.item.meeting)
    permissions.require_agenda(by, meeting.group)
    row = MeetingPaper.objects.select_for_update(of=("self",)).get(pk=paper.pk)
    if row.withdrawn_reason:
        raise RuleBroken("This paper was withdrawn already.")
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter why it is withdrawn."]})
    row.withdrawn_reason = reason.strip()
    save_audited(row, by=by, reason=row.withdrawn_reason, fields=["withdrawn_reason"])
    return row


def _open_agenda(meeting: Meeting, *, by: User) -> Meeting:
    """The meeting, locked, for somebody who may edit its agenda while that is open."""
    row = lock_meeting(meeting)
    permissions.require_agenda(by, row.group)
    rules.check_is_open(row.state)
    return row


def _lock_item(item: AgendaItem) -> AgendaItem:
    row = AgendaItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    if row.withdrawn_reason:
        raise RuleBroken(TAKEN_OFF)
    return row


def _check_words(words: ItemWords) -> None:
    rules.check_item(title=words.title, duration=words.duration, purpose=words.purpose)


def _new_item(meeting: Meeting, words: ItemWords, *, kind: AgendaKind, by: User) -> AgendaItem:
    last = meeting.items.order_by("-position").values_list("position", flat=True).first()
    item = AgendaItem(meeting=meeting, kind=kind, position=(last or 0) + 1, **stripped(words))
    save_audited(item, by=by, reason="Added to the agenda")
    return item


def _new_paper(item: AgendaItem, title: str, file: store.ReceivedFile, *, by: User) -> MeetingPaper:
    kept = stored_file(plan=item.meeting.group.plan, file=file, by=by)
    paper = MeetingPaper(
        item=item, title=title.strip(), file=kept, added_by=by, added_at=dates.now()
    )
    save_audited(paper, by=by, reason="Paper attached")
    return paper


def _withdraw(row: AgendaItem, reason: str, *, by: User) -> AgendaItem:
    if not reason.strip():
        raise RuleBroken({"reason": ["Enter why it is taken off."]})
    return save_changed(row, by=by, reason=reason.strip(), withdrawn_reason=reason.strip())

"""A pack on its way: planned and read by the system, released by the office, issued by a joint chair.

Every step locks the month first and then the run, as the calendar does when it reopens a month.
"""

from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from governance.boardpack import arranging, snapshot
from governance.enums import Edition, PackAct
from governance.models import BoardPack, PackRun
from governance.policies import packs as rules
from governance.selectors import packs as reads
from governance.services import deliveries
from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.jobs.models import Job
from hertsend.jobs.services import enqueue_on_commit
from hertsend.records import submissions
from hertsend.records.bases import check_unchanged, save_audited, save_changed
from plans.models import ReportingPeriod
from plans.services.locking import lock_period, unique_means_conflict

ASSEMBLE_PACK = "governance.assemble_pack"
CHANGED = "This pack changed after you opened the page. Read it again before you go on."


@transaction.atomic
def plan_run(*, period: ReportingPeriod, edition: Edition, by: User) -> PackRun:
    """Plan the next revision of a month's pack; where somebody else just did, answer theirs.

    Raises ``NotAllowed``.
    """
    access.require(by, Permission.ASSEMBLE_PACK, partnership_id=period.plan.partnership_id)
    before = reads.latest_run(period=period, edition=edition)
    return _planned(period, edition, revision=before.revision + 1 if before else 1, by=by)


def _planned(
    period: ReportingPeriod, edition: str, *, revision: int, by: User, reason: str = ""
) -> PackRun:
    key = {"period": period, "edition": edition, "revision": revision}
    run = PackRun(
        **key,
        partnership_id=period.plan.partnership_id,
        reason=reason,
        planned_by=by,
        planned_at=dates.now(),
    )
    try:
        with transaction.atomic():
            save_audited(run, by=by, reason=f"Planned. {reason}".strip())
    except IntegrityError:
        return PackRun.objects.select_related("pack").get(**key)
    return run


@transaction.atomic
def ask_for(*, period: ReportingPeriod, edition: str, by: User, again: str = "") -> Job | None:
    """Ask for a pack to be assembled once the caller commits; None when it was asked for before.

    ``again`` tells the freeze or version apart from the month's first. Raises ``NotAllowed``.
    """
    access.require(by, Permission.ASSEMBLE_PACK, partnership_id=period.plan.partnership_id)
    return enqueue_on_commit(
        kind=ASSEMBLE_PACK,
        key=f"{period.plan.slug} {period.month:%Y-%m} {edition}{f', {again}' if again else ''}",
        arguments={"period_id": period.pk, "edition": str(edition)},
    )


@transaction.atomic
def mark_read(*, run: PackRun, pack: BoardPack, by: User) -> PackRun:
    """Note that the content was read and stored. Raises ``NotAllowed``, ``RuleBroken``."""
    row = _locked(run)
    access.require(by, Permission.ASSEMBLE_PACK, partnership_id=row.partnership_id)
    state = rules.check_act(PackAct.SNAPSHOT, reads.standing_of(row))
    return save_changed(row, by=by, reason=PackAct.SNAPSHOT.label, state=state, pack=pack)


@transaction.atomic
def mark_rendered(*, run: PackRun, by: User) -> PackRun:
    """Note that the pack can be shown in every format; a second time changes nothing.

    What was overtaken meanwhile stays where it is. Raises ``NotAllowed``.
    """
    row = _locked(run)
    access.require(by, Permission.ASSEMBLE_PACK, partnership_id=row.partnership_id)
    standing = reads.standing_of(row)
    if not rules.may_act(PackAct.RENDER, standing):
        return row
    state = rules.check_act(PackAct.RENDER, standing)
    return save_changed(
        row, by=by, reason=PackAct.RENDER.label, state=state, rendered_at=dates.now()
    )


@unique_means_conflict
@transaction.atomic
def prepare(
    *,
    run: PackRun,
    foreword: str,
    order: Sequence[str] = (),
    left_out: Sequence[str] = (),
    base_version: int,
    by: User,
    submission_key: str = "",
) -> PackRun:
    """Write the office's foreword, and say in which order sections stand and which are left out.

    Raises ``NotAllowed``, ``RuleBroken`` for what is not being prepared and for sections that always
    stand, ``Conflict`` when it changed since it was read.
    """
    row = _locked(run)
    access.require(by, Permission.RELEASE_PACK, partnership_id=row.partnership_id)
    body = {"foreword": foreword, "order": [*order], "left_out": [*left_out]}
    sent, earlier = _sent("prepare", row, base_version, by, submission_key, **body)
    if earlier is not None:
        return row
    check_unchanged(row, base_version, told=CHANGED)
    state = rules.check_act(PackAct.PREPARE, reads.standing_of(row))
    rules.check_foreword(foreword)
    edition = Edition(row.edition)
    rules.check_arrangement(
        order=order,
        left_out=left_out,
        movable=arranging.movable_in(edition),
        leavable=arranging.leavable_in(edition),
    )
    words = foreword.strip()
    own: dict[str, Any] = {"foreword": words}
    if words != row.foreword:
        own |= {
            "foreword_by": by if words else None,
            "foreword_by_name": by.name if words else "",
            "foreword_at": dates.now() if words else None,
        }
    changes = {"state": state, "order": [*order], "left_out": [*left_out], **own}
    save_changed(row, by=by, reason=PackAct.PREPARE.label, **changes)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def release(*, run: PackRun, base_version: int, by: User, submission_key: str = "") -> PackRun:
    """Hand a pack to the joint chairs, as it was read on the page.

    Raises ``NotAllowed``, ``RuleBroken`` for what is not laid out or was overtaken, ``Conflict``.
    """
    row = _locked(run)
    access.require(by, Permission.RELEASE_PACK, partnership_id=row.partnership_id)
    sent, earlier = _sent("release", row, base_version, by, submission_key)
    if earlier is not None:
        return row
    check_unchanged(row, base_version, told=CHANGED)
    state = rules.check_act(PackAct.RELEASE, reads.standing_of(row))
    unreturned = {"returned_reason": "", "returned_by": None, "returned_at": None}
    released = {
        "released_by": by,
        "released_at": dates.now(),
        "shown_sha256": snapshot.digest_of_shown(row),
    }
    save_changed(row, by=by, reason=PackAct.RELEASE.label, state=state, **released, **unreturned)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def send_back(
    *, run: PackRun, reason: str, base_version: int, by: User, submission_key: str = ""
) -> PackRun:
    """Return a released pack to the office, with the reason.

    Raises ``NotAllowed``, ``RuleBroken`` without a reason or for what is not released, ``Conflict``.
    """
    row = _locked(run)
    access.require(by, Permission.ISSUE_PACK, partnership_id=row.partnership_id)
    sent, earlier = _sent("send_back", row, base_version, by, submission_key, reason=reason)
    if earlier is not None:
        return row
    check_unchanged(row, base_version, told=CHANGED)
    state = rules.check_act(PackAct.SEND_BACK, reads.standing_of(row))
    rules.check_words(reason, field="reason", told="Enter what the office should put right.")
    told = reason.strip()
    returned = {"returned_reason": told, "returned_by": by, "returned_at": dates.now()}
    unreleased = {"released_by": None, "released_at": None, "shown_sha256": ""}
    save_changed(row, by=by, reason=f"Returned: {told}", state=state, **returned, **unreleased)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def issue(*, run: PackRun, base_version: int, by: User, submission_key: str = "") -> PackRun:
    """Give a released pack to its readers: from now on they open it, and each is told by e-mail.

    Raises ``NotAllowed``, ``RuleBroken`` for who released it or wrote in it and for what is not
    released or was overtaken, ``Conflict`` when it changed since it was read.
    """
    row = _locked(run)
    access.require(by, Permission.ISSUE_PACK, partnership_id=row.partnership_id)
    sent, earlier = _sent("issue", row, base_version, by, submission_key)
    if earlier is not None:
        return row
    check_unchanged(row, base_version, told=CHANGED)
    state = rules.check_act(PackAct.ISSUE, reads.standing_of(row))
    rules.check_issuer(issuer_id=by.pk, own_ids=_had_a_part(row))
    save_changed(
        row,
        by=by,
        reason=PackAct.ISSUE.label,
        state=state,
        issued_by=by,
        issued_at=dates.now(),
    )
    deliveries.plan_all(run=row, by=by)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=row.pk)
    return row


@unique_means_conflict
@transaction.atomic
def reissue(
    *, run: PackRun, reason: str, base_version: int, by: User, submission_key: str = ""
) -> PackRun:
    """Have a further version made of an issued pack, for a reason that it will say; answer it.

    The issued one stays as it is. Raises ``NotAllowed``, ``RuleBroken`` without a reason, for what
    is not issued and for what has a later version, ``Conflict``.
    """
    row = _locked(run)
    access.require(by, Permission.RELEASE_PACK, partnership_id=row.partnership_id)
    sent, earlier = _sent("reissue", row, base_version, by, submission_key, reason=reason)
    if earlier is not None:
        return PackRun.objects.get(pk=earlier)
    check_unchanged(row, base_version, told=CHANGED)
    rules.check_reissue(reads.standing_of(row), reason=reason)
    after = _planned(
        row.period, row.edition, revision=row.revision + 1, by=by, reason=reason.strip()
    )
    again = f"version {after.revision}"
    ask_for(period=row.period, edition=row.edition, by=by, again=again)
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=after.pk)
    return after


def _had_a_part(row: PackRun) -> set[int | None]:
    """Everyone who ever wrote in the pack, ordered it or released it, also where others came after."""
    acts = (PackAct.PREPARE.label, PackAct.RELEASE.label)
    past = row.history.filter(history_change_reason__in=acts)
    return {row.released_by_id, row.foreword_by_id, *past.values_list("history_user_id", flat=True)}


def _sent(
    what: str, run: PackRun, base_version: int, by: User, key: str, **values: Any
) -> tuple[str, int | None]:
    body = {"run": run.pk, "base": base_version} | values
    return submissions.sent_before(f"{what}_pack", body, person=by, key=key)


def _locked(run: PackRun) -> PackRun:
    lock_period(run.period)
    return (
        PackRun.objects.select_for_update(of=("self",))
        .select_related("period__plan", "pack")
        .defer("pack__content")
        .get(pk=run.pk)
    )

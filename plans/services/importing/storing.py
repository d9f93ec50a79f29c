"""Writes the differences between a plan file and the database, row by row, with their history."""

from dataclasses import dataclass, field
from typing import Any

from hertsend import dates
from hertsend.accounts.models import Partnership, Post, User
from hertsend.records.bases import save_audited
from plans.enums import JudgementState
from plans.models import (
    Action,
    Ambition,
    Area,
    AreaAccountability,
    GlossaryTerm,
    Judgement,
    Milestone,
    MilestoneLead,
    Plan,
    PlanSection,
    RecurringCommitment,
    Workstream,
)
from plans.planfile.differences import Differences, RowChange
from plans.planfile.rows import Fields, Kind


@dataclass(frozen=True)
class Storage:
    """How a kind of rows is stored.

    ``parents`` are fields that hold the key of one other row or None, ``sets`` those that hold keys of
    several without an order, ``posts`` those of posts in an order, in rows of the given model.
    """

    model: Any
    key: str = "key"
    holder: Kind | None = Kind.PLAN
    parents: dict[str, Kind] = field(default_factory=dict)
    sets: dict[str, Kind] = field(default_factory=dict)
    posts: dict[str, Any] = field(default_factory=dict)

    @property
    def links(self) -> set[str]:
        """The fields that are stored in rows of their own."""
        return {*self.sets, *self.posts}


_AREAS = {"areas": Kind.AREA}

STORAGE: dict[Kind, Storage] = {
    Kind.PARTNERSHIP: Storage(Partnership, key="slug", holder=None),
    Kind.PLAN: Storage(Plan, key="slug", holder=None, parents={"partnership": Kind.PARTNERSHIP}),
    Kind.POST: Storage(Post, holder=Kind.PARTNERSHIP),
    Kind.AREA: Storage(Area, posts={"accountable": AreaAccountability}),
    Kind.AMBITION: Storage(Ambition, sets=_AREAS),
    Kind.WORKSTREAM: Storage(Workstream, sets=_AREAS),
    Kind.ACTION: Storage(Action, parents={"workstream": Kind.WORKSTREAM}, sets=_AREAS),
    Kind.MILESTONE: Storage(
        Milestone, parents={"action": Kind.ACTION}, posts={"leads": MilestoneLead}
    ),
    Kind.COMMITMENT: Storage(
        RecurringCommitment,
        parents={"action": Kind.ACTION, "milestone": Kind.MILESTONE, "owner": Kind.POST},
    ),
    Kind.GLOSSARY_TERM: Storage(GlossaryTerm, key="term"),
    Kind.SECTION: Storage(PlanSection),
    Kind.JUDGEMENT: Storage(Judgement, key="origin"),
}

UNDECIDED: Fields = {
    "state": JudgementState.OPEN,
    "comment": "",
    "decided_by": None,
    "decided_at": None,
}
"""What a judgement becomes when its text changes: nobody has confirmed the new one."""


class Storing:
    """One import. ``reasons`` stand in the history: of new rows, and of changed ones."""

    def __init__(self, differences: Differences, *, by: User, reasons: tuple[str, str]) -> None:
        self.differences = differences
        self.by = by
        self.why_created, self.why_changed = reasons
        self.found: dict[Kind, dict[str, Any]] = {}

    def store(self) -> None:
        """Write every kind in the order in which rows refer to each other."""
        changed: dict[Kind, list[RowChange]] = {kind: [] for kind in Kind}
        for change in self.differences.changed:
            changed[change.kind].append(change)
        for kind in Kind:
            self.found[kind] = self._stored(kind, lock=bool(changed[kind]))
            for key in self.differences.created[kind]:
                self.found[kind][key] = self._create(kind, key)
            for change in changed[kind]:
                self._change(change)

    def _stored(self, kind: Kind, *, lock: bool) -> dict[str, Any]:
        """The rows of a kind by key; locked where some change, so that their history is true."""
        storage = STORAGE[kind]
        rows = storage.model.objects.all()
        if lock:
            rows = rows.select_for_update()
        if storage.holder:
            rows = rows.filter(**self._held_by(storage.holder))
        else:
            rows = rows.filter(**{f"{storage.key}__in": list(self.differences.rows[kind])})
        return {getattr(row, storage.key): row for row in rows}

    def _held_by(self, holder: Kind) -> dict[str, Any]:
        [row] = self.found[holder].values()
        return {holder.value: row}

    def _create(self, kind: Kind, key: str) -> Any:
        storage = STORAGE[kind]
        fields = self.differences.rows[kind][key]
        row = storage.model(**{storage.key: key} | self._columns(storage, fields))
        if storage.holder:
            for name, held in self._held_by(storage.holder).items():
                setattr(row, name, held)
        save_audited(row, by=self.by, reason=self.why_created)
        self._link(storage, row, fields, reason=self.why_created)
        return row

    def _change(self, change: RowChange) -> None:
        storage = STORAGE[change.kind]
        row = self.found[change.kind][change.key]
        new = {one.field: one.new for one in change.fields}
        columns = self._columns(storage, new)
        if change.kind is Kind.JUDGEMENT and "text" in new:
            columns |= UNDECIDED
        for name, value in columns.items():
            setattr(row, name, value)
        self._link(storage, row, new, reason=self.why_changed)
        # Links are rows of their own: the history of this one names them, in its reason.
        words = [
            f"{one.field}: {', '.join(one.old)} → {', '.join(one.new)}"
            for one in change.fields
            if one.field in storage.links
        ]
        save_audited(
            row,
            by=self.by,
            reason=". ".join([self.why_changed, *words]),
            fields=[*columns] or [storage.key],
        )

    def _columns(self, storage: Storage, fields: Fields) -> Fields:
        """The values of the row's own columns."""
        columns = {name: value for name, value in fields.items() if name not in storage.links}
        for name, kind in storage.parents.items():
            if columns.get(name) is not None:
                columns[name] = self.found[kind][columns[name]]
        return columns

    def _link(self, storage: Storage, row: Any, fields: Fields, *, reason: str) -> None:
        """Write the fields that are stored in rows of their own."""
        for name, kind in storage.sets.items():
            if name in fields:
                getattr(row, name).set([self.found[kind][key] for key in fields[name]])
        for name, model in storage.posts.items():
            if name in fields:
                self._link_posts(model, row, fields[name], reason=reason)

    def _link_posts(self, model: Any, row: Any, keys: list[str], *, reason: str) -> None:
        """Posts in the given order: what is there moves, what is new is added, the rest goes."""
        owner = {row._meta.model_name: row}
        links = model.objects.filter(**owner).select_related("post")
        before = {link.post.key: link for link in links}
        for position, key in enumerate(keys, start=1):
            link = before.pop(key, None) or model(**owner, post=self.found[Kind.POST][key])
            if link.position != position:
                link.position = position
                save_audited(link, by=self.by, reason=reason)
        for link in before.values():
            link._history_user, link._change_reason = self.by, reason
            link._history_date = dates.now()
            link.delete()

"""PA1's return of August, as those see it who work at it."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from governance import selectors
from governance.models import Return
from governance.services import returns
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from plans.models import UpdateDraft
from plans.policies import UpdateWords
from plans.selectors.rows import shown_to_decide, shown_to_submit
from plans.services import drafts
from tests.factories.world import TODAY, World

LEAD, OFFICE = Role.WORKSTREAM_LEAD, Role.PROGRAMME_OFFICE
WORDS = UpdateWords(stage="in_progress", rating="green", what_happened="Work began.")


@dataclass
class Desk:
    """PA1's return of August, as those see it who work at it."""

    world: World

    def person(self, role: Role) -> User:
        return self.world.people[role]

    def line(self, *, on: dt.date = TODAY) -> selectors.ReturnLine:
        (line,) = selectors.returns_of(
            self.world.period(),
            workstreams=[self.world.workstreams["PA1"]],
            on=on,
            visible=(),
            drafts=UpdateDraft.objects.all(),
        )
        return line

    def save(self, key: str, *, words: UpdateWords = WORDS, by: User | None = None) -> None:
        milestone = self.world.milestone(key)
        stored = UpdateDraft.objects.filter(milestone=milestone, period=self.world.period()).first()
        drafts.save(
            milestone=milestone,
            period=self.world.period(),
            words=words,
            base_version=stored.version if stored else 0,
            milestone_version=milestone.version,
            by=by or self.person(LEAD),
        )

    def submit(self, *, by: User | None = None, **given: Any) -> Return:
        line = self.line()
        seen = {"base_version": line.version, "shown": shown_to_submit(line.rows)}
        return self._act(returns.submit, by or self.person(LEAD), seen | given)

    def accept(self, *, by: User | None = None, **given: Any) -> Return:
        return self._act(returns.accept, by or self.person(OFFICE), self._seen() | given)

    def send_back(self, *, by: User | None = None, **given: Any) -> Return:
        seen = self._seen() | {"comment": "How many schools?"}
        return self._act(returns.send_back, by or self.person(OFFICE), seen | given)

    def _seen(self) -> dict[str, Any]:
        line = self.line()
        return {"base_version": line.version, "shown": shown_to_decide(line.rows)}

    def _act(self, service, by: User, given: dict[str, Any]) -> Return:
        return service(
            **{
                "workstream": self.world.workstreams["PA1"],
                "period": self.world.period(),
                "by": by,
            }
            | given
        )

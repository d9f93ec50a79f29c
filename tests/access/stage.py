"""The world in which every address is asked for: something of each kind, of several owners.

``own`` is what the people of the world have to do with, ``other`` stands in their plan but in
another workstream, ``foreign`` in another partnership, and ``missing`` nowhere.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.test import Client

from governance.boardpack import snapshot
from governance.boardpack.content import SCHEMA_VERSION
from governance.enums import Edition
from governance.models import BoardPack
from hertsend import dates
from hertsend.accounts.models import PostHolding, RoleAssignment, User
from hertsend.accounts.roles import Role
from hertsend.accounts.services import tokens
from plans.models import Judgement, ReportingPeriod
from plans.services import periods
from tests.factories import models as make
from tests.factories.models import AuditedFactory
from tests.factories.world import TODAY, World, at, noon

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
JULY = dt.date(2024, 7, 1)
NOWHERE = 987_654_321

OUTSIDERS = ("anonymous", "nobody", "deactivated", "foreign_administrator")
ACTORS = (*OUTSIDERS, *(role.value for role in Role))


class JudgementFactory(AuditedFactory):
    """A judgement that nobody has confirmed yet."""

    class Meta:
        model = Judgement

    place = "PA1.1"
    origin = "one"
    position = 1
    text = "Read as one milestone."


@dataclass
class Stage:
    """The world, who asks (by the name of a column), and what is asked for."""

    world: World
    clients: dict[str, Client] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    objects: dict[str, dict[str, Any]] = field(default_factory=dict)

    @classmethod
    def build(cls, world: World) -> "Stage":
        """Fill the world, and let everyone sign in."""
        stage = cls(world)
        with at(TODAY):
            for each, name in ((world, "own"), (world.foreign, "foreign")):
                stage.objects[name] = _objects(each)
            stage.objects["foreign"] |= _words_of_their_own(world.foreign)
            stage.objects["other"] = stage.objects["own"] | {
                "action": "AI1.1",
                "milestone": "AI1.1-1",
            }
            stage.objects["missing"] = dict.fromkeys(stage.objects["own"], NOWHERE) | {
                "plan": "nowhere",
                "month": "1999-01",
                "edition": "board",
                "revision": 9,
                "reference": "0123456789abcdef",
            }
            stage._sign_in()
        return stage

    def _sign_in(self) -> None:
        outsider = make.UserFactory(name="Former Person")
        self.people = {
            "nobody": self.world.stranger,
            "deactivated": outsider,
            "foreign_administrator": self.world.foreign.people[Role.ADMINISTRATOR],
        } | {role.value: person for role, person in self.world.people.items()}
        make.RoleAssignmentFactory(
            user=outsider, partnership=self.world.partnership, role=Role.ADMINISTRATOR
        )
        for actor in ACTORS:
            self.clients[actor] = Client(raise_request_exception=False)
            if actor != "anonymous":
                self.clients[actor].force_login(self.people[actor], backend=BACKEND)
        User.objects.filter(pk=outsider.pk).update(is_active=False)

    def client(self, actor: str) -> Client:
        """A browser as it was after signing in, without what it was given since."""
        fresh = Client(raise_request_exception=False)
        fresh.cookies = type(self.clients[actor].cookies)(self.clients[actor].cookies)
        return fresh


def _objects(world: World) -> dict[str, Any]:
    """The values that stand in addresses."""
    lead = world.people[Role.WORKSTREAM_LEAD]
    pack = assemble(world, Edition.BOARD, revision=1)
    return {
        "plan": world.plan.slug,
        "action": "PA1.1",
        "milestone": "PA1.1-1",
        "judgement": JudgementFactory(plan=world.plan).pk,
        "month": f"{pack.period.month:%Y-%m}",
        "edition": pack.edition,
        "revision": pack.revision,
        "person": lead.pk,
        "role": RoleAssignment.objects.get(user=lead).pk,
        "post": world.posts["PA1"].pk,
        "holding": PostHolding.objects.get(user=lead).pk,
        "reference": _reference_of_token(lead),
    }


def _words_of_their_own(world: World) -> dict[str, str]:
    """An action and a milestone with keys that only the other plan has."""
    action = make.ActionFactory(workstream=world.workstreams["PA1"], key="PA9.1", position=9)
    milestone = make.MilestoneFactory(action=action, key="PA9.1-1")
    return {"action": action.key, "milestone": milestone.key}


def _reference_of_token(person: User) -> str:
    tokens.create(by=person)
    return tokens.listed(by=person)[0].reference


def assemble(world: World, edition: Edition, *, revision: int, month: dt.date = JULY) -> BoardPack:
    """A closed month's pack, made as the service makes it, but in the transaction of the tests."""
    system = User.objects.system()
    period: ReportingPeriod = world.plan.periods.get(month=month)
    taken = snapshot.of(period, edition=edition, revision=revision)
    periods.mark_reported(period=period, by=system)
    return BoardPack.add(
        partnership=world.partnership,
        period=period,
        edition=edition,
        revision=revision,
        schema_version=SCHEMA_VERSION,
        cut_off=period.frozen_at,
        content=taken.stored,
        sha256=taken.sha256,
        assembled_by=system,
        assembled_at=dates.now(),
    )


def clock():
    """The day on which everybody asks."""
    return dates.at(noon(TODAY))

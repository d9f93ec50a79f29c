"""The world in which every address is asked for: something of each kind, of several owners.

``own`` is what the people of the world have to do with, ``other`` stands in their plan but in
another workstream, ``foreign`` in another partnership, and ``missing`` nowhere.
"""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from governance.enums import Edition
from governance.models import Group
from governance.services import groups
from hertsend import dates
from hertsend.accounts.models import PostHolding, RoleAssignment, User
from hertsend.accounts.roles import Role
from hertsend.accounts.services import deputies, tokens
from hertsend.files import store
from plans.models import Evidence, Judgement
from plans.policies import Sheet
from plans.services import evidence, sheets
from tests.access import deciding, feedback, measures, meetings, public
from tests.access.challenging import OWN, challenge
from tests.access.packs import assemble
from tests.factories import models as make
from tests.factories.evidence import link
from tests.factories.measures import measure as make_measure
from tests.factories.models import AuditedFactory
from tests.factories.world import TODAY, World, at, noon
from tests.governance import audits, barriers, risks
from tests.plans import impact_rows

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
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
            stage.objects["foreign"] |= meetings.another(world.foreign)
            stage.objects["other"] = stage.objects["own"] | {
                "action": "AI1.1",
                "milestone": "AI1.1-1",
                "workstream": "AI1",
                "measure": "in-time-elsewhere",
                "area": "AI1",
                "commitment": _other_commitment(world),
                "risk": _restricted_risk(world),
                "barrier": barriers.raised(world, "AI1", by=world.other_lead).key,
            }
            stage.objects["missing"] = dict.fromkeys(stage.objects["own"], NOWHERE) | {
                "plan": "nowhere",
                "month": "1999-01",
                "open_month": "1999-01",
                "edition": "board",
                "revision": 9,
                "quarter": "1999-q1",
                "reference": "0123456789abcdef",
                "fingerprint": "0" * 64,
                "token": meetings.NO_KEY,
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
    challenge(world, OWN)
    pack = assemble(world, Edition.BOARD, revision=1)
    public.stand(world)
    return (
        {
            "plan": world.plan.slug,
            "action": "PA1.1",
            "milestone": OWN,
            "number": 1,
            "workstream": "PA1",
            "open_month": "2024-08",
            "judgement": JudgementFactory(plan=world.plan).pk,
            "month": f"{pack.period.month:%Y-%m}",
            "edition": pack.edition,
            "revision": pack.revision,
            "delivery": pack.run.deliveries.get().pk,
            "person": lead.pk,
            "role": RoleAssignment.objects.get(user=lead).pk,
            "post": world.posts["PA1"].pk,
            "holding": PostHolding.objects.get(user=lead).pk,
            "deputyship": deputies.name_deputy(
                partnership=world.partnership,
                deputy=world.people[Role.EXECUTIVE_MEMBER],
                starts_on=TODAY + dt.timedelta(days=30),
                ends_on=TODAY + dt.timedelta(days=40),
                by=lead,
            ).pk,
            "reference": _reference_of_token(lead),
            **measures.stand(world),
            "evidence": _file_of(world, lead).pk,
            "fingerprint": _sheet_of(world).fingerprint,
        }
        | _bodies(world)
        | feedback.stand(world)
        | meetings.stand(world)
        | deciding.stand(world)
        | _judged(world)
        | _risk(world)
    )


def _file_of(world: World, lead: User) -> Evidence:
    """A piece of evidence that is a file and that families may not see."""
    handed = SimpleUploadedFile("Minutes.txt", b"The board noted that it is done.")
    words = link(file=store.receive(handed))
    return evidence.add_to_milestone(milestone=world.milestone(), words=words, by=lead)


def _sheet_of(world: World) -> Sheet:
    """What the joint chair was shown of a milestone."""
    return sheets.show(milestone=world.milestone(), by=world.people[Role.JOINT_CHAIR])


def _terms_of(group: Group, *, by: User) -> None:
    """Terms of reference that are kept as a file."""
    handed = SimpleUploadedFile("Terms.txt", b"The board meets each month.")
    groups.add_terms(
        group=group,
        title="Terms of the board",
        file=store.receive(handed),
        approved_on=TODAY,
        review_on=TODAY + dt.timedelta(days=365),
        by=by,
    )


def _bodies(world: World) -> dict[str, Any]:
    """A group and somebody who sits in it."""
    office = world.people[Role.PROGRAMME_OFFICE]
    group = groups.add_group(plan=world.plan, name="Board", tier="board", by=office)
    seat = groups.join(
        group=group,
        person=world.other_lead,
        capacity="member",
        organisation="County council",
        sector="education",
        starts_on=TODAY,
        by=office,
    )
    groups.join(
        group=group,
        person=None,
        name="Nameless to families",
        capacity="member",
        organisation="Parents",
        sector="families",
        starts_on=TODAY,
        by=office,
    )
    _terms_of(group, by=office)
    return {
        "group": group.key,
        "membership": seat.pk,
    }


def _judged(world: World) -> dict[str, Any]:
    """A rating of impact that waits, an area, and a commitment that came again in August."""
    rating = impact_rows.rating(world)
    impact_rows.rating(world, action=world.actions["AI1.1"], by=world.other_lead)
    row = impact_rows.commitment(world, state="confirmed", version=1)
    impact_rows.rule(world, row)
    return {"number": rating.number, "area": "PA1", "commitment": row.key, "day": "2024-08-01"}


def _risk(world: World) -> dict[str, Any]:
    """A risk that everyone who reads the register sees."""
    lead = world.people[Role.WORKSTREAM_LEAD]
    risk = risks.raised(world, by=lead)
    risks.mitigated(risk, by=lead)
    barriers.raised(world)
    return {"risk": risk.key, "barrier": "B1", "audit": _audit(world)}


def _audit(world: World) -> str:
    """An audit that is done, with its report as a file."""
    office = world.people[Role.PROGRAMME_OFFICE]
    file = store.receive(SimpleUploadedFile("Report.txt", b"A quarter is good."))
    audit = audits.planned(world)
    return audits.reported(audit, by=office, link="", file=file).key


def _restricted_risk(world: World) -> str:
    """A risk of another workstream that its programme office and its Executive see."""
    risk = risks.restricted(world)
    risks.mitigated(risk, by=world.people[Role.EXECUTIVE_CHAIR])
    return risk.key


def _words_of_their_own(world: World) -> dict[str, str]:
    """An action, a milestone and a measure with keys that only the other plan has."""
    action = make.ActionFactory(workstream=world.workstreams["PA1"], key="PA9.1", position=9)
    milestone = make.MilestoneFactory(action=action, key="PA9.1-1")
    measure = make_measure(world, "theirs")
    row = impact_rows.commitment(world, 9, key="theirs")
    for _ in range(2):
        risk = risks.raised(world)
    for _ in range(2):
        barrier = barriers.raised(world)
        audit = audits.planned(world)
    return {
        "audit": audit.key,
        "risk": risk.key,
        "barrier": barrier.key,
        "action": action.key,
        "milestone": milestone.key,
        "measure": measure.key,
        "commitment": row.key,
    }


def _other_commitment(world: World) -> str:
    """What another workstream promises again and again."""
    action = world.actions["AI1.1"]
    row = impact_rows.commitment(world, 2, action=action, state="confirmed", version=1)
    impact_rows.rule(world, row)
    return row.key


def _reference_of_token(person: User) -> str:
    tokens.create(by=person)
    return tokens.listed(by=person)[0].reference


def clock():
    """The day on which everybody asks."""
    return dates.at(noon(TODAY))

"""A world whose August pack has something in each part of what boards keep, with what must never be in it."""

import datetime as dt

from governance.boardpack.content import PackContent
from governance.boardpack.sections import document_of
from governance.models import Risk
from governance.policies.risks import RiskWords, Score
from governance.services import log, mitigations, risks
from hertsend.accounts.models import User
from hertsend.accounts.roles import Role
from hertsend.documents.blocks import Heading, all_blocks
from tests.access.feedback import QUARTER_BEFORE, enter, published
from tests.factories import measures as make
from tests.factories import meetings
from tests.factories.world import World, at, noon
from tests.governance import risks as make_risks
from tests.governance import steps
from tests.governance.deciding import Table

BEFORE = dt.date(2024, 9, 4)
SOON = dt.date(2024, 9, 6)
AFTER = dt.date(2024, 9, 11)
FAR = dt.date(2024, 12, 2)
SCORES = {
    "inherent_likelihood": 4,
    "inherent_impact": 4,
    "target_likelihood": 1,
    "target_impact": 1,
}
WAVES = [34, 31, 36, 33, 30, 35, 37, 32, 36, 38, 34, 31, 35, 36]

SECRET_RISK = "QX-RESTRICTED is under strain"
SECRET_NOTE = "QX-NOTE: the council pays."
SECRET_MEASURE = "QX-OFFICERS exclusions"
BACKGROUND = "QX-BACKGROUND waits grow."
UPDATE = "QX-UPDATE of the owner."
DRAFT = "QX-DRAFT words of a family."
LATER = "QX-LATER than the cut-off"


def filled_world() -> World:
    """A small world whose August is frozen, with something in every part."""
    world = World.build()
    steps.report(world, "PA1.1-1", moment=noon(BEFORE), what_happened="The board met.")
    _measure(world)
    _risks(world)
    _records(world)
    _voices(world)
    steps.advance(world, steps.AUGUST_FREEZES)
    return world


def _measure(world: World) -> None:
    row = make.measure(world, plain_words="new plans are issued in time")
    make.define(world, row, numerator="", denominator="")
    make.show_to_families(world, row, plain_words="new plans are issued in time")
    hidden = make.measure(world, "exclusions", "AI1", name=SECRET_MEASURE)
    make.define(world, hidden, numerator="", denominator="")
    make.enter(world, row, make.months("2023-07", WAVES))
    make.enter(world, hidden, {"2024-07": 12}, by=world.other_lead)


def _risks(world: World) -> None:
    office = world.people[Role.PROGRAMME_OFFICE]
    first = make_risks.raised(world, current=Score(3, 4))
    make_risks.mitigated(first, by=office, due_on=SOON)
    make_risks.mitigated(first, by=office, text="Train two more.")
    make_risks.reviewed(first, by=office, on=BEFORE, score=Score(4, 5))
    make_risks.raised(world, "AI1", event="A school closes", current=Score(2, 2))
    make_risks.restricted(world, event=SECRET_RISK)
    _closed(make_risks.raised(world, event="Closed before"), on=BEFORE, by=office)


def _closed(risk: Risk, *, on: dt.date, by: User) -> None:
    now = Risk.objects.get(pk=risk.pk)
    with at(on):
        risks.close_risk(risk=now, reason="It is over.", base_version=now.version, by=by)


def _records(world: World) -> None:
    table = Table.of(world)
    late = table.raise_action(task="Recruit a team", due_on=SOON)
    done = table.raise_action(task="Write to schools")
    table.raise_action(task="Ask the forum", due_on=dt.date(2024, 9, 20))
    with at(BEFORE):
        log.add_note(log_action=late, words=UPDATE, by=table.office)
        log.close(log_action=done, closing_note="Sent.", by=table.office)
    table.take(on=BEFORE, internal_note=SECRET_NOTE)
    table.ask(background=BACKGROUND, wanted_by=dt.date(2024, 9, 30), on=BEFORE)
    with at(BEFORE):
        table.meet(on=dt.date(2024, 9, 24))


def _voices(world: World) -> None:
    families = world.people[Role.PARENT_CARER_REPRESENTATIVE]
    with at(BEFORE):
        published(world, enter(world, by=families))
        published(world, enter(world, by=families, theme="Buses"), QUARTER_BEFORE)
        enter(world, by=families, said=DRAFT)


def _change(risk: Risk, *, by: User) -> None:
    """Another owner, day and word for what stood there at the cut-off."""
    second = risk.mitigations.get(number=2)
    mitigations.change_mitigation(
        mitigation=second,
        owner=by,
        due_on=FAR,
        reason="Moved.",
        base_version=second.version,
        by=by,
    )
    mitigations.add_mitigation(risk=risk, text=LATER, owner=by, due_on=FAR, by=by)
    other = risk.plan.risks.get(key="R2")
    risks.change_risk(
        risk=other,
        words=RiskWords(event=LATER, cause=LATER, effect=LATER, **SCORES),
        owner=by,
        seen_by=(),
        actions=(),
        indicators=(),
        reason="Reworded.",
        base_version=other.version,
        by=by,
    )


def live_on(world: World) -> None:
    """What comes after the cut-off and must not change the pack."""
    office, families = world.people[Role.PROGRAMME_OFFICE], Role.PARENT_CARER_REPRESENTATIVE
    table = Table(world, {group.key: group for group in world.plan.groups.all()})
    with at(AFTER):
        row = world.plan.indicators.get(key="in-time")
        make.enter(world, row, {"2024-08": 99}, on=AFTER, base_number=1, reason="Corrected.")
        open_risk = world.plan.risks.get(key="R1")
        mitigation = open_risk.mitigations.get(number=1)
        mitigations.end_mitigation(
            mitigation=mitigation, becomes="done", words="Filled.", by=office, base_version=1
        )
        _change(open_risk, by=office)
        _closed(open_risk, on=AFTER, by=office)
        make_risks.raised(world, event=LATER, on=AFTER)
        late = table.board.log_actions.get(number=1)
        asked = table.board.log_actions.get(number=3)
        log.change(
            log_action=asked,
            owner=office,
            due_on=FAR,
            reason="Moved.",
            base_version=asked.version,
            by=office,
        )
        log.close(log_action=late, closing_note="Recruited.", by=office)
        table.raise_action(task=LATER, on=AFTER)
        request = table.board.decision_requests.get()
        table.decide(request, on=AFTER, title=LATER)
        table.ask(question=LATER, on=AFTER)
        meetings.meeting(table.board, on=dt.date(2024, 9, 12))
        published(world, enter(world, by=world.people[families], said=LATER))


def headings_of(read: PackContent) -> list[str]:
    """The headings of the first level of a pack's document, in order."""
    return [
        block.words
        for block in all_blocks(document_of(read).blocks)
        if isinstance(block, Heading) and block.level == 1
    ]

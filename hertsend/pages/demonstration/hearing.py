"""What invented families said, and what became of it: quarters that are published, and work in progress."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from governance.models import FeedbackItem
from governance.services import feedback
from hertsend import dates
from hertsend.accounts.models import User
from hertsend.pages.demonstration.people import Cast
from plans.models import Plan

SPRING, SUMMER = dt.date(2024, 4, 1), dt.date(2024, 7, 1)
SPRING_PAGE, SUMMER_PAGE = dt.date(2024, 7, 3), dt.date(2024, 10, 8)


@dataclass(frozen=True)
class Voice:
    """Something that was said, and on which action of the plan it bears (by its place)."""

    theme: str
    source: str
    said_on: dt.date
    said: str
    action: int = 0


@dataclass(frozen=True)
class Reply:
    """What became of it by a day, and of which quarter's page it is part."""

    on: dt.date
    will_do: str
    done: str = ""
    difference: str = ""
    quarter: dt.date | None = None


@dataclass(frozen=True)
class Talk:
    """A voice with the replies that were published one after the other."""

    voice: Voice
    replies: tuple[Reply, ...] = ()
    draft: Reply | None = None
    approved: Reply | None = None
    withdrawn: str = field(default="")


TALKS: tuple[Talk, ...] = (
    Talk(
        Voice(
            "Waiting for an assessment",
            "Survey of the parent carer forum",
            dt.date(2024, 2, 19),
            "We waited for over a year and nobody told us how long it would take.",
        ),
        (
            Reply(
                SPRING_PAGE,
                "We will write to every family that waits, each term, and say how long it will take.",
                quarter=SPRING,
            ),
            Reply(
                SUMMER_PAGE,
                "We will write to every family that waits, each term, and say how long it will take.",
                "The first letters went out in September.",
                "Fewer families ring to ask. Waits are still too long.",
                SUMMER,
            ),
        ),
    ),
    Talk(
        Voice(
            "Whom to ask",
            "Drop-in for families in Stevenage",
            dt.date(2024, 5, 14),
            "We are sent from one office to the next. One number to ring would help.",
            1,
        ),
        (
            Reply(
                SPRING_PAGE,
                "We will open one line for questions about education, health and care plans.",
                quarter=SPRING,
            ),
            Reply(
                SUMMER_PAGE,
                "We will open one line for questions about education, health and care plans.",
                "The line opened in August, on weekdays from 9 to 4.",
                quarter=SUMMER,
            ),
        ),
    ),
    Talk(
        Voice(
            "Plans that do not say enough",
            "Focus group on annual reviews",
            dt.date(2024, 6, 11),
            "Our child’s plan still says what was true three years ago.",
            2,
        ),
        (
            Reply(
                SUMMER_PAGE,
                "We will read plans that are older than a year again, the oldest first.",
                quarter=SUMMER,
            ),
        ),
    ),
    Talk(
        Voice(
            "Words that nobody knows",
            "Reading group of parents and carers",
            dt.date(2024, 9, 17),
            "Letters are full of short forms. We have to look up every second word.",
            3,
        ),
        draft=Reply(
            dt.date(2024, 10, 11), "Parents will read our standard letters before we use them."
        ),
    ),
    Talk(
        Voice(
            "Help before a diagnosis",
            "Survey of schools’ parent groups",
            dt.date(2024, 9, 24),
            "School said that help comes only with a diagnosis.",
            4,
        ),
        approved=Reply(
            dt.date(2024, 10, 14),
            "We will tell schools again that help depends on need and not on a diagnosis.",
        ),
    ),
    Talk(
        Voice(
            "Transport to school",
            "Evening for families in Watford",
            dt.date(2024, 10, 9),
            "The bus comes late and nobody answers the telephone.",
        ),
    ),
    Talk(
        Voice(
            "Waiting lists",
            "Evening for families in Watford",
            dt.date(2024, 10, 9),
            "We waited for over a year.",
        ),
        withdrawn="It is told in entry 1 already.",
    ),
)


def hear(plan: Plan, cast: Cast) -> None:
    """Let families speak, leads answer, and the programme office publish, each on its day."""
    actions = list(plan.actions.all())
    for talk in sorted(TALKS, key=lambda each: each.voice.said_on):
        _tell(talk, plan, cast, actions)


def _tell(talk: Talk, plan: Plan, cast: Cast, actions: list) -> None:
    voice, office = talk.voice, cast.people["office"]
    with _at(voice.said_on + dt.timedelta(days=1)):
        item = feedback.enter(
            plan=plan,
            theme=voice.theme,
            source=voice.source,
            said_on=voice.said_on,
            said=voice.said,
            by=cast.people["families"],
        )
    for reply in (*talk.replies, talk.approved, talk.draft):
        if reply is not None:
            action = actions[voice.action % len(actions)]
            lead = cast.leads[action.workstream.key]
            item = _reply(item, reply, [action], lead, None if reply is talk.draft else office)
    if talk.withdrawn:
        with _at(dt.date(2024, 10, 15)):
            feedback.withdraw(
                item=item, reason=talk.withdrawn, base_version=item.version, by=office
            )


def _reply(
    item: FeedbackItem, reply: Reply, actions: list, lead: User, office: User | None
) -> FeedbackItem:
    with _at(reply.on):
        row = feedback.answer(
            item=item,
            will_do=reply.will_do,
            done=reply.done,
            difference=reply.difference,
            actions=actions,
            base_version=item.version,
            by=lead,
        )
        if office is not None:
            row = feedback.approve(item=row, base_version=row.version, by=office)
        if office is not None and reply.quarter is not None:
            publication = feedback.publish(
                item=row, quarter=reply.quarter, base_version=row.version, by=office
            )
            row = publication.item
    return row


@contextmanager
def _at(day: dt.date) -> Iterator[None]:
    with dates.at(dates.start_of(day) + dt.timedelta(hours=11)):
        yield

"""You said, we did as the pages show it: what was published quarter by quarter, and what is worked on."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from governance.models import FeedbackItem, FeedbackPublication
from governance.models.feedback import ANSWERED, SAID
from governance.policies.personal_data import Suspicion, personal_data_in
from governance.policies.quarters import label_of, quarter_of, word_of
from hertsend import dates
from hertsend.records.trail import TrailEntry, trail_of
from plans.models import Plan


@dataclass(frozen=True)
class ActionLink:
    """An action that an answer names, with the plan's words for it."""

    key: str
    text: str


@dataclass(frozen=True)
class Answered:
    """What families said and what became of it, as it was published for a quarter."""

    number: int
    revision: int
    quarter: dt.date
    theme: str
    source: str
    said_on: dt.date
    said: str
    will_do: str
    done: str
    difference: str
    actions: tuple[ActionLink, ...]
    published_on: dt.date

    @property
    def quarter_word(self) -> str:
        """The quarter in addresses."""
        return word_of(self.quarter)


@dataclass(frozen=True)
class Quarter:
    """A quarter with how many entries its page has."""

    first: dt.date
    count: int

    @property
    def word(self) -> str:
        """The quarter in addresses."""
        return word_of(self.first)

    @property
    def label(self) -> str:
        """The quarter in words."""
        return label_of(self.first)


def quarters_of(publications: QuerySet[FeedbackPublication], *, on: dt.date) -> list[Quarter]:
    """The quarters with something published, and this one; the latest first. One query."""
    pairs = set(publications.order_by().values_list("quarter", "item"))
    counted = Counter(quarter for quarter, _ in pairs)
    counted.setdefault(quarter_of(on), 0)
    return [Quarter(first, counted[first]) for first in sorted(counted, reverse=True)]


def published_in(
    plan: Plan, publications: QuerySet[FeedbackPublication], quarter: dt.date
) -> list[Answered]:
    """What stands on the page of a quarter: of each entry the latest that was published for it.

    Two queries, however many.
    """
    return _answered(plan, publications.filter(item__plan=plan, quarter=quarter))


def latest_answers(
    plan: Plan, publications: QuerySet[FeedbackPublication]
) -> tuple[Quarter | None, list[Answered]]:
    """The latest quarter with something published, and what stands on its page. Three queries."""
    rows = publications.filter(item__plan=plan)
    latest = rows.order_by("-quarter").values_list("quarter", flat=True).first()
    if latest is None:
        return None, []
    found = published_in(plan, rows, latest)
    return Quarter(latest, len(found)), found


def all_answers(plan: Plan, publications: QuerySet[FeedbackPublication]) -> list[Answered]:
    """What stands on the pages of all quarters, the latest quarter first. Two queries."""
    return _answered(plan, publications.filter(item__plan=plan))


def _answered(plan: Plan, rows: QuerySet[FeedbackPublication]) -> list[Answered]:
    texts = dict(plan.actions.values_list("key", "text"))
    latest: dict[tuple[dt.date, int], FeedbackPublication] = {}
    for row in rows.select_related("item").order_by("number"):
        latest[row.quarter, row.item_id] = row
    ordered = sorted(latest.values(), key=lambda row: (row.theme.casefold(), row.item.number))
    ordered.sort(key=lambda row: row.quarter, reverse=True)
    return [_answer(row, texts) for row in ordered]


def _answer(row: FeedbackPublication, texts: dict[str, str]) -> Answered:
    return Answered(
        number=row.item.number,
        revision=row.number,
        quarter=row.quarter,
        **{name: getattr(row, name) for name in (*SAID, *ANSWERED)},
        actions=tuple(ActionLink(key, texts.get(key, "")) for key in row.actions),
        published_on=dates.day_of(row.at),
    )


def work_of(items: QuerySet[FeedbackItem], plan: Plan) -> QuerySet[FeedbackItem]:
    """What is worked on in a plan, the newest first."""
    return items.filter(plan=plan).select_related("plan", "entered_by", "approved_by")


def publications_of(item: FeedbackItem) -> list[Answered]:
    """Everything that was ever published of an entry, the latest first. Two queries."""
    texts = dict(item.plan.actions.values_list("key", "text"))
    rows: Iterable[FeedbackPublication] = item.publications.select_related("item").order_by(
        "-number"
    )
    return [_answer(row, texts) for row in rows]


def suspicions_of(item: FeedbackItem) -> list[Suspicion]:
    """What in an entry looks like personal data, for who approves it to look again."""
    texts = (getattr(item, name) for name in (*SAID, *ANSWERED) if name != "said_on")
    return [found for text in texts for found in personal_data_in(text)]


def history_of(item: FeedbackItem, *, with_answer: bool, with_people: bool) -> list[TrailEntry]:
    """Every change of an entry in sentences; the answer is for those who may read its drafts."""
    wording = {
        "state": "State",
        "theme": "Theme",
        "source": "Source",
        "said_on": "Day on which it was said",
        "said": "What was said",
    }
    if with_answer:
        wording |= {
            "will_do": "What we will do",
            "done": "What we did",
            "difference": "What difference it made",
            "linked": "Actions",
        }
    return trail_of(
        FeedbackItem,
        about=Q(id=item.pk),
        wording=wording,
        created="Entered.",
        show_people=with_people,
        show_reasons=with_answer,
    )

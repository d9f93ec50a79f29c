"""The posts that plans name, and who holds them."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from hertsend import dates
from hertsend.accounts.models import Post, PostHolding, User
from hertsend.accounts.selectors.lines import HoldingLine, holding_line


@dataclass(frozen=True)
class PostLine:
    """A post that a plan names, with who holds it now or later."""

    pk: int
    title: str
    organisation: str
    holders: tuple[HoldingLine, ...]


def holdings_of(
    person: User, partnership_ids: Collection[int], *, on: dt.date
) -> list[HoldingLine]:
    """A person's times in posts in these partnerships: running, coming, then those that are over."""
    rows = (
        PostHolding.objects.filter(user=person, post__partnership__in=partnership_ids)
        .select_related("post", "user", "deputyship__lead")
        .order_by("-starts_on", "post__title")
    )
    lines = [holding_line(row, on=on, show_contacts=True) for row in rows]
    return sorted(lines, key=lambda line: line.is_over)


def holdings_not_over(person: User) -> list[HoldingLine]:
    """All posts in which a person is or will be, wherever: for the person's own eyes."""
    today = dates.today()
    rows = PostHolding.objects.not_over(today).filter(user=person).order_by("post__title")
    return [
        holding_line(row, on=today, show_contacts=True)
        for row in rows.select_related("post", "user", "deputyship__lead")
    ]


def posts(
    partnership_ids: Collection[int], *, search: str = "", held: str = "", on: dt.date
) -> QuerySet[Post]:
    """The posts that the plans of these partnerships name, with who holds them now or later.

    ``search`` looks into titles, organisations and names; ``held`` is "yes" or "no", or empty.
    """
    holdings = PostHolding.objects.not_over(on).order_by("is_deputy", "starts_on", "pk")
    rows = Post.objects.filter(partnership__in=partnership_ids)
    if words := search.strip():
        found = holdings.filter(user__name__icontains=words).values("post")
        rows = rows.filter(
            Q(title__icontains=words) | Q(organisation__icontains=words) | Q(pk__in=found)
        )
    current = PostHolding.objects.current(on).values("post")
    if held == "yes":
        rows = rows.filter(pk__in=current)
    elif held == "no":
        rows = rows.exclude(pk__in=current)
    return rows.order_by("title", "pk").prefetch_related(
        Prefetch(
            "holdings",
            queryset=holdings.select_related("user", "deputyship__lead"),
            to_attr="holdings_not_over",
        )
    )


def post_counts(partnership_ids: Collection[int], *, on: dt.date) -> dict[str, int]:
    """How many posts there are, and how many of them nobody holds."""
    held = PostHolding.objects.current(on).values("post")
    return Post.objects.filter(partnership__in=partnership_ids).aggregate(
        total=Count("pk"), empty=Count("pk", filter=~Q(pk__in=held))
    )


def post_lines(rows: Iterable[Any], *, on: dt.date, contacts_in: Collection[int]) -> list[PostLine]:
    """Rows of ``posts`` as the list shows them; addresses only in the partnerships ``contacts_in``."""
    return [
        PostLine(
            pk=row.pk,
            title=row.title,
            organisation=row.organisation,
            holders=tuple(
                holding_line(each, on=on, show_contacts=row.partnership_id in contacts_in, post=row)
                for each in row.holdings_not_over
            ),
        )
        for row in rows
    ]

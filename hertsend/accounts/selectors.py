"""What the pages about people, roles and posts show, already worded."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from hertsend import dates
from hertsend.accounts import permissions
from hertsend.accounts.models import Partnership, Post, PostHolding, RoleAssignment, User
from hertsend.accounts.roles import Role


@dataclass(frozen=True)
class RoleLine:
    """A role of a person in words, with its days; ``state`` is "now", "later", "ended" or "cancelled"."""

    pk: int
    words: str
    partnership: str
    place: str
    starts_on: dt.date
    ends_on: dt.date | None
    state: str

    @property
    def is_over(self) -> bool:
        """Whether no day that counts is left."""
        return self.state in {"ended", "cancelled"}


@dataclass(frozen=True)
class HoldingLine:
    """A time in a post in words, with its days."""

    pk: int
    post_pk: int
    post: str
    organisation: str
    person_pk: int
    person: str
    email: str
    is_deputy: bool
    starts_on: dt.date
    ends_on: dt.date | None
    state: str

    @property
    def is_over(self) -> bool:
        """Whether no day that counts is left."""
        return self.state in {"ended", "cancelled"}


@dataclass(frozen=True)
class PersonLine:
    """A row of the list of people."""

    pk: int
    name: str
    email: str
    url: str
    roles: tuple[str, ...]
    posts: tuple[str, ...]
    state: str


@dataclass(frozen=True)
class PostLine:
    """A post that a plan names, with who holds it now or later."""

    pk: int
    title: str
    organisation: str
    holders: tuple[HoldingLine, ...]


ACTIVE = "active"
INVITED = "invited"
WITHOUT_ROLE = "without_role"
CLOSED = "closed"
STATE_WORDS: dict[str, str] = {
    ACTIVE: "Has signed in",
    INVITED: "Invited, has not signed in",
    WITHOUT_ROLE: "No role now",
    CLOSED: "Account closed",
}


# --- people ---------------------------------------------------------------------------------------


def people(
    partnership_ids: Collection[int],
    *,
    search: str = "",
    role: str = "",
    state: str = "",
    on: dt.date,
) -> QuerySet[User]:
    """The people of these partnerships by name, with their roles and posts of the day at hand.

    ``search`` looks into names and addresses; ``role`` keeps who holds it on the day; ``state`` is
    a key of ``STATE_WORDS``.
    """
    roles = RoleAssignment.objects.current(on).filter(partnership__in=partnership_ids)
    holdings = PostHolding.objects.current(on).filter(post__partnership__in=partnership_ids)
    rows = permissions.people_of(partnership_ids)
    if words := search.strip():
        rows = rows.filter(Q(name__icontains=words) | Q(email__icontains=words))
    if role:
        rows = rows.filter(pk__in=roles.filter(role=role).values("user"))
    if state:
        rows = rows.filter(_in_state(state, roles))
    return rows.order_by("name", "pk").prefetch_related(
        Prefetch(
            "role_assignments", queryset=roles.order_by("role", "scope_key"), to_attr="roles_now"
        ),
        Prefetch(
            "post_holdings",
            queryset=holdings.select_related("post").order_by("post__title"),
            to_attr="posts_now",
        ),
    )


def people_counts(partnership_ids: Collection[int], *, on: dt.date) -> dict[str, int]:
    """How many people there are, in all and by each state that wants something done."""
    roles = RoleAssignment.objects.current(on).filter(partnership__in=partnership_ids)
    return permissions.people_of(partnership_ids).aggregate(
        total=Count("pk"),
        **{
            state: Count("pk", filter=_in_state(state, roles))
            for state in (INVITED, WITHOUT_ROLE, CLOSED)
        },
    )


def person_sentence(roles: Iterable[RoleLine]) -> str:
    """What a person is here, in a sentence: roles that run, then those that are coming."""
    lines = list(roles)
    running = [line.words for line in lines if line.state == "now"]
    coming = [
        f"{line.words} from {_day(line.starts_on)}" for line in lines if line.state == "later"
    ]
    now = f"{'; '.join(running)}." if running else "No role now."
    return f"{now} {'; '.join(coming)}." if coming else now


def person_lines(rows: Iterable[Any]) -> list[PersonLine]:
    """Rows of ``people`` as the list shows them."""
    return [
        PersonLine(
            pk=row.pk,
            name=row.name,
            email=row.email,
            url=reverse("accounts:person-detail", args=[row.pk]),
            roles=tuple(role_words(each.role, each.scope_key) for each in row.roles_now),
            posts=tuple(
                f"{each.post.title} (deputy)" if each.is_deputy else each.post.title
                for each in row.posts_now
            ),
            state=_state_of(row, has_role=bool(row.roles_now)),
        )
        for row in rows
    ]


def account_state(person: User) -> str:
    """Where a person's account stands, in words."""
    if not person.is_active:
        return STATE_WORDS[CLOSED]
    return STATE_WORDS[ACTIVE if person.last_login else INVITED]


def role_words(role: str, scope_key: str) -> str:
    """A role with what it is held for: "Workstream lead, PA1"."""
    label = str(Role(role).label)
    return f"{label}, {scope_key}" if scope_key else label


def roles_of(person: User, partnership_ids: Collection[int], *, on: dt.date) -> list[RoleLine]:
    """A person's roles in these partnerships: running, coming, then those that are over."""
    rows = (
        RoleAssignment.objects.filter(user=person, partnership__in=partnership_ids)
        .select_related("partnership")
        .order_by("-starts_on", "role", "scope_key")
    )
    return sorted((_role_line(row, on=on) for row in rows), key=lambda line: line.is_over)


def roles_not_over(person: User) -> list[RoleLine]:
    """All roles of a person that run or will run, wherever: for the person's own eyes."""
    today = dates.today()
    rows = RoleAssignment.objects.not_over(today).filter(user=person)
    return [_role_line(row, on=today) for row in rows.select_related("partnership")]


# --- posts ----------------------------------------------------------------------------------------


def holdings_of(
    person: User, partnership_ids: Collection[int], *, on: dt.date
) -> list[HoldingLine]:
    """A person's times in posts in these partnerships: running, coming, then those that are over."""
    rows = (
        PostHolding.objects.filter(user=person, post__partnership__in=partnership_ids)
        .select_related("post", "user")
        .order_by("-starts_on", "post__title")
    )
    lines = [_holding_line(row, on=on, show_contacts=True) for row in rows]
    return sorted(lines, key=lambda line: line.is_over)


def holdings_not_over(person: User) -> list[HoldingLine]:
    """All posts in which a person is or will be, wherever: for the person's own eyes."""
    today = dates.today()
    rows = PostHolding.objects.not_over(today).filter(user=person).select_related("post", "user")
    return [
        _holding_line(row, on=today, show_contacts=True) for row in rows.order_by("post__title")
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
        Prefetch("holdings", queryset=holdings.select_related("user"), to_attr="holdings_not_over")
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
                _holding_line(
                    each, on=on, show_contacts=row.partnership_id in contacts_in, post=row
                )
                for each in row.holdings_not_over
            ),
        )
        for row in rows
    ]


# --- one's own account ----------------------------------------------------------------------------


def partnerships_of(partnership_ids: Collection[int]) -> list[Partnership]:
    """The partnerships by name."""
    return list(Partnership.objects.filter(pk__in=partnership_ids).order_by("name"))


def administrators_of(person: User) -> list[User]:
    """Whom the person asks for a change of role or address: the other administrators there."""
    today = dates.today()
    theirs = RoleAssignment.objects.not_over(today).filter(user=person).values("partnership")
    holders = RoleAssignment.objects.current(today).filter(
        role=Role.ADMINISTRATOR, partnership__in=theirs, user__is_active=True
    )
    others = User.objects.filter(pk__in=holders.values("user")).exclude(pk=person.pk)
    return list(others.order_by("name", "pk"))


# --- lines ----------------------------------------------------------------------------------------


def _role_line(row: RoleAssignment, *, on: dt.date) -> RoleLine:
    return RoleLine(
        pk=row.pk,
        words=role_words(row.role, row.scope_key),
        partnership=row.partnership.name,
        place=row.partnership.place,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=_state_on(row, on=on),
    )


def _holding_line(
    row: PostHolding, *, on: dt.date, show_contacts: bool, post: Post | None = None
) -> HoldingLine:
    held = post or row.post
    return HoldingLine(
        pk=row.pk,
        post_pk=held.pk,
        post=held.title,
        organisation=held.organisation,
        person_pk=row.user_id,
        person=row.user.name,
        email=row.user.email if show_contacts else "",
        is_deputy=row.is_deputy,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        state=_state_on(row, on=on),
    )


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


def _state_on(row: RoleAssignment | PostHolding, *, on: dt.date) -> str:
    if row.is_cancelled:
        return "cancelled"
    if row.ends_on is not None and row.ends_on < on:
        return "ended"
    return "later" if row.starts_on > on else "now"


def _state_of(person: User, *, has_role: bool) -> str:
    if person.is_active and not has_role:
        return STATE_WORDS[WITHOUT_ROLE]
    return account_state(person)


def _in_state(state: str, roles: QuerySet[RoleAssignment]) -> Q:
    """The same states as ``_state_of``, for the database."""
    if state == CLOSED:
        return Q(is_active=False)
    with_role = Q(is_active=True, pk__in=roles.values("user"))
    return {
        ACTIVE: with_role & Q(last_login__isnull=False),
        INVITED: with_role & Q(last_login=None),
        WITHOUT_ROLE: Q(is_active=True) & ~Q(pk__in=roles.values("user")),
    }[state]

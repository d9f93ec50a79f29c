"""People with their roles and where their account stands, and one's own account."""

import datetime as dt
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.urls import reverse

from hertsend import dates
from hertsend.accounts import permissions
from hertsend.accounts.models import Partnership, PostHolding, RoleAssignment, User
from hertsend.accounts.roles import Role
from hertsend.accounts.selectors.lines import RoleLine, role_line, words_of


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
            "role_assignments",
            queryset=roles.select_related("deputyship__lead").order_by("role", "scope_key"),
            to_attr="roles_now",
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
            roles=tuple(words_of(each) for each in row.roles_now),
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


def roles_of(person: User, partnership_ids: Collection[int], *, on: dt.date) -> list[RoleLine]:
    """A person's roles in these partnerships: running, coming, then those that are over."""
    rows = (
        RoleAssignment.objects.filter(user=person, partnership__in=partnership_ids)
        .select_related("partnership", "deputyship__lead")
        .order_by("-starts_on", "role", "scope_key")
    )
    return sorted((role_line(row, on=on) for row in rows), key=lambda line: line.is_over)


def roles_not_over(person: User) -> list[RoleLine]:
    """All roles of a person that run or will run, wherever: for the person's own eyes."""
    today = dates.today()
    rows = RoleAssignment.objects.not_over(today).filter(user=person)
    return [
        role_line(row, on=today) for row in rows.select_related("partnership", "deputyship__lead")
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


def _day(day: dt.date) -> str:
    return f"{day.day} {day:%B %Y}"


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

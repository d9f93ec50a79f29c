"""Every address of the site, from the resolver itself, so that a new one cannot be forgotten."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from django.urls import URLPattern, URLResolver, get_resolver

PACKAGES = ("/", "account_", "admin:", "mfa_", "openid_connect_", "socialaccount_")
"""How the names of addresses begin that packages bring: Django's admin, and sign-in."""


@dataclass(frozen=True)
class Route:
    """An address: its name with namespaces (its path where it has none), and its parameters."""

    name: str
    path: str
    parameters: frozenset[str]

    @property
    def is_named(self) -> bool:
        """Whether it can be reversed."""
        return not self.name.startswith("/")

    @property
    def is_of_package(self) -> bool:
        """Whether a package brings it, with its own objects."""
        return self.name.startswith(PACKAGES)

    @property
    def is_api(self) -> bool:
        """Whether programs ask, and are answered in JSON."""
        return self.path.startswith("api/")


@cache
def all_routes() -> tuple[Route, ...]:
    """All addresses in the order in which Django tries them."""
    return tuple(_walk(get_resolver().url_patterns, path="", namespaces=(), given=frozenset()))


def _walk(
    patterns: list[URLPattern | URLResolver],
    *,
    path: str,
    namespaces: tuple[str, ...],
    given: frozenset[str],
) -> Iterator[Route]:
    for each in patterns:
        here = f"{path}{each.pattern}"
        parameters = given | frozenset(each.pattern.regex.groupindex)
        if isinstance(each, URLResolver):
            inner = (*namespaces, each.namespace) if each.namespace else namespaces
            yield from _walk(each.url_patterns, path=here, namespaces=inner, given=parameters)
        else:
            name = ":".join([*namespaces, each.name]) if each.name else f"/{here}"
            yield Route(name, here, parameters)

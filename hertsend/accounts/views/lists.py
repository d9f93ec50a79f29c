"""What the lists of people and posts share: their filters in use, each with a way to remove it."""

from urllib.parse import urlencode

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.forms import Form
from django.http import HttpRequest

PAGE_SIZE = 25


def page_of(request: HttpRequest, rows: QuerySet) -> Page:
    """The page that the address asks for; a number that is none shows the first."""
    return Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page"))


def filters_of(form: Form) -> dict[str, str]:
    """The filters that could be read; what could not filters nothing."""
    form.is_valid()
    return {name: value for name, value in form.cleaned_data.items() if value}


def active_filters(form: Form, here: str) -> list[dict[str, str]]:
    """The filters in use in words, each with the address of the list without it."""
    used = filters_of(form)
    found = []
    for name, value in used.items():
        field = form.fields[name]
        words = dict(getattr(field, "choices", [])).get(value, value)
        rest = urlencode({key: kept for key, kept in used.items() if key != name})
        found.append(
            {"label": f"{field.label}: {words}", "remove_url": f"{here}?{rest}" if rest else here}
        )
    return found

"""Pages of a list, with addresses made from the configured origin and never from a request."""

from typing import Any

from django.conf import settings
from rest_framework.pagination import PageNumberPagination
from rest_framework.utils.urls import remove_query_param, replace_query_param


class PlanPagination(PageNumberPagination):
    """Fifty rows a page unless ``page_size`` asks for another number, up to 200."""

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 200

    def get_next_link(self) -> str | None:
        """The address of the next page, or None on the last."""
        return self._address(self.page.next_page_number()) if self.page.has_next() else None

    def get_previous_link(self) -> str | None:
        """The address of the page before, or None on the first."""
        return self._address(self.page.previous_page_number()) if self.page.has_previous() else None

    def _address(self, number: int) -> str:
        here = f"{settings.SITE_ORIGIN}{self.request.get_full_path()}"
        if number == 1:
            return remove_query_param(here, self.page_query_param)
        return replace_query_param(here, self.page_query_param, number)

    def get_page_size(self, request: Any) -> int:
        """The number asked for, within the bounds; whatever else was sent counts as not asked."""
        return super().get_page_size(request) or self.page_size

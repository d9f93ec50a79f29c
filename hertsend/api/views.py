"""The base of every endpoint: strict about what it is asked, private in what it answers."""

from collections.abc import Iterable
from typing import Any, ClassVar

from drf_spectacular.renderers import OpenApiJsonRenderer, OpenApiJsonRenderer2
from drf_spectacular.views import SpectacularAPIView
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from hertsend.api.pagination import PlanPagination
from hertsend.middleware import NOT_KEPT


class ApiView(APIView):
    """An endpoint that knows its query parameters and refuses others by name.

    A misspelt filter would otherwise answer with everything. ``OPTIONS`` is refused like every
    method that is not written out: the schema says what there is.
    """

    metadata_class = None
    parameters: ClassVar[frozenset[str]] = frozenset()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse strangers first, then parameters that mean nothing here."""
        super().initial(request, *args, **kwargs)
        unknown = sorted(set(request.query_params) - self.parameters)
        if unknown:
            raise ValidationError(
                {name: ["There is no parameter of this name."] for name in unknown}
            )

    def finalize_response(
        self, request: Request, response: Response, *args: Any, **kwargs: Any
    ) -> Any:
        """Keep the answer out of every cache, refusals included."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        answer.headers["Cache-Control"] = NOT_KEPT
        return answer


class PagedView(ApiView):
    """An endpoint that lists rows, a page at a time."""

    parameters = frozenset({"page", "page_size"})

    def page(self, rows: Iterable[Any], serializer: type[Serializer], **context: Any) -> Response:
        """Answer the page of ``rows`` (a queryset or a list) that was asked for."""
        pages = PlanPagination()
        shown = pages.paginate_queryset(rows, self.request, view=self)
        return pages.get_paginated_response(serializer(shown, many=True, context=context).data)


class Schema(ApiView, SpectacularAPIView):
    """The OpenAPI schema of everything under /api/v1/, as JSON like every other answer."""

    renderer_classes = (OpenApiJsonRenderer2, OpenApiJsonRenderer)

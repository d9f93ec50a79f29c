"""Search as programs use it: the same rows and counts as on the page."""

from django.http import QueryDict
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from governance.forms.search import SearchForm
from governance.selectors.searching import KINDS, search
from hertsend.api.schema import answers, page_of
from hertsend.errors import RuleBroken
from plans.api.views import OfPlan

PARAMETERS = [
    OpenApiParameter(
        "q", required=True, description="The words to find, from 2 to 100 characters."
    ),
    OpenApiParameter("kind", enum=list(KINDS), description="Only rows of this kind."),
]


class HitSerializer(serializers.Serializer):
    """A row that was found, with the words around what was found."""

    kind = serializers.ChoiceField(choices=list(KINDS))
    title = serializers.CharField()
    url = serializers.CharField(help_text="The page on which it stands.")
    excerpt = serializers.SerializerMethodField()

    def get_excerpt(self, hit: object) -> str:
        """The words around what was found."""
        found = hit.excerpt  # type: ignore[attr-defined]
        return f"{found.before}{found.hit}{found.after}"


class SearchOfPlan(OfPlan):
    """Search over everything in a plan that the reader may see."""

    parameters = frozenset({"q", "kind", "page", "page_size"})

    @extend_schema(
        operation_id="search",
        parameters=PARAMETERS,
        responses=answers(200, page_of(HitSerializer), 404),
    )
    def get(self, request: Request, plan: str) -> Response:
        """List what was found, kind by kind; ``count`` is what the page counts."""
        row = self.plan()
        form = SearchForm(self._asked(request.query_params))
        if not form.is_valid():
            raise RuleBroken({name: list(errors) for name, errors in form.errors.items()})
        given = form.cleaned_data
        hits, _ = search(request.user, row, given["q"], kind=given["kind"])
        return self.page(hits, HitSerializer)

    def _asked(self, given: QueryDict) -> dict[str, str]:
        return {name: given.get(name, "") for name in ("q", "kind")}

"""Search over everything in a plan that the reader may see."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from governance.forms.search import SearchForm
from governance.selectors.searching import SEARCHED
from governance.selectors.searching import search as found_in
from plans.views.context import crumbs, plan_or_404

PAGE_SIZE = 25
REFUSED = 400


@require_safe
def search(request: HttpRequest, plan: str) -> HttpResponse:
    """The form, and what was found, kind by kind; 400 for words that cannot be looked for."""
    row = plan_or_404(request, plan)
    context = {"plan": row, "crumbs": crumbs(row, ("Search", ""))}
    if "q" not in request.GET:
        context |= {"form": SearchForm(), "looked_through": [each.label for each in SEARCHED]}
        return render(request, "governance/search.html", context)
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "governance/search.html", context | {"form": form}, status=REFUSED)
    words, kind = form.cleaned_data["q"], form.cleaned_data["kind"]
    hits, counts = found_in(request.user, row, words, kind=kind)
    total = sum(each.count for each in counts)
    context |= {
        "form": form,
        "words": words,
        "total": total,
        "page": Paginator(hits, PAGE_SIZE).get_page(request.GET.get("page")),
        "kinds": [
            {
                "label": label,
                "url": f"?{urlencode({'q': words, 'kind': key})}",
                "count": count,
                "current": key == kind,
            }
            for key, label, count in [
                ("", "Everything", total),
                *((each.key, each.label, each.count) for each in counts),
            ]
        ],
    }
    return render(request, "governance/search.html", context)

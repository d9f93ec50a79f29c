"""What runs by itself: whether it did, and what waits for a person."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from hertsend.jobs import services
from hertsend.pages import background


@require_http_methods(["GET", "POST"])
def jobs(request: HttpRequest) -> HttpResponse:
    """The state of background work; a job or an e-mail that was given up can be put back."""
    scope = background.scope_of(request.user)
    if request.method == "POST":
        return _put_back(request, scope)
    return render(request, "pages/jobs.html", {"background": background.background_of(scope)})


def _put_back(request: HttpRequest, scope: background.Scope) -> HttpResponse:
    if "job" in request.POST:
        job = get_object_or_404(scope.jobs, pk=_number(request.POST["job"]))
        done = services.retry_parked_job(job_id=job.pk, by=request.user)
    else:
        row = get_object_or_404(scope.messages, pk=_number(request.POST.get("message", "")))
        done = services.retry_undelivered_message(message_id=row.pk, by=request.user)
    if done:
        messages.success(request, "It is waiting again and will be tried within two minutes.")
    else:
        messages.warning(request, "Someone else put it back, or it was done, a moment before you.")
    return redirect("pages:jobs")


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)

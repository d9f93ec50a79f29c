"""Addresses of the API of governance, by subject: a subject has a module of its own here."""

from governance.api.urls import (
    audits,
    barriers,
    boards,
    decisions,
    feedback,
    groups,
    judging,
    log,
    meetings,
    months,
    public,
    returns,
    risks,
    search,
)

app_name = "governance-api"

urlpatterns = [
    *audits.urlpatterns,
    *barriers.urlpatterns,
    *boards.urlpatterns,
    *decisions.urlpatterns,
    *feedback.urlpatterns,
    *groups.urlpatterns,
    *judging.urlpatterns,
    *log.urlpatterns,
    *meetings.urlpatterns,
    *months.urlpatterns,
    *public.urlpatterns,
    *returns.urlpatterns,
    *risks.urlpatterns,
    *search.urlpatterns,
]

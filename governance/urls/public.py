"""Pages of public."""

from django.urls import path

from governance.views import public, public_summary

_SUMMARY = "plans/<slug:plan>/public-summary/"
_OF_MONTH = f"{_SUMMARY}<str:month>/"

urlpatterns = [
    path(_SUMMARY, public_summary.summary_list, name="summary-list"),
    path(f"{_SUMMARY}switch/", public_summary.summary_switch, name="summary-switch"),
    path(_OF_MONTH, public_summary.summary_month, name="summary-month"),
    path(f"{_OF_MONTH}publish/", public_summary.summary_publish, name="summary-publish"),
    path(f"{_OF_MONTH}<str:key>/write/", public_summary.summary_write, name="summary-write"),
    path(f"{_OF_MONTH}<str:key>/approve/", public_summary.summary_approve, name="summary-approve"),
    path("public/<slug:plan>/", public.public_plan, name="public-plan"),
    path("public/<slug:plan>/feed.atom", public.public_feed, name="public-feed"),
    path("public/<slug:plan>/<str:month>/", public.public_month, name="public-month"),
]

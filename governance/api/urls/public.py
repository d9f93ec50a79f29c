"""Addresses of the API of public."""

from django.urls import path

from governance.api import public_summary

urlpatterns = [
    path(
        "<slug:plan>/public-summaries/",
        public_summary.SummaryList.as_view(),
        name="public-summary-list",
    ),
]

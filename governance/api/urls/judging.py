"""Addresses of the API of judging."""

from django.urls import path

from governance.api import assurance

urlpatterns = [
    path("<slug:plan>/assurance/", assurance.AssuranceList.as_view(), name="assurance-list"),
    path(
        "<slug:plan>/assurance/<str:key>/",
        assurance.AssuranceOfArea.as_view(),
        name="assurance-set",
    ),
]

"""Addresses of the API of groups."""

from django.urls import path

from governance.api import groups

urlpatterns = [
    path("<slug:plan>/groups/", groups.GroupList.as_view(), name="group-list"),
    path("<slug:plan>/groups/<slug:key>/", groups.GroupDetail.as_view(), name="group-detail"),
    path(
        "<slug:plan>/groups/<slug:key>/terms/<int:number>/file/",
        groups.TermsFile.as_view(),
        name="terms-file",
    ),
]

"""Search of the API of governance."""

from django.urls import path

from governance.api import search

urlpatterns = [
    path("<slug:plan>/search/", search.SearchOfPlan.as_view(), name="search"),
]

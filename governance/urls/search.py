"""Pages of search."""

from django.urls import path

from governance.views import search

urlpatterns = [
    path("plans/<slug:plan>/search/", search.search, name="search"),
]

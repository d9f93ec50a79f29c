"""The measures' part of /api/v1/."""

from django.urls import path

from kpis.api import views

app_name = "kpis-api"

urlpatterns = [
    path("<slug:plan>/measures/", views.MeasureList.as_view(), name="measure-list"),
    path("<slug:plan>/measures/<slug:key>/", views.MeasureDetail.as_view(), name="measure-detail"),
    path(
        "<slug:plan>/measures/<slug:key>/figures/",
        views.FigureEntry.as_view(),
        name="figures-enter",
    ),
]

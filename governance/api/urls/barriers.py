"""Addresses of the API of barriers."""

from django.urls import path

from governance.api import barriers

urlpatterns = [
    path("<slug:plan>/barriers/", barriers.BarrierList.as_view(), name="barrier-list"),
    path(
        "<slug:plan>/barriers/<slug:key>/", barriers.BarrierDetail.as_view(), name="barrier-detail"
    ),
]

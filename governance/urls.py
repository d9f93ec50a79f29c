"""Pages of governance."""

from django.urls import path

from governance.views import dashboard, packs

app_name = "governance"

urlpatterns = [
    path("plans/<slug:plan>/dashboard/", dashboard.dashboard, name="dashboard"),
    path("plans/<slug:plan>/packs/", packs.pack_list, name="pack-list"),
    path(
        "plans/<slug:plan>/packs/<str:month>/<slug:edition>/<int:revision>/",
        packs.pack_detail,
        name="pack-detail",
    ),
]

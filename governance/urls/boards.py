"""Pages of boards."""

from django.urls import path

from governance.views import changes, dashboard, pack_runs, packs, stocktake

_PACK = "plans/<slug:plan>/packs/<str:month>/<slug:edition>/<int:revision>/"

urlpatterns = [
    path("plans/<slug:plan>/dashboard/", dashboard.dashboard, name="dashboard"),
    path("plans/<slug:plan>/changes/", changes.changes, name="changes"),
    path("plans/<slug:plan>/changes.csv", changes.changes_export, name="changes-export"),
    path("plans/<slug:plan>/stocktake/", stocktake.stocktake, name="stocktake"),
    path(
        "plans/<slug:plan>/stocktake.docx", stocktake.stocktake_document, name="stocktake-document"
    ),
    path("plans/<slug:plan>/packs/", packs.pack_list, name="pack-list"),
    path(_PACK, packs.pack_detail, name="pack-detail"),
    path(f"{_PACK}making/", pack_runs.pack_run, name="pack-run"),
    path(f"{_PACK}making/prepare/", pack_runs.pack_prepare, name="pack-prepare"),
    path(f"{_PACK}making/release/", pack_runs.pack_release, name="pack-release"),
    path(f"{_PACK}making/return/", pack_runs.pack_return, name="pack-return"),
    path(f"{_PACK}making/issue/", pack_runs.pack_issue, name="pack-issue"),
    path(f"{_PACK}making/reissue/", pack_runs.pack_reissue, name="pack-reissue"),
    path(f"{_PACK}making/deliveries/", pack_runs.pack_deliveries, name="pack-deliveries"),
    path(
        f"{_PACK}making/deliveries/<int:delivery>/again/",
        pack_runs.delivery_again,
        name="delivery-again",
    ),
    path(f"{_PACK}pack.pdf", packs.pack_file, {"kind": "pdf"}, name="pack-pdf"),
    path(f"{_PACK}pack.docx", packs.pack_file, {"kind": "word"}, name="pack-word"),
    path(f"{_PACK}pack.xlsx", packs.pack_file, {"kind": "workbook"}, name="pack-workbook"),
    path(f"{_PACK}pack.zip", packs.pack_file, {"kind": "csv"}, name="pack-csv"),
]

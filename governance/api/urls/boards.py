"""Addresses of the API of boards."""

from django.urls import path

from governance.api import changes, packs, stocktake

_PACK = "<slug:plan>/packs/<str:month>/<slug:edition>/<int:revision>/"

urlpatterns = [
    path("<slug:plan>/changes/", changes.ChangesOfPlan.as_view(), name="changes"),
    path("<slug:plan>/stocktake/", stocktake.StocktakeOfPlan.as_view(), name="stocktake"),
    path("<slug:plan>/packs/", packs.PackList.as_view(), name="pack-list"),
    path(_PACK, packs.PackDetail.as_view(), name="pack-detail"),
    path(f"{_PACK}prepare/", packs.PackPrepare.as_view(), name="pack-prepare"),
    path(f"{_PACK}release/", packs.PackRelease.as_view(), name="pack-release"),
    path(f"{_PACK}return/", packs.PackReturn.as_view(), name="pack-return"),
    path(f"{_PACK}issue/", packs.PackIssue.as_view(), name="pack-issue"),
    path(f"{_PACK}reissue/", packs.PackReissue.as_view(), name="pack-reissue"),
    path(f"{_PACK}deliveries/", packs.DeliveryList.as_view(), name="pack-deliveries"),
    path(
        f"{_PACK}deliveries/<int:delivery>/again/",
        packs.DeliveryAgain.as_view(),
        name="delivery-again",
    ),
]

"""Addresses of the API of log."""

from django.urls import path

from governance.api import log

GROUP = "<slug:plan>/groups/<slug:key>/"
LOG = f"{GROUP}log/<int:number>/"

urlpatterns = [
    path("<slug:plan>/log/", log.LogList.as_view(), name="log-list"),
    path(f"{GROUP}log/", log.LogAdd.as_view(), name="log-add"),
    path(LOG, log.LogDetail.as_view(), name="log-detail"),
    path(f"{LOG}updates/", log.LogNote.as_view(), name="log-note"),
    path(f"{LOG}close/", log.LogClose.as_view(), name="log-close"),
    path(f"{LOG}change/", log.LogChange.as_view(), name="log-change"),
]

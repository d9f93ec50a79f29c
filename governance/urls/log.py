"""Pages of log."""

from django.urls import path

from governance.views import log, raising

_GROUP = "plans/<slug:plan>/groups/<slug:key>/"
_LOG = f"{_GROUP}log/<int:number>/"

urlpatterns = [
    path("plans/<slug:plan>/log/", log.log_list, name="log-list"),
    path("plans/<slug:plan>/log/raise/", raising.log_raise, name="log-raise"),
    path(f"{_GROUP}log/add/", log.log_add, name="log-add"),
    path(_LOG, log.log_detail, name="log-detail"),
    path(f"{_LOG}note/", log.log_note, name="log-note"),
    path(f"{_LOG}close/", log.log_close, name="log-close"),
    path(f"{_LOG}change/", log.log_change, name="log-change"),
]

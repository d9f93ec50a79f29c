"""Pages of barriers."""

from django.urls import path

from governance.views import barriers

_BARRIERS = "plans/<slug:plan>/barriers/"
_BARRIER = f"{_BARRIERS}<slug:key>/"

urlpatterns = [
    path(_BARRIERS, barriers.barrier_list, name="barrier-list"),
    path(f"{_BARRIERS}add/", barriers.barrier_add, name="barrier-add"),
    path(_BARRIER, barriers.barrier_detail, name="barrier-detail"),
    path(f"{_BARRIER}assign/", barriers.barrier_assign, name="barrier-assign"),
    path(f"{_BARRIER}answer/", barriers.barrier_answer, name="barrier-answer"),
    path(f"{_BARRIER}close/", barriers.barrier_close, name="barrier-close"),
]

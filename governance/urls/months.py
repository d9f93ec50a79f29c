"""Pages of months."""

from django.urls import path

from governance.views import calendar, rhythm

_MONTH = "plans/<slug:plan>/calendar/<str:month>/"

urlpatterns = [
    path("plans/<slug:plan>/calendar/", calendar.calendar_page, name="calendar"),
    path("plans/<slug:plan>/calendar/rhythm/", rhythm.rhythm_page, name="rhythm"),
    path("plans/<slug:plan>/calendar/rhythm/decide/", rhythm.rhythm_decide, name="rhythm-decide"),
    path(_MONTH, calendar.period_detail, name="period-detail"),
    path(f"{_MONTH}days/", calendar.period_days, name="period-days"),
    path(f"{_MONTH}reopen/", calendar.period_reopen, name="period-reopen"),
]

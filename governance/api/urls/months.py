"""Addresses of the API of months."""

from django.urls import path

from governance.api import calendar, rhythm

MONTH = "<slug:plan>/calendar/<str:month>/"

urlpatterns = [
    path("<slug:plan>/calendar/", calendar.CalendarList.as_view(), name="calendar-list"),
    path(MONTH, calendar.CalendarMonth.as_view(), name="calendar-month"),
    path(f"{MONTH}days/", calendar.ChangeDays.as_view(), name="calendar-days"),
    path(f"{MONTH}reopen/", calendar.Reopen.as_view(), name="calendar-reopen"),
    path("<slug:plan>/rhythm/", rhythm.RhythmOfPlan.as_view(), name="rhythm"),
]

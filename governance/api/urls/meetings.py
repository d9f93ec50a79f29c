"""Addresses of the API of meetings."""

from django.urls import path

from governance.api import meetings

MEETING = "<slug:plan>/groups/<slug:key>/meetings/<int:meeting>/"

urlpatterns = [
    path("<slug:plan>/meetings/", meetings.MeetingList.as_view(), name="meeting-list"),
    path(MEETING, meetings.MeetingDetail.as_view(), name="meeting-detail"),
    path(f"{MEETING}papers/<int:pk>/file/", meetings.PaperFile.as_view(), name="paper-file"),
]

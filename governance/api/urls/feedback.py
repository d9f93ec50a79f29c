"""Addresses of the API of feedback."""

from django.urls import path

from governance.api import feedback

urlpatterns = [
    path("<slug:plan>/feedback/", feedback.FeedbackList.as_view(), name="feedback-list"),
    path("<slug:plan>/feedback/entries/", feedback.EntryList.as_view(), name="feedback-entries"),
    path(
        "<slug:plan>/feedback/entries/<int:item>/",
        feedback.EntryDetail.as_view(),
        name="feedback-entry",
    ),
]

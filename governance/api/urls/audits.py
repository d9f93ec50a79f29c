"""Addresses of the API of audits."""

from django.urls import path

from governance.api import audits

urlpatterns = [
    path("<slug:plan>/audits/", audits.AuditList.as_view(), name="audit-list"),
    path("<slug:plan>/audits/<slug:key>/", audits.AuditDetail.as_view(), name="audit-detail"),
]

"""Pages of audits."""

from django.urls import path

from governance.views import audit_acts, audits

_AUDITS = "plans/<slug:plan>/audits/"
_AUDIT = f"{_AUDITS}<slug:key>/"

urlpatterns = [
    path(_AUDITS, audits.audit_list, name="audit-list"),
    path(f"{_AUDITS}add/", audit_acts.audit_add, name="audit-add"),
    path(_AUDIT, audits.audit_detail, name="audit-detail"),
    path(f"{_AUDIT}change/", audit_acts.audit_change, name="audit-change"),
    path(f"{_AUDIT}cancel/", audit_acts.audit_cancel, name="audit-cancel"),
    path(f"{_AUDIT}report/", audit_acts.audit_report, name="audit-report"),
    path(f"{_AUDIT}file/", audits.audit_file, name="audit-file"),
    path(f"{_AUDIT}findings/add/", audit_acts.finding_add, name="finding-add"),
    path(f"{_AUDIT}tell/", audit_acts.audit_tell, name="audit-tell"),
]

"""Pages of risks."""

from django.urls import path

from governance.views import mitigations, risk_acts, risk_bands, risks

_RISKS = "plans/<slug:plan>/risks/"
_RISK = f"{_RISKS}<slug:key>/"
_MITIGATION = f"{_RISK}mitigations/<int:number>/"

urlpatterns = [
    path(_RISKS, risks.risk_list, name="risk-list"),
    path("plans/<slug:plan>/risks.csv", risks.risk_export, name="risk-export"),
    path(f"{_RISKS}add/", risk_acts.risk_add, name="risk-add"),
    path(f"{_RISKS}bands/", risk_bands.risk_bands_set, name="risk-bands"),
    path(_RISK, risks.risk_detail, name="risk-detail"),
    path(f"{_RISK}change/", risk_acts.risk_change, name="risk-change"),
    path(f"{_RISK}review/", risk_acts.risk_review, name="risk-review"),
    path(f"{_RISK}move/", risk_acts.risk_move, name="risk-move"),
    path(f"{_RISK}close/", risk_acts.risk_close, name="risk-close"),
    path(f"{_RISK}mitigations/add/", mitigations.mitigation_add, name="mitigation-add"),
    path(_MITIGATION, mitigations.mitigation_change, name="mitigation-change"),
    path(f"{_MITIGATION}end/", mitigations.mitigation_end, name="mitigation-end"),
]

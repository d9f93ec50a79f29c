"""Addresses of the API of risks."""

from django.urls import path

from governance.api import risks

urlpatterns = [
    path("<slug:plan>/risks/", risks.RiskList.as_view(), name="risk-list"),
    path("<slug:plan>/risk-bands/", risks.RiskBandsInForce.as_view(), name="risk-bands"),
    path("<slug:plan>/risks/<slug:key>/", risks.RiskDetail.as_view(), name="risk-detail"),
    path("<slug:plan>/risks/<slug:key>/reviews/", risks.RiskReviews.as_view(), name="risk-review"),
    path("<slug:plan>/risks/<slug:key>/moves/", risks.RiskMoves.as_view(), name="risk-move"),
]

"""Addresses of the API of decisions."""

from django.urls import path

from governance.api import decisions

GROUP = "<slug:plan>/groups/<slug:key>/"
DECISION = f"{GROUP}decisions/<int:number>/"
REQUEST = f"{GROUP}decision-requests/<int:number>/"

urlpatterns = [
    path("<slug:plan>/decisions/", decisions.DecisionList.as_view(), name="decision-list"),
    path(
        "<slug:plan>/decisions/because-of-data/",
        decisions.BecauseOfData.as_view(),
        name="because-of-data",
    ),
    path(
        "<slug:plan>/decision-requests/",
        decisions.RequestList.as_view(),
        name="decision-request-list",
    ),
    path(f"{GROUP}decisions/", decisions.DecisionTake.as_view(), name="decision-take"),
    path(DECISION, decisions.DecisionDetail.as_view(), name="decision-detail"),
    path(f"{DECISION}supersede/", decisions.DecisionSupersede.as_view(), name="decision-supersede"),
    path(REQUEST, decisions.RequestDetail.as_view(), name="decision-request-detail"),
    path(f"{REQUEST}take/", decisions.RequestTake.as_view(), name="decision-request-take"),
    path(
        f"{REQUEST}withdraw/",
        decisions.RequestWithdraw.as_view(),
        name="decision-request-withdraw",
    ),
]

"""Pages of decisions."""

from django.urls import path

from governance.views import because_of_data, deciding, decisions

_GROUP = "plans/<slug:plan>/groups/<slug:key>/"
_DECISION = f"{_GROUP}decisions/<int:number>/"
_REQUEST = f"{_GROUP}decision-requests/<int:number>/"

urlpatterns = [
    path("plans/<slug:plan>/decisions/", decisions.decision_list, name="decision-list"),
    path("plans/<slug:plan>/decisions/ask/", deciding.decision_ask, name="decision-ask"),
    path(
        "plans/<slug:plan>/decisions/because-of-data/",
        because_of_data.because_of_data,
        name="because-of-data",
    ),
    path(
        "plans/<slug:plan>/decisions/because-of-data.csv",
        because_of_data.because_of_data_export,
        name="because-of-data-export",
    ),
    path(f"{_GROUP}decisions/take/", deciding.decision_take, name="decision-take"),
    path(_DECISION, decisions.decision_detail, name="decision-detail"),
    path(f"{_DECISION}supersede/", deciding.decision_supersede, name="decision-supersede"),
    path(_REQUEST, decisions.decision_request_detail, name="decision-request-detail"),
    path(f"{_REQUEST}take/", deciding.decision_request_take, name="decision-request-take"),
    path(
        f"{_REQUEST}withdraw/",
        deciding.decision_request_withdraw,
        name="decision-request-withdraw",
    ),
]

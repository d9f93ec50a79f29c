"""Addresses of the API of returns."""

from django.urls import path

from governance.api import reminders, return_acts, returns

RETURN = "<slug:plan>/returns/<str:month>/<str:workstream>/"
ROW = f"{RETURN}rows/<str:key>/"

urlpatterns = [
    path("<slug:plan>/returns/", returns.ReturnList.as_view(), name="return-list"),
    path(RETURN, returns.ReturnDetail.as_view(), name="return-detail"),
    path(ROW, return_acts.ReturnRow.as_view(), name="return-row"),
    path(f"{ROW}discard/", return_acts.ReturnDiscard.as_view(), name="return-discard"),
    path(f"{RETURN}nothing-to-report/", return_acts.ReturnNothing.as_view(), name="return-nothing"),
    path(f"{RETURN}submit/", return_acts.ReturnSubmit.as_view(), name="return-submit"),
    path(f"{RETURN}accept/", return_acts.ReturnAccept.as_view(), name="return-accept"),
    path(f"{RETURN}remind/", reminders.ReturnRemind.as_view(), name="return-remind"),
    path(f"{RETURN}send-back/", return_acts.ReturnSendBack.as_view(), name="return-send-back"),
]

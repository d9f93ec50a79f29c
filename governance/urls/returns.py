"""Pages of returns."""

from django.urls import path

from governance.views import my_return, returns

_RETURNS = "plans/<slug:plan>/returns/"
_ONE = f"{_RETURNS}<str:month>/<str:workstream>/"
_ROW = f"{_ONE}rows/<str:key>/"

urlpatterns = [
    path(_RETURNS, returns.return_current, name="return-current"),
    path(f"{_RETURNS}<str:month>/", returns.return_list, name="return-list"),
    path(_ONE, my_return.return_detail, name="return-detail"),
    path(_ROW, my_return.return_row, name="return-row"),
    path(f"{_ROW}discard/", my_return.return_discard, name="return-discard"),
    path(f"{_ONE}nothing-to-report/", my_return.return_nothing, name="return-nothing"),
    path(f"{_ONE}submit/", my_return.return_submit, name="return-submit"),
    path(f"{_ONE}check/", returns.return_check, name="return-check"),
    path(f"{_ONE}accept/", returns.return_accept, name="return-accept"),
    path(f"{_ONE}remind/", returns.return_remind, name="return-remind"),
    path(f"{_ONE}send-back/", returns.return_send_back, name="return-send-back"),
]

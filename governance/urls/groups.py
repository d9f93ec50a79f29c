"""Pages of groups."""

from django.urls import path

from governance.views import groups

_GROUP = "plans/<slug:plan>/groups/<slug:key>/"

urlpatterns = [
    path("plans/<slug:plan>/groups/", groups.group_list, name="group-list"),
    path("plans/<slug:plan>/groups/add/", groups.group_add, name="group-add"),
    path("plans/<slug:plan>/groups/take-over/", groups.group_take_over, name="group-take-over"),
    path(_GROUP, groups.group_detail, name="group-detail"),
    path(f"{_GROUP}place/", groups.group_place, name="group-place"),
    path(f"{_GROUP}end/", groups.group_end, name="group-end"),
    path(f"{_GROUP}members/add/", groups.membership_add, name="membership-add"),
    path(f"{_GROUP}members/<int:pk>/end/", groups.membership_end, name="membership-end"),
    path(f"{_GROUP}terms/add/", groups.terms_add, name="terms-add"),
    path(f"{_GROUP}terms/<int:number>/file/", groups.terms_file, name="terms-file"),
]

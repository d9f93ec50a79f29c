"""The plan's part of /api/v1/. A key such as "AI1&4" is encoded in an address."""

from django.urls import path

from plans.api import acts, views

app_name = "plans-api"

MILESTONE = "<slug:plan>/milestones/<str:key>/"

urlpatterns = [
    path("", views.PlanList.as_view(), name="plan-list"),
    path("<slug:plan>/", views.PlanDetail.as_view(), name="plan-detail"),
    path("<slug:plan>/areas/", views.AreaList.as_view(), name="area-list"),
    path("<slug:plan>/workstreams/", views.WorkstreamList.as_view(), name="workstream-list"),
    path("<slug:plan>/actions/", views.ActionList.as_view(), name="action-list"),
    path("<slug:plan>/actions/<str:key>/", views.ActionDetail.as_view(), name="action-detail"),
    path("<slug:plan>/milestones/", views.MilestoneList.as_view(), name="milestone-list"),
    path(MILESTONE, views.MilestoneDetail.as_view(), name="milestone-detail"),
    path(f"{MILESTONE}updates/", acts.UpdateList.as_view(), name="update-list"),
    path(f"{MILESTONE}propose-complete/", acts.ProposeComplete.as_view(), name="milestone-propose"),
    path(f"{MILESTONE}sign-off/", acts.SignOff.as_view(), name="milestone-sign-off"),
    path(f"{MILESTONE}return/", acts.ReturnProposal.as_view(), name="milestone-return"),
    path(f"{MILESTONE}withdraw/", acts.Withdraw.as_view(), name="milestone-withdraw"),
]

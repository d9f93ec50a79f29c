"""Pages of the plan."""

from django.urls import path

from plans.views import milestones, plans, readings, updates

app_name = "plans"

_ONE = "plans/<slug:plan>/milestones/<str:key>/"

urlpatterns = [
    path("plans/<slug:plan>/", plans.plan_detail, name="plan-detail"),
    path("plans/<slug:plan>/actions/<str:key>/", plans.action_detail, name="action-detail"),
    path("plans/<slug:plan>/glossary/", plans.glossary, name="glossary"),
    path("plans/<slug:plan>/readings/", readings.judgement_list, name="judgement-list"),
    path(
        "plans/<slug:plan>/readings/<int:pk>/", readings.judgement_decide, name="judgement-decide"
    ),
    path("plans/<slug:plan>/milestones/", milestones.milestone_list, name="milestone-list"),
    path("plans/<slug:plan>/milestones.csv", milestones.milestone_export, name="milestone-export"),
    path(_ONE, milestones.milestone_detail, name="milestone-detail"),
    path(f"{_ONE}updates/", milestones.milestone_updates, name="milestone-updates"),
    path(f"{_ONE}history/", milestones.milestone_history, name="milestone-history"),
    path(f"{_ONE}updates/new/", updates.milestone_update, name="milestone-update"),
    path(f"{_ONE}propose-complete/", updates.milestone_propose, name="milestone-propose"),
    path(f"{_ONE}sign-off/", updates.milestone_sign_off, name="milestone-sign-off"),
    path(f"{_ONE}withdraw/", updates.milestone_withdraw, name="milestone-withdraw"),
]

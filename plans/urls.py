"""Pages of the plan."""

from django.urls import path

from plans.views import (
    actions,
    challenges,
    commitments,
    date_requests,
    evidence,
    exceptions,
    impact,
    milestones,
    plans,
    proposing,
    rating,
    readings,
    reasons,
    signing,
    tables,
    updates,
)

app_name = "plans"

_ACTION = "plans/<slug:plan>/actions/<str:key>/"
_IMPACT = "plans/<slug:plan>/actions/<str:key>/impact/"
_COMMITMENT = "plans/<slug:plan>/commitments/<slug:key>/"
_ONE = "plans/<slug:plan>/milestones/<str:key>/"
_DIVE, _ESCALATION = f"{_ONE}deep-dives/<int:number>/", f"{_ONE}escalations/<int:number>/"
_DATE = f"{_ONE}date-changes/<int:number>/"

urlpatterns = [
    path("plans/<slug:plan>/", plans.plan_detail, name="plan-detail"),
    path("plans/<slug:plan>/actions/<str:key>/", plans.action_detail, name="action-detail"),
    path(f"{_ACTION}sign-off/", actions.action_sign, name="action-sign-off"),
    path(f"{_ACTION}reopen/", actions.action_reopen, name="action-reopen"),
    path(f"{_ACTION}evidence/new/", evidence.action_evidence_add, name="action-evidence-add"),
    path("plans/<slug:plan>/glossary/", plans.glossary, name="glossary"),
    path("plans/<slug:plan>/readings/", readings.judgement_list, name="judgement-list"),
    path(
        "plans/<slug:plan>/readings/<int:pk>/", readings.judgement_decide, name="judgement-decide"
    ),
    path("plans/<slug:plan>/milestones/", tables.milestone_list, name="milestone-list"),
    path("plans/<slug:plan>/milestones.csv", tables.milestone_export, name="milestone-export"),
    path(_ONE, milestones.milestone_detail, name="milestone-detail"),
    path(f"{_ONE}updates/", milestones.milestone_updates, name="milestone-updates"),
    path(f"{_ONE}history/", milestones.milestone_history, name="milestone-history"),
    path(f"{_ONE}updates/new/", updates.milestone_update, name="milestone-update"),
    path(f"{_ONE}propose-complete/", proposing.milestone_propose, name="milestone-propose"),
    path(f"{_ONE}take-back/", reasons.milestone_take_back, name="milestone-take-back"),
    path(f"{_ONE}sign-off/", signing.milestone_sign_off, name="milestone-sign-off"),
    path(f"{_ONE}sign-off/ask/", signing.milestone_ask, name="milestone-ask"),
    path(f"{_ONE}reopen/", reasons.milestone_reopen, name="milestone-reopen"),
    path(f"{_ONE}withdraw/", reasons.milestone_withdraw, name="milestone-withdraw"),
    path(f"{_ONE}evidence/new/", evidence.evidence_add, name="evidence-add"),
    path(
        "plans/<slug:plan>/evidence/<int:pk>/withdraw/",
        evidence.evidence_withdraw,
        name="evidence-withdraw",
    ),
    path("plans/<slug:plan>/evidence/<int:pk>/file/", evidence.evidence_file, name="evidence-file"),
    path("plans/<slug:plan>/sign-off/", signing.sign_off_queue, name="sign-off-queue"),
    path("plans/<slug:plan>/signed/<slug:fingerprint>/", signing.sheet_detail, name="sheet-detail"),
    path("plans/<slug:plan>/exceptions/", exceptions.exception_list, name="exception-list"),
    path(
        "plans/<slug:plan>/date-changes/", date_requests.date_request_list, name="date-request-list"
    ),
    path(f"{_ONE}exceptions/", exceptions.milestone_exceptions, name="milestone-exceptions"),
    path(f"{_ONE}exception/", exceptions.exception_report, name="exception-report"),
    path(f"{_ONE}questions/new/", challenges.question_ask, name="question-ask"),
    path(
        f"{_ONE}questions/<int:number>/answer/", challenges.question_answer, name="question-answer"
    ),
    path(f"{_ONE}deep-dives/new/", challenges.deep_dive_ask, name="deep-dive-ask"),
    path(f"{_DIVE}end/", challenges.deep_dive_end, name="deep-dive-end"),
    path(f"{_ONE}escalations/new/", challenges.escalation_raise, name="escalation-raise"),
    path(f"{_ESCALATION}answer/", challenges.escalation_answer, name="escalation-answer"),
    path(f"{_ESCALATION}withdraw/", challenges.escalation_withdraw, name="escalation-withdraw"),
    path(f"{_ONE}date-changes/new/", date_requests.date_request_ask, name="date-request-ask"),
    path(_DATE, date_requests.date_request_detail, name="date-request-detail"),
    path(f"{_DATE}change/", date_requests.date_request_change, name="date-request-change"),
    path(f"{_DATE}withdraw/", date_requests.date_request_withdraw, name="date-request-withdraw"),
    path("plans/<slug:plan>/impact/", impact.impact_list, name="impact-list"),
    path(_IMPACT, impact.action_impact, name="action-impact"),
    path(f"{_IMPACT}new/", rating.impact_rate, name="impact-rate"),
    path(f"{_IMPACT}<int:number>/decide/", rating.impact_decide, name="impact-decide"),
    path(f"{_IMPACT}<int:number>/take-back/", rating.impact_take_back, name="impact-take-back"),
    path("plans/<slug:plan>/commitments/", commitments.commitment_list, name="commitment-list"),
    path(_COMMITMENT, commitments.commitment_detail, name="commitment-detail"),
    path(f"{_COMMITMENT}confirm/", commitments.commitment_confirm, name="commitment-confirm"),
    path(f"{_COMMITMENT}end/", commitments.commitment_end, name="commitment-end"),
    path(
        f"{_COMMITMENT}occurrences/<str:day>/",
        commitments.occurrence_record,
        name="occurrence-record",
    ),
]

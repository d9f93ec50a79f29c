"""The plan's part of /api/v1/. A key such as "AI1&4" is encoded in an address."""

from django.urls import path

from plans.api import (
    actions,
    acts,
    commitments,
    date_requests,
    evidence,
    exceptions,
    impact,
    views,
    waiting,
)

app_name = "plans-api"

ACTION = "<slug:plan>/actions/<str:key>/"
IMPACT = "<slug:plan>/actions/<str:key>/impact/"
COMMITMENT = "<slug:plan>/commitments/<slug:key>/"
MILESTONE = "<slug:plan>/milestones/<str:key>/"

urlpatterns = [
    path("", views.PlanList.as_view(), name="plan-list"),
    path("<slug:plan>/", views.PlanDetail.as_view(), name="plan-detail"),
    path("<slug:plan>/waiting/", waiting.WaitingOfPlan.as_view(), name="waiting-list"),
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
    path(f"{MILESTONE}sign-off/ask/", acts.AskToReview.as_view(), name="milestone-ask"),
    path(f"{MILESTONE}take-back/", acts.TakeBack.as_view(), name="milestone-take-back"),
    path(f"{MILESTONE}reopen/", acts.Reopen.as_view(), name="milestone-reopen"),
    path(f"{MILESTONE}evidence/", evidence.MilestoneEvidence.as_view(), name="evidence-list"),
    path(f"{ACTION}evidence/", evidence.ActionEvidence.as_view(), name="action-evidence-list"),
    path(f"{ACTION}sign-off/", actions.ActionSignature.as_view(), name="action-sign-off"),
    path(f"{ACTION}reopen/", actions.ActionReopening.as_view(), name="action-reopen"),
    path(
        "<slug:plan>/evidence/<int:pk>/withdraw/",
        evidence.EvidenceWithdrawal.as_view(),
        name="evidence-withdraw",
    ),
    path(
        "<slug:plan>/evidence/<int:pk>/file/",
        evidence.EvidenceFile.as_view(),
        name="evidence-file",
    ),
    path("<slug:plan>/sign-off/", actions.SignOffQueue.as_view(), name="sign-off-queue"),
    path(f"{MILESTONE}withdraw/", acts.Withdraw.as_view(), name="milestone-withdraw"),
    path("<slug:plan>/exceptions/", exceptions.ExceptionList.as_view(), name="exception-list"),
    path(
        "<slug:plan>/date-requests/",
        date_requests.DateRequestList.as_view(),
        name="date-request-list",
    ),
    path(
        f"{MILESTONE}exceptions/", exceptions.ExceptionFileDetail.as_view(), name="exception-detail"
    ),
    path(
        f"{MILESTONE}exception-reports/", exceptions.ReportList.as_view(), name="exception-report"
    ),
    path(f"{MILESTONE}questions/", exceptions.QuestionList.as_view(), name="question-ask"),
    path(
        f"{MILESTONE}questions/<int:number>/answers/",
        exceptions.AnswerList.as_view(),
        name="question-answer",
    ),
    path(f"{MILESTONE}deep-dives/", exceptions.DeepDiveList.as_view(), name="deep-dive-ask"),
    path(
        f"{MILESTONE}deep-dives/<int:number>/end/",
        exceptions.DeepDiveEnd.as_view(),
        name="deep-dive-end",
    ),
    path(f"{MILESTONE}escalations/", exceptions.EscalationList.as_view(), name="escalation-raise"),
    path(
        f"{MILESTONE}escalations/<int:number>/answer/",
        exceptions.EscalationAnswer.as_view(),
        name="escalation-answer",
    ),
    path(
        f"{MILESTONE}escalations/<int:number>/withdraw/",
        exceptions.EscalationWithdraw.as_view(),
        name="escalation-withdraw",
    ),
    path(
        f"{MILESTONE}date-requests/",
        date_requests.DateRequestCreate.as_view(),
        name="date-request-ask",
    ),
    path(
        f"{MILESTONE}date-requests/<int:number>/decide/",
        date_requests.DateRequestDecide.as_view(),
        name="date-request-decide",
    ),
    path(
        f"{MILESTONE}date-requests/<int:number>/change/",
        date_requests.DateRequestChange.as_view(),
        name="date-request-change",
    ),
    path(
        f"{MILESTONE}date-requests/<int:number>/withdraw/",
        date_requests.DateRequestWithdraw.as_view(),
        name="date-request-withdraw",
    ),
    path("<slug:plan>/impact/", impact.ImpactList.as_view(), name="impact-list"),
    path(IMPACT, impact.ImpactOfAction.as_view(), name="action-impact"),
    path(
        f"{IMPACT}<int:number>/confirm/",
        impact.ImpactConfirmation.as_view(),
        name="impact-confirm",
    ),
    path(f"{IMPACT}<int:number>/return/", impact.ImpactReturn.as_view(), name="impact-return"),
    path(
        f"{IMPACT}<int:number>/take-back/",
        impact.ImpactTakeBack.as_view(),
        name="impact-take-back",
    ),
    path("<slug:plan>/commitments/", commitments.CommitmentList.as_view(), name="commitment-list"),
    path(COMMITMENT, commitments.CommitmentDetail.as_view(), name="commitment-detail"),
    path(
        f"{COMMITMENT}confirm/",
        commitments.CommitmentConfirmation.as_view(),
        name="commitment-confirm",
    ),
    path(f"{COMMITMENT}end/", commitments.CommitmentEnd.as_view(), name="commitment-end"),
    path(
        f"{COMMITMENT}occurrences/",
        commitments.OccurrenceRecording.as_view(),
        name="occurrence-record",
    ),
]

"""Pages of feedback."""

from django.urls import path

from governance.views import feedback, feedback_acts

_SAID = "plans/<slug:plan>/you-said-we-did/"
_ENTRY = f"{_SAID}entries/<int:item>/"

urlpatterns = [
    path(_SAID, feedback.feedback_list, name="feedback-list"),
    path(f"{_SAID}entries/", feedback.feedback_work, name="feedback-work"),
    path(f"{_SAID}entries/add/", feedback_acts.feedback_enter, name="feedback-enter"),
    path(_ENTRY, feedback.feedback_detail, name="feedback-detail"),
    path(f"{_ENTRY}said/", feedback_acts.feedback_said, name="feedback-said"),
    path(f"{_ENTRY}answer/", feedback_acts.feedback_answer, name="feedback-answer"),
    path(f"{_ENTRY}approve/", feedback_acts.feedback_approve, name="feedback-approve"),
    path(f"{_ENTRY}publish/", feedback_acts.feedback_publish, name="feedback-publish"),
    path(f"{_ENTRY}withdraw/", feedback_acts.feedback_withdraw, name="feedback-withdraw"),
    path(f"{_SAID}<str:quarter>/", feedback.feedback_quarter, name="feedback-quarter"),
]

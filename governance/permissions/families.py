"""Who may see and answer what families said, and who makes what the public reads."""

from typing import Any

from django.db import models
from django.db.models import Q

from governance.enums import FeedbackState
from governance.models import AreaSummary, FeedbackItem, FeedbackPublication, SummaryPublication
from hertsend.accounts import access
from hertsend.accounts.roles import Permission
from hertsend.errors import NotAllowed
from plans.models import Plan


def visible_feedback(user: Any) -> models.QuerySet[FeedbackItem]:
    """What families said, as it is worked on: for those who answer it, and what one entered oneself."""
    held = access.of(user)
    own = Q(
        plan__partnership__in=held.partnerships_where(Permission.RECORD_FEEDBACK),
        entered_by=user.pk,
    )
    answered = Q(plan__partnership__in=held.partnerships_where(Permission.ANSWER_FEEDBACK))
    return FeedbackItem.objects.filter(own | answered)


def visible_publications(user: Any) -> models.QuerySet[FeedbackPublication]:
    """What was published of it and not withdrawn: for everyone who reads the plan in plain English."""
    partnerships = access.of(user).partnerships_where(Permission.READ_PLAIN_ENGLISH)
    return FeedbackPublication.objects.filter(item__plan__partnership__in=partnerships).exclude(
        item__state=FeedbackState.WITHDRAWN
    )


def heard_by(user: Any) -> models.QuerySet[FeedbackItem]:
    """What families said, as far as the person knows of it: worked on before them, or published."""
    published = visible_publications(user).values("item")
    worked_on = visible_feedback(user).values("pk")
    return FeedbackItem.objects.filter(Q(pk__in=published) | Q(pk__in=worked_on))


def may_record_feedback(user: Any, plan: Plan) -> bool:
    """Whether the person enters what families said."""
    return access.of(user).may(Permission.RECORD_FEEDBACK, partnership_id=plan.partnership_id)


def may_answer_feedback(user: Any, plan: Plan) -> bool:
    """Whether the person writes what is done about it, and so sees the words before they are published."""
    return access.of(user).may(Permission.ANSWER_FEEDBACK, partnership_id=plan.partnership_id)


def may_publish_feedback(user: Any, plan: Plan) -> bool:
    """Whether the person approves, publishes and withdraws."""
    return access.of(user).may(Permission.PUBLISH_FEEDBACK, partnership_id=plan.partnership_id)


PUBLIC_SUMMARY = (
    Permission.WRITE_SUMMARY,
    Permission.APPROVE_SUMMARY,
    Permission.SWITCH_PUBLIC_SUMMARY,
)


def require_public_summary(user: Any, plan: Plan) -> None:
    """Refuse whoever neither writes, approves nor switches the public summary. Raises ``NotAllowed``."""
    held = access.of(user)
    if not any(held.may(each, partnership_id=plan.partnership_id) for each in PUBLIC_SUMMARY):
        raise NotAllowed("Your role does not let you see how the public summary is made.")


def visible_area_summaries(user: Any) -> models.QuerySet[AreaSummary]:
    """The sentences, drafts among them, of partnerships where the person has a part in the summary."""
    held = access.of(user)
    partnerships = frozenset().union(*(held.partnerships_where(each) for each in PUBLIC_SUMMARY))
    return AreaSummary.objects.filter(area__plan__partnership__in=partnerships)


def visible_summary_publications(user: Any) -> models.QuerySet[SummaryPublication]:
    """What the public was shown, for everyone who reads the plan in plain English."""
    partnerships = access.of(user).partnerships_where(Permission.READ_PLAIN_ENGLISH)
    return SummaryPublication.objects.filter(period__plan__partnership__in=partnerships)


def does_in_summary(user: Any, plan: Plan) -> dict[str, bool]:
    """What the person does for the public summary: writes, approves, switches."""
    held = access.of(user)
    names = ("writes", "approves", "switches")
    return {
        name: held.may(each, partnership_id=plan.partnership_id)
        for name, each in zip(names, PUBLIC_SUMMARY, strict=True)
    }

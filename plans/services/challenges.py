"""Questions of boards on exceptions, and the answers of those who lead."""

from django.db import transaction

from hertsend import dates
from hertsend.accounts import access
from hertsend.accounts.models import User
from hertsend.accounts.roles import Permission
from hertsend.records import submissions
from plans import permissions, policies
from plans.models import ExceptionAnswer, ExceptionQuestion, ExceptionReport, Milestone
from plans.selectors.exceptions import is_exception
from plans.selectors.single import post_stood_in_for
from plans.services.locking import lock, unique_means_conflict


@unique_means_conflict
@transaction.atomic
def ask_question(
    *, milestone: Milestone, words: str, by: User, submission_key: str = ""
) -> ExceptionQuestion:
    """Ask about an exception, as a member of board or Executive.

    The question keeps the report that could be read when it was asked. Raises ``NotAllowed``, and
    ``RuleBroken`` without words or where nothing is late or off track.
    """
    row = lock(milestone)
    access.require(by, Permission.CHALLENGE_EXCEPTION, **permissions.scope_of(row))
    sent = submissions.fingerprint_of("ask_question", {"milestone": row.pk, "words": words})
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return ExceptionQuestion.objects.get(pk=earlier)
    policies.check_challengeable(stage=row.stage, is_exception=is_exception(row, on=dates.today()))
    policies.check_question(words)
    question = ExceptionQuestion.add(
        milestone=row,
        number=row.exception_questions.count() + 1,
        report=_latest_report(row),
        words=words.strip(),
        by=by,
        at=dates.now(),
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=question.pk)
    return question


@unique_means_conflict
@transaction.atomic
def answer_question(
    *, question: ExceptionQuestion, words: str, by: User, submission_key: str = ""
) -> ExceptionAnswer:
    """Answer a question, as the workstream's lead or the programme office; later answers correct it.

    Raises ``NotAllowed``, and ``RuleBroken`` without words or for one's own question.
    """
    row = lock(question.milestone)
    access.require(by, Permission.UPDATE_MILESTONE, **permissions.scope_of(row))
    sent = submissions.fingerprint_of("answer_question", {"question": question.pk, "words": words})
    earlier = submissions.earlier_result(person=by, key=submission_key, fingerprint=sent)
    if earlier is not None:
        return ExceptionAnswer.objects.get(pk=earlier)
    policies.check_answer(words, asked_by_id=question.by_id, answered_by_id=by.pk)
    answer = ExceptionAnswer.add(
        question=question,
        number=question.answers.count() + 1,
        words=words.strip(),
        by=by,
        on_behalf_of=post_stood_in_for(row, by=by),
        at=dates.now(),
    )
    submissions.remember(person=by, key=submission_key, fingerprint=sent, result=answer.pk)
    return answer


def _latest_report(milestone: Milestone) -> ExceptionReport | None:
    return milestone.exception_reports.first()

"""Every change of state is a keyword-only function with ``by`` that commits whole or not at all."""

import ast

import pytest

from tests.architecture.source import Module, modules, sample

HELPERS = {
    "governance.services.bodies": "called by services inside their transaction",
    "governance.services.prompting": "called by services inside their transaction",
    "governance.services.taking": "called by services inside their transaction",
    "hertsend.accounts.services.standing_in": "called by services inside their transaction",
    "hertsend.accounts.services.guarding": "called by services inside their transaction",
    "plans.services.importing.storing": "the writing half of `import_plan`, in its transaction",
    "plans.services.deciding": "called by services inside their transaction",
    "plans.services.milestones.acting": "called by services inside their transaction",
    "plans.services.importing.following": "a registry that is filled when the process starts",
    "governance.services.locking": "called by services inside their transaction",
    "governance.services.risk_locking": "called by services inside their transaction",
    "kpis.services.writing": "called by services inside their transaction",
    "kpis.services.shape": "the typed form of a section of the plan file; writes nothing",
    "plans.services.locking": "called by services inside their transaction",
    "hertsend.jobs.services.waking": "talks to the broker, after the commit; writes no row",
}
_NO_PERSON = "bookkeeping of background work: no person acts"
_IN_STEPS = "commits in steps, so that a kill in between loses nothing"
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("hertsend.accounts.services.people.refusal_to_change_account", "atomic"): "reads only",
    ("hertsend.jobs.services.jobs.claim", "by"): _NO_PERSON,
    ("hertsend.jobs.services.jobs.enqueue_on_commit", "by"): _NO_PERSON,
    ("hertsend.jobs.services.jobs.run", "atomic"): _IN_STEPS,
    ("hertsend.jobs.services.jobs.run", "by"): _NO_PERSON,
    ("hertsend.jobs.services.messages.plan_message", "by"): _NO_PERSON,
    ("hertsend.jobs.services.messages.send_message", "atomic"): _IN_STEPS,
    ("hertsend.jobs.services.messages.send_message", "by"): _NO_PERSON,
    ("hertsend.jobs.services.messages.withhold_earlier", "by"): _NO_PERSON,
    ("hertsend.jobs.services.sweeping.sweep", "atomic"): _IN_STEPS,
    ("hertsend.jobs.services.sweeping.sweep", "by"): _NO_PERSON,
    ("kpis.services.files.preview_of", "atomic"): "reads only",
    ("kpis.services.files.table_in", "atomic"): "reads the kept bytes only",
    (
        "kpis.services.files.table_in",
        "by",
    ): "reads the kept bytes of a file that was found by rights",
    ("governance.services.packs.assemble", "atomic"): "reads in one transaction, stores in another",
    (
        "governance.services.packs.release",
        "atomic",
    ): "makes files for seconds, then releases in one",
    ("governance.services.timetable.ask_for_returns", "atomic"): "one transaction for each job",
    ("plans.services.nightly.ask_for_calendars", "atomic"): "one transaction for each job",
    ("plans.services.nightly.ask_for_nightly_work", "atomic"): "one transaction for each job",
    ("plans.services.nightly.do_nightly_work", "atomic"): _IN_STEPS,
    ("plans.services.nightly.plan_digests", "atomic"): "one transaction for each message",
}
"""A function and the rule it need not follow, with the reason."""

REMEDY = {
    "keyword-only": "put `*` before its arguments",
    "by": "take `by`, the person who acts",
    "atomic": "decorate it with @transaction.atomic",
}


def breaches(module: Module) -> set[tuple[str, str]]:
    """Each public function of a service with the rule that it breaks."""
    if not module.is_in("services") or module.name in HELPERS:
        return set()
    return {
        (f"{module.name}.{function.name}", rule)
        for function in module.tree.body
        if isinstance(function, ast.FunctionDef) and not function.name.startswith("_")
        for rule in _broken(module, function)
    }


def _broken(module: Module, function: ast.FunctionDef) -> set[str]:
    given = function.args
    rules = {
        "keyword-only": not (given.args or given.posonlyargs or given.vararg),
        "by": "by" in {argument.arg for argument in given.kwonlyargs},
        "atomic": _is_atomic(module, function),
    }
    return {rule for rule, is_kept in rules.items() if not is_kept}


def _is_atomic(module: Module, function: ast.FunctionDef) -> bool:
    """Decorated; or its first use of the database stands in a ``with transaction.atomic(…)``."""
    marks = [node.func if isinstance(node, ast.Call) else node for node in function.decorator_list]
    blocks = [
        item.context_expr
        for node in function.body
        if isinstance(node, ast.With)
        for item in node.items
    ]
    marks += [block.func for block in blocks if isinstance(block, ast.Call)]
    return "django.db.transaction.atomic" in {module.meaning(mark) for mark in marks}


def test_every_service_is_keyword_only_takes_by_and_is_atomic():
    found = {breach for module in modules() for breach in breaches(module)}

    assert {breach: REMEDY[breach[1]] for breach in found - set(EXCEPTIONS)} == {}
    assert set(EXCEPTIONS) - found == set(), "Take it off the list: it follows the rule"


def test_the_exceptions_and_helpers_have_reasons_and_exist():
    assert all([*HELPERS.values(), *EXCEPTIONS.values()])
    assert set(HELPERS) <= {module.name for module in modules()}


GOOD = """
from django.db import transaction

@transaction.atomic
def record(*, milestone, by):
    pass

def _helper(row):
    pass
"""


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        (GOOD, set()),
        (GOOD.replace("*, milestone", "milestone, *"), {"keyword-only"}),
        (GOOD.replace(", by", ""), {"by"}),
        (GOOD.replace("@transaction.atomic\n", ""), {"atomic"}),
        (GOOD.replace("@transaction.atomic", "@transaction.atomic(durable=True)"), set()),
        (GOOD.replace("def record(*, milestone, by)", "def record(milestone)"), {"keyword-only", "by"}),
        ("from django.db import transaction\ndef record(*, by):\n    with transaction.atomic():\n        pass", set()),
    ],
)  # fmt: skip
def test_the_guard_sees_each_breach(text, rules):
    assert {rule for _, rule in breaches(sample(text))} == rules

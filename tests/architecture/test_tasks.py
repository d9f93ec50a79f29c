"""Whatever is scheduled, woken or asked for by name exists; and only one module talks to the broker."""

import ast
from importlib import import_module

import pytest

from hertsend.celery import SCHEDULE, app
from hertsend.jobs import registry
from hertsend.jobs.services import waking
from tests.architecture.source import Module, argument, modules, sample

ASKING = {
    "hertsend.jobs.services.enqueue_on_commit": registry.handler_kinds,
    "hertsend.jobs.services.jobs.enqueue_on_commit": registry.handler_kinds,
    "hertsend.jobs.services.plan_message": registry.renderer_kinds,
    "hertsend.jobs.services.messages.plan_message": registry.renderer_kinds,
}
BROKER_CALLS = {"apply_async", "delay", "send_task"}
TALKS_TO_THE_BROKER = {
    "hertsend.jobs.services.waking": "wakes a worker after the commit",
    "hertsend.serve.programs": "sends the schedule once at the start",
}


def kinds_asked_for(module: Module) -> list[tuple[str, str, tuple[str, ...]]]:
    """Each job or message that is asked for: where, its kind, and the kinds that there are."""
    found = []
    for line, name, call in module.calls():
        if name in ASKING:
            kind = argument(call, "kind")
            found.append((f"{module.name}:{line}", _value(module, kind), ASKING[name]()))
    return found


def _value(module: Module, node: ast.expr | None) -> str:
    """A text as it stands, or that of a constant of the module."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.Name):
        return str(getattr(import_module(module.name), node.id))
    return ast.unparse(node) if node else ""


def broker_calls(module: Module) -> list[int]:
    """The lines in which a task is sent."""
    return [
        node.lineno
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Attribute) and node.attr in BROKER_CALLS
    ]


@pytest.mark.parametrize("entry", SCHEDULE)
def test_what_is_scheduled_is_a_task(entry):
    app.loader.import_default_modules()

    assert SCHEDULE[entry]["task"] in app.tasks, "Name a task that exists"


@pytest.mark.parametrize("name", [waking.RUN_JOB, waking.SEND_MESSAGE])
def test_what_is_woken_is_a_task(name):
    app.loader.import_default_modules()

    assert name in app.tasks


def test_every_job_and_message_asked_for_has_somebody_who_does_it():
    asked = [each for module in modules() for each in kinds_asked_for(module)]
    unknown = [f"{where}: {kind}" for where, kind, known in asked if kind not in known]

    assert unknown == [], "Register a handler in tasks.py or a renderer in notifications.py"
    assert {kind for _, kind, _ in asked} == {*registry.handler_kinds(), *registry.renderer_kinds()}


def test_an_unknown_kind_is_seen():
    text = "from hertsend.jobs.services import enqueue_on_commit\nenqueue_on_commit(kind='a.b', key='1')"
    [(_, kind, known)] = kinds_asked_for(sample(text))

    assert kind == "a.b"
    assert kind not in known


def test_only_the_waking_module_talks_to_the_broker():
    found = {module.name for module in modules() if broker_calls(module)}

    assert found == set(TALKS_TO_THE_BROKER), "Ask with enqueue_on_commit: the row is the truth"


def test_a_task_sent_directly_is_seen():
    assert broker_calls(sample("flag_overdue.delay(plan.pk)")) == [1]

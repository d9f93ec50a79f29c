"""No way around the services: no signals, no hidden person, no save() of its own, no unscoped rows."""

import ast

import pytest

from tests.architecture.source import Module, modules, sample

WORKFLOW_FIELDS = {"closed_at", "closure", "forecast_on", "frozen_at", "rating", "stage", "state"}
SIGNALS = ("django.db.models.signals", "django.dispatch", "simple_history.signals", "blinker")
HIDDEN_PLACES = {
    "asgiref.local.Local",
    "contextvars.ContextVar",
    "threading.local",
    "simple_history.models.HistoricalRecords.context",
}
ROWS = {"_base_manager", "_default_manager", "objects"}
SILENT_WRITES = {"abulk_create", "aupdate", "bulk_create", "bulk_update", "raw_delete", "update"}
REMEDY = {
    "signal": "say in the service what else happens",
    "hidden": "pass it as an argument (`by`, `on`)",
    "save": "do it in the service that stores the row",
    "rows": "reach rows through `visible_to(user, Model)` of the app's permissions",
    "workflow": "change it in a service, with its history",
    "silent": "change rows one by one with `save_audited`",
}
EXCEPTIONS: dict[tuple[str, str], str] = {
    ("hertsend.dates", "hidden"): "the clock of tests and of the demonstration, not a person",
    ("hertsend.records.bases", "save"): "the one that refuses a second save of append-only rows",
    ("hertsend.jobs.services.jobs", "silent"): "rows of work are claimed conditionally",
    ("hertsend.jobs.services.messages", "silent"): "rows of deliveries are claimed conditionally",
    ("hertsend.jobs.services.sweeping", "silent"): "the same",
}
"""A module and the rule it need not follow, with the reason."""


def breaches(module: Module) -> dict[str, list[int]]:
    """The rules that a module breaks, with the lines."""
    found: dict[str, list[int]] = {rule: [] for rule in REMEDY}
    found["signal"] += [line for line, name in module.imports() if name.startswith(SIGNALS)]
    found["hidden"] += [line for line, name, _ in module.calls() if name in HIDDEN_PLACES]
    found["hidden"] += [line for line, name in module.imports() if "crum" in name.split(".")]
    is_door = module.is_in("api", "forms", "templatetags", "views")
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef):
            found["save"] += [each.lineno for each in node.body if _is_save(each)]
        elif isinstance(node, ast.Attribute) and is_door and _reaches_rows(node):
            found["rows"].append(node.lineno)
        elif isinstance(node, (ast.Assign, ast.AugAssign)) and not module.is_in("services"):
            found["workflow"] += _workflow_lines(node)
        elif isinstance(node, ast.Call) and _writes_silently(node):
            found["silent"].append(node.lineno)
    return {rule: lines for rule, lines in found.items() if lines}


def _is_save(node: ast.stmt) -> bool:
    return isinstance(node, ast.FunctionDef) and node.name in {"asave", "save", "save_base"}


def _reaches_rows(node: ast.Attribute) -> bool:
    """``Model.objects.filter``; but ``Model.objects.none`` reaches no row."""
    inner = node.value
    return isinstance(inner, ast.Attribute) and inner.attr in ROWS and node.attr != "none"


def _workflow_lines(node: ast.Assign | ast.AugAssign) -> list[int]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    flat = [each for one in targets for each in (one.elts if isinstance(one, ast.Tuple) else [one])]
    return [
        node.lineno
        for each in flat
        if isinstance(each, ast.Attribute)
        and each.attr in WORKFLOW_FIELDS
        and not (isinstance(each.value, ast.Name) and each.value.id == "self")
    ]


def _writes_silently(node: ast.Call) -> bool:
    """``rows.update(stage=…)`` and ``bulk_…``; ``some_dict.update(other)`` names no column."""
    if not isinstance(node.func, ast.Attribute) or node.func.attr not in SILENT_WRITES:
        return False
    return bool(node.keywords) or node.func.attr not in {"aupdate", "update"}


def test_nothing_goes_around_the_services():
    found = {
        (module.name, rule): f"line {lines}: {REMEDY[rule]}"
        for module in modules()
        for rule, lines in breaches(module).items()
    }

    assert {place: words for place, words in found.items() if place not in EXCEPTIONS} == {}
    assert set(EXCEPTIONS) - set(found) == set(), "Take it off the list: it follows the rule"


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("from django.db.models.signals import post_save", {"signal"}),
        ("from django.dispatch import receiver", {"signal"}),
        ("import threading\nHERE = threading.local()", {"hidden"}),
        ("from contextvars import ContextVar\nWHO = ContextVar('who')", {"hidden"}),
        ("class Row:\n    def save(self):\n        pass", {"save"}),
        ("Milestone.objects.filter(pk=1)", {"rows"}),
        ("Milestone._default_manager.get(pk=1)", {"rows"}),
        ("Milestone.objects.none()", set()),
        ("milestone.stage = 'signed_off'", {"workflow"}),
        ("row.rating, row.forecast_on = 'red', None", {"workflow"}),
        ("self.state = 'over'", set()),
        ("Milestone.history.filter(pk=1).update(stage='signed_off')", {"silent"}),
        ("User.people.bulk_create([person])", {"silent"}),
        ("context.update(other)", set()),
        ("milestones.record_update(milestone=row, by=person)", set()),
    ],
)
def test_the_guard_sees_each_way_around(text, rules):
    assert set(breaches(sample(text, "plans.views.sample"))) == rules


def test_services_set_what_pages_may_not():
    assert breaches(sample("milestone.stage = to_stage", "plans.services.sample")) == {}

"""Imports point one way, and rules, reads and writes know nothing of HTTP."""

import pytest
from importlinter import cli

from tests.architecture.source import ROOT, Module, modules, sample

HTTP = (
    "django.contrib.messages",
    "django.http",
    "django.shortcuts",
    "django.template",
    "django.views",
    "rest_framework",
)
BENEATH_PAGES = (
    "boardpack",
    "definitions",
    "enums",
    "models",
    "permissions",
    "planfile",
    "policies",
    "selectors",
    "services",
)

CONTRACT = """
[importlinter]
root_packages =
    hertsend
    plans
[importlinter:contract:1]
name = {name}
type = forbidden
source_modules = {source}
forbidden_modules = {forbidden}
"""


def keeps_contracts(path) -> bool:
    return cli.lint_imports(config_filename=str(path), no_cache=True) == cli.EXIT_STATUS_SUCCESS


def http_imports(module: Module) -> list[str]:
    """What a rule, read or write takes from the web."""
    if module.is_in("api", "views") or not module.is_in(*BENEATH_PAGES):
        return []
    return [
        f"{module.name}:{line} imports {name}: let the page or endpoint do that"
        for line, name in module.imports()
        if name.startswith(HTTP)
    ]


@pytest.mark.slow
def test_import_contracts_are_kept(capsys):
    kept = keeps_contracts(ROOT / "pyproject.toml")

    assert kept, f"Move the code, or argue in pyproject.toml:\n{capsys.readouterr().out}"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("source", "forbidden", "kept"),
    [("plans.services", "plans.models", False), ("plans.models", "plans.services", True)],
)
def test_the_linter_sees_an_import(tmp_path, source, forbidden, kept):
    path = tmp_path / "contracts.ini"
    path.write_text(CONTRACT.format(name="sample", source=source, forbidden=forbidden))

    assert keeps_contracts(path) is kept


def test_rules_reads_and_writes_know_nothing_of_http():
    assert [fault for module in modules() for fault in http_imports(module)] == []


@pytest.mark.parametrize(
    ("text", "name", "found"),
    [
        ("from django.http import HttpRequest", "plans.services.sample", 1),
        ("from django.shortcuts import render", "governance.selectors.sample", 1),
        ("from django.contrib import messages", "plans.policies", 1),
        ("import rest_framework.views", "hertsend.accounts.permissions", 1),
        ("from django.db import transaction", "plans.services.sample", 0),
        ("from django.http import HttpRequest", "plans.views.sample", 0),
    ],
)
def test_the_guard_sees_http(text, name, found):
    assert len(http_imports(sample(text, name))) == found

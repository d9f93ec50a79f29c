"""The pages of impact, of what comes again, of assurance, and of files with figures."""

from tests.browser import steps
from tests.browser.people import EMPTY, QUIET
from tests.browser.shown import (
    CHAIR,
    EMPTY_STATE,
    ERROR,
    EXECUTIVE,
    FAMILIES,
    LEAD,
    OFFICE,
    Shown,
)

OTHER_CHAIR, OTHER_LEAD = "chair-3", "lead-3"
"""Those who may decide on the impact rating that waits, and take it back."""


def of_impact() -> list[Shown]:
    plan = "/plans/{plan}/"
    one, waiting = (f"{plan}actions/{{{name}}}/impact/" for name in ("action", "rated"))
    forms = [
        ("impact-rate", LEAD, f"{one}new/"),
        ("impact-decide", OTHER_CHAIR, f"{waiting}{{rating}}/decide/"),
        ("impact-take-back", OTHER_LEAD, f"{waiting}{{rating}}/take-back/"),
    ]
    return [
        Shown("plans:impact-list", CHAIR, f"{plan}impact/"),
        Shown("plans:impact-list", FAMILIES, f"{plan}impact/?as_at=2024-06"),
        Shown("plans:impact-list", CHAIR, f"{plan}impact/", EMPTY_STATE, EMPTY),
        Shown("plans:action-impact", OTHER_CHAIR, waiting),
        Shown("plans:action-impact", FAMILIES, waiting),
        Shown("plans:action-impact", LEAD, one, EMPTY_STATE, QUIET),
        *(Shown(f"plans:{name}", who, address) for name, who, address in forms),
        *(
            Shown(f"plans:{name}", who, address, ERROR, step=steps.send)
            for name, who, address in forms
        ),
    ]


def of_commitments() -> list[Shown]:
    every = "/plans/{plan}/commitments/"
    kept, open_ = f"{every}audits-of-annual-reviews/", f"{every}speech-and-language-survey/"
    forms = [
        ("commitment-confirm", OFFICE, f"{open_}confirm/"),
        ("commitment-end", OFFICE, f"{kept}end/"),
        ("occurrence-record", LEAD, f"{kept}occurrences/2024-10-01/"),
    ]
    return [
        Shown("plans:commitment-list", OFFICE, every),
        Shown("plans:commitment-list", FAMILIES, every),
        Shown("plans:commitment-list", OFFICE, every, EMPTY_STATE, EMPTY),
        Shown("plans:commitment-detail", LEAD, kept),
        Shown("plans:commitment-detail", OFFICE, open_, EMPTY_STATE),
        Shown("plans:commitment-confirm", OFFICE, f"{kept}confirm/"),
        *(Shown(f"plans:{name}", who, address) for name, who, address in forms),
        *(
            Shown(f"plans:{name}", who, address, ERROR, step=steps.send)
            for name, who, address in forms
        ),
    ]


def of_assurance() -> list[Shown]:
    every = "/plans/{plan}/assurance/"
    return [
        Shown("governance:assurance-list", EXECUTIVE, every),
        Shown("governance:assurance-list", FAMILIES, every),
        Shown("governance:assurance-list", CHAIR, every, EMPTY_STATE, EMPTY),
        Shown("governance:assurance-rate", EXECUTIVE, f"{every}PA1/"),
        Shown("governance:assurance-rate", EXECUTIVE, f"{every}PA1/", ERROR, step=steps.send),
    ]


def of_files() -> list[Shown]:
    every = "/plans/{plan}/measures/files/"
    columns, names = f"{every}{{unnamed}}/columns/", f"{every}{{named}}/names/"
    return [
        Shown("kpis:file-list", OFFICE, every),
        Shown("kpis:file-list", OFFICE, every, EMPTY_STATE, EMPTY),
        Shown("kpis:file-list", OFFICE, every, ERROR, step=steps.send),
        Shown("kpis:file-columns", OFFICE, columns),
        Shown("kpis:file-columns", OFFICE, columns, ERROR, step=steps.send),
        Shown("kpis:file-names", OFFICE, names),
        Shown("kpis:file-detail", OFFICE, f"{every}{{named}}/"),
        Shown("kpis:file-detail", LEAD, f"{every}{{stored}}/"),
        Shown("kpis:file-detail", OFFICE, f"{every}{{stored}}/", ERROR, step=steps.send),
    ]

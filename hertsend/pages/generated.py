"""The pages of ``docs/reference/`` that are made from the code and the plan file.

Each generator is a function of no argument that answers the whole text of its page, ending in one
newline. ``manage.py generate_docs`` writes them, and with ``--check`` proves that they are current.
"""

import json
from collections.abc import Callable, Iterable

from django.conf import settings

from hertsend.accounts.roles import MATRIX, SCOPED_PERMISSIONS, SYSTEM_MAY, Permission
from hertsend.api import schema
from hertsend.pages.diagrams import diagrams
from plans import policies
from plans.enums import PeriodState, Rating, Stage, Standing
from plans.planfile.notes import render_notes

PLAN_FILE = "fixtures/hertfordshire-2023.json"


def plan_notes() -> str:
    """The judgements made in reading the first plan."""
    text = (settings.BASE_DIR / PLAN_FILE).read_text(encoding="utf-8")
    return render_notes(json.loads(text))


def measures() -> str:
    """Every number that the first plan promises, with its words and where they stand."""
    text = (settings.BASE_DIR / PLAN_FILE).read_text(encoding="utf-8")
    held = json.loads(text)["indicators"]
    rows = (
        [
            f"{one['name']} (`{one['key']}`)",
            _promised(one.get("baseline", {}), one.get("baseline", {}).get("period", "")),
            _promised(one.get("target", {}), one.get("target", {}).get("due_text", "")),
            _standard(one.get("standard")),
            "<br>".join(f"{quote['source']}: “{_flat(quote['text'])}”" for quote in one["quotes"]),
        ]
        for one in held
    )
    lines = [
        "# Measures",
        "",
        f"<!-- Generated from {PLAN_FILE}. -->",
        "",
        f"The {len(held)} measurable promises of the plan. “–” where the plan gives no number. What was open",
        "to more than one reading, and what the plan wants measured without a number, is in",
        "[plan-notes.md](plan-notes.md).",
        "",
        *_table(
            [
                "Measure",
                "Baseline",
                "Target or interim milestone",
                "Legal standard",
                "Place: quote",
            ],
            rows,
        ),
    ]
    return "\n".join(lines) + "\n"


def _promised(part: dict, when: str) -> str:
    """A number, range or ceiling with its time: "60, April 2025"; its arithmetic where computed."""
    low, high = part.get("value", part.get("low")), part.get("value", part.get("high"))
    told = "–"
    if low is not None:
        told = f"{low:g}"
        told += "" if low == high else f"–{high:g}"
    elif high is not None:
        told = f"up to {high:g}"
    told += f", {when}" if when else ""
    return f"{told} ({part['arithmetic']})" if part.get("arithmetic") else told


def _standard(standard: dict | None) -> str:
    return f"{standard['value']:g}: {standard['source']}" if standard else ""


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def roles() -> str:
    """Who can do what."""
    lines = [
        "# Who can do what",
        "",
        "<!-- Generated from hertsend/accounts/roles.py. -->",
        "",
        "A role is held in one partnership from a day, until a day; with several roles, rights add up.",
        "Roles give rights. Posts that the plan names give duties (reminders), never rights.",
        "",
        *_table(
            ["Role", "Comes for", "Must never", "Reaches"],
            (
                [role.label, about.comes_for, about.must_never, about.scope.label]
                for role, about in MATRIX.items()
            ),
        ),
        "",
        "## Rights",
        "",
        "Rights marked \\* reach only as far as the role does; all others reach the whole partnership.",
        "",
        *_table(
            ["May", *(role.label for role in MATRIX)],
            (
                [
                    f"{permission.label} \\*"
                    if permission in SCOPED_PERMISSIONS
                    else permission.label,
                    *("yes" if permission in about.may else "" for about in MATRIX.values()),
                ]
                for permission in Permission
            ),
        ),
        "",
        "## The system",
        "",
        "Jobs and first imports are carried out by an actor that cannot sign in. It may:",
        "",
        *(f"- {permission.label}" for permission in Permission if permission in SYSTEM_MAY),
    ]
    return "\n".join(lines) + "\n"


def states() -> str:
    """Stages, ratings and reporting periods, and what leads from one to the next."""
    head = [
        "# Stages, ratings and reporting periods",
        "",
        "<!-- Generated from plans/policies/stages.py and plans/enums.py. -->",
    ]
    parts = [head, _stages(), _ratings(), _shown(), _periods()]
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def _stages() -> list[str]:
    return [
        "## Stage: how far a milestone is",
        "",
        *_table(
            ["Stage", "An update may report", "Can be overdue", "Still reported"],
            (
                [
                    stage.label,
                    _labels(policies.STAGES_BY_UPDATE[stage]),
                    _yes(stage in policies.OPEN_STAGES),
                    _yes(stage not in policies.ENDED_STAGES),
                ]
                for stage in Stage
            ),
        ),
        "",
        *_table(
            ["Act", "Possible from", "Leads to"],
            (
                [act.label, _labels(before), after.label]
                for act, (before, after) in policies.STAGES_BY_ACT.items()
            ),
        ),
    ]


def _ratings() -> list[str]:
    return [
        "## Rating: the lead's confidence",
        "",
        *_table(["Rating", "Means"], ([one.name.capitalize(), one.label] for one in Rating)),
        "",
        "Past the date in force the dates allow Red at best; with a forecast later than it, Amber. A",
        "lead rates better only with a reason.",
    ]


def _shown() -> list[str]:
    return [
        "## What is shown as delivery",
        "",
        "Lists put the worst first, and an area shows the worst of its own:",
        "",
        *(
            f"{number}. {Standing(standing).label}"
            for number, standing in enumerate(policies.WORST_FIRST, start=1)
        ),
    ]


def _periods() -> list[str]:
    return [
        "## Reporting period: a month",
        "",
        *_table(
            ["State", "Takes updates", "Next"],
            (
                [
                    state.label,
                    _yes(state in policies.PERIODS_ACCEPTING_UPDATES),
                    _labels(
                        after for before, after in policies.PERIOD_STEPS.items() if before == state
                    ),
                ]
                for state in PeriodState
            ),
        ),
    ]


GENERATED: dict[str, Callable[[], str]] = {
    "docs/reference/api-schema.yaml": schema.published,
    "docs/reference/measures.md": measures,
    "docs/reference/plan-notes.md": plan_notes,
    "docs/reference/roles.md": roles,
    "docs/reference/state-diagrams.md": diagrams,
    "docs/reference/states.md": states,
}
"""Where each page is, from the top of the repository, and what makes it."""


def _table(head: list[str], rows: Iterable[list[str]]) -> list[str]:
    """The lines of a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return ["| " + " | ".join(cells) + " |" for cells in lines]


def _labels(values: Iterable[Stage | PeriodState]) -> str:
    return ", ".join(value.label for value in values) or "nothing"


def _yes(answer: bool) -> str:  # noqa: FBT001 - a cell of a table
    return "yes" if answer else "no"

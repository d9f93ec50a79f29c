"""Files with figures, as they stand at each step on their way into the measures."""

from hertsend.accounts.models import User
from kpis.files.mapping import Mapping
from kpis.services import files
from plans.models import Plan

HEAD = ["Measure", "Month", "Figure", "Note"]
ROWS = [
    ["Children waiting", "Aug 2024", "31", ""],
    ["Children waiting", "Sep 2024", "not known yet", "Two clinics have not answered."],
    ["Groups for targeted language", "Sep 2024", "4", ""],
]
# June is the latest month that the demonstration has, so the measure stays out of date.
CORRECTED = [["Children waiting", "Jun 2024", "51", ""]]
NAMED = Mapping(
    measure=("Measure",),
    period="Month",
    value="Figure",
    note="Note",
    names={"children waiting": "hearing-auditory-brainstem-response-backlog"},
)


def rows_of_files(plan: Plan, *, by: User) -> dict[str, int]:
    """A file whose columns nobody named yet, one that can be stored, and one that was."""
    unnamed = _taken(plan, "Case system", "september.csv", ROWS, by=by)
    named = _taken(plan, "Waiting lists", "waiting-lists-of-all-clinics.csv", ROWS, by=by)
    files.set_mapping(file=named, mapping=NAMED, by=by)
    stored = _taken(plan, "Clinics", "clinics.csv", CORRECTED, by=by)
    files.set_mapping(file=stored, mapping=NAMED, by=by)
    files.store(file=stored, reason="The clinics corrected June.", by=by)
    return {"unnamed": unnamed.pk, "named": named.pk, "stored": stored.pk}


def _taken(plan, source, file_name, rows, *, by):
    return files.take_in(
        plan=plan,
        source=source,
        file_name=file_name,
        content=file_name.encode(),
        cells=[HEAD, *rows],
        by=by,
    )

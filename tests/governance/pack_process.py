"""Another worker that assembles packs; started as ``python -m tests.governance.pack_process``."""

from typing import Any

import django

django.setup()

from governance import tasks  # noqa: E402 - after the set-up that models need
from governance.enums import PackState  # noqa: E402
from governance.models import PackRun  # noqa: E402
from governance.services import pack_runs  # noqa: E402
from hertsend import dates  # noqa: E402
from hertsend.accounts.models import User  # noqa: E402
from hertsend.errors import Conflict, RuleBroken  # noqa: E402
from hertsend.records.bases import save_changed  # noqa: E402
from tests.plans import nightly_process  # noqa: E402


def tick(command: dict[str, Any]) -> dict[str, Any]:
    tasks.assemble_packs()
    return {"ticked": True}


def assemble(command: dict[str, Any]) -> dict[str, Any]:
    """The job's work without its claim, as when a slow worker and its successor meet."""
    tasks.assemble_pack(period_id=command["period"], edition="board")
    return {"assembled": True}


def step(command: dict[str, Any]) -> dict[str, Any]:
    """A joint chair's act on a run, as it was read by both."""
    run = PackRun.objects.select_related("period__plan").get(pk=command["run"])
    by = User.objects.get(pk=command["by"])
    given = {"reason": "Not yet."} if command["act"] == "send_back" else {}
    try:
        getattr(pack_runs, command["act"])(run=run, base_version=command["version"], by=by, **given)
    except (Conflict, RuleBroken) as error:
        return {"answer": type(error).__name__}
    return {"answer": "done"}


def issue_unchecked(command: dict[str, Any]) -> dict[str, Any]:
    """What the service does, without its lock and its check of the version."""
    run = PackRun.objects.get(pk=command["run"])
    by = User.objects.get(pk=command["by"])
    if run.state == PackState.RELEASED:
        issued = {"state": PackState.ISSUED, "issued_by": by, "issued_at": dates.now()}
        save_changed(run, by=by, reason="Issued", **issued)
    return {"answer": "done"}


if __name__ == "__main__":
    nightly_process.ACTS |= {
        "tick": tick,
        "assemble": assemble,
        "issue": step,
        "send_back": step,
        "issue_unchecked": issue_unchecked,
    }
    nightly_process.main()

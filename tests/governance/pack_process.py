"""Another worker that assembles packs; started as ``python -m tests.governance.pack_process``."""

from typing import Any

import django

django.setup()

from governance import tasks  # noqa: E402 - after the set-up that models need
from tests.plans import nightly_process  # noqa: E402


def tick(command: dict[str, Any]) -> dict[str, Any]:
    tasks.assemble_packs()
    return {"ticked": True}


def assemble(command: dict[str, Any]) -> dict[str, Any]:
    """The job's work without its claim, as when a slow worker and its successor meet."""
    tasks.assemble_pack(period_id=command["period"], edition="board")
    return {"assembled": True}


if __name__ == "__main__":
    nightly_process.ACTS |= {"tick": tick, "assemble": assemble}
    nightly_process.main()

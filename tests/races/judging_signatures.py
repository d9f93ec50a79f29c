"""What must hold after a race for a signature, judged from the outcomes and the rows alone."""

from typing import Any

from plans.policies import STAGES_BY_ACT, STAGES_BY_UPDATE

Outcome = dict[str, Any]


def faults(read: Outcome, outcomes: list[Outcome], stored: dict[str, Any]) -> list[str]:
    """What went wrong in one round, in words; empty after a sound one.

    ``read`` is what everybody had read: the version, and the fingerprint of what was shown.
    """
    return [
        *_rows(outcomes, stored),
        *_versions(read, stored),
        *_stages(stored),
        *_signatures(read, stored),
    ]


def _rows(outcomes: list[Outcome], stored: dict[str, Any]) -> list[str]:
    """Whoever was told that it is done has a row, and nobody else."""
    told = sorted(outcome["version"] for outcome in outcomes if outcome["accepted"])
    kept = sorted(row["version"] for row in stored["rows"])
    return [] if told == kept else [f"told {told} but stored {kept}"]


def _versions(read: Outcome, stored: dict[str, Any]) -> list[str]:
    """Each act counted once, and each left its entry in the history."""
    counted = list(range(read["version"] + 1, stored["version"] + 1))
    kept = sorted(row["version"] for row in stored["rows"])
    found = [] if counted == kept else [f"versions {counted} but rows {kept}"]
    return found + ([] if stored["history"] == len(kept) else [f"history of {stored['history']}"])


def _stages(stored: dict[str, Any]) -> list[str]:
    """Each act was possible from the stage before it, and the last one's is the milestone's."""
    stage, found = "proposed_complete", []
    for row in sorted(stored["rows"], key=lambda row: row["version"]):
        if row["act"]:
            possible, leads_to = STAGES_BY_ACT[row["act"]]
            is_legal = stage in possible and (row["from"], row["to"]) == (stage, leads_to)
        else:
            is_legal = row["to"] in STAGES_BY_UPDATE[stage]
        if not is_legal:
            found.append(f"{row['act'] or 'update'} from {stage} to {row['to']}")
        stage = row["to"]
    return found if stage == stored["stage"] else [*found, f"{stage} but {stored['stage']}"]


def _signatures(read: Outcome, stored: dict[str, Any]) -> list[str]:
    """What was signed is what was shown: its fingerprint, its words, and nothing came between."""
    found = []
    for row in stored["rows"]:
        if row["act"] != "signed_off":
            continue
        if row["fingerprint"] != read["fingerprint"]:
            found.append("signed another fingerprint than was shown")
        if row["sheet"] != row["fingerprint"]:
            found.append("the kept sheet has another fingerprint than the signature")
        if row["version"] != read["version"] + 1:
            found.append("signed although something came in between")
    return found

"""The parts of each edition, and which fields of the content each part tells."""

from governance.enums import Edition

PARTS: dict[Edition, tuple[str, ...]] = {
    Edition.BOARD: (
        *("summary", "reopened", "asks", "decisions", "exceptions", "missed", "date_requests"),
        *("slips", "sign_off", "dates", "impact", "workstreams", "measures", "risks", "log"),
        *("voices", "no_update", "words"),
    ),
    Edition.EXECUTIVE: (
        *("assurance", "escalations", "summary", "reopened", "asks", "decisions", "exceptions"),
        *("missed", "date_requests", "slips", "sign_off", "dates", "impact", "workstreams"),
        *("measures", "risks", "log", "voices", "no_update", "words"),
    ),
    Edition.FAMILIES: (
        *("families/summary", "families/late", "families/moved", "no_update"),
        *("families/promised", "families/measures", "voices", "words"),
    ),
}
"""The parts of each edition in their order: the names of their templates."""

_CHALLENGED = ("reports", "questions", "deep_dives", "escalations")
_GLOSSARY = ("definitions", "impact_definitions", "assurance_definitions", "glossary")

HOLDS: dict[str, tuple[str, ...]] = {
    "summary": ("summary", "areas", "burn_up"),
    "reopened": ("reopened",),
    "asks": ("reports", "date_requests"),
    "decisions": ("decisions", "waiting_for_decision"),
    "exceptions": ("exceptions", *_CHALLENGED),
    "missed": ("missed",),
    "date_requests": ("date_requests", "refused_dates"),
    "slips": ("slips",),
    "sign_off": ("awaiting", "signed_off", "signed_actions", "taken_back"),
    "dates": ("due_soon", "undated", "window_passed"),
    "impact": ("areas", "impacts"),
    "workstreams": ("streams", "all_streams", "milestones"),
    "measures": ("measures",),
    "risks": ("risks",),
    "log": ("log_summary", "log"),
    "voices": ("voices",),
    "no_update": ("no_update",),
    "words": _GLOSSARY,
    "assurance": ("areas",),
    "escalations": ("escalations",),
    "families/summary": ("summary", "areas"),
    "families/late": ("exceptions",),
    "families/moved": ("slips",),
    "families/promised": ("streams", "milestones"),
    "families/measures": ("measures",),
}
"""For each part the fields of the content that it tells; milestones that a list names go with the list."""


def fields_of(edition: Edition) -> frozenset[str]:
    """The fields of the content that an edition tells in its parts."""
    return frozenset(name for part in PARTS[edition] for name in HOLDS[part])

"""What a rating of assurance must say."""

from governance.enums import AssuranceLevel
from hertsend.errors import RuleBroken


def check_assurance(*, level: str, reasons: str) -> None:
    """Refuse a rating without a level or without reasons."""
    errors: dict[str, list[str]] = {}
    if level not in AssuranceLevel.values:
        errors["level"] = ["Select how sure one may be."]
    if not reasons.strip():
        errors["reasons"] = ["Enter the reasons."]
    if errors:
        raise RuleBroken(errors)

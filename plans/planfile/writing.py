"""From a plan document to the text of a plan file."""

import json
from typing import Any

from plans.planfile.schema import in_order


def text_of(document: dict[str, Any]) -> str:
    """The one text of a document: two spaces, real characters, keys in the schema's order."""
    return json.dumps(in_order(document), indent=2, ensure_ascii=False) + "\n"

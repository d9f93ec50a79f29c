"""The accessibility rules, all of them, also those that axe leaves out unless asked."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
"""Levels A and AA of each version of the guidelines."""

_axe = Axe()


def violations(page: Page) -> list[str]:
    """What the page as it is shown now breaks, one line for each element; [] when nothing."""
    page.evaluate(_axe.axe_script)
    rules = page.evaluate("levels => axe.getRules(levels).map(rule => rule.ruleId)", LEVELS)
    assert "target-size" in rules, "The rules of level AA of version 2.2 are missing."
    options = {
        # By name, so that a rule that is off by default is run too.
        "runOnly": {"type": "rule", "values": rules},
        "resultTypes": ["violations"],
    }
    found = _axe.run(page, options=options).response["violations"]
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['html'][:200]}"
        for violation in found
        for node in violation["nodes"]
    ]

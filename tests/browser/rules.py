"""The accessibility rules, all of them, also those that axe leaves out unless asked."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
"""Levels A and AA of each version of the guidelines."""

_SCRIPT = Axe().axe_script

# By name, so that a rule that is off by default is run too. Only what is broken comes back.
_RUN = """async levels => {
  const rules = axe.getRules(levels).map(rule => rule.ruleId);
  const options = {runOnly: {type: "rule", values: rules}, resultTypes: ["violations"]};
  const {violations} = await axe.run(options);
  return {rules, violations};
}"""


def violations(page: Page) -> list[str]:
    """What the page as it is shown now breaks, one line for each element; [] when nothing."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(_SCRIPT)
    found = page.evaluate(_RUN, LEVELS)
    assert "target-size" in found["rules"], "The rules of level AA of version 2.2 are missing."
    return [
        f"{violation['id']}: {' '.join(map(str, node['target']))}: {node['html'][:200]}"
        for violation in found["violations"]
        for node in violation["nodes"]
    ]

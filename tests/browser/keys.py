"""A person who has a keyboard and nothing else: every key is a real one, and is counted."""

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page, expect

FAR = 120
"""More steps of the tab key than any page asks for; then what is looked for cannot be reached."""


@dataclass
class Keyboard:
    """Moves, chooses and types on a page, and counts it.

    ``presses`` are keys that move, choose and send; ``letters`` those that write words; ``fields``
    what was chosen or filled in; ``pages`` how many pages were opened.
    """

    page: Page
    presses: int = 0
    letters: int = 0
    fields: int = 0
    pages: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.page.on("domcontentloaded", self._count)

    def _count(self, _: Page) -> None:
        self.pages += 1

    def press(self, *keys: str) -> None:
        """Press keys, one after the other."""
        for key in keys:
            self.presses += 1
            self.page.keyboard.press(key)

    def reach(self, target: Locator, *, key: str = "Tab") -> None:
        """Go on with the tab key until the target has the focus."""
        expect(target).to_be_visible()
        for _ in range(FAR):
            if target.evaluate("found => found === document.activeElement"):
                return
            self.press(key)
        raise AssertionError(f"The keyboard does not reach {target}.")

    def open(self, link: Locator, *, key: str = "Tab") -> None:
        """Reach a link or button and follow it."""
        self.reach(link, key=key)
        self.press("Enter")

    def choose(self, first: Locator, *, arrows: int = 0) -> None:
        """Choose in a group of choices: the first one, or as many further as arrows are pressed."""
        self.reach(first)
        self.fields += 1
        self.press(*(["ArrowDown"] * arrows or ["Space"]))

    def write(self, box: Locator, words: str) -> None:
        """Reach a box and type into it."""
        self.reach(box)
        self.fields += 1
        self.letters += len(words)
        self.page.keyboard.type(words)

    def past_the_menu(self) -> None:
        """On a page that was just opened, skip to its content."""
        self.press("Tab")
        skip = self.page.get_by_role("link", name="Skip to main content")
        expect(skip).to_be_focused()
        self.press("Enter")

"""What goes wrong in a browser without anybody looking: errors, refused content, wide pages."""

import re

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Response

# Each page is named by what it is about, the plan where there is one, and the site.
TITLE = re.compile(r"^(Error: )?[^–]*[^–\s] (– .+ )?– hertsend$")


class Watch:
    """Collects complaints of the pages of a context."""

    def __init__(self, context: BrowserContext) -> None:
        self.complaints: list[str] = []
        # Answers that are no success are reported by the browser too; a test says which it expects.
        self.expected_statuses: set[int] = set()
        context.on("page", self._watch)

    def _watch(self, page: Page) -> None:
        page.on("console", self._hear)
        page.on("pageerror", lambda error: self.complaints.append(f"{page.url}: {error}"))
        page.on("response", self._see)

    def _hear(self, message: ConsoleMessage) -> None:
        # The address of what was not to be had stands in the location; _see judges its status.
        if message.type in {"error", "warning"} and "the server responded" not in message.text:
            self.complaints.append(f"{message.location['url']}: {message.text}")

    def _see(self, response: Response) -> None:
        allowed = self.expected_statuses if response.request.is_navigation_request() else set()
        if response.status >= 400 and response.status not in allowed:
            self.complaints.append(f"{response.url}: {response.status}")


def too_wide(page: Page) -> list[str]:
    """The elements for which the page itself would have to be moved sideways; [] when it fits."""
    return page.evaluate(
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll("body *")]
            .filter(element => element.getBoundingClientRect().right > width + 0.5)
            .map(element => `${element.tagName} ${element.className} ${element.textContent.trim().slice(0, 40)}`);
        }"""
    )

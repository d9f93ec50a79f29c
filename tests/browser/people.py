"""People in front of a browser: each in a window of their own, signed in or not."""

from playwright.sync_api import Browser, Page

from tests.browser.served import Served
from tests.browser.watching import Watch

DESKTOP = {"width": 1280, "height": 800}
PHONE = {"width": 360, "height": 740}
NARROWEST = {"width": 320, "height": 640}

DEMONSTRATION, QUIET, EMPTY = "demonstration", "quiet", "empty"


class People:
    """Opens windows, and knows what each of them complained about."""

    def __init__(self, browser: Browser, served: Served) -> None:
        self._browser, self._served = browser, served
        self._watches: list[Watch] = []
        self._contexts = []

    @property
    def complaints(self) -> list[str]:
        """What went wrong in any window without anybody looking."""
        return [complaint for watch in self._watches for complaint in watch.complaints]

    def window(
        self,
        who: str | None = None,
        *,
        place: str = DEMONSTRATION,
        size: dict[str, int] = DESKTOP,
        script: bool = True,
        statuses: tuple[int, ...] = (),
    ) -> Page:
        """A new window of a person (a role, or a name of the preparation); None for a stranger.

        ``statuses`` are the answers other than success that are expected in it.
        """
        context = self._browser.new_context(
            base_url=self._served.address,
            viewport=size,
            java_script_enabled=script,
            locale="en-GB",
            timezone_id="Europe/London",
        )
        context.set_default_timeout(15_000)
        watch = Watch(context)
        watch.expected_statuses.update(statuses)
        self._watches.append(watch)
        self._contexts.append(context)
        if who is not None:
            session = self._served.known["people"][place][who]["session"]
            context.add_cookies(
                [{"name": "sessionid", "value": session, "url": self._served.address}]
            )
        return context.new_page()

    def close(self) -> None:
        """Close every window."""
        for context in self._contexts:
            context.close()

"""What the forms of a page would send if their buttons were pressed."""

from html.parser import HTMLParser


class Forms(HTMLParser):
    """Each form of a page by its address, with the values that it holds."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.by_address: dict[str, dict[str, str]] = {}
        self._values: dict[str, str] = {}
        self._area = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        name = given.get("name") or ""
        if tag == "form":
            self._values = self.by_address.setdefault(given.get("action") or "", {})
        elif tag == "textarea":
            self._area = name
            self._values[name] = ""
        elif tag == "input" and (
            given.get("type") not in ("radio", "checkbox") or "checked" in given
        ):
            self._values[name] = given.get("value") or ""

    def handle_endtag(self, tag):
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data):
        if self._area:
            self._values[self._area] += data.removeprefix("\n")


def form_of(response, ending: str) -> tuple[str, dict[str, str]]:
    """The address and the values of the one form whose address ends so."""
    forms = Forms(response.content.decode()).by_address
    (address,) = [each for each in forms if each.endswith(ending)]
    return address, forms[address]

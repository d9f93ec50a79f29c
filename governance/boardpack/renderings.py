"""Every way in which a pack is shown: each must succeed before a pack can be released.

The seam for documents: a format registers here what makes its bytes of a content. What it answers is
the same for the same content, so it is not stored.
"""

from collections.abc import Callable, Collection

from governance.boardpack import files, render
from governance.boardpack.content import PackContent

RENDERINGS: dict[str, Callable[[PackContent], object]] = {
    "page": render.page,
    **{kind: form.made_of for kind, form in files.FORMATS.items()},
}
"""Every format, each with what makes it of a content."""

AT_FIRST = ("page", "pdf")
"""What is made of a content as soon as it is read: the typesetter refuses most. The night in which all
months freeze has no time for the rest, which the release makes."""

WORDS = {"page": "page", "word": "Word document", "workbook": "workbook", "csv": "CSV files"}


class NotLaidOut(RuntimeError):
    """A format refused a content; ``words`` is how that format is called."""

    def __init__(self, kind: str) -> None:
        self.words = WORDS.get(kind, kind.upper())
        super().__init__(f"The pack could not be made as {self.words}.")


def render_all(content: PackContent, *, kinds: Collection[str] = ()) -> tuple[str, ...]:
    """Make the pack in the formats of these names, or in every one; answer their names.

    Every one of a large pack takes some seconds. Raises ``NotLaidOut``, whose cause is what the first format that refused had to say.
    """
    made = tuple(kinds or RENDERINGS)
    for kind in made:
        try:
            RENDERINGS[kind](content)
        except Exception as error:
            raise NotLaidOut(kind) from error
    return made

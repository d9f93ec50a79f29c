"""Every way in which a pack is shown: each must succeed before a pack can be released.

The seam for documents: a format registers here what makes its bytes of a content. What it answers is
the same for the same content, so it is not stored.
"""

from collections.abc import Callable

from governance.boardpack import files, render
from governance.boardpack.content import PackContent

RENDERINGS: dict[str, Callable[[PackContent], object]] = {
    "page": render.page,
    "pdf": files.FORMATS["pdf"].made_of,
}
"""The formats that can refuse a content, each with what makes it: the typesetter takes no warning."""


def render_all(content: PackContent) -> tuple[str, ...]:
    """Make the pack in every format; answer their names. Whatever a format raises is passed on."""
    for make in RENDERINGS.values():
        make(content)
    return tuple(RENDERINGS)

"""The parts of a pack's documents, in their order: each a function from the pack to blocks.

To add a part, write a function ``(page: PackPage) -> Blocks`` that answers ``()`` where it has nothing
to say, and put it into ``SECTIONS``. PDF and Word follow by themselves; a heading of the first level is
a line in the list of contents, and a ``Chart`` takes a drawing with the words that stand for it.
"""

from collections.abc import Callable

from governance.boardpack.content import PackContent
from governance.boardpack.render import PackPage, page
from governance.boardpack.sections import (
    areas,
    asked,
    ending,
    exceptions,
    front,
    moves,
    signing,
    workstreams,
)
from hertsend.documents.blocks import Blocks, Document
from hertsend.documents.wording import clock, long_day

Section = Callable[[PackPage], Blocks]

SECTIONS: tuple[Section, ...] = (
    front.cover,
    front.foreword,
    front.summary,
    asked.asked,
    ending.reopened,
    exceptions.exceptions,
    moves.dates,
    signing.signing,
    areas.areas,
    workstreams.workstreams,
    ending.silent,
    ending.words,
)


def document_of(content: PackContent) -> Document:
    """The pack as a document, from its content alone."""
    laid_out = page(content)
    cover = content.cover
    moment = f"{long_day(cover.cut_off)}, {clock(cover.cut_off)}"
    return Document(
        title=f"{laid_out.name}, {laid_out.month}",
        subject=f"Progress of the {cover.plan}, {cover.published}",
        author=cover.partnership,
        marking=f"{cover.classification} · {cover.notice}"
        if cover.notice
        else cover.classification,
        head=(cover.partnership, f"{laid_out.name}, {laid_out.month}"),
        foot=f"Version {cover.revision} · cut-off {moment}",
        moment=cover.cut_off,
        blocks=tuple(block for section in SECTIONS for block in section(laid_out)),
    )

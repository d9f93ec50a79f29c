"""The parts of a pack's documents, in their order: each a function from the pack to blocks.

To add a part, write a function ``(page: PackPage) -> Blocks`` that answers ``()`` where it has nothing
to say, put it into ``SECTIONS``, and its name into the editions that have it (``parts.PARTS``). PDF and Word follow by themselves; a heading of the first level is
a line in the list of contents, and a ``Chart`` takes a drawing with the words that stand for it.
"""

from collections.abc import Callable

from governance.boardpack.arranging import parts_of
from governance.boardpack.content import PackContent
from governance.boardpack.render import PackPage, page
from governance.boardpack.sections import (
    areas,
    asked,
    ending,
    exceptions,
    executive,
    families,
    front,
    measures,
    moves,
    records,
    signing,
    voices,
    workstreams,
)
from hertsend.documents.blocks import Blocks, Document
from hertsend.documents.wording import clock, long_day

Section = Callable[[PackPage], Blocks]

SECTIONS: dict[str, tuple[Section, ...]] = {
    "summary": (front.summary,),
    "reopened": (ending.reopened,),
    "asks": (asked.asked,),
    "decisions": (records.decisions,),
    "exceptions": (exceptions.exceptions,),
    "missed": (exceptions.missed,),
    # Dates to decide stand with all else that is asked of the board, refused ones with the slips.
    "date_requests": (),
    "slips": (moves.slips,),
    "sign_off": (signing.signing,),
    "dates": (moves.dates,),
    "impact": (areas.areas,),
    "workstreams": (workstreams.workstreams,),
    "measures": (measures.measures,),
    "risks": (records.risks,),
    "log": (records.log,),
    "voices": (voices.voices,),
    "no_update": (ending.silent,),
    "words": (ending.words,),
    "assurance": (executive.assurance,),
    "escalations": (executive.escalations,),
    "families/summary": (families.at_a_glance,),
    "families/late": (families.late,),
    "families/moved": (families.moved,),
    "families/promised": (families.promised,),
    "families/measures": (measures.for_families,),
}
"""What each part of ``parts.PARTS`` is in a document; an edition has its own parts in its own order."""


def sections_of(content: PackContent) -> tuple[Section, ...]:
    """The sections of a pack in the order of its edition, with the office's order and without what it left out."""
    chosen = (section for part in parts_of(content) for section in SECTIONS[part])
    return (front.cover, front.foreword, *chosen, ending.proof)


def document_of(content: PackContent) -> Document:
    """The pack as a document, from its content alone."""
    laid_out = page(content)
    cover = content.cover
    moment = f"{long_day(cover.cut_off)}, {clock(cover.cut_off)}"
    return Document(
        title=f"{laid_out.name}, {laid_out.month}",
        subject=f"Progress of the {cover.plan}, {cover.published}",
        author=cover.partnership,
        marking=cover.marking,
        head=(cover.partnership, f"{laid_out.name}, {laid_out.month}"),
        foot=f"Version {cover.revision} · cut-off {moment}",
        moment=cover.cut_off,
        blocks=tuple(block for section in sections_of(content) for block in section(laid_out)),
    )

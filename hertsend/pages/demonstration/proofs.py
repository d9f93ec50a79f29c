"""Invented evidence: links, and now and then a small file, of every kind, by what work it shows."""

import datetime as dt
import io
import random
from dataclasses import dataclass

from hertsend import dates
from hertsend.files import store
from hertsend.pages.demonstration.words import theme_of
from plans.enums import EvidenceKind
from plans.models import Action, Milestone
from plans.policies import EvidenceWords

LIBRARY = "https://library.example.org/send"
"""An address that is nobody's, by agreement of the internet."""

EVERY_NTH_IS_A_FILE = 5
EVERY_NTH_HAS_A_SECOND = 3


@dataclass(frozen=True)
class Proof:
    """A piece of evidence as somebody might hand it in."""

    kind: EvidenceKind
    title: str
    shows: str


BY_THEME: dict[str, Proof] = {
    "review": Proof(EvidenceKind.AUDIT, "Review, written up", "All services answered; three gaps have owners"),
    "training": Proof(EvidenceKind.SURVEY, "Survey of those who took part", "9 in 10 would use it in their work"),
    "recruitment": Proof(EvidenceKind.DATA, "Establishment list", "Everyone planned is in post, net of leavers"),
    "data": Proof(EvidenceKind.DATA, "Extract of the dashboard", "The data group checked the figures"),
    "families": Proof(EvidenceKind.FEEDBACK, "Letter of the parent carer forum", "7 in 10 families know whom to ask"),
    "places": Proof(EvidenceKind.DATA, "List of places", "The places are open and two in three are filled"),
    "document": Proof(EvidenceKind.DOCUMENT, "Signed document, version 1.0", "The partners agreed it"),
}  # fmt: skip
MINUTES = Proof(
    EvidenceKind.DOCUMENT, "Minutes of the board, item 5", "The board noted that it is done"
)
CASE = Proof(
    EvidenceKind.CASE_STUDY, "One family’s year", "What was different for one young person"
)

OF_IMPACT: tuple[Proof, ...] = (
    Proof(EvidenceKind.FEEDBACK, "Parents’ voices", "More families say that they were heard"),
    Proof(EvidenceKind.DATA, "Waiting times by district", "Waits are shorter in most districts"),
    Proof(EvidenceKind.SURVEY, "Survey of families", "6 in 10 notice a difference, 4 in 10 a year ago"),
    Proof(EvidenceKind.COMPLAINTS, "Complaints of the quarter", "Fewer than in the quarter before"),
)  # fmt: skip


class Handed(io.BytesIO):
    """A small file as a browser would hand it in."""

    def __init__(self, name: str, content: bytes) -> None:
        super().__init__(content)
        self.name, self.size = name, len(content)

    def chunks(self, chunk_size: int | None = None):
        """All of it at once."""
        yield self.getvalue()


def evidence_for(row: Milestone, *, number: int, day: dt.date) -> list[EvidenceWords]:
    """What shows that a milestone is done, as its lead hands it in on a day."""
    chance = random.Random(f"evidence:{row.key}")  # noqa: S311 - a story, not a secret
    dated_on = day - dt.timedelta(days=chance.randint(1, 20))
    first = BY_THEME[theme_of(row.text)]
    pieces = [_words(first, row, dated_on, as_file=number % EVERY_NTH_IS_A_FILE == 0)]
    if number % EVERY_NTH_HAS_A_SECOND == 0:
        pieces.append(_words(chance.choice((MINUTES, CASE)), row, dated_on, as_file=False))
    return pieces


def impact_of(action: Action, *, pieces: int) -> list[EvidenceWords]:
    """What shows the difference that an action makes, each piece of another kind."""
    chance = random.Random(f"impact:{action.key}")  # noqa: S311 - a story, not a secret
    dated_on = dates.today() - dt.timedelta(days=chance.randint(5, 30))
    proofs = chance.sample(OF_IMPACT, pieces)
    return [_words(proof, action, dated_on, as_file=False) for proof in proofs]


def _words(
    proof: Proof, row: Milestone | Action, dated_on: dt.date, *, as_file: bool
) -> EvidenceWords:
    place = row.key.lower().replace("&", "-and-")
    shared = proof.kind in (EvidenceKind.FEEDBACK, EvidenceKind.SURVEY)
    return EvidenceWords(
        kind=proof.kind,
        title=proof.title,
        dated_on=dated_on,
        what_it_shows=f"{proof.shows}.",
        link="" if as_file else f"{LIBRARY}/{place}",
        file=_file(proof, row) if as_file else None,
        is_shareable=shared,
    )


def _file(proof: Proof, row: Milestone | Action) -> store.ReceivedFile:
    """A table or a page of text that says of itself that it is invented."""
    if proof.kind == EvidenceKind.DATA:
        text = f"month,planned,done\n2024-06,12,9\n2024-07,12,11\n2024-08,12,12\nnote,,invented for {row.key}\n"
        return store.receive(Handed(f"{row.key} figures.csv", text.encode()))
    text = f"{proof.title}\n\n{row.text}\n\n{proof.shows}.\n\nInvented for a demonstration.\n"
    return store.receive(Handed(f"{row.key} {proof.title}.txt", text.encode()))

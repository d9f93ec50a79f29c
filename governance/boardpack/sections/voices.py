"""You said, we did: what families said, and what became of it."""

from governance.boardpack.kept import VoiceEntry
from governance.boardpack.render import PackPage
from hertsend.documents.blocks import (
    Blocks,
    Fact,
    Facts,
    Heading,
    Paragraph,
    ParagraphRole,
    Together,
)
from hertsend.documents.spans import Text, quiet, text
from hertsend.documents.wording import long_day

NOT_YET = "Not yet."


def voices(page: PackPage) -> Blocks:
    """What was published for the quarter, by theme."""
    entries = page.content.voices
    if not entries:
        return ()
    return (
        Heading("You said, we did", 1, "voices", len(entries)),
        Paragraph(text(f"As published for {page.voices_quarter}."), ParagraphRole.NOTE),
        *map(_voice, entries),
    )


def _voice(entry: VoiceEntry) -> Together:
    about = quiet(f"About {', '.join(entry.actions)} of the plan") if entry.actions else ()
    facts = (
        Fact(
            "You said",
            text(entry.said) + quiet(f"{entry.source}, {long_day(entry.said_on)}"),
        ),
        Fact("We will do", text(entry.will_do) + about),
        Fact("We did", _or_not_yet(entry.done)),
        Fact("The difference", _or_not_yet(entry.difference)),
    )
    return Together((Heading(entry.theme, 2), Facts(facts)))


def _or_not_yet(words: str) -> Text:
    return text(words) or quiet(NOT_YET)

"""Invented words for invented progress, by what kind of work a milestone is."""

import random
from dataclasses import dataclass

THEMES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("review", ("review progress in achieving", "evaluate", "evaluation", "audit")),
    ("training", ("training", "academy", "learning week", "induction", "sessions")),
    ("recruitment", ("recruit", "staff", "post ", "roles", "appointed", "onboarding")),
    ("data", ("data", "dashboard", "power bi", "groupcall", "portal", "measures", "tracking")),
    ("families", ("famil", "parent", "children and young people", "voice", "cyp", "hpci")),
    ("places", ("places", "special school", "placement", "provision")),
    ("document", ("framework", "strategy", "terms of reference", "agree", "policy", "jsna")),
)


@dataclass(frozen=True)
class Words:
    """What a lead might write in a month; ``{done}``, ``{all}`` and ``{left}`` are filled in."""

    happened: str
    next: str
    families: str


PROGRESS: dict[str, tuple[Words, ...]] = {
    "review": (
        Words(
            "Evidence came in from {done} of {all} services. The first reading is written.",
            "The other {left} services send theirs, then the board looks at all of it.",
            "We are checking what has really changed. {done} of {all} services have answered.",
        ),
        Words(
            "The questions were agreed with the parent carer forum and sent to {all} teams.",
            "Answers are due in two weeks; {done} have come so far.",
            "Parents and carers helped to choose what we ask.",
        ),
    ),
    "training": (
        Words(
            "{done} of {all} teams have had the training. Two sessions moved to next month.",
            "Sessions for the last {left} teams are booked.",
            "{done} of {all} teams have been trained. The rest will follow.",
        ),
        Words(
            "The material was tried with one group and shortened by a third.",
            "First full sessions next month, with a short survey after each.",
            "Staff who support families tried the new training and made it better.",
        ),
    ),
    "recruitment": (
        Words(
            "{done} of {all} posts are filled. Three people start after their notice.",
            "Interviews for the last {left} posts are in the diary.",
            "{done} of {all} new members of staff have started or will soon.",
        ),
        Words(
            "Adverts closed with good interest. Short lists are drawn up.",
            "Interviews with a parent carer on each panel.",
            "Parents and carers sit on the panels that choose new staff.",
        ),
    ),
    "data": (
        Words(
            "{done} of {all} sources are connected and checked against last year's figures.",
            "Connect the last {left} sources and show the result to the data group.",
            "More of the figures about services can now be seen in one place.",
        ),
        Words(
            "The first version was shown to the data group. Four measures need a better definition.",
            "Write the definitions and show it again.",
            "We are making sure that the figures mean what they say.",
        ),
    ),
    "families": (
        Words(
            "{done} families and young people took part. Themes are written up with the forum.",
            "Hear from the groups that were missing, {left} meetings are planned.",
            "{done} families told us what they think. We are writing down what we heard.",
        ),
        Words(
            "A draft was read by the parent carer forum, who asked for plainer words.",
            "Second draft, then a trial in two areas of the county.",
            "Parents and carers asked for plainer words. The next draft will have them.",
        ),
    ),
    "places": (
        Words(
            "{done} of {all} schools have answered. Two buildings need more work than thought.",
            "Visits to the last {left} schools, then a list of what is possible where.",
            "We have looked at {done} of {all} schools for places nearer to home.",
        ),
    ),
    "document": (
        Words(
            "A draft went to {all} partners; {done} have commented.",
            "Take in the comments and bring it to the board.",
            "Partners are agreeing how they will work together on this.",
        ),
        Words(
            "The working group met twice and agreed the outline.",
            "Full draft for the next meeting.",
            "The people who run services agreed the outline.",
        ),
    ),
}

TROUBLE = (
    "One vacancy and a long sickness held this up.",
    "A partner needs longer for its own approval.",
    "The supplier delivered three weeks late.",
    "Schools asked us not to do this in the exam season.",
)

HOPE = (
    "The missing approval is promised for next week, in writing.",
    "The work itself is done; only the publication is outstanding.",
)

EVIDENCE = (
    "All of it was done by the date. The board noted it at its last meeting.",
    "The work is finished and in daily use; the evidence shows how many it reached.",
    "Everyone planned for took part. Those who could not come had a second date.",
    "It was done as promised, and the data group checked the figures.",
)


def theme_of(text: str) -> str:
    """The kind of work that a milestone's words speak of."""
    lowered = text.casefold()
    for theme, marks in THEMES:
        if any(mark in lowered for mark in marks):
            return theme
    return "document"


def progress(text: str, *, share: float, chance: random.Random) -> Words:
    """Words for a milestone that is done to ``share`` (0 to 1)."""
    base = chance.choice(PROGRESS[theme_of(text)])
    everything = chance.choice((8, 10, 12, 18, 24))
    done = max(1, min(everything - 1, round(everything * share)))
    filled = {"done": done, "all": everything, "left": everything - done}
    return Words(*(words.format(**filled) for words in (base.happened, base.next, base.families)))

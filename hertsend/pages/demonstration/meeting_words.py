"""What two invented groups had on their agendas beside the standing items, and what they noted."""

from collections.abc import Mapping
from dataclasses import dataclass

from governance.enums import AgendaKind

GUEST = "Head of an invented school (demonstration)"


@dataclass(frozen=True)
class Own:
    """An item of a meeting's own: its title, its paper with the paper's name, and an interest in it."""

    title: str
    paper: str
    text: str
    who: str = ""
    interest: str = ""
    what_was_done: str = ""


LETTER = Own(
    "A clearer letter when a plan is late",
    "Draft of the letter",
    "Draft letter to families whose plan is late.",
    GUEST,
    "The letter is to be tried in their school",
    "Stayed for the item and took no part in the decision",
)
THERAPIES = Own(
    "Waits for speech and language therapy",
    "Waits by district",
    "The longest waits for speech and language therapy, district by district.",
    "A. Trustee (demonstration)",
    "Is a trustee of a charity that offers therapy",
    "Spoke to the paper and left for the decision",
)
MONEY = Own(
    "Money for the second team",
    "What the second team costs",
    "The cost of a second team for new plans from April 2025.",
)

MINUTES_OF_BOARD: Mapping[str, str] = {
    AgendaKind.DASHBOARD: "The board read the August dashboard. It asked that milestones without an "
    "update be chased before the next month freezes.",
    AgendaKind.EXCEPTIONS: "Each overdue milestone was taken in turn. Leads say by the next meeting "
    "what they will do by when.",
    AgendaKind.ACTION_LOG: "Noted. What is still open is carried forward.",
    AgendaKind.RISKS: "Staffing of educational psychology stays the highest risk. The board asked for a "
    "plan for the winter.",
    AgendaKind.DECISIONS_ASKED: "The date requests before the board were discussed. The joint chairs "
    "decide on each after the meeting.",
    AgendaKind.VOICE_OF_FAMILIES: "The parent carer forum said that families still hear about delays too "
    "late. Letters will say so as soon as a delay is known.",
    AgendaKind.OWN: "Agreed. The forum and the council try the new letter with ten families first.",
}
MINUTES_OF_EXECUTIVE: Mapping[str, str] = {
    AgendaKind.DASHBOARD: "The Executive read the August dashboard beside the board’s assurance ratings.",
    AgendaKind.EXCEPTIONS: "The chair asked why the same milestones are overdue for a second month.",
    AgendaKind.ACTION_LOG: "Noted.",
    AgendaKind.RISKS: "The risk that assessments wait too long stays with the Executive.",
    AgendaKind.DECISIONS_ASKED: "Nothing was asked of the Executive.",
    AgendaKind.VOICE_OF_FAMILIES: "The forum asked for a plain summary each month. It is published from "
    "September on.",
    AgendaKind.OWN: "Agreed that these waits stand on every agenda until the spring.",
}

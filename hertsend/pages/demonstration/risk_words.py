"""The invented risks: what could go wrong, how it was scored month by month, what is done against it.

``place`` counts the workstreams in the plan's order; None is the whole partnership. ``scores`` are
the current ones from March to October, one each month; where they stop, nobody has reviewed it since.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Invented:
    """One risk with its course."""

    place: int | None
    event: str
    cause: str
    effect: str
    controls: str
    gaps: str
    inherent: tuple[int, int]
    target: tuple[int, int]
    scores: tuple[tuple[int, int], ...]
    mitigations: tuple[tuple[str, int], ...] = ()
    is_restricted: bool = False
    moves: dict[int, str] = field(default_factory=dict)
    """By month: to which level it is brought in that month."""


FOUND = {
    "rising": "It has become likelier: what holds it down reaches fewer people than in the last month.",
    "falling": "What was agreed against it works: the figures of this month show it.",
    "same": "Looked at with the workstream's figures of the month. Nothing has changed.",
}
MOVED = {
    "board": "The workstream cannot hold it down alone: it needs posts that other services pay for.",
    "executive": "It touches the budgets of several organisations, which only the Executive can move.",
}

RISKS: tuple[Invented, ...] = (
    Invented(
        place=3,
        event="New assessments wait longer than 20 weeks",
        cause="Educational psychologists are hard to recruit, and a third of posts is filled by agencies.",
        effect="Children get their plans late, and families lose trust.",
        controls="A list of all assessments older than 12 weeks is read every Monday.",
        gaps="No cover in school holidays.",
        inherent=(5, 5),
        target=(2, 4),
        scores=((4, 4), (4, 4), (4, 5), (5, 5), (4, 5), (4, 5), (4, 5), (4, 5)),
        mitigations=(
            (
                "Agree pay and grading of educational psychologists with both neighbouring councils.",
                20,
            ),
            ("Train eight assistant psychologists to write up advice.", 60),
            ("Ask the universities for two more placements each.", -12),
        ),
        moves={4: "board", 6: "executive"},
    ),
    Invented(
        place=0,
        event="Boards decide without figures that they can trust",
        cause="Figures of health, education and social care are counted by different rules.",
        effect="Money and posts go where they do not help most.",
        controls="One definition of each measure, agreed by the data group.",
        gaps="Two providers still send their figures by hand.",
        inherent=(4, 4),
        target=(1, 3),
        scores=((4, 4), (3, 4), (3, 4), (3, 4), (2, 4), (2, 4), (2, 4), (2, 4)),
        mitigations=(("Move both providers to the shared template.", 30),),
    ),
    Invented(
        place=1,
        event="Waits for therapies grow while services are redesigned",
        cause="Clinicians are taken out of clinics to plan the new pathways.",
        effect="Children wait longer before they wait less.",
        controls="No more than one clinician of each team is released at a time.",
        gaps="Sickness is not counted in.",
        inherent=(4, 4),
        target=(2, 3),
        scores=((3, 4), (3, 4), (4, 4), (4, 4), (4, 3), (4, 3), (4, 3), (4, 4)),
        mitigations=(("Bring in locum therapists for the autumn.", 15),),
        moves={6: "board"},
    ),
    Invented(
        place=2,
        event="Annual reviews are held without health and social care",
        cause="Invitations go out less than four weeks before the day.",
        effect="Plans say nothing of health and care needs.",
        controls="Dates of reviews are shared each term.",
        gaps="Schools outside the county use other systems.",
        inherent=(4, 3),
        target=(2, 2),
        scores=((4, 3), (3, 3), (3, 3), (3, 3), (3, 3), (3, 3), (3, 3)),
        mitigations=(("Send a term's dates of reviews to health and social care.", -20),),
    ),
    Invented(
        place=4,
        event="Families hear of changes from each other before they hear from us",
        cause="Each organisation writes its own letters.",
        effect="Parents feel left out, and complaints rise.",
        controls="The parent carer forum reads every letter to all families.",
        gaps="Letters of single services are not read.",
        inherent=(4, 3),
        target=(1, 2),
        scores=((3, 3), (3, 3), (3, 2), (2, 2), (2, 2), (2, 2), (2, 2), (1, 2)),
    ),
    Invented(
        place=5,
        event="Young people leave school without a plan for what comes next",
        cause="Preparation for adulthood begins in Year 11 instead of Year 9.",
        effect="Some are without education, work or support at 18.",
        controls="Schools report who has had a first conversation.",
        gaps="Special schools outside the county do not report.",
        inherent=(3, 5),
        target=(2, 3),
        scores=((3, 4), (3, 4), (3, 4), (3, 4), (3, 4), (3, 3), (3, 3), (3, 3)),
        mitigations=(("Write to the ten schools outside the county.", 9),),
    ),
    Invented(
        place=None,
        event="The extra money ends before the work is embedded",
        cause="Most of the added posts are funded until March 2026 only.",
        effect="What has improved slips back.",
        controls="Every board paper says which posts are for a time.",
        gaps="No agreed way to keep the posts that work.",
        inherent=(4, 5),
        target=(2, 4),
        scores=((3, 4), (3, 4), (3, 4), (3, 5), (3, 5), (3, 5), (3, 5), (3, 5)),
        mitigations=(("Bring a choice of three ways to the Executive.", 45),),
    ),
    Invented(
        place=1,
        event="A provider of therapies may hand back its contract",
        cause="It has told commissioners in confidence that it makes a loss.",
        effect="About four hundred children would have to change their therapist.",
        controls="Commissioners meet the provider every fortnight.",
        gaps="No second provider is ready.",
        inherent=(4, 5),
        target=(1, 4),
        scores=((2, 5), (3, 5), (3, 5), (3, 5), (2, 5), (2, 5), (2, 5), (2, 5)),
        mitigations=(("Sound out two neighbouring trusts.", 25),),
        is_restricted=True,
    ),
)

"""The words by which assurance is judged, shown as a legend wherever they are used.

The four words are those of the county's auditors.
"""

from governance.enums import AssuranceLevel
from plans.definitions import Definition

ASSURANCE_DEFINITIONS: tuple[Definition, ...] = (
    Definition(
        AssuranceLevel.SUBSTANTIAL,
        "Substantial",
        "governance, delivery and evidence are sound, and what was promised is being achieved",
        "Confident",
        "we are confident that this is going well",
    ),
    Definition(
        AssuranceLevel.REASONABLE,
        "Reasonable",
        "mostly sound, with weaknesses that are known and being put right",
        "Mostly confident",
        "mostly going well, with some things to put right",
    ),
    Definition(
        AssuranceLevel.LIMITED,
        "Limited",
        "significant gaps, so that what was promised is at risk in places",
        "Important gaps",
        "there are important gaps",
    ),
    Definition(
        AssuranceLevel.NONE,
        "No assurance",
        "fundamental weaknesses, and no confidence that it will be achieved",
        "Not confident",
        "we are not confident that this will work",
    ),
)

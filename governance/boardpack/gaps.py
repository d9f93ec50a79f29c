"""What is missing in a pack before it is issued, in sentences: pure, from what it shows."""

from collections.abc import Iterator

from governance.boardpack.arranging import titles_left_out
from governance.boardpack.content import PackContent
from governance.selectors.wording import counted

NO_FOREWORD = "No foreword was written."


def gaps_of(content: PackContent) -> tuple[str, ...]:
    """Words that are missing, and what the office left out; () where nothing is."""
    return tuple(_gaps(content))


def _gaps(content: PackContent) -> Iterator[str]:
    if content.foreword is None:
        yield NO_FOREWORD
    explained = {report.key for report in content.reports}
    unexplained = [key for key in content.exceptions if key not in explained]
    if unexplained and content.cover.edition != "families":
        told = counted(len(unexplained), "exception has", "exceptions have")
        yield f"{told} no exception report: {', '.join(unexplained)}."
    if content.no_update:
        told = counted(len(content.no_update), "milestone has", "milestones have")
        yield f"{told} no update: {', '.join(content.no_update)}."
    unrated = [each.key for area in content.areas for each in area.assurance if not each.level]
    if unrated:
        yield f"Assurance was not rated for {', '.join(unrated)}."
    if left_out := titles_left_out(content):
        yield f"Left out by the programme office: {', '.join(left_out)}."

"""Each text of a pack's content stands in its page, its PDF and its Word document, or has a reason not to.

And the other way round: what an edition does not show is in none of its formats, though its content held it.
"""

import dataclasses
import datetime as dt
import html
import re

import pytest

from governance.boardpack import content, families
from governance.boardpack.files import FORMATS
from governance.boardpack.snapshot import of
from governance.enums import Edition
from hertsend.accounts.roles import Role
from tests.factories.world import at
from tests.governance import steps
from tests.governance.boardpack.everything import Everything, cover_of, store_instead, texts_of
from tests.governance.boardpack.filled import filled_world
from tests.governance.steps import AUGUST
from tests.hertsend.documents.pdfs import squeezed, words_of
from tests.hertsend.documents.word_files import words_of_word

NOW = dt.date(2024, 9, 12)
READERS = {"pdf": words_of, "word": words_of_word}

UNSHOWN = {
    "Cover.cut_off_words": "the cover words the moment itself",
    "Cover.plan_slug": "a part of addresses",
    "MeasureEntry.key": "a part of addresses",
}
"""In no edition's documents, and why."""

NOT_TO_BOARDS = UNSHOWN | {
    "MilestoneEntry.sentence_for_families": "boards read the leads' own words"
}

NOT_SHOWN = {
    Edition.BOARD: NOT_TO_BOARDS
    | {"AssuranceEntry.key": "the row names its areas, and each only where they differ"},
    Edition.EXECUTIVE: NOT_TO_BOARDS,
    Edition.FAMILIES: UNSHOWN
    | dict.fromkeys(
        ("ImpactEntry.action", "ImpactEntry.text", "ImpactEntry.label"),
        "families read the impact of areas, not that of each action",
    )
    | dict.fromkeys(
        ("SignedActionEntry.key", "SignedActionEntry.text", "SignedActionEntry.areas"),
        "a signed action shows in its milestones",
    )
    | dict.fromkeys(
        (
            *("MeasureEntry.change", "MeasureEntry.expected", "MeasureEntry.law"),
            *("MeasureEntry.status_label", "MeasureEntry.target"),
        ),
        "families read the sentence that says it in plain words",
    )
    | {
        "AssuranceEntry.key": "the row names its areas, and each only where they differ",
        "MilestoneEntry.areas": "milestones stand by workstream",
        "Summary.burn_up_words": "the chart of months is in the other editions",
    },
}
"""What is stored for an edition and not shown in its documents, with the reason."""


def everything(edition, **more):
    return Everything(**{"Cover.edition": edition.value} | more)


def kept(filled, edition):
    """The fields of which the edition's own content has something: its way in takes the others out."""
    if edition != Edition.FAMILIES:
        return set(filled.fields.values())
    return filled.found_in(str(content.to_json(families.plain(filled.content)))) | {
        *("PackContent.foreword.words", "PackContent.proof"),
    }


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("edition", Edition)
def test_each_text_is_in_the_file_or_has_a_reason(edition, kind):
    filled = everything(edition)
    said = filled.found_in(READERS[kind](FORMATS[kind].made_of(filled.content)))
    wanted = kept(filled, edition) - set(NOT_SHOWN[edition])
    assert wanted - said == set(), "Show it, or say in NOT_SHOWN why it is not shown"
    extra = {"PackContent.foreword.by"} if edition == Edition.FAMILIES else set()
    assert said - wanted == extra, "It is shown though a reason says that it is not"


@pytest.mark.parametrize("edition", Edition)
def test_every_reason_is_of_a_text_that_the_edition_keeps(edition):
    assert set(NOT_SHOWN[edition]) <= kept(everything(edition), edition)
    assert all(NOT_SHOWN[edition].values())


def test_what_families_do_not_have_would_not_be_shown_if_it_came_through():
    """The layout of their edition has no place for it, whatever takes it out before."""
    filled = everything(Edition.FAMILIES)
    gone = set(filled.fields.values()) - kept(filled, Edition.FAMILIES)
    assert {"MilestoneEntry.what_happened", "RiskEntry.event", "ReportEntry.cause"} <= gone
    for kind, words in READERS.items():
        said = filled.found_in(words(FORMATS[kind].made_of(filled.content)))
        assert said & gone == {"PackContent.foreword.by"}, kind
    board = everything(Edition.BOARD)
    assert gone - NOT_SHOWN[Edition.BOARD].keys() <= board.found_in(
        words_of(FORMATS["pdf"].made_of(board.content))
    )


def page_of(packable, client, edition, filled, pack):
    """What the page of a pack shows whose content was put in the place of what was assembled."""
    store_instead(pack, content.to_json(filled.content))
    run = steps.run_of(pack)
    client.force_login(packable.people[Role.PROGRAMME_OFFICE])
    with at(NOW):
        answer = client.get(run.pack_url)
    assert answer.status_code == 200
    page = answer.content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    links = re.findall(r'href="([^"/#][^"]*)"', main)
    return html.unescape(" ".join([re.sub(r"<[^>]*>", " ", main), *links]))


@pytest.mark.parametrize("edition", Edition)
def test_each_text_is_on_the_page_or_has_a_reason(packable, client, edition):
    pack = steps.read_pack(packable, AUGUST, on=NOW, edition=edition)
    filled = everything(edition, **cover_of(pack))
    said = filled.found_in(page_of(packable, client, edition, filled, pack))
    wanted = kept(filled, edition) - set(NOT_SHOWN[edition])
    wanted -= {"PackContent.foreword.words", "PackContent.proof"}
    assert wanted - said == set()
    # The page names the area before its reasons, also where it is the only one.
    extra = {"AssuranceEntry.key"} if edition == Edition.BOARD else set()
    assert said - wanted == extra


SOMETIMES = {
    "MeasureEntry.sentence": "beside its chart, where there is one",
    "MeasureEntry.more": "beside its chart, where there is one",
    "MeasureEntry.chart_title": "above its chart, where there is one",
    "MilestoneEntry.due_text": "where the plan gives no day",
    "MilestoneEntry.agreed_on": "a date is worded",
    "AssuranceEntry.before": "where it was another",
    "PackContent.exceptions": "keys name milestones that are told by their text",
    "Cover.edition": "the label is shown",
}
"""Texts that stand only under a condition; that they stand at all the tests above show."""

OF_PROGRAMS = re.compile(r"[a-z_0-9-]*|<svg.*", re.DOTALL)


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("edition", Edition)
def test_a_real_pack_says_what_its_content_says(db, edition, kind):
    world = filled_world()
    read = content.from_json(of(world.period(AUGUST), edition=edition, revision=1).stored)
    said = READERS[kind](FORMATS[kind].made_of(read))
    texts = [
        (field, text)
        for field, text in texts_of(read)
        if field not in NOT_SHOWN[edition].keys() | SOMETIMES.keys()
        and not OF_PROGRAMS.fullmatch(text)
    ]
    assert len(texts) > 60
    assert [each for each in texts if squeezed(each[1]).lower() not in said.lower()] == []
    other = dataclasses.replace(read.cover, partnership="Nobody's name")
    assert squeezed(other.partnership) not in said

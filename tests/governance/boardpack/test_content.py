"""The stored form of a pack: read back as it was, or refused."""

import copy
import datetime as dt
import json

import pytest

from governance.boardpack import content
from governance.boardpack.content import PackContent, UnreadablePack
from governance.boardpack.snapshot import of
from governance.enums import Edition
from tests.governance.steps import AUGUST


@pytest.fixture
def stored(packable):
    return of(packable.period(AUGUST), edition=Edition.BOARD, revision=1).stored


def test_content_survives_storing_and_reading(stored):
    read = content.from_json(json.loads(json.dumps(stored)))
    assert isinstance(read, PackContent)
    assert content.to_json(read) == stored
    assert read.cover.month == AUGUST
    assert read.cover.cut_off == dt.datetime(2024, 9, 10, 11, tzinfo=dt.UTC)
    assert [entry.key for entry in read.milestones] == ["PA1.1-1", "PA1.1-2", "AI1.1-1", "AI1.1-2"]


def test_the_digest_does_not_depend_on_the_order_of_keys(stored):
    turned = dict(reversed(list(stored.items())))
    assert list(turned) != list(stored)
    assert content.digest(turned) == content.digest(stored)


@pytest.mark.parametrize(
    ("value", "digest"),
    [
        ({}, "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"),
        (
            {"b": 1, "a": "é"},
            "aa58fba8483623bed37c1b02edfccbdd9a53123837c20bfa4cb4049993a2872e",
        ),
    ],
)
def test_the_digest_is_the_sha_256_of_the_canonical_text(value, digest):
    assert content.digest(value) == digest


def test_one_changed_letter_changes_the_digest(stored):
    changed = copy.deepcopy(stored)
    changed["milestones"][0]["what_happened"] += "."
    assert content.digest(changed) != content.digest(stored)


def broken(stored, change):
    changed = copy.deepcopy(stored)
    change(changed)
    return changed


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda pack: pack.pop("milestones"), id="a part is missing"),
        pytest.param(lambda pack: pack.update(more=1), id="a part is unknown"),
        pytest.param(lambda pack: pack["cover"].update(month="August"), id="no date"),
        pytest.param(lambda pack: pack["summary"].update(figures=3), id="no list"),
        pytest.param(lambda pack: pack["cover"].update(revision="1"), id="a word for a number"),
        pytest.param(lambda pack: pack.update(cover=None), id="nothing"),
    ],
)
def test_another_shape_is_refused(stored, change):
    with pytest.raises(UnreadablePack):
        content.from_json(broken(stored, change))


def test_a_part_that_was_added_later_may_be_missing(stored):
    older = broken(stored, lambda pack: pack["cover"].pop("classification"))
    assert content.from_json(older) == content.from_json(stored)
    with pytest.raises(UnreadablePack):
        content.from_json(broken(older, lambda pack: pack["cover"].pop("revision")))


def test_only_plain_values_are_stored(stored):
    read = content.from_json(stored)
    odd = copy.copy(read)
    object.__setattr__(odd, "exceptions", (object(),))
    with pytest.raises(TypeError, match="plain values, not object"):
        content.to_json(odd)

"""Who may see packs, and which words go into them."""

import pytest

from governance import permissions
from hertsend.accounts.roles import MATRIX, Permission, Role
from hertsend.errors import NotAllowed

READERS = [role for role in Role if Permission.READ_BOARD_PACK in MATRIX[role].may]
OTHERS = [role for role in Role if role not in READERS]


def test_everyone_but_parent_carer_representatives_reads_the_boards_papers():
    assert OTHERS == [Role.PARENT_CARER_REPRESENTATIVE]


@pytest.mark.parametrize("role", READERS)
def test_whoever_reads_packs_may_see_all_that_is_in_them(world, role):
    seen = permissions.visible_words(world.people[role], world.plan)
    assert permissions.words_of_packs() <= seen
    permissions.require_board_papers(world.people[role], world.plan)


@pytest.mark.parametrize("role", OTHERS)
def test_others_are_refused_with_a_sentence(world, role):
    with pytest.raises(NotAllowed) as refusal:
        permissions.require_board_papers(world.people[role], world.plan)
    assert refusal.value.sentence == (
        "Your role does not let you read the board's dashboard and packs here."
    )
    assert "what_happened" not in permissions.visible_words(world.people[role], world.plan)


def test_internal_notes_never_go_into_a_pack():
    words = permissions.words_of_packs()
    assert "internal_note" not in words
    assert {"what_happened", "reason", "words", "by", "decided_by"} <= words


def test_the_neighbours_members_are_refused(world):
    neighbour = world.foreign.people[Role.BOARD_MEMBER]
    with pytest.raises(NotAllowed):
        permissions.require_board_papers(neighbour, world.plan)

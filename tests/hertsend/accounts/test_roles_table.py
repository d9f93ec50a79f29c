"""The table says what the matrix says, for every role and permission."""

from hertsend.accounts.roles import MATRIX, SCOPED_PERMISSIONS, Permission, Role, Scope
from hertsend.accounts.roles_table import NO, YES, cell, role_table

ONLY_FOR_JOBS = {"flag_overdue"}


def test_every_role_is_a_column_and_every_permission_of_a_role_a_row():
    table = role_table()

    assert [column.code for column in table.columns] == Role.values
    assert {row.code for row in table.rows} == set(Permission.values) - ONLY_FOR_JOBS
    assert {len(row.cells) for row in table.rows} == {len(Role)}


def test_every_cell_says_what_the_matrix_says():
    for role in Role:
        for permission in Permission:
            said = cell(role, permission)
            assert (said != NO) == (permission in MATRIX[role].may)
            if permission in SCOPED_PERMISSIONS and said != NO:
                assert (said == YES) == (MATRIX[role].scope == Scope.PARTNERSHIP)


def test_a_lead_updates_only_their_workstream_and_a_chair_signs_only_their_area():
    rows = {row.code: dict(zip(Role.values, row.cells, strict=True)) for row in role_table().rows}

    assert rows["update_milestone"]["workstream_lead"] == "In their workstream"
    assert rows["update_milestone"]["programme_office"] == "Yes"
    assert rows["update_milestone"]["joint_chair"] == "–"
    assert rows["sign_off_milestone"]["joint_chair"] == "In their area"
    assert rows["read_contact_details"]["parent_carer_representative"] == "–"


def test_a_role_is_told_in_words():
    lead = next(column for column in role_table().columns if column.code == "workstream_lead")

    assert lead.held_for == "one workstream; several can be held"
    assert "update milestones and propose them complete (in their workstream)" in lead.may
    assert "read the plan, its dates, stages and ratings" in lead.may
    assert lead.must_never == "change another workstream, or sign off own work"

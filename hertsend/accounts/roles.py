"""Who can do what: the one matrix of roles and permissions.

The page "Who can do what" and ``docs/reference/roles.md`` are made from it. Roles give rights;
posts give duties (reminders), never rights.
"""

from dataclasses import dataclass

from django.db import models


class Role(models.TextChoices):
    """A role that a person holds in a partnership from a day, until a day."""

    ADMINISTRATOR = "administrator", "Administrator"
    PROGRAMME_OFFICE = "programme_office", "Programme office"
    WORKSTREAM_LEAD = "workstream_lead", "Workstream lead"
    JOINT_CHAIR = "joint_chair", "Joint chair"
    BOARD_MEMBER = "board_member", "Board member"
    EXECUTIVE_CHAIR = "executive_chair", "Executive chair"
    EXECUTIVE_MEMBER = "executive_member", "Executive member"
    ADVISER = "adviser", "Adviser"
    PARENT_CARER_REPRESENTATIVE = "parent_carer_representative", "Parent carer representative"


class Permission(models.TextChoices):
    """One thing that a role may do; the label completes "may …"."""

    READ_PLAN = "read_plan", "read the plan, its dates, stages and ratings"
    READ_PLAIN_ENGLISH = "read_plain_english", "read the sentences written for families"
    READ_OFFICERS_WORDS = "read_officers_words", "read what leads write in their updates"
    READ_INTERNAL_NOTES = "read_internal_notes", "read internal notes"
    READ_PEOPLE = "read_people", "see who holds which post"
    READ_CONTACT_DETAILS = "read_contact_details", "see people's e-mail addresses"
    READ_BOARD_PACK = "read_board_pack", "read the board's dashboard and packs"
    READ_RETURNS = "read_returns", "see who has not yet reported"
    UPDATE_MILESTONE = "update_milestone", "update milestones and propose them complete"
    SIGN_OFF_MILESTONE = "sign_off_milestone", "sign off milestones or return them"
    DECIDE_DATE_CHANGE = "decide_date_change", "decide on date changes"
    WITHDRAW_MILESTONE = "withdraw_milestone", "withdraw milestones by a board's decision"
    MANAGE_PERIODS = "manage_periods", "manage reporting periods"
    CONFIRM_READING = "confirm_reading", "confirm how the plan was read"
    MANAGE_PEOPLE = "manage_people", "manage people, roles and posts"
    IMPORT_PLAN = "import_plan", "import a plan file"
    ASSEMBLE_PACK = "assemble_pack", "assemble board packs"
    FLAG_OVERDUE = "flag_overdue", "flag overdue milestones"


class Scope(models.TextChoices):
    """How far a role reaches inside its partnership."""

    PARTNERSHIP = "partnership", "the whole partnership"
    WORKSTREAM = "workstream", "one workstream"
    AREA = "area", "one area"


@dataclass(frozen=True)
class RoleDescription:
    """What a role is for, in the words of the page "Who can do what"."""

    comes_for: str
    must_never: str
    scope: Scope
    may: frozenset[Permission]


_FAMILIES = frozenset({Permission.READ_PLAN, Permission.READ_PLAIN_ENGLISH})
_ADVISER = _FAMILIES | {
    Permission.READ_OFFICERS_WORDS,
    Permission.READ_PEOPLE,
    Permission.READ_BOARD_PACK,
}
_BOARD = _ADVISER | {Permission.READ_INTERNAL_NOTES, Permission.READ_CONTACT_DETAILS}

MATRIX: dict[Role, RoleDescription] = {
    Role.ADMINISTRATOR: RoleDescription(
        comes_for="people, roles and posts",
        must_never="read internal notes or drafts because of this role alone",
        scope=Scope.PARTNERSHIP,
        may=_ADVISER | {Permission.READ_CONTACT_DETAILS, Permission.MANAGE_PEOPLE},
    ),
    Role.PROGRAMME_OFFICE: RoleDescription(
        comes_for="opening the month, chasing, checking, freezing and issuing the pack",
        must_never="sign off, or overwrite a lead's words",
        scope=Scope.PARTNERSHIP,
        may=_BOARD
        | {
            Permission.READ_RETURNS,
            Permission.UPDATE_MILESTONE,
            Permission.MANAGE_PERIODS,
            Permission.CONFIRM_READING,
            Permission.IMPORT_PLAN,
            Permission.ASSEMBLE_PACK,
        },
    ),
    Role.WORKSTREAM_LEAD: RoleDescription(
        comes_for="what is owed this month, and updating it",
        must_never="change another workstream, or sign off own work",
        scope=Scope.WORKSTREAM,
        may=_BOARD | {Permission.UPDATE_MILESTONE},
    ),
    Role.JOINT_CHAIR: RoleDescription(
        comes_for="the dashboard, exceptions, sign-off, date changes and decisions",
        must_never="sign off what they delivered themselves",
        scope=Scope.AREA,
        may=_BOARD
        | {
            Permission.READ_RETURNS,
            Permission.SIGN_OFF_MILESTONE,
            Permission.DECIDE_DATE_CHANGE,
            Permission.WITHDRAW_MILESTONE,
        },
    ),
    Role.BOARD_MEMBER: RoleDescription(
        comes_for="reading all of it before the meeting",
        must_never="edit",
        scope=Scope.PARTNERSHIP,
        may=_BOARD,
    ),
    Role.EXECUTIVE_CHAIR: RoleDescription(
        comes_for="assurance: what is off track, why, and who does what",
        must_never="edit delivery data",
        scope=Scope.PARTNERSHIP,
        may=_BOARD | {Permission.READ_RETURNS},
    ),
    Role.EXECUTIVE_MEMBER: RoleDescription(
        comes_for="assurance: what is off track, why, and who does what",
        must_never="edit delivery data",
        scope=Scope.PARTNERSHIP,
        may=_BOARD,
    ),
    Role.ADVISER: RoleDescription(
        comes_for="reading what a board member reads, for the Department for Education or the NHS",
        must_never="edit, or see internal notes, drafts, restricted risks or contact details",
        scope=Scope.PARTNERSHIP,
        may=_ADVISER,
    ),
    Role.PARENT_CARER_REPRESENTATIVE: RoleDescription(
        comes_for="what was promised, what happened and what changed for families",
        must_never="see drafts, internal notes, restricted risks or personal contact details",
        scope=Scope.PARTNERSHIP,
        may=_FAMILIES,
    ),
}

SCOPED_PERMISSIONS: frozenset[Permission] = frozenset(
    {
        Permission.UPDATE_MILESTONE,
        Permission.SIGN_OFF_MILESTONE,
        Permission.DECIDE_DATE_CHANGE,
        Permission.WITHDRAW_MILESTONE,
    }
)
"""Permissions that reach only as far as the role's workstream or area; all others reach the
whole partnership, whatever the role's scope."""

SYSTEM_MAY: frozenset[Permission] = frozenset(
    {
        Permission.MANAGE_PERIODS,
        Permission.IMPORT_PLAN,
        Permission.ASSEMBLE_PACK,
        Permission.FLAG_OVERDUE,
    }
)
"""What jobs and first imports may do, as the system actor."""

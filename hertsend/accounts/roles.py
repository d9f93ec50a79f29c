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
    READ_EXECUTIVE_PACK = "read_executive_pack", "read the Executive's edition of packs"
    PREVIEW_PACK = "preview_pack", "read packs before they are issued"
    READ_RETURNS = "read_returns", "see who has not yet reported"
    READ_DRAFTS = "read_drafts", "see what is typed for a return and not yet sent"
    UPDATE_MILESTONE = "update_milestone", "update milestones and propose them complete"
    SUBMIT_RETURN = "submit_return", "submit a workstream's return"
    DECIDE_RETURN = "decide_return", "accept returns or send them back"
    SIGN_OFF_MILESTONE = "sign_off_milestone", "sign off milestones or return them"
    CONFIRM_IMPACT = "confirm_impact", "confirm the impact of actions or return it"
    DECIDE_DATE_CHANGE = "decide_date_change", "decide on date changes"
    WITHDRAW_MILESTONE = "withdraw_milestone", "withdraw milestones by a board's decision"
    CHALLENGE_EXCEPTION = (
        "challenge_exception",
        "challenge exceptions: ask, call for deep dives, and escalate",
    )
    RECORD_DEEP_DIVE = "record_deep_dive", "record what became of a deep dive"
    ANSWER_ESCALATION = "answer_escalation", "answer escalations for the Executive"
    MANAGE_PERIODS = "manage_periods", "manage reporting periods"
    MANAGE_GROUPS = "manage_groups", "manage groups, their members and terms of reference"
    MANAGE_MEETINGS = (
        "manage_meetings",
        "plan meetings, and keep their agendas, papers and minutes",
    )
    READ_GROUP_RECORDS = "read_group_records", "read the decisions and log of groups not sat in"
    ASK_FOR_DECISION = "ask_for_decision", "ask groups for decisions"
    KEEP_LOG = "keep_log", "keep every group's action log, and withdraw requests for decisions"
    RECORD_FEEDBACK = "record_feedback", "enter what families said"
    ANSWER_FEEDBACK = "answer_feedback", "write what is done about what families said"
    PUBLISH_FEEDBACK = (
        "publish_feedback",
        "approve, publish and withdraw what was done about what families said",
    )
    WRITE_SUMMARY = "write_summary", "write, publish and correct the public summary"
    APPROVE_SUMMARY = "approve_summary", "approve the sentences of the public summary"
    SWITCH_PUBLIC_SUMMARY = "switch_public_summary", "switch the public summary on and off"
    CONFIRM_READING = "confirm_reading", "confirm how the plan was read"
    CONFIRM_COMMITMENT = "confirm_commitment", "confirm how recurring commitments come again"
    DECIDE_RHYTHM = "decide_rhythm", "decide how often the executive meets"
    SET_ASSURANCE = "set_assurance", "rate the assurance of areas"
    CHASE_RETURN = "chase_return", "send reminders of returns"
    NAME_DEPUTY = "name_deputy", "name somebody who stands in for them for a time"
    ENTER_FIGURES = "enter_figures", "enter the figures of measures"
    MANAGE_MEASURES = "manage_measures", "set how measures are counted, read and shown"
    DECIDE_STEP_CHANGE = "decide_step_change", "decide on step changes of measures"
    MANAGE_PEOPLE = "manage_people", "manage people, roles and posts"
    IMPORT_PLAN = "import_plan", "import a plan file"
    ASSEMBLE_PACK = "assemble_pack", "assemble board packs"
    RELEASE_PACK = "release_pack", "write a pack's foreword, order its sections and release it"
    ISSUE_PACK = "issue_pack", "issue packs that another released, or return them"
    FLAG_OVERDUE = "flag_overdue", "flag overdue milestones"

    READ_RISKS = "read_risks", "read the registers of risks and barriers, but for restricted risks"
    READ_RESTRICTED_RISKS = "read_restricted_risks", "read restricted risks that name their role"
    MANAGE_RISK = "manage_risk", "raise risks, change and close them"
    OWN_RISK = "own_risk", "own risks: review them and keep their mitigations"
    MOVE_BOARD_RISK = (
        "move_board_risk",
        "escalate risks of the board, or hand them back to a workstream",
    )
    RETURN_EXECUTIVE_RISK = "return_executive_risk", "hand risks of the Executive back to the board"
    SET_RISK_BANDS = "set_risk_bands", "set the bands of risk scores"

    RAISE_BARRIER = "raise_barrier", "raise barriers for help, and close them"
    ANSWER_BARRIER = "answer_barrier", "answer barriers, and say who sees to them"

    READ_AUDITS = "read_audits", "read the assurance programme: audits and what they found"
    MANAGE_AUDITS = "manage_audits", "plan audits, and note what they found and who was told"


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
    Permission.READ_RISKS,
    Permission.READ_AUDITS,
}
_BOARD = _ADVISER | {
    Permission.READ_INTERNAL_NOTES,
    Permission.READ_CONTACT_DETAILS,
    Permission.READ_RESTRICTED_RISKS,
    Permission.OWN_RISK,
}
_CHALLENGER = _BOARD | {
    Permission.CHALLENGE_EXCEPTION,
    Permission.RECORD_DEEP_DIVE,
    Permission.ASK_FOR_DECISION,
}
_EXECUTIVE = _CHALLENGER | {
    Permission.ANSWER_ESCALATION,
    Permission.READ_GROUP_RECORDS,
    Permission.READ_EXECUTIVE_PACK,
}
_PREVIEW = frozenset({Permission.READ_EXECUTIVE_PACK, Permission.PREVIEW_PACK})

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
            Permission.READ_DRAFTS,
            Permission.UPDATE_MILESTONE,
            Permission.SUBMIT_RETURN,
            Permission.DECIDE_RETURN,
            Permission.CHASE_RETURN,
            Permission.MANAGE_PERIODS,
            Permission.MANAGE_GROUPS,
            Permission.MANAGE_MEETINGS,
            Permission.READ_GROUP_RECORDS,
            Permission.ASK_FOR_DECISION,
            Permission.KEEP_LOG,
            Permission.RECORD_FEEDBACK,
            Permission.ANSWER_FEEDBACK,
            Permission.PUBLISH_FEEDBACK,
            Permission.WRITE_SUMMARY,
            Permission.APPROVE_SUMMARY,
            Permission.CONFIRM_READING,
            Permission.CONFIRM_COMMITMENT,
            Permission.IMPORT_PLAN,
            Permission.ASSEMBLE_PACK,
            Permission.RECORD_DEEP_DIVE,
            Permission.ENTER_FIGURES,
            Permission.MANAGE_MEASURES,
            Permission.DECIDE_STEP_CHANGE,
        }
        | {
            Permission.MANAGE_RISK,
            Permission.MOVE_BOARD_RISK,
            Permission.ANSWER_BARRIER,
            Permission.RETURN_EXECUTIVE_RISK,
            Permission.SET_RISK_BANDS,
        }
        | {Permission.RAISE_BARRIER, Permission.ANSWER_BARRIER}
        | {Permission.MANAGE_AUDITS}
        | _PREVIEW
        | {Permission.RELEASE_PACK},
    ),
    Role.WORKSTREAM_LEAD: RoleDescription(
        comes_for="what is owed this month, and updating it",
        must_never="change another workstream, or sign off own work",
        scope=Scope.WORKSTREAM,
        may=_BOARD
        | {
            Permission.READ_DRAFTS,
            Permission.UPDATE_MILESTONE,
            Permission.SUBMIT_RETURN,
            Permission.NAME_DEPUTY,
            Permission.ENTER_FIGURES,
            Permission.ASK_FOR_DECISION,
            Permission.MANAGE_RISK,
            Permission.RECORD_FEEDBACK,
            Permission.ANSWER_FEEDBACK,
            Permission.RAISE_BARRIER,
        },
    ),
    Role.JOINT_CHAIR: RoleDescription(
        comes_for="the dashboard, exceptions, sign-off, date changes and decisions",
        must_never="sign off what they delivered themselves",
        scope=Scope.AREA,
        may=_CHALLENGER
        | _PREVIEW
        | {
            Permission.ISSUE_PACK,
            Permission.READ_RETURNS,
            Permission.SIGN_OFF_MILESTONE,
            Permission.CONFIRM_IMPACT,
            Permission.DECIDE_DATE_CHANGE,
            Permission.WITHDRAW_MILESTONE,
            Permission.MOVE_BOARD_RISK,
            Permission.ANSWER_BARRIER,
            Permission.APPROVE_SUMMARY,
        },
    ),
    Role.BOARD_MEMBER: RoleDescription(
        comes_for="reading all of it before the meeting, and asking about exceptions",
        must_never="edit the plan or what is reported of it",
        scope=Scope.PARTNERSHIP,
        may=_CHALLENGER,
    ),
    Role.EXECUTIVE_CHAIR: RoleDescription(
        comes_for="assurance: what is off track, why, and who does what",
        must_never="edit delivery data",
        scope=Scope.PARTNERSHIP,
        may=_EXECUTIVE
        | _PREVIEW
        | {
            Permission.READ_RETURNS,
            Permission.SET_ASSURANCE,
            Permission.DECIDE_RHYTHM,
            Permission.RETURN_EXECUTIVE_RISK,
            Permission.ANSWER_BARRIER,
            Permission.SWITCH_PUBLIC_SUMMARY,
        },
    ),
    Role.EXECUTIVE_MEMBER: RoleDescription(
        comes_for="assurance: what is off track, why, and who does what",
        must_never="edit delivery data",
        scope=Scope.PARTNERSHIP,
        may=_EXECUTIVE,
    ),
    Role.ADVISER: RoleDescription(
        comes_for="reading what a board member reads, for the Department for Education or the NHS",
        must_never="edit, or see internal notes, drafts, restricted risks or contact details",
        scope=Scope.PARTNERSHIP,
        may=_ADVISER | {Permission.READ_EXECUTIVE_PACK},
    ),
    Role.PARENT_CARER_REPRESENTATIVE: RoleDescription(
        comes_for="what was promised, what happened and what changed for families",
        must_never="see drafts, internal notes, restricted risks or personal contact details",
        scope=Scope.PARTNERSHIP,
        may=_FAMILIES | {Permission.RECORD_FEEDBACK},
    ),
}

SCOPED_PERMISSIONS: frozenset[Permission] = frozenset(
    {
        Permission.READ_DRAFTS,
        Permission.UPDATE_MILESTONE,
        Permission.SUBMIT_RETURN,
        Permission.ENTER_FIGURES,
        Permission.SIGN_OFF_MILESTONE,
        Permission.CONFIRM_IMPACT,
        Permission.DECIDE_DATE_CHANGE,
        Permission.WITHDRAW_MILESTONE,
        Permission.MANAGE_RISK,
        Permission.RAISE_BARRIER,
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

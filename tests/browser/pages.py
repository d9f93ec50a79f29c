"""Every page of the site: its address, who sees most of it, and its states.

An address of the site that stands neither here nor under ``NOT_PAGES`` fails
``test_every_address_is_looked_at``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from playwright.sync_api import Page

from hertsend.accounts.roles import Role
from tests.browser import steps
from tests.browser.people import DEMONSTRATION, EMPTY, QUIET, People
from tests.browser.served import Served

LEAD, OFFICE, CHAIR = (
    Role.WORKSTREAM_LEAD.value,
    Role.PROGRAMME_OFFICE.value,
    Role.JOINT_CHAIR.value,
)
ADMINISTRATOR, FAMILIES = Role.ADMINISTRATOR.value, Role.PARENT_CARER_REPRESENTATIVE.value
STRANGER, CAREFUL, INVITED = "stranger", "careful", "invited"
OK, UNKNOWN = 200, 401
NORMAL, EMPTY_STATE, ERROR = "normal", "empty", "error"

Step = Callable[[Page], None]


@dataclass(frozen=True)
class Shown:
    """One page in one state, for one person.

    ``name`` is that of the URLconf, ``address`` may name rows of the preparation in braces, and
    ``step`` is what is done on the page before it is looked at.
    """

    name: str
    who: str | None
    address: str
    state: str = NORMAL
    place: str = DEMONSTRATION
    step: Step | None = None
    status: int = OK

    def __str__(self) -> str:
        where = "" if self.place == DEMONSTRATION else f" {self.place}"
        return f"{self.name} {self.state}{where} {self.who}"

    def path(self, served: Served) -> str:
        """The address with its rows filled in."""
        known = served.known
        rows = known["rows"].get(self.place, {})
        return self.address.format(plan=known["plans"][self.place], **rows)

    def open(self, people: People, served: Served, size: dict[str, int], **more: object) -> Page:
        """A window that shows it."""
        page = people.window(self.who, place=self.place, size=size, statuses=(self.status,), **more)
        response = page.goto(self.path(served))
        if self.step is None:
            assert response is not None
            assert response.status == self.status
            assert urlsplit(page.url).path == urlsplit(self.path(served)).path, page.url
        else:
            self.step(page)
        return page


def _of_plan() -> list[Shown]:
    plan, one = "/plans/{plan}/", "/plans/{plan}/milestones/"
    act = "plans:milestone-"
    return [
        Shown("plans:plan-detail", LEAD, plan),
        Shown("plans:plan-detail", LEAD, plan, EMPTY_STATE, EMPTY),
        Shown("plans:action-detail", LEAD, plan + "actions/{action}/"),
        Shown("plans:action-detail", LEAD, plan + "actions/{action}/", EMPTY_STATE, QUIET),
        Shown("plans:glossary", LEAD, plan + "glossary/"),
        Shown("plans:glossary", LEAD, plan + "glossary/", EMPTY_STATE, EMPTY),
        Shown("plans:judgement-list", OFFICE, plan + "readings/"),
        Shown("plans:judgement-list", OFFICE, plan + "readings/", EMPTY_STATE, EMPTY),
        Shown("plans:judgement-decide", OFFICE, plan + "readings/{judgement}/"),
        Shown(
            "plans:judgement-decide",
            OFFICE,
            plan + "readings/{judgement}/",
            ERROR,
            step=steps.dispute_without_a_word,
        ),
        Shown(act + "list", LEAD, one),
        Shown(act + "list", FAMILIES, one),
        Shown(act + "list", LEAD, one + "?q=nothing+says+this&overdue=on", EMPTY_STATE),
        Shown(act + "list", LEAD, one, EMPTY_STATE, EMPTY),
        Shown(act + "detail", LEAD, one + "{overdue}/"),
        Shown(act + "detail", CHAIR, one + "{proposed}/"),
        Shown(act + "detail", CHAIR, one + "{signed}/"),
        Shown(act + "detail", LEAD, one + "{undated}/"),
        Shown(act + "detail", FAMILIES, one + "{overdue}/"),
        Shown(act + "detail", LEAD, one + "{milestone}/", EMPTY_STATE, QUIET),
        Shown(act + "updates", LEAD, one + "{overdue}/updates/"),
        Shown(act + "updates", LEAD, one + "{milestone}/updates/", EMPTY_STATE, QUIET),
        Shown(act + "history", LEAD, one + "{signed}/history/"),
        Shown(act + "history", LEAD, one + "{milestone}/history/", EMPTY_STATE, QUIET),
        Shown(act + "update", LEAD, one + "{overdue}/updates/new/"),
        Shown(act + "update", LEAD, one + "{milestone}/updates/new/", EMPTY_STATE, QUIET),
        Shown(act + "update", LEAD, one + "{overdue}/updates/new/", ERROR, step=steps.send),
        Shown(act + "propose", LEAD, one + "{overdue}/propose-complete/"),
        Shown(act + "propose", LEAD, one + "{overdue}/propose-complete/", ERROR, step=steps.send),
        Shown(act + "sign-off", CHAIR, one + "{proposed}/sign-off/"),
        Shown(act + "sign-off", CHAIR, one + "{proposed}/sign-off/", ERROR, step=steps.send),
        Shown(act + "withdraw", CHAIR, one + "{proposed}/withdraw/"),
        Shown(act + "withdraw", CHAIR, one + "{proposed}/withdraw/", ERROR, step=steps.send),
    ]


def _of_governance() -> list[Shown]:
    plan = "/plans/{plan}/"
    return [
        Shown("governance:dashboard", CHAIR, plan + "dashboard/"),
        Shown("governance:dashboard", CHAIR, plan + "dashboard/?month=2024-10"),
        Shown("governance:dashboard", CHAIR, plan + "dashboard/", EMPTY_STATE, QUIET),
        Shown("governance:dashboard", CHAIR, plan + "dashboard/", EMPTY_STATE, EMPTY),
        Shown("governance:pack-list", CHAIR, plan + "packs/"),
        Shown("governance:pack-list", CHAIR, plan + "packs/", EMPTY_STATE, EMPTY),
        Shown("governance:pack-detail", CHAIR, plan + "packs/{month}/board/1/"),
    ]


def _of_people() -> list[Shown]:
    name = "accounts:"
    invite = "/people/invite/"
    details = "?role=workstream_lead&chosen=1"
    give = "/people/{person}/roles/new/"

    def by_administrator(page: str, address: str, **more: object) -> Shown:
        return Shown(name + page, ADMINISTRATOR, address, **more)  # type: ignore[arg-type]

    def with_error(page: str, address: str, step: Step = steps.send) -> list[Shown]:
        """A page with a form, as it opens and after it was sent with a mistake."""
        return [
            by_administrator(page, address),
            by_administrator(page, address, state=ERROR, step=step),
        ]

    return [
        by_administrator("people-list", "/people/"),
        by_administrator("people-list", "/people/?q=nobody+has+this+name", state=EMPTY_STATE),
        by_administrator("person-detail", "/people/{person}/"),
        by_administrator("person-detail", "/people/{closed}/"),
        by_administrator("person-detail", "/people/{person}/", state=EMPTY_STATE, place=QUIET),
        *with_error("person-invite", invite, steps.choose_nothing),
        *with_error("person-invite", invite + details),
        *with_error("role-give", give, steps.choose_nothing),
        *with_error("role-give", give + details),
        *with_error("role-end", "/people/roles/{role}/end/"),
        *with_error("person-edit", "/people/{person}/edit/", steps.send_emptied),
        *with_error("person-close", "/people/{person}/close/"),
        *with_error("person-reopen", "/people/{closed}/reopen/", steps.send_too_long),
        by_administrator("post-list", "/people/posts/"),
        by_administrator("post-list", "/people/posts/?q=no+such+post", state=EMPTY_STATE),
        *with_error("post-fill", "/people/posts/{post}/people/new/"),
        *with_error("holding-end", "/people/holdings/{holding}/end/"),
        by_administrator("my-account", "/people/me/"),
        Shown(name + "my-account", STRANGER, "/people/me/", EMPTY_STATE),
        by_administrator("token-list", "/people/tokens/"),
        Shown(name + "token-list", LEAD, "/people/tokens/", EMPTY_STATE),
        by_administrator("token-revoke", "/people/tokens/{token}/revoke/"),
    ]


def _about_the_site() -> list[Shown]:
    return [
        Shown("pages:home", LEAD, "/"),
        Shown("pages:home", OFFICE, "/"),
        Shown("pages:home", CHAIR, "/"),
        Shown("pages:home", FAMILIES, "/"),
        Shown("pages:home", ADMINISTRATOR, "/"),
        Shown("pages:home", LEAD, "/", EMPTY_STATE, EMPTY),
        Shown("pages:home", CHAIR, "/", EMPTY_STATE, EMPTY),
        Shown("pages:home", FAMILIES, "/", EMPTY_STATE, QUIET),
        Shown("pages:home", STRANGER, "/", EMPTY_STATE),
        Shown("pages:roles", LEAD, "/who-can-do-what/"),
        Shown("pages:ratings", LEAD, "/ratings/"),
        Shown("pages:accessibility", None, "/accessibility/"),
        Shown("pages:privacy", None, "/privacy/"),
        Shown("pages:jobs", ADMINISTRATOR, "/jobs/"),
        Shown("pages:jobs", ADMINISTRATOR, "/jobs/", EMPTY_STATE, EMPTY),
        Shown("ui:gallery", LEAD, "/ui/"),
    ]


def _of_sign_in() -> list[Shown]:
    account, second = "/account/", "/account/2fa/"
    reset = account + "password/reset/"
    return [
        Shown("account_login", None, account + "login/"),
        Shown("account_login", None, account + "login/", ERROR, step=steps.send),
        Shown("account_logout", LEAD, account + "logout/"),
        Shown("account_inactive", None, account + "inactive/"),
        Shown("account_signup", None, account + "signup/"),
        Shown("account_reauthenticate", LEAD, account + "reauthenticate/"),
        Shown("account_reauthenticate", LEAD, account + "reauthenticate/", ERROR, step=steps.send),
        Shown("account_email_verification_sent", None, account + "confirm-email/"),
        Shown("account_confirm_email", None, account + "confirm-email/none/"),
        Shown("account_change_password", LEAD, account + "password/change/"),
        Shown(
            "account_change_password", LEAD, account + "password/change/", ERROR, step=steps.send
        ),
        Shown("account_set_password", INVITED, account + "password/set/"),
        Shown("account_set_password", INVITED, account + "password/set/", ERROR, step=steps.send),
        Shown("account_reset_password", None, reset),
        Shown("account_reset_password", None, reset, ERROR, step=steps.send),
        Shown("account_reset_password_done", None, reset + "done/"),
        Shown("account_reset_password_from_key", None, reset + "key/{reset}/", step=steps.follow),
        Shown(
            "account_reset_password_from_key", None, reset + "key/{reset}/", ERROR, step=steps.send
        ),
        Shown("account_reset_password_from_key", None, reset + "key/1-spent/", EMPTY_STATE),
        Shown("account_reset_password_from_key_done", None, reset + "key/done/"),
        Shown("mfa_index", CAREFUL, second),
        Shown("mfa_index", LEAD, second, EMPTY_STATE),
        Shown("mfa_authenticate", None, account + "login/", step=steps.sign_in_carefully),
        Shown("mfa_authenticate", None, account + "login/", ERROR, step=steps.mistype_the_code),
        Shown("mfa_reauthenticate", CAREFUL, second + "reauthenticate/"),
        Shown("mfa_activate_totp", LEAD, second + "totp/activate/"),
        Shown("mfa_activate_totp", LEAD, second + "totp/activate/", ERROR, step=steps.send),
        Shown("mfa_deactivate_totp", CAREFUL, second + "totp/deactivate/"),
        Shown("mfa_view_recovery_codes", CAREFUL, second + "recovery-codes/"),
        Shown("mfa_generate_recovery_codes", CAREFUL, second + "recovery-codes/generate/"),
        Shown("mfa_list_webauthn", CAREFUL, second + "webauthn/"),
        Shown("mfa_add_webauthn", CAREFUL, second + "webauthn/add/"),
        Shown("socialaccount_login_cancelled", None, account + "3rdparty/login/cancelled/"),
        Shown("socialaccount_login_error", LEAD, account + "3rdparty/login/error/", status=UNKNOWN),
        Shown("socialaccount_connections", LEAD, account + "3rdparty/"),
    ]


TABLE: tuple[Shown, ...] = (
    *_about_the_site(),
    *_of_plan(),
    *_of_governance(),
    *_of_people(),
    *_of_sign_in(),
)

NOT_PAGES = {
    "healthz": "for machines: one word",
    "readyz": "for machines: one word",
    "plans:milestone-export": "a file",
    "mfa_download_recovery_codes": "a file",
    "accounts:token-make": "a button of the list of tokens; sent only",
    "accounts:person-invite-again": "a button of a person's page; sent only",
    "email-is-changed-by-administrators": "not there for anybody",
    "account_email": "not there for anybody",
    "account_confirm_login_code": "leads back to sign-in: no codes are sent",
    "socialaccount_signup": "leads back to sign-in: nobody signs up",
    "mfa_reauthenticate_webauthn": "leads away from who has no security key",
    "mfa_remove_webauthn": "needs a security key, which no test has",
    "mfa_edit_webauthn": "needs a security key, which no test has",
    "openid_connect_login": "leads to the organisation's own sign-in",
    "openid_connect_callback": "comes from the organisation's own sign-in",
}
"""Addresses at which there is nothing to look at, and why."""

NOT_OURS = ("admin:", "api:", "plans-api:")
"""Django's own look-up for administrators, and the interface for programs."""

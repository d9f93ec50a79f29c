"""Every page of the site: its address, who sees most of it, and its states.

An address of the site that stands neither here nor under ``NOT_PAGES`` fails
``test_every_address_is_looked_at``.
"""

from tests.browser import steps
from tests.browser.pages_of_judgements import of_assurance, of_commitments, of_files, of_impact
from tests.browser.pages_of_meetings import NOT_PAGES_OF_MEETINGS, of_meetings
from tests.browser.pages_of_plan import of_exceptions, of_measures, of_plan, of_the_calendar
from tests.browser.pages_of_records import of_records
from tests.browser.pages_of_risks import of_risks
from tests.browser.people import EMPTY, QUIET
from tests.browser.shown import (
    ADMINISTRATOR,
    CAREFUL,
    CHAIR,
    EMPTY_STATE,
    ERROR,
    FAMILIES,
    INVITED,
    LEAD,
    NORMAL,
    OFFICE,
    REFUSED,
    STRANGER,
    UNKNOWN,
    Shown,
    Step,
)

__all__ = ["ADMINISTRATOR", "CHAIR", "ERROR", "FAMILIES", "LEAD", "NORMAL", "OFFICE", "Shown"]


def _of_governance() -> list[Shown]:
    plan, group = "/plans/{plan}/", "/plans/{plan}/groups/{group}/"
    seat = group + "members/{seat}/end/"
    return [
        Shown("governance:dashboard", CHAIR, plan + "dashboard/"),
        Shown("governance:dashboard", CHAIR, plan + "dashboard/?month=2024-10"),
        Shown("governance:dashboard", CHAIR, plan + "dashboard/?as_at=2024-06-30"),
        Shown("governance:dashboard", CHAIR, plan + "dashboard/", EMPTY_STATE, QUIET),
        Shown("governance:dashboard", CHAIR, plan + "dashboard/", EMPTY_STATE, EMPTY),
        Shown("governance:group-list", OFFICE, plan + "groups/"),
        Shown("governance:group-list", OFFICE, plan + "groups/", EMPTY_STATE, EMPTY),
        Shown("governance:group-add", OFFICE, plan + "groups/add/"),
        Shown("governance:group-add", OFFICE, plan + "groups/add/", ERROR, step=steps.send),
        Shown("governance:group-detail", OFFICE, group),
        Shown("governance:group-detail", OFFICE, plan + "groups/{bare}/", EMPTY_STATE),
        Shown("governance:group-place", OFFICE, group + "place/"),
        Shown("governance:group-place", OFFICE, group + "place/", ERROR, step=steps.send),
        Shown("governance:group-end", OFFICE, group + "end/"),
        Shown("governance:group-end", OFFICE, group + "end/", ERROR, step=steps.send),
        Shown("governance:membership-add", OFFICE, group + "members/add/"),
        Shown("governance:membership-add", OFFICE, group + "members/add/", ERROR, step=steps.send),
        Shown("governance:membership-end", OFFICE, seat),
        Shown("governance:membership-end", OFFICE, seat, ERROR, step=steps.send),
        Shown("governance:terms-add", OFFICE, group + "terms/add/"),
        Shown("governance:terms-add", OFFICE, group + "terms/add/", ERROR, step=steps.send),
        Shown("governance:stocktake", CHAIR, plan + "stocktake/"),
        Shown("governance:stocktake", CHAIR, plan + "stocktake/?since=2024-03&area=AI1"),
        Shown("governance:stocktake", CHAIR, plan + "stocktake/", EMPTY_STATE, EMPTY),
        Shown(
            "governance:stocktake",
            CHAIR,
            plan + "stocktake/?since=2031-01-01",
            ERROR,
            status=REFUSED,
        ),
        Shown("governance:changes", CHAIR, plan + "changes/"),
        Shown("governance:changes", FAMILIES, plan + "changes/?since=2024-06&until=2024-09"),
        Shown("governance:changes", CHAIR, plan + "changes/", EMPTY_STATE, EMPTY),
        Shown(
            "governance:changes",
            CHAIR,
            plan + "changes/?since=2031-01-01",
            ERROR,
            status=REFUSED,
        ),
    ]


def _of_packs() -> list[Shown]:
    """The Board's is issued, the Executive's waits for the office, the families' for a joint chair."""
    packs = "/plans/{plan}/packs/"
    issued, released = (packs + f"{{month}}/{name}/1/making/" for name in ("board", "families"))
    read = packs + "{executive_month}/executive/1/making/"
    name = "governance:pack-"
    again = issued + "deliveries/{unsure}/again/"
    return [
        Shown("governance:pack-list", CHAIR, packs + ""),
        Shown("governance:pack-list", CHAIR, packs + "", EMPTY_STATE, EMPTY),
        Shown("governance:pack-detail", CHAIR, packs + "{month}/board/1/"),
        Shown("governance:pack-detail", CHAIR, packs + "{executive_month}/executive/1/"),
        Shown("governance:pack-detail", FAMILIES, packs + "2024-08/families/1/"),
        Shown(name + "run", OFFICE, issued),
        Shown(name + "run", CHAIR, released),
        Shown(name + "run", OFFICE, read, EMPTY_STATE),
        Shown(name + "prepare", OFFICE, read + "prepare/"),
        Shown(name + "release", OFFICE, read + "release/"),
        Shown(name + "return", CHAIR, released + "return/"),
        Shown(name + "return", CHAIR, released + "return/", ERROR, step=steps.send),
        Shown(name + "issue", CHAIR, released + "issue/"),
        Shown(name + "reissue", OFFICE, issued + "reissue/"),
        Shown(name + "reissue", OFFICE, issued + "reissue/", ERROR, step=steps.send),
        Shown(name + "deliveries", OFFICE, issued + "deliveries/"),
        Shown(name + "deliveries", OFFICE, read + "deliveries/", EMPTY_STATE),
        Shown("governance:delivery-again", OFFICE, again),
    ]


def _of_feedback() -> list[Shown]:
    said = "/plans/{plan}/you-said-we-did/"
    entries = said + "entries/"
    name = "governance:feedback-"

    def with_error(
        page: str, who: str, address: str, step: Step = steps.send_emptied
    ) -> list[Shown]:
        return [
            Shown(name + page, who, address),
            Shown(name + page, who, address, ERROR, step=step),
        ]

    return [
        Shown(name + "list", FAMILIES, said),
        Shown(name + "list", FAMILIES, said, EMPTY_STATE, EMPTY),
        Shown(name + "quarter", FAMILIES, said + "2024-q2/"),
        Shown(name + "work", OFFICE, entries),
        Shown(name + "work", FAMILIES, entries),
        Shown(name + "work", OFFICE, entries, EMPTY_STATE, EMPTY),
        Shown(name + "detail", OFFICE, entries + "1/"),
        Shown(name + "detail", FAMILIES, entries + "6/", EMPTY_STATE),
        *with_error("enter", FAMILIES, entries + "add/", steps.send),
        *with_error("said", FAMILIES, entries + "6/said/"),
        *with_error("answer", LEAD, entries + "6/answer/"),
        Shown(name + "approve", OFFICE, entries + "4/approve/"),
        *with_error("publish", OFFICE, entries + "5/publish/", steps.send),
        *with_error("withdraw", OFFICE, entries + "5/withdraw/", steps.send),
    ]


def _of_search() -> list[Shown]:
    here = "/plans/{plan}/search/"
    return [
        Shown("governance:search", LEAD, here),
        Shown("governance:search", LEAD, here + "?q=plan"),
        Shown("governance:search", FAMILIES, here + "?q=no+such+words", EMPTY_STATE),
        Shown("governance:search", LEAD, here + "?q=a", ERROR, status=REFUSED),
    ]


def _of_public_summary() -> list[Shown]:
    made, name = "/plans/{plan}/public-summary/", "governance:summary-"
    month, area = made + "2024-09/", made + "2024-10/AI1/"
    public, site = "/public/{plan}/", "governance:public-"
    return [
        Shown(name + "list", OFFICE, made),
        Shown(name + "list", OFFICE, made, EMPTY_STATE, EMPTY),
        Shown(name + "month", OFFICE, month),
        Shown(name + "month", CHAIR, made + "2024-10/", EMPTY_STATE),
        Shown(name + "write", OFFICE, area + "write/"),
        Shown(name + "write", OFFICE, area + "write/", ERROR, step=steps.send),
        Shown(name + "approve", CHAIR, made + "2024-10/PA1/approve/"),
        Shown(name + "publish", OFFICE, month + "publish/"),
        Shown(name + "publish", OFFICE, month + "publish/", ERROR, step=steps.send),
        Shown(site + "plan", None, public),
        Shown(site + "month", None, public + "2024-09/"),
    ]


def _of_returns() -> list[Shown]:
    returns = "/plans/{plan}/returns/"
    mine, last = returns + "2024-10/{stream}/", returns + "2024-09/{stream}/"
    return [
        Shown("governance:return-list", OFFICE, returns + "2024-09/"),
        Shown("governance:return-list", CHAIR, returns + "2024-10/"),
        Shown("governance:return-list", OFFICE, returns + "2024-10/", EMPTY_STATE, QUIET),
        Shown("governance:return-detail", LEAD, mine),
        Shown("governance:return-detail", LEAD, last, EMPTY_STATE),
        Shown("governance:return-detail", LEAD, mine + "?view=others"),
        Shown("governance:return-row", LEAD, mine + "rows/AI1.3-1/"),
        Shown(
            "governance:return-row", LEAD, mine + "rows/AI1.3-1/", ERROR, step=steps.mistype_a_date
        ),
        Shown("governance:return-nothing", LEAD, mine + "nothing-to-report/"),
        Shown("governance:return-submit", LEAD, mine, ERROR, step=steps.submit_too_early),
        Shown("governance:return-check", OFFICE, last + "check/"),
        Shown("governance:return-check", OFFICE, mine + "check/", EMPTY_STATE),
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
        Shown(name + "my-account", LEAD, "/people/me/"),
        Shown(name + "deputy-name", LEAD, "/people/me/deputy/"),
        Shown(name + "deputy-name", LEAD, "/people/me/deputy/", ERROR, step=steps.send_emptied),
        Shown(name + "deputy-list", OFFICE, "/people/deputies/"),
        by_administrator("deputy-list", "/people/deputies/", state=EMPTY_STATE, place=QUIET),
        *with_error("deputy-end", "/people/deputies/{deputyship}/end/"),
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
        Shown("pages:home", FAMILIES, "/?as_at=2024-06-30"),
        Shown("pages:home", CHAIR, "/?as_at=2024-06-30"),
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
    *of_plan(),
    *of_measures(),
    *of_files(),
    *of_impact(),
    *of_commitments(),
    *of_exceptions(),
    *of_assurance(),
    *_of_governance(),
    *_of_packs(),
    *_of_feedback(),
    *_of_public_summary(),
    *_of_search(),
    *_of_returns(),
    *of_records(),
    *of_risks(),
    *of_the_calendar(),
    *of_meetings(),
    *_of_people(),
    *_of_sign_in(),
)

NOT_PAGES = NOT_PAGES_OF_MEETINGS | {
    "governance:because-of-data-export": "a file",
    "governance:public-feed": "for feed readers",
    "governance:summary-switch": "the executive chair's form, of fields that other pages show",
    "governance:return-current": "leads on to the month that is reported now",
    "governance:return-discard": "a button of a return; sent only",
    "governance:return-accept": "a button of the page on which a return is checked; sent only",
    "governance:return-remind": "a button of the list of returns; sent only",
    "governance:return-send-back": "a form of the page on which a return is checked; sent only",
    "healthz": "for machines: one word",
    "readyz": "for machines: one word",
    "governance:audit-file": "a file",
    "governance:terms-file": "a file",
    "governance:risk-export": "a file",
    "governance:changes-export": "a file",
    "governance:stocktake-document": "a file",
    "governance:pack-pdf": "a file",
    "governance:pack-word": "a file",
    "governance:pack-workbook": "a file",
    "governance:pack-csv": "a file",
    "plans:milestone-export": "a file",
    "kpis:indicator-export": "a file",
    "kpis:indicator-figures": "a file",
    "kpis:indicator-drawing": "a file",
    "kpis:indicator-picture": "a file",
    "plans:evidence-file": "a file",
    "plans:milestone-ask": "a button of the page that refuses a signature; sent only",
    "governance:group-take-over": "a button of the list of groups; sent only",
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

NOT_OURS = ("admin:", "api:", "governance-api:", "kpis-api:", "plans-api:")
"""Django's own look-up for administrators, and the interface for programs."""

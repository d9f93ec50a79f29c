"""Django's own admin: for the technical administrators of the installation, to look things up.

It shows people, roles, posts and locked sign-ins, nothing of the plan, and changes nothing but a
locked sign-in, which may be lifted. People and roles are managed on the site's pages, where every
change has its rule, its reason and its history.
"""

from allauth.account.decorators import secure_admin_login
from axes.models import AccessAttempt
from django.contrib import admin
from django.http import HttpRequest

from hertsend.accounts.models import Partnership, Post, PostHolding, RoleAssignment, User


class TechnicalSite(admin.AdminSite):
    """Shows only what is registered below, and only to technical administrators."""

    site_title = site_header = "hertsend: technical administration"
    index_title = "Look up"
    enable_nav_sidebar = False

    def has_permission(self, request: HttpRequest) -> bool:
        """An open account that was made with ``createsuperuser``; roles of a partnership do not count."""
        return bool(request.user.is_active and request.user.is_superuser)


site = TechnicalSite(name="admin")
# Signs in like everybody: with the lock after failures, and the second factor.
site.login = secure_admin_login(site.login)  # type: ignore[method-assign]


class LookUp(admin.ModelAdmin):
    """Rows to read."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """Never."""
        return False


@admin.register(User, site=site)
class UserAdmin(LookUp):
    """People, without their password's hash."""

    fields = ("name", "email", "is_active", "is_superuser", "last_login")
    list_display = ("name", "email", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("name", "email")


@admin.register(Partnership, site=site)
class PartnershipAdmin(LookUp):
    """Partnerships."""

    list_display = ("name", "slug", "place")


@admin.register(RoleAssignment, site=site)
class RoleAssignmentAdmin(LookUp):
    """Roles, running and over."""

    list_display = (
        "user",
        "partnership",
        "role",
        "scope_key",
        "starts_on",
        "ends_on",
        "is_cancelled",
    )
    list_filter = ("role", "partnership")
    list_select_related = ("user", "partnership")
    search_fields = ("user__name", "user__email")


@admin.register(Post, site=site)
class PostAdmin(LookUp):
    """Posts that plans name."""

    list_display = ("title", "organisation", "partnership")
    list_select_related = ("partnership",)
    search_fields = ("title",)


@admin.register(PostHolding, site=site)
class PostHoldingAdmin(LookUp):
    """Who is in which post."""

    list_display = ("post", "user", "is_deputy", "starts_on", "ends_on", "is_cancelled")
    list_select_related = ("post", "user")
    search_fields = ("post__title", "user__name")


@admin.register(AccessAttempt, site=site)
class AccessAttemptAdmin(LookUp):
    """Failed sign-ins; deleting one lifts the lock before its 15 minutes are over."""

    fields = ("username", "ip_address", "failures_since_start", "attempt_time")
    list_display = ("username", "ip_address", "failures_since_start", "attempt_time")

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """For whoever may open this site at all."""
        return site.has_permission(request)

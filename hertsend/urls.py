"""The only place that joins the apps together: pages and the API."""

from django.urls import include, path

from hertsend import health
from hertsend.accounts import admin
from hertsend.accounts.views import account

urlpatterns = [
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("", include("hertsend.pages.urls")),
    path("people/", include("hertsend.pages.people_urls")),
    path("", include("hertsend.ui.urls")),
    path("", include("plans.urls")),
    path("", include("kpis.urls")),
    path("", include("governance.urls")),
    path("account/email/", account.not_here, name="email-is-changed-by-administrators"),
    path("account/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("api/v1/", include("hertsend.api.urls")),
    path("api/v1/plans/", include("governance.api.urls")),
    path("api/v1/plans/", include("plans.api.urls")),
    path("api/v1/plans/", include("kpis.api.urls")),
]

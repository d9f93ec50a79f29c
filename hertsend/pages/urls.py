"""Pages that join the apps together."""

from django.urls import path

from hertsend.pages.views import about, home, jobs, roles

app_name = "pages"

urlpatterns = [
    path("", home.home, name="home"),
    path("who-can-do-what/", roles.roles, name="roles"),
    path("jobs/", jobs.jobs, name="jobs"),
    path("ratings/", about.ratings, name="ratings"),
    path("accessibility/", about.accessibility, name="accessibility"),
    path("privacy/", about.privacy, name="privacy"),
]

"""All pages about people, those that need the plan's workstreams and areas among them."""

from django.urls import path

from hertsend.accounts import urls
from hertsend.pages.views import people

app_name = "accounts"

urlpatterns = [
    path("invite/", people.person_invite, name="person-invite"),
    path("<int:pk>/roles/new/", people.role_give, name="role-give"),
    *urls.urlpatterns,
]

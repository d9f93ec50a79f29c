"""Addresses of the pages about people that know nothing of plans.

``hertsend.pages.people_urls`` joins them with those that do, under the one name ``accounts``.
"""

from django.urls import path

from hertsend.accounts.views import account, deputies, people, posts

urlpatterns = [
    path("", people.people_list, name="people-list"),
    path("me/", account.my_account, name="my-account"),
    path("me/deputy/", deputies.deputy_name, name="deputy-name"),
    path("deputies/", deputies.deputy_list, name="deputy-list"),
    path("deputies/<int:pk>/end/", deputies.deputy_end, name="deputy-end"),
    path("tokens/", account.token_list, name="token-list"),
    path("tokens/new/", account.token_make, name="token-make"),
    path("tokens/<slug:reference>/revoke/", account.token_revoke, name="token-revoke"),
    path("posts/", posts.post_list, name="post-list"),
    path("posts/<int:pk>/people/new/", posts.post_fill, name="post-fill"),
    path("holdings/<int:pk>/end/", posts.holding_end, name="holding-end"),
    path("roles/<int:pk>/end/", people.role_end, name="role-end"),
    path("<int:pk>/", people.person_detail, name="person-detail"),
    path("<int:pk>/edit/", people.person_edit, name="person-edit"),
    path("<int:pk>/close/", people.person_close, name="person-close"),
    path("<int:pk>/reopen/", people.person_reopen, name="person-reopen"),
    path("<int:pk>/invite-again/", people.person_invite_again, name="person-invite-again"),
]

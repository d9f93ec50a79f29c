"""Pages of judging."""

from django.urls import path

from governance.views import assurance

urlpatterns = [
    path("plans/<slug:plan>/assurance/", assurance.assurance_list, name="assurance-list"),
    path("plans/<slug:plan>/assurance/<str:key>/", assurance.assurance_rate, name="assurance-rate"),
]

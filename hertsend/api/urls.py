"""The schema of the JSON interface; the endpoints stand in the apps."""

from django.urls import path

from hertsend.api import views

app_name = "api"

urlpatterns = [path("schema/", views.Schema.as_view(), name="schema")]

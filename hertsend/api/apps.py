from django.apps import AppConfig


class ApiConfig(AppConfig):
    name = "hertsend.api"
    label = "api"
    verbose_name = "API plumbing"

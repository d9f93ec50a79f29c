from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "hertsend.ui"
    label = "ui"
    verbose_name = "User interface"

from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "hertsend.pages"
    label = "pages"
    verbose_name = "Pages that join apps"

from django.apps import AppConfig


class ServeConfig(AppConfig):
    name = "hertsend.serve"
    label = "serve"
    verbose_name = "Commands that install and run the site"

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "hertsend.records"
    label = "records"
    verbose_name = "Bases of rows"

from importlib import import_module

from django.apps import AppConfig


class KpisConfig(AppConfig):
    name = "kpis"
    label = "kpis"
    verbose_name = "Measures"

    def ready(self) -> None:
        """Let measures come with a plan file, and say of actions whose targets were held."""
        import_module("kpis.services.indicators")
        import_module("kpis.selectors.held")

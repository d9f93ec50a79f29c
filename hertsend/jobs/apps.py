from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "hertsend.jobs"
    label = "jobs"
    verbose_name = "Background work"

    def ready(self) -> None:
        """Import every app's handlers, renderers and sources of matters.

        The registries are then the same in web server, worker, command and test, so that a kind
        of work that nobody can do is refused where it is asked for.
        """
        autodiscover_modules("tasks", "notifications", "matters")

"""The project: composition on top, foundations underneath."""

# Tasks declared with shared_task find the application only once it has been made.
from hertsend.celery import app as celery_app

__all__ = ["celery_app"]

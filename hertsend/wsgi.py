"""The entry point for gunicorn."""

import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hertsend.settings")

application = get_wsgi_application()
# Pages are imported now, before workers fork, and not while the first reader waits.
get_resolver().url_patterns  # noqa: B018

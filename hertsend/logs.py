"""Logging: one line an event, on standard error, without secrets and without what a person typed.

Standard output stays free for the data that commands print.
"""

import re
from typing import Any

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

SECRET_NAMES = re.compile(
    r"passw|secret|token|authori[sz]ation|cookie|session|csrf|credential|\bkey\b", re.IGNORECASE
)
# An address may carry words somebody searched for, the one in a reset message opens an account,
# and that of a calendar is its key.
QUERY = re.compile(r"\?\S*")
RESET_KEY = re.compile(r"(/(?:reset/key|confirm-email|invitation|meetings/feed)/)[^/\s]+")
CREDENTIALS = re.compile(r"(://[^:/@\s]*:)[^@/\s]+@")
REMOVED = "[removed]"


def without_secrets(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Take secrets out of an event: by the name of a value, and inside addresses."""
    return {name: cleaned(name, value) for name, value in event.items()}


def cleaned(name: str, value: Any) -> Any:
    if SECRET_NAMES.search(name):
        return REMOVED
    if isinstance(value, dict):
        return {inner: cleaned(str(inner), part) for inner, part in value.items()}
    if not isinstance(value, str):
        return value
    if name == "request":
        value = QUERY.sub("", value)
    return CREDENTIALS.sub(rf"\1{REMOVED}@", RESET_KEY.sub(rf"\1{REMOVED}", value))


SHARED_PROCESSORS: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_log_level,
    structlog.stdlib.add_logger_name,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.stdlib.PositionalArgumentsFormatter(),
    structlog.processors.format_exc_info,
    without_secrets,
]


def configure(*, form: str, level: str) -> dict[str, Any]:
    """Set structlog up and answer Django's LOGGING; `form` is "json" for machines or "console" for people."""
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED_PROCESSORS,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer: Processor = (
        structlog.processors.JSONRenderer()
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    )
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    renderer,
                ],
                "foreign_pre_chain": SHARED_PROCESSORS,
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": level},
        "loggers": {
            # Django's own handlers would say everything twice.
            "django": {"handlers": [], "level": level, "propagate": True},
            "django.server": {"handlers": [], "level": level, "propagate": True},
            # The request log has the same, with the request's id.
            "django.request": {"level": "ERROR"},
            "celery.beat": {"level": "WARNING"},
        },
    }

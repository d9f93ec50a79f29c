"""The site without its version check: the control, which shows that the race would notice."""

from hertsend.wsgi import application
from plans import policies

__all__ = ["application"]


def never_look(*, current: int, base: int) -> bool:
    """Whatever the form was opened on, it is current."""
    return True


policies.check_version = never_look

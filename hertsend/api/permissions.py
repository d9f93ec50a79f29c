"""Who may ask at all: people with a current role. What they see is decided row by row."""

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from hertsend.accounts import access


class HoldsARole(BasePermission):
    """Refuses everyone without a current role, whatever the method; services refuse the rest."""

    message = "You hold no role in a partnership now."

    def has_permission(self, request: Request, view: Any) -> bool:
        """Whether the person holds any role today."""
        return bool(access.of(request.user).grants)

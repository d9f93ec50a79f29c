"""The page "Who can do what", made from the matrix of roles and permissions."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from hertsend.accounts import access
from hertsend.accounts.roles_table import role_table


@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Every role with what it may do, and the whole matrix as a table; the reader's own roles marked."""
    own = {grant.role.value for grant in access.of(request.user).grants}
    return render(request, "pages/roles.html", {"table": role_table(), "own": own})

"""Who asks: a token of django-rest-knox that ends with the person's last role."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from knox.auth import TokenAuthentication as KnoxTokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from hertsend.accounts import access

REFUSED = "This token is not valid, or it has ended."


class TokenAuthentication(KnoxTokenAuthentication):
    """Takes ``Authorization: Token …``; one sentence for every reason for which it is refused.

    A token of a person who is deactivated or holds no role today opens nothing. The token itself
    stays, so that it works again for somebody whose role was ended by mistake.
    """

    def authenticate_credentials(self, token: bytes) -> tuple[Any, Any]:
        """Answer the person and the token. Raises ``AuthenticationFailed``."""
        try:
            person, row = super().authenticate_credentials(token)
        except (AuthenticationFailed, UnicodeDecodeError):
            raise AuthenticationFailed(REFUSED) from None
        if not access.of(person).grants:
            raise AuthenticationFailed(REFUSED)
        return person, row


class TokenScheme(OpenApiAuthenticationExtension):
    """How the schema describes the token."""

    target_class = TokenAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """An API key in the header ``Authorization``, after the word "Token"."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token` and a space, then the token made on the page “Tokens”.",
        }

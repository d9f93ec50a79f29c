"""What a browser may do with our pages: the Content Security Policy and the Permissions Policy."""

from typing import Any
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

# Everything a page could ask a reader's device for. The site needs none of it.
DEVICE_FEATURES = (
    "accelerometer",
    "autoplay",
    "camera",
    "display-capture",
    "encrypted-media",
    "geolocation",
    "gyroscope",
    "magnetometer",
    "microphone",
    "midi",
    "payment",
    "usb",
    "xr-spatial-tracking",
)


def content_security_policy(*, secure: bool, sign_in: str) -> dict[str, Any]:
    """django-csp's setting: everything from this site, inline script and style by nonce only.

    `secure` also turns plain addresses into https; `sign_in` is the address of an organisation's own sign-in,
    to which the sign-in form leads on.
    """
    parts = urlsplit(sign_in)
    form_targets = [SELF, f"{parts.scheme}://{parts.netloc}"] if parts.netloc else [SELF]
    return {
        "DIRECTIVES": {
            "default-src": [SELF],
            "script-src": [SELF, NONCE],
            "style-src": [SELF, NONCE],
            # The picture to scan for a second factor is made on the fly.
            "img-src": [SELF, "data:"],
            "object-src": [NONE],
            "base-uri": [NONE],
            "frame-ancestors": [NONE],
            "form-action": form_targets,
            "upgrade-insecure-requests": secure,
        }
    }


def permissions_policy() -> dict[str, list[str]]:
    """django-permissions-policy's setting: no feature for anybody."""
    return {feature: [] for feature in DEVICE_FEATURES}

"""Asks this machine's web server whether it is ready: `python hertsend/serve/probe.py`, exit status 0 for yes.

Standard library only and run as a file, so that asking every few seconds costs next to nothing. It names the
site's own host, since the server answers to no other.
"""

import http.client
import os
import sys
from urllib.parse import urlsplit

SECONDS = 5


def is_ready(port: int, host: str) -> bool:
    """Whether `/readyz` on this machine answers 200 to a request for `host`."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS)
    try:
        connection.request("GET", "/readyz", headers={"Host": host})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    origin = os.environ.get("SITE_ORIGIN", "")
    ready = is_ready(int(os.environ.get("PORT", "8000")), urlsplit(origin).hostname or "localhost")
    sys.exit(0 if ready else 1)

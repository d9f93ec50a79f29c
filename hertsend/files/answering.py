"""Handing a file out: always to be saved, never to be shown or run inside the site."""

from typing import BinaryIO, Protocol

from django.http import FileResponse, Http404

from hertsend.files import store

NEVER_HERE = "sandbox; default-src 'none'; frame-ancestors 'none'"
NOT_KEPT = "private, no-store"


def as_attachment(file: BinaryIO, *, name: str, media_type: str, size: int) -> FileResponse:
    """The file as a download under a safe name, with all that keeps a browser from opening it here."""
    response = FileResponse(file, as_attachment=True, filename=name, content_type=media_type)
    response.headers["Content-Length"] = str(size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = NEVER_HERE
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    response.headers["Cache-Control"] = NOT_KEPT
    return response


class Kept(Protocol):
    """The row of a file that lies in its place."""

    name: str
    media_type: str
    size: int
    sha256: str


def as_download(kept: Kept) -> FileResponse:
    """The file of a row as a download. Raises ``Http404`` where it does not lie in its place."""
    try:
        file = store.opened(kept.sha256)
    except store.FileIsGone:
        raise Http404 from None
    return as_attachment(file, name=kept.name, media_type=kept.media_type, size=kept.size)

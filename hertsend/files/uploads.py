"""How uploads reach the disk: streamed, and no further than the limit."""

from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import TemporaryFileUploadHandler

LARGEST_FILE = 20 * 1024 * 1024
MOST_FILES = 5
LARGEST_BODY = (MOST_FILES + 1) * LARGEST_FILE


class CappedUploadHandler(TemporaryFileUploadHandler):
    """Writes each file to a temporary one of its own; what goes beyond the limit is counted and dropped.

    The form then says that the file is too large, beside everything else that was typed. A body
    that is larger than a form with several files is refused before it is read.
    """

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse a body that nobody needs to send. Raises ``RequestDataTooBig``."""
        if content_length > LARGEST_BODY:
            raise RequestDataTooBig("The body is larger than any form of ours needs.")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Keep a part of the file, unless the limit is passed."""
        if start <= LARGEST_FILE:
            super().receive_data_chunk(raw_data, start)

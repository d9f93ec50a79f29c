"""Uploads reach the disk in parts, and no more of them than the limit."""

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory

from hertsend.files.uploads import LARGEST_BODY, LARGEST_FILE, CappedUploadHandler

BOUNDARY = "line"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


class Parts:
    """A body that is made while it is read: it never stands in memory whole."""

    def __init__(self, size: int) -> None:
        head = (
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="words"\r\n\r\nTyped.\r\n'
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n'
            "Content-Type: text/plain\r\n\r\n"
        ).encode()
        self.parts = [head, *([b"x" * 65_536] * (size // 65_536)), b"x" * (size % 65_536)]
        self.parts.append(f"\r\n--{BOUNDARY}--\r\n".encode())
        self.length = sum(map(len, self.parts))
        self.rest = b""

    def read(self, size: int = -1) -> bytes:
        """Some of it."""
        while self.parts and len(self.rest) < size:
            self.rest += self.parts.pop(0)
        given, self.rest = self.rest[:size], self.rest[size:]
        return given

    readline = None


@pytest.fixture
def sent():
    """Send a body; its files are closed at the end, as an answer to it would close them."""
    requests = []

    def send(size: int, told: int | None = None):
        body = Parts(size)
        request = RequestFactory().post(
            "/",
            **{
                "wsgi.input": body,
                "CONTENT_TYPE": TYPE,
                "CONTENT_LENGTH": told or body.length,
            },
        )
        requests.append(request)
        return request

    yield send
    for request in requests:
        request.close()


def test_a_file_comes_whole_with_what_was_typed(sent):
    request = sent(100_000)
    assert request.POST["words"] == "Typed."
    assert request.FILES["file"].size == 100_000
    assert len(request.FILES["file"].read()) == 100_000


def test_what_passes_the_limit_is_counted_and_not_kept(sent):
    request = sent(LARGEST_FILE + 5_000_000)
    assert request.POST["words"] == "Typed."
    file = request.FILES["file"]
    assert file.size == LARGEST_FILE + 5_000_000
    assert LARGEST_FILE < len(file.read()) <= LARGEST_FILE + CappedUploadHandler.chunk_size


def test_a_body_that_nobody_needs_is_refused_before_it_is_read(sent):
    request = sent(10, told=LARGEST_BODY + 1)
    with pytest.raises(RequestDataTooBig):
        _ = request.POST

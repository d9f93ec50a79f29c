"""A folder of files for each test, and files as the framework hands them over."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile


@pytest.fixture
def files(settings, tmp_path):
    """The private folder, empty."""
    settings.HERTSEND_FILES = tmp_path / "files"
    return settings.HERTSEND_FILES


@pytest.fixture
def handed():
    """Answer a file as a browser hands it in."""

    def hand(name: str, content: bytes) -> SimpleUploadedFile:
        upload = SimpleUploadedFile("placeholder", content)
        # Past the framework's own cleaning, as another server might leave it.
        upload._name = name
        return upload

    return hand

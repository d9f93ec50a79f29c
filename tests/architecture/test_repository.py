"""No file names a package registry, a folder of somebody's machine, or work that is left to do."""

import re

import pytest

from tests.architecture.source import ROOT, repository_files

LEFT = "|".join(word.upper() for word in ("todo", "fixme", "xxx"))
FAULTS = {
    "the address of a package registry": re.compile(
        r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmmirror|artifactory", re.IGNORECASE
    ),
    "a folder of a machine": re.compile(
        r"(?<![\w.:/-])/(?:home|root|Users|work|workspace|tmp|opt|mnt)/[\w.-]+"
    ),
    "work that is left to do": re.compile(rf"\b(?:{LEFT})\b"),
}
ARGUED = {
    ("Dockerfile", "a folder of a machine"): "folders inside the image",
    ("docker-compose.yml", "a folder of a machine"): "folders inside the containers",
}
BINARY = {".png", ".ico", ".sqlite3", ".woff2", ".pdf"}
THIS = "tests/architecture/test_repository.py"


def faults(text: str) -> dict[str, str]:
    """What a text should not hold, with the first place."""
    found = {what: pattern.search(text) for what, pattern in FAULTS.items()}
    return {what: match[0] for what, match in found.items() if match}


def test_no_file_holds_what_belongs_elsewhere():
    found = {}
    for path in repository_files():
        name = str(path.relative_to(ROOT))
        if path.suffix not in BINARY and name != THIS:
            for what, where in faults(path.read_text(encoding="utf-8", errors="replace")).items():
                found[(name, what)] = where

    assert {place: where for place, where in found.items() if place not in ARGUED} == {}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (f"index-url = https://{'py' + 'pi'}.org/simple", "the address of a package registry"),
        (
            f'"resolved": "https://registry.{"npm" + "js"}.org/x"',
            "the address of a package registry",
        ),
        (f"open('/{'ho' + 'me'}/alex/plan.json')", "a folder of a machine"),
        (f"# {'todo'.upper()}: later", "work that is left to do"),
    ],
)
def test_the_guard_sees_each_fault(text, found):
    assert list(faults(text)) == [found]


@pytest.mark.parametrize(
    "text",
    ["https://www.gov.uk/home/page", "plans/tmp/", "fixtures/source", "a simple plan", "todo list"],
)
def test_the_guard_leaves_the_rest_alone(text):
    assert faults(text) == {}

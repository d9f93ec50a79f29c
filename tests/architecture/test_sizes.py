"""Files of at most 400 lines, functions of at most 50: what is longer is two things.

A test may be a little longer, as it holds whole values to compare with.
"""

import ast

import pytest

from tests.architecture.source import ROOT, repository_files

LONGEST_FILE = 400
LONGEST_FUNCTION, LONGEST_TEST = 50, 60
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def too_long(text: str) -> list[str]:
    """A file or functions that ask to be split."""
    lines = len(text.splitlines())
    found = [f"{lines} lines"] if lines > LONGEST_FILE else []
    return found + [
        f"{node.name}: {length} lines"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, FUNCTIONS) and (length := _length(node)) > _longest(node)
    ]


def _longest(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return LONGEST_TEST if node.name.startswith("test_") else LONGEST_FUNCTION


def _length(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """The lines of a function without its docstring, which may be as long as it is useful."""
    words = ast.get_docstring(node, clean=False)
    return node.end_lineno - node.lineno + 1 - (words.count("\n") + 1 if words else 0)


def source_files():
    return [
        path
        for path in repository_files()
        if path.suffix == ".py" and "migrations" not in path.parts
    ]


def test_files_and_functions_are_short():
    found = {str(path.relative_to(ROOT)): too_long(path.read_text()) for path in source_files()}

    assert {path: faults for path, faults in found.items() if faults} == {}, "Split it"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("x = 1\n" * 400, []),
        ("x = 1\n" * 401, ["401 lines"]),
        ("def long():\n" + "    x = 1\n" * 49, []),
        ("def long():\n" + "    x = 1\n" * 50, ["long: 51 lines"]),
        ('def long():\n    """Says\n    much."""\n' + "    x = 1\n" * 49, []),
    ],
)
def test_the_guard_sees_length(text, found):
    assert too_long(text) == found


def test_there_is_something_to_measure():
    assert len(source_files()) > 200

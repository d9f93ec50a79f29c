"""Reading our own source for the guards: modules with their syntax trees, and names resolved.

A guard is a function from a module (or a text) to faults in words; its control runs it on a sample.
"""

import ast
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APPS = ("hertsend", "plans", "kpis", "governance")
# What is fetched, made or kept on a machine; the same as in .gitignore.
NOT_OURS = {"node_modules", "staticfiles", "data", "__pycache__", "build"}


@dataclass(frozen=True)
class Module:
    """A module of the application: its dotted name, its text, and its syntax tree."""

    name: str
    text: str

    @functools.cached_property
    def tree(self) -> ast.Module:
        """The syntax tree."""
        return ast.parse(self.text)

    @functools.cached_property
    def imported(self) -> dict[str, str]:
        """What each imported name stands for: ``{"dt": "datetime", "now": "django.….now"}``."""
        names = {}
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    shown = alias.asname or alias.name.split(".")[0]
                    names[shown] = alias.name if alias.asname else shown
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        return names

    def imports(self) -> Iterator[tuple[int, str]]:
        """Each import with its line: ``django.http`` and ``django.http.HttpRequest`` for a name."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                yield from ((node.lineno, alias.name) for alias in node.names)
            elif isinstance(node, ast.ImportFrom):
                yield from ((node.lineno, f"{node.module}.{alias.name}") for alias in node.names)

    def meaning(self, node: ast.AST) -> str:
        """The dotted name of an expression with its imports resolved; "" for anything else."""
        if isinstance(node, ast.Name):
            return self.imported.get(node.id, node.id)
        if isinstance(node, ast.Attribute):
            before = self.meaning(node.value)
            return f"{before}.{node.attr}" if before else ""
        return ""

    def calls(self) -> Iterator[tuple[int, str, ast.Call]]:
        """Each call with its line and what is called."""
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Call):
                yield node.lineno, self.meaning(node.func), node

    def is_in(self, *parts: str) -> bool:
        """Whether one of the parts ("services", "views") is in the module's dotted name."""
        return bool(set(parts) & set(self.name.split(".")))


def sample(text: str, name: str = "plans.services.sample") -> Module:
    """A module for a control."""
    return Module(name, text)


@functools.cache
def modules() -> tuple[Module, ...]:
    """All modules of the application but its migrations."""
    found = []
    for app in APPS:
        for path in sorted((ROOT / app).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            if "migrations" not in parts:
                name = ".".join(part for part in parts if part != "__init__")
                found.append(Module(name, path.read_text(encoding="utf-8")))
    return tuple(found)


@functools.cache
def repository_files() -> tuple[Path, ...]:
    """Every file that belongs to the repository, without what is fetched, made or kept."""
    return tuple(_walk(ROOT))


def _walk(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        is_hidden = path.name.startswith(".") and path.name != ".ci"
        if path.is_dir() and not path.is_symlink():
            if not is_hidden and path.name not in NOT_OURS:
                yield from _walk(path)
        elif not is_hidden or path.name in {
            ".env.example",
            ".gitignore",
            ".dockerignore",
            ".npmrc",
        }:
            yield path


def argument(call: ast.Call, name: str) -> ast.expr | None:
    """The value given for a keyword."""
    return next((each.value for each in call.keywords if each.arg == name), None)

"""Puts in place what a bare checkout needs: `python3 hertsend/serve/installation.py`, by `make setup`.

Standard library only, since it runs before anything is installed. Each step leaves a stamp that holds the
hash of the files it was made from, so a second run does nothing and a changed lock file is noticed.
"""

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
OLDEST_PYTHON = (3, 11)
OLDEST_NODE = 18

# pip reads its own configuration and uv does not, so uv is told what the machine has set for pip.
UV_NAMES = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "cert": "SSL_CERT_FILE",
    "trusted-host": "UV_INSECURE_HOST",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
}


class InstallationError(Exception):
    """A step cannot go on; the message says what the person at the keyboard can do."""


def pip_settings(lines: Iterable[str]) -> dict[str, str]:
    """The options in the output of `pip config list`; the environment's win over a file's."""
    from_files: dict[str, str] = {}
    from_environment: dict[str, str] = {}
    for line in lines:
        name, separator, quoted = line.partition("=")
        if not separator:
            continue
        section, _, option = name.strip().rpartition(".")
        target = from_environment if section == ":env:" else from_files
        target[option] = quoted.strip().strip("'\"").replace("\\n", " ")
    return from_files | from_environment


def uv_environment(settings: Mapping[str, str], current: Mapping[str, str]) -> dict[str, str]:
    """What to add to the environment so that uv looks where pip would; what is set already stays."""
    added = {
        UV_NAMES[option]: value.strip()
        for option, value in settings.items()
        if option in UV_NAMES and UV_NAMES[option] not in current
    }
    # pip takes the best version of all indexes. The hashes of the lock files decide what is accepted.
    return {"UV_INDEX_STRATEGY": "unsafe-best-match", "UV_LINK_MODE": "copy"} | added


def fingerprint(paths: Iterable[Path]) -> str:
    """One hash over the contents of some files, and over the Python that runs."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for path in paths:
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Installation:
    """The steps of a set-up in one checkout; `quick` when their stamps are current."""

    def __init__(self, root: Path = ROOT, report: Callable[[str], None] = print):
        self.root = root
        self.report = report
        self.environment = root / ".venv"
        self.python = self.environment / "bin" / "python"
        self.stamps = self.environment / ".stamps"

    def run(self) -> None:
        """All steps in order; raises InstallationError with a sentence for the reader."""
        self.step("virtual environment", [], self.make_environment, self.python)
        self.step("Python packages", ["requirements-dev.txt"], self.install_packages)
        self.step(
            "front-end packages",
            ["package-lock.json"],
            self.install_front_end,
            self.root / "node_modules",
        )
        self.step(
            "front-end files",
            ["package-lock.json", "hertsend/serve/assets.py"],
            self.build_assets,
            self.root / "static" / "build",
        )

    def step(
        self, name: str, sources: list[str], action: Callable[[], None], product: Path | None = None
    ) -> None:
        """Do one step unless its stamp equals the hash of its sources and its product is there."""
        stamp = self.stamps / name.replace(" ", "-")
        current = fingerprint(self.root / source for source in sources)
        made = product is None or product.exists()
        if made and stamp.exists() and stamp.read_text() == current:
            return
        started = time.monotonic()
        self.report(f"setup: {name} ...")
        action()
        self.stamps.mkdir(parents=True, exist_ok=True)
        stamp.write_text(current)
        self.report(f"setup: {name} done in {time.monotonic() - started:.1f} s")

    def call(self, *command: str | Path, extra: Mapping[str, str] | None = None) -> None:
        """Run a command in the checkout; its failure ends the set-up with its own words above ours."""
        completed = subprocess.run(
            [str(part) for part in command],
            cwd=self.root,
            env=os.environ | dict(extra or {}),
            check=False,
        )
        if completed.returncode:
            raise InstallationError(
                f"`{Path(command[0]).name}` failed (above). Nothing else was done."
            )

    def make_environment(self) -> None:
        if sys.version_info < OLDEST_PYTHON:
            raise InstallationError(
                "Python 3.11 or newer is needed: run `make PYTHON=python3.11 setup`."
            )
        try:
            self.call(sys.executable, "-m", "venv", "--clear", self.environment)
        except InstallationError:
            raise InstallationError(
                "Python cannot make virtual environments: install the package python3-venv."
            ) from None

    def install_packages(self) -> None:
        pip = [str(self.python), "-m", "pip", "--disable-pip-version-check"]
        try:
            self.call(*pip, "install", "-q", "--require-hashes", "-r", "requirements-installer.txt")
            self.call(
                self.environment / "bin" / "uv",
                *("pip", "install", "-q", "--require-hashes", "-r", "requirements-dev.txt"),
                extra={"VIRTUAL_ENV": str(self.environment)}
                | uv_environment(self.pip_settings(), os.environ),
            )
        except InstallationError:
            self.report("setup: uv could not do it, so pip installs the same file (about a minute)")
            self.call(*pip, "install", "-q", "--require-hashes", "-r", "requirements-dev.txt")

    def pip_settings(self) -> dict[str, str]:
        listed = subprocess.run(
            [str(self.python), "-m", "pip", "config", "list"],
            capture_output=True,
            text=True,
            check=False,
        )
        return pip_settings(listed.stdout.splitlines())

    def npm(self) -> tuple[list[str], dict[str, str]]:
        """The machine's npm, or one inside the virtual environment where it is absent or too old."""
        if shutil.which("npm") and node_version() >= OLDEST_NODE:
            return ["npm"], {}
        self.report(
            "setup: no usable npm on this machine, so Node goes into the virtual environment"
        )
        self.call(
            self.python,
            "-m",
            "pip",
            "install",
            "-q",
            "--require-hashes",
            "-r",
            "requirements-node.txt",
        )
        extra = {"PATH": f"{self.environment / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}"}
        certificates = self.pip_settings().get("cert")
        if certificates and "NODE_EXTRA_CA_CERTS" not in os.environ:
            # A machine without npm has no settings for it either, but those for pip are there.
            extra["NODE_EXTRA_CA_CERTS"] = certificates
        return [str(self.environment / "bin" / "npm")], extra

    def install_front_end(self) -> None:
        npm, extra = self.npm()
        # No script of a package runs on this machine: the files are all that is wanted.
        self.call(
            *npm,
            "ci",
            "--ignore-scripts",
            "--no-audit",
            "--no-fund",
            "--loglevel=error",
            extra=extra,
        )

    def build_assets(self) -> None:
        self.call(self.python, "hertsend/serve/assets.py")


def node_version() -> int:
    """The major version of the machine's Node, 0 when there is none."""
    node = shutil.which("node")
    if node is None:
        return 0
    printed = subprocess.run(
        [node, "--version"], capture_output=True, text=True, check=False
    ).stdout
    major = printed.strip().removeprefix("v").partition(".")[0]
    return int(major) if major.isdigit() else 0


def main() -> int:
    try:
        Installation().run()
    except InstallationError as error:
        print(f"setup: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The processes of one site on one machine, and how to tell that it answers."""

import http.client
import socket
import sys
from pathlib import Path

from hertsend.celery import SCHEDULE, app
from hertsend.serve.supervisor import Program

WEB_WORKERS = 2
WEB_THREADS = 4
JOB_THREADS = 2


def programs(*, host: str, port: int, data: Path) -> list[Program]:
    """Web server, worker and beat, in the order in which they start; `data` is the folder of the embedded files."""
    python = [sys.executable, "-m"]
    beat_folder = data / "beat"
    beat_folder.mkdir(parents=True, exist_ok=True)
    return [
        Program(
            "web",
            [
                *python,
                *("gunicorn", "hertsend.wsgi:application", "--bind", address(host, port)),
                # Loaded once and shared by both workers: half the time to start, and less memory.
                *("--preload", "--workers", str(WEB_WORKERS)),
                *("--worker-class", "gthread", "--threads", str(WEB_THREADS)),
                *("--timeout", "60", "--graceful-timeout", "10", "--log-level", "warning"),
                "--no-control-socket",
            ],
        ),
        Program(
            "worker",
            [
                *python,
                *("celery", "--app", "hertsend", "--quiet", "worker", "--loglevel", "WARNING"),
                *("--pool", "threads", "--concurrency", str(JOB_THREADS)),
                *("--without-gossip", "--without-mingle", "--without-heartbeat"),
            ],
        ),
        Program(
            "beat",
            [
                *python,
                *("celery", "--app", "hertsend", "--quiet", "beat", "--loglevel", "WARNING"),
                *("--schedule", str(beat_folder / "schedule"), "--pidfile", ""),
            ],
        ),
    ]


def address(host: str, port: int) -> str:
    """Host and port as they stand in a web address."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def is_free(host: str, port: int) -> bool:
    """Whether nothing listens there yet."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def answers(host: str, port: int) -> bool:
    """Whether the site says that it is there."""
    connection = http.client.HTTPConnection(reachable(host), port, timeout=5)
    try:
        connection.request("GET", "/healthz", headers={"Host": "localhost"})
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def reachable(host: str) -> str:
    """An address at which this machine reaches what listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound


def wake() -> None:
    """Ask once for all that is due: a machine that was off at the full hour catches up now."""
    for entry in SCHEDULE.values():
        app.send_task(entry["task"])

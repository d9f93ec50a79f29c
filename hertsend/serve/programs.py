"""The processes of one site on one machine, and how to tell that it answers."""

import http.client
import socket
from pathlib import Path
from typing import Any

from django.core.wsgi import get_wsgi_application
from gunicorn.app.base import BaseApplication

from hertsend.celery import SCHEDULE, app
from hertsend.serve.supervisor import Program

JOB_THREADS = 2


class WebServer(BaseApplication):
    """gunicorn, told its settings here instead of on a command line."""

    def __init__(self, settings: dict[str, Any]):
        self.settings = settings
        super().__init__()

    def load_config(self) -> None:
        for name, value in self.settings.items():
            self.cfg.set(name, value)

    def load(self) -> Any:
        """The site itself, made only now: it lists the static files, which may just have been collected."""
        return get_wsgi_application()


def programs(*, host: str, port: int, data: Path) -> list[Program]:
    """Web server, worker and beat, in the order in which they start; `data` is the embedded files' folder."""
    beat_folder = data / "beat"
    beat_folder.mkdir(parents=True, exist_ok=True)
    quiet = ("--loglevel", "WARNING")
    worker = (
        *("worker", "--pool", "threads", "--concurrency", str(JOB_THREADS)),
        *("--without-gossip", "--without-mingle", "--without-heartbeat"),
    )
    beat = ("beat", "--schedule", str(beat_folder / "schedule"), "--pidfile", "")
    return [
        Program("web", WebServer(web_settings(host, port)).run),
        Program("worker", lambda: app.start(["--quiet", *worker, *quiet])),
        Program("beat", lambda: app.start(["--quiet", *beat, *quiet])),
    ]


def web_settings(host: str, port: int) -> dict[str, Any]:
    """What gunicorn is told: two processes of four threads, which together serve some dozens of readers."""
    return {
        "bind": [address(host, port)],
        "preload_app": True,
        "workers": 2,
        "worker_class": "gthread",
        "threads": 4,
        "timeout": 60,
        "graceful_timeout": 10,
        "loglevel": "warning",
        "control_socket_disable": True,
    }


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
    """Whether a web server is there: any answer will do, a refusal of the host's name included."""
    connection = http.client.HTTPConnection(reachable(host), port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def reachable(host: str) -> str:
    """An address at which this machine reaches what listens on `host`."""
    return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - compared, not bound


def wake() -> None:
    """Ask once for all that is due: a machine that was off at the full hour catches up now."""
    with app.connection_for_write() as connection:
        for entry in SCHEDULE.values():
            app.send_task(entry["task"], connection=connection)

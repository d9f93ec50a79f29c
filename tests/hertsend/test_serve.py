"""The one command that runs the site: its processes start, are replaced when they die, and all end with it."""

import http.client
import os
import re
import select
import signal
import socket
import subprocess
import sys

import pytest

from hertsend.serve.programs import address, answers, is_free, reachable
from hertsend.serve.supervisor import DEATHS_ALLOWED, SPAN_OF_DEATHS, Program
from tests.hertsend.site_process import ROOT, environment, free_port, run


def start(arguments: list[str], data, **variables: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, *arguments],
        cwd=ROOT,
        env=environment(data, **variables),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )


def line_with(process: "subprocess.Popen[str]", pattern: str) -> re.Match[str]:
    """Wait for a line of its output that matches; fails with all of it when the output ends before."""
    seen = []
    for line in process.stdout:
        if found := re.search(pattern, line):
            return found
        seen.append(line)
    pytest.fail(f"no line with {pattern!r} in:\n{''.join(seen)}")


def is_gone(pid: int) -> bool:
    """Wait until a process that is not ours has ended."""
    try:
        descriptor = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    with os.fdopen(descriptor):
        readable, _, _ = select.select([descriptor], [], [], 20)
        return bool(readable)


def test_a_program_that_dies_now_and_then_is_not_broken():
    program = Program("worker", lambda: None)
    deaths = [number * SPAN_OF_DEATHS / 2 for number in range(20)]

    assert [program.dies_too_often(death) for death in deaths] == [False] * 20


def test_a_program_that_dies_again_and_again_is_broken():
    program = Program("worker", lambda: None)

    assert [program.dies_too_often(float(second)) for second in range(DEATHS_ALLOWED)] == [
        *[False] * (DEATHS_ALLOWED - 1),
        True,
    ]


@pytest.mark.parametrize(
    ("host", "port", "written"),
    [
        ("127.0.0.1", 8000, "127.0.0.1:8000"),
        ("::1", 80, "[::1]:80"),
        ("localhost", 1, "localhost:1"),
    ],
)
def test_an_address_is_written_as_a_browser_takes_it(host, port, written):
    assert address(host, port) == written


@pytest.mark.parametrize(
    ("host", "way"),
    [
        ("0.0.0.0", "127.0.0.1"),
        ("::", "::1"),
        ("127.0.0.1", "127.0.0.1"),
        ("192.0.2.7", "192.0.2.7"),
    ],
)
def test_a_server_on_all_addresses_is_asked_on_this_machine(host, way):
    assert reachable(host) == way


def test_a_port_with_a_listener_is_not_free():
    port = free_port()
    assert is_free("127.0.0.1", port) is True
    assert answers("127.0.0.1", port) is False
    with socket.create_server(("127.0.0.1", port)):
        assert is_free("127.0.0.1", port) is False


SUPERVISED = """
import os, signal
from hertsend.serve.supervisor import Program, Supervisor

def stay(name):
    print("started", name, os.getpid(), flush=True)
    while True:
        signal.pause()

def say(words):
    print(words, flush=True)

Supervisor([Program("web", lambda: stay("web")), Program("worker", lambda: stay("worker"))], say).run(
    ready=lambda: True, when_ready=lambda: say("ready"), patience=5
)
say("stopped")
"""


@pytest.fixture
def supervised(tmp_path):
    process = start(["-c", SUPERVISED], tmp_path)
    yield process
    process.kill()
    process.communicate()


def started(supervised) -> list[int]:
    """The process ids of web and worker, which announce themselves in either order."""
    announced = [line_with(supervised, r"started (web|worker) (\d+)").groups() for _ in range(2)]
    return [int(pid) for _, pid in sorted(announced)]


@pytest.mark.slow
def test_a_killed_worker_is_started_again_and_all_end_on_request(supervised):
    web, first = started(supervised)

    os.kill(first, signal.SIGKILL)
    line_with(supervised, r"^The worker process ended and is started again\.$")
    second = int(line_with(supervised, r"started worker (\d+)").group(1))
    supervised.send_signal(signal.SIGTERM)

    line_with(supervised, "^stopped$")
    assert supervised.wait(timeout=30) == 0
    assert first != second
    assert [is_gone(pid) for pid in (web, first, second)] == [True, True, True]


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
def test_nothing_is_left_when_the_supervisor_is_killed_outright(supervised):
    children = started(supervised)

    supervised.kill()

    assert [is_gone(pid) for pid in children] == [True, True]


BROKEN = """
from hertsend.serve.supervisor import Program, Supervisor
Supervisor([Program("web", lambda: None)], print).run(ready=lambda: False, when_ready=lambda: None, patience=30)
"""


@pytest.mark.slow
def test_a_web_server_that_ends_at_once_is_reported_and_not_started_again(tmp_path):
    ended = run(tmp_path, "-c", BROKEN)

    assert ended.returncode == 1
    assert ended.stderr.endswith(
        "BrokenProcessError: The web process ended before it answered; its own words are above.\n"
    )


@pytest.mark.slow
def test_the_site_is_served_from_an_empty_folder_and_stops_cleanly(tmp_path):
    port = free_port()
    process = start(["manage.py", "serve", "--prepare"], tmp_path, PORT=str(port))
    try:
        line_with(process, rf"^hertsend answers at http://127\.0\.0\.1:{port}/$")
        statuses = {path: status_of(port, path) for path in ("/healthz", "/readyz", "/nowhere/")}
        refused = run(tmp_path, "manage.py", "serve", PORT=str(port))
        process.send_signal(signal.SIGTERM)
        rest, _ = process.communicate(timeout=40)
    finally:
        process.kill()

    assert statuses == {"/healthz": 200, "/readyz": 200, "/nowhere/": 404}
    assert refused.returncode == 1
    assert refused.stderr == (
        f"CommandError: Port {port} is in use. Choose another, for example: make run PORT={port + 1}\n"
    )
    assert rest.endswith("Stopped.\n")
    assert process.returncode == 0
    assert is_free("127.0.0.1", port) is True
    assert {"hertsend.sqlite3", "broker", "beat", "secret-key"} <= {
        path.name for path in tmp_path.iterdir()
    }


def status_of(port: int, path: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request("GET", path)
    status = connection.getresponse().status
    connection.close()
    return status

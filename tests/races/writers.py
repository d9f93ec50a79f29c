"""Eight writers at once: ``python -m tests.races.writers`` reads a race as JSON and answers outcomes.

Each writer is a process. In every round all of them have read the same version, are released by a
barrier, and send different words; half of them through the form, half through the API. Whoever was
accepted sends the same press again now and then, as after a cut connection. Knows nothing of Django.
"""

import http.client
import json
import multiprocessing
import re
import sys
from typing import Any
from urllib.parse import quote, urlencode

PATIENCE = 120
CSRF = "c" * 32
MARK = re.compile(r"word-\d+-\d+")
FOUND, CREATED, CONFLICT = 302, 201, 409
AGAIN_EVERY = 4


class Writer:
    """One of the writers."""

    def __init__(self, race: dict[str, Any], number: int) -> None:
        self.race = race
        self.number = number
        self.door = race["writers"][number]["door"]
        self.key = race["writers"][number]["key"]
        milestone = f"{quote(race['plan'])}/milestones/{quote(race['milestone'], safe='')}/"
        self.api = f"/api/v1/plans/{milestone}"
        self.page = f"/plans/{milestone}"
        self.form = f"{self.page}updates/new/"

    def version(self) -> int:
        """The version of the milestone as it is stored; for a writer with a token."""
        _, _, body = self._ask("GET", self.api, headers=self._token())
        return json.loads(body)["version"]

    def send(self, turn: int, base: int) -> dict[str, Any]:
        """Send this writer's words of a round; what came back, and whether the words came with it."""
        mark = f"word-{turn}-{self.number}"
        values = {
            "period": "2024-08",
            "stage": "in_progress",
            "rating": "amber",
            "what_happened": f"In this round {mark} was done.",
            "internal_note": f"Not for all: {mark}.",
            "base_version": base,
            "submission_key": f"press-{turn}",
        }
        status, place, body = self._by_form(values) if self.door == "form" else self._by_api(values)
        return {
            "turn": turn,
            "writer": self.number,
            "door": self.door,
            "base": base,
            "mark": mark,
            "words": values["what_happened"],
            "status": status,
            "accepted": status == CREATED or (status == FOUND and place == self.page),
            "answer": place if self.door == "form" else body,
            "marks_told": sorted(set(MARK.findall(body))),
        }

    def _by_form(self, values: dict[str, Any]) -> tuple[int, str, str]:
        return self._ask(
            "POST",
            self.form,
            urlencode(values | {"csrfmiddlewaretoken": CSRF}),
            {
                "Content-Type": "application/x-www-form-urlencoded",
                "Cookie": f"csrftoken={CSRF}; sessionid={self.key}",
            },
        )

    def _by_api(self, values: dict[str, Any]) -> tuple[int, str, str]:
        key = values.pop("submission_key")
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        return self._ask("POST", f"{self.api}updates/", json.dumps(values), headers | self._token())

    def _token(self) -> dict[str, str]:
        return {"Authorization": f"Token {self.key}"}

    def _ask(
        self, method: str, path: str, body: str = "", headers: dict[str, str] | None = None
    ) -> tuple[int, str, str]:
        # A new one each time: a kept one may be closed by the server while others are waited for.
        connection = http.client.HTTPConnection("127.0.0.1", self.race["port"], timeout=PATIENCE)
        try:
            connection.request(method, path, body.encode(), headers or {})
            response = connection.getresponse()
            return response.status, response.headers.get("Location", ""), response.read().decode()
        finally:
            connection.close()


def take_part(race: dict[str, Any], number: int, base: Any, together: Any, told: Any) -> None:
    """A writer's process. A writer that fails stops the race, so that nobody waits for them."""
    try:
        told.put(write(Writer(race, number), race, base, together))
    except Exception as error:
        together.abort()
        told.put(f"writer {number}: {error!r}")
        raise


def write(writer: Writer, race: dict[str, Any], base: Any, together: Any) -> list[dict[str, Any]]:
    """Every round of one writer."""
    outcomes = []
    for turn in range(race["rounds"]):
        if writer.number == race["reader"]:
            base.value = writer.version()
        together.wait(PATIENCE)
        outcome = writer.send(turn, base.value)
        together.wait(PATIENCE)
        if outcome["accepted"] and turn % AGAIN_EVERY == 0:
            outcome["again"] = writer.send(turn, base.value)
        outcomes.append(outcome)
        together.wait(PATIENCE)
    return outcomes


def run(race: dict[str, Any]) -> list[dict[str, Any]]:
    """All outcomes of a race; ``race`` names port, plan, milestone, writers and rounds."""
    processes = multiprocessing.get_context("fork")
    base = processes.Value("i", 0)
    together = processes.Barrier(len(race["writers"]))
    told = processes.Queue()
    doors = [writer["door"] for writer in race["writers"]]
    race = race | {"reader": doors.index("api")}
    started = [
        processes.Process(target=take_part, args=(race, number, base, together, told), daemon=True)
        for number in range(len(doors))
    ]
    for process in started:
        process.start()
    answers = [told.get(timeout=race["patience"]) for _ in started]
    for process in started:
        process.join()
    failed = [answer for answer in answers if isinstance(answer, str)]
    if failed:
        raise SystemExit("\n".join(failed))
    return [outcome for answer in answers for outcome in answer]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(json.load(sys.stdin))) + "\n")

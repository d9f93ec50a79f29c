"""A mail server that takes e-mails, refuses them, drops the line, or lets its client wait."""

import random
import re
import threading
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from tests.hertsend.jobs.smtp_sink import MailServer, Talk

OK, LATER, NEVER, LOST, BUSY, STALL = "ok", "451", "550", "lost", "421", "stall"
WEIGHTS = {OK: 86, LATER: 5, NEVER: 2, LOST: 3, BUSY: 4}
LONGER_THAN_CLIENTS_WAIT = 12
LINK = re.compile(r"https?://\S+/packs/\S+")


@dataclass(frozen=True)
class Taken:
    """An e-mail whose every byte arrived and which was accepted, whether or not the client heard of it."""

    recipient: str
    message_id: str
    link: str
    was_told: bool


@dataclass
class Post:
    """What arrived, and how the server behaves; stalls are ordered one by one."""

    choice: random.Random = field(default_factory=lambda: random.Random(12))
    taken: list[Taken] = field(default_factory=list)
    met: dict[str, int] = field(default_factory=dict)
    refused: set[str] = field(default_factory=set)
    stalls: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def mood(self) -> str:
        """How the next connection is treated."""
        with self.lock:
            if self.stalls:
                self.stalls -= 1
                found = STALL
            else:
                (found,) = self.choice.choices([*WEIGHTS], [*WEIGHTS.values()])
            self.met[found] = self.met.get(found, 0) + 1
            return found

    def is_refused(self, recipient: str) -> bool:
        """Whether this mailbox does not exist now: each one at most once, as its owner sees to it."""
        with self.lock:
            is_new = recipient not in self.refused
            self.refused.add(recipient)
            return is_new

    def take(self, recipient: str, body: bytes, *, was_told: bool) -> None:
        """Keep an e-mail."""
        found = message_from_bytes(body, policy=policy.default)
        link = LINK.search(found.get_body(("plain",)).get_content())
        with self.lock:
            self.taken.append(
                Taken(recipient, found["Message-ID"], link.group() if link else "", was_told)
            )


class Conversation(Talk):
    """One client, one e-mail at a time."""

    server: "Sink"

    def handle(self) -> None:
        mood = self.server.post.mood()
        if mood == BUSY:
            self.say("421 Busy, come back later")
            return
        self.say("220 here")
        self.recipient = ""
        while line := self.rfile.readline():
            word = line.decode().strip()
            if word.upper().startswith("QUIT"):
                self.say("221 Goodbye")
                return
            if not self._answer(word, mood):
                return

    def _answer(self, word: str, mood: str) -> bool:
        """Answer one command; False when the line is to be cut."""
        if word.upper().startswith("RCPT"):
            self.recipient = re.search("<(.+?)>", word).group(1)
            refusals = {LATER: "451 Not now", NEVER: "550 No such mailbox"}
            is_let_in = mood == NEVER and not self.server.post.is_refused(self.recipient)
            self.say("250 Yes" if is_let_in else refusals.get(mood, "250 Yes"))
        elif word.upper() == "DATA":
            return self._data(mood)
        else:
            self.say("250 Yes")
        return True

    def _data(self, mood: str) -> bool:
        words, is_whole = self.hear_words()
        if not is_whole:
            return False
        is_told = mood in {OK, NEVER}
        self.server.post.take(self.recipient, words, was_told=is_told)
        if mood == STALL:
            self.server.closing.wait(LONGER_THAN_CLIENTS_WAIT)
        if is_told:
            self.say("250 Taken")
        return is_told


class Sink(MailServer):
    """The server of a town."""

    def __init__(self) -> None:
        super().__init__(Conversation)
        self.post = Post()

    def handle_error(self, request, client_address) -> None:
        """A client that was killed in the middle of a word is what this is for."""

"""A mail server on this machine for tests: takes e-mails, or misbehaves in one chosen way."""

import socketserver
import threading
from enum import Enum
from typing import Self


class Behaviour(Enum):
    """What the server does, and what a careful sender must make of it."""

    ACCEPT = "takes the e-mail"
    BUSY = "asks at the greeting to come back later"
    REFUSE_SENDER = "refuses the sender for now"
    REFUSE_MAILBOX = "says that there is no such mailbox"
    REFUSE_MAILBOX_FOR_NOW = "says that the mailbox is full"
    REFUSE_WORDS = "refuses the e-mail after reading it"
    HANG_UP_AFTER_WORDS = "reads the e-mail and hangs up without an answer"
    ACCEPT_AND_HANG_UP = "takes the e-mail and hangs up without a goodbye"
    NEVER_GREET = "picks up and says nothing"
    NEVER_ANSWER_WORDS = "reads the e-mail, keeps it and says nothing"


class Talk(socketserver.StreamRequestHandler):
    """Lines said, and the words of an e-mail heard."""

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())

    def hear_words(self) -> tuple[bytes, bool]:
        """What came after DATA, and whether it came to its end."""
        self.say("354 go on")
        lines = []
        while (line := self.rfile.readline()) not in {b".\r\n", b""}:
            lines.append(line)
        return b"".join(lines), line != b""


class Conversation(Talk):
    server: "SmtpSink"

    def handle(self) -> None:
        behaviour = self.server.behaviour
        self.server.reached.set()
        if behaviour == Behaviour.NEVER_GREET:
            self.server.closing.wait()
            return
        self.say("421 too busy" if behaviour == Behaviour.BUSY else "220 sink")
        while line := self.rfile.readline().decode().strip():
            if not self.answer(line.split(":")[0].upper(), behaviour):
                return

    def answer(self, command: str, behaviour: Behaviour) -> bool:
        refusals = {
            ("MAIL FROM", Behaviour.REFUSE_SENDER): "451 not now",
            ("RCPT TO", Behaviour.REFUSE_MAILBOX): "550 no such mailbox",
            ("RCPT TO", Behaviour.REFUSE_MAILBOX_FOR_NOW): "452 mailbox full",
        }
        if command == "DATA":
            return self.read_words(behaviour)
        if command == "QUIT":
            self.say("221 goodbye")
            return False
        self.say(refusals.get((command, behaviour), "250 good"))
        return True

    def read_words(self, behaviour: Behaviour) -> bool:
        words, _ = self.hear_words()
        if behaviour == Behaviour.REFUSE_WORDS:
            self.say("554 looks like an advertisement")
            return True
        self.server.mails.append(words)
        self.server.kept.set()
        if behaviour == Behaviour.NEVER_ANSWER_WORDS:
            self.server.closing.wait()
        if behaviour in {Behaviour.NEVER_ANSWER_WORDS, Behaviour.HANG_UP_AFTER_WORDS}:
            return False
        self.say("250 taken")
        return behaviour != Behaviour.ACCEPT_AND_HANG_UP


class MailServer(socketserver.ThreadingTCPServer):
    """Listens on a free port inside a block; ``closing`` ends whoever waits in a conversation."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self, conversation: type[Talk]) -> None:
        super().__init__(("127.0.0.1", 0), conversation)
        self.closing = threading.Event()
        self.thread = threading.Thread(target=self.serve_forever, args=(0.01,), daemon=True)

    @property
    def port(self) -> int:
        return self.server_address[1]

    def __enter__(self) -> Self:
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self.shutdown()
        self.thread.join()
        self.server_close()


class SmtpSink(MailServer):
    """``mails`` is what was read to its end, whatever was answered."""

    def __init__(self) -> None:
        super().__init__(Conversation)
        self.behaviour = Behaviour.ACCEPT
        self.mails: list[bytes] = []
        self.reached = threading.Event()
        self.kept = threading.Event()

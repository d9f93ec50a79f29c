"""`manage.py serve`: the whole site on one machine."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connections

from hertsend.serve import preparation, programs
from hertsend.serve.supervisor import BrokenProcessError, Supervisor

SECONDS_TO_ANSWER = 60


class Command(BaseCommand):
    help = "Run web server, worker and beat together until stopped (PORT and HOST say where)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--prepare",
            action="store_true",
            help="first collect static files, migrate, and load what is missing",
        )

    def handle(self, *args: Any, prepare: bool, **options: Any) -> None:
        host, port = settings.HOST, settings.PORT
        if not programs.is_free(host, port):
            raise CommandError(
                f"Port {port} is in use. Choose another, for example: make run PORT={port + 1}"
            )
        if prepare:
            preparation.prepare(self.say)
        supervisor = Supervisor(
            programs.programs(host=host, port=port, data=settings.DATA_DIR), self.say
        )
        # The processes start as copies of this one: each opens a connection of its own.
        connections.close_all()
        try:
            supervisor.run(
                ready=lambda: programs.answers(host, port),
                when_ready=lambda: self.welcome(host, port),
                patience=SECONDS_TO_ANSWER,
            )
        except BrokenProcessError as error:
            raise CommandError(str(error)) from error
        self.say("Stopped.")

    def welcome(self, host: str, port: int) -> None:
        programs.wake()
        self.say(
            f"\nhertsend answers at http://{programs.address(programs.reachable(host), port)}/\n"
        )
        preparation.show_sign_ins()
        connections.close_all()
        self.say("\nStop it with Ctrl-C. The data stays.")

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

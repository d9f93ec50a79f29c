"""`manage.py serve`: the whole site on one machine."""

import os
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from hertsend.serve import preparation, programs
from hertsend.serve.supervisor import BrokenProcess, Supervisor

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
            programs.programs(host=host, port=port, data=settings.DATA_DIR), os.environ, self.say
        )
        try:
            supervisor.run(
                ready=lambda: programs.answers(host, port),
                when_ready=lambda: self.welcome(host, port),
                patience=SECONDS_TO_ANSWER,
            )
        except BrokenProcess as error:
            raise CommandError(str(error)) from error
        self.say("Stopped.")

    def welcome(self, host: str, port: int) -> None:
        programs.wake()
        self.say(
            f"\nhertsend answers at http://{programs.address(programs.reachable(host), port)}/\n"
        )
        preparation.show_sign_ins()
        self.say("\nStop it with Ctrl-C. The data stays.")

    def say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()

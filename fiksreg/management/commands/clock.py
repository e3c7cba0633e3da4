"""`manage.py clock`: the clock process, which runs the due chores."""

import signal
import threading

from django.core.management.base import BaseCommand

from fiksreg import clock
from fiksreg.databaseroles import begin
from fiksreg.processes import Process


class Command(BaseCommand):
    """Runs until SIGTERM or Ctrl-C, and ends within one chore."""

    help = "Calls workers to orders, rescues and expires lists, signs checkpoints of the log."

    def handle(self, *_args: object, **_options: object) -> None:
        begin(Process.CLOCK)
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        clock.run(clock.chores(), stop)

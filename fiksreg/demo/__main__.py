"""`python -m fiksreg.demo`, which `make demo` runs: start everything, print the addresses, keep it running."""

import os
import sys

from fiksreg.demo import preflight, printout, supervisor
from fiksreg.demo.house import House
from fiksreg.demo.procfile import ROOT
from fiksreg.embedded import ChildFailed


def main() -> int:
    """Runs the demo. Returns the exit status: 0 when it was told to stop, 1 when it could not start."""
    try:
        supervisor.stop_on_signals(with_parent="--with-parent" in sys.argv)
        _run()
    except supervisor.Stopped:
        return 0
    except (preflight.NotPossible, ChildFailed) as error:
        sys.stderr.write(f"fiksreg: {error}\n")
    return 1


def _run() -> None:
    folder = preflight.data_folder(os.environ, ROOT)
    with preflight.lock(folder):
        house = House(folder, os.environ, _say)
        _say(f"Starting; logs are in {folder / 'logs'}")
        try:
            house.start()
            _announce(house)
            house.keep_running()
        finally:
            supervisor.ignore_signals()
            _say("Stopping")
            house.stop()


def _announce(house: House) -> None:
    _say(f"Fiksreg is ready: http://127.0.0.1:{house.ports.web}")
    _say(printout.accounts())
    _say(printout.test_persons(f"http://127.0.0.1:{house.ports.simulator}"))


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())

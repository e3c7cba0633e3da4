"""`python -m tests.bench.appending ORGANISATION`: appends to its log as lookups do, until standard input ends.

A process of its own, as web is: what else the benchmark does takes no turn from it. Says when it has begun, and at the
end how many milliseconds the longest append took, and how many there were.
"""

import sys
import threading
import time
from uuid import UUID


def main(organisation_id: UUID) -> None:
    import django

    django.setup()
    ended = threading.Event()
    threading.Thread(target=lambda: (sys.stdin.read(), ended.set()), daemon=True).start()
    _appended(organisation_id)  # opens the connection
    sys.stdout.write("begun\n")
    sys.stdout.flush()
    waits = [_appended(organisation_id)]
    while not ended.is_set():
        waits.append(_appended(organisation_id))
    sys.stdout.write(f"{max(waits)} {len(waits)}\n")


def _appended(organisation_id: UUID) -> float:
    from roles.actors import system
    from roles.audit import Entry, Event, append

    begun = time.perf_counter()
    entry = Entry(event=Event.REFERENCE_CHECKED, actor=system("clock"), organisation_id=organisation_id)
    append(entry, on="audit")
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main(UUID(sys.argv[1]))

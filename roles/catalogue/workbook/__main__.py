"""The reading process: the file comes in on stdin, the answer goes out on stdout.

The process limits itself before it reads a byte. At the limit on memory it answers with a problem. At the limit on time
it is killed, and roles.catalogue.uploads makes the answer.
"""

import resource
import sys
from typing import Final

import msgspec

from roles.catalogue.workbook.answers import Answer, Reason, Unreadable, unreadable
from roles.catalogue.workbook.book import read

MOST_MEMORY: Final = 400_000_000
MOST_SECONDS: Final = 3


def limit_oneself(*, most_written: int = 0) -> None:
    """Limits this process's memory (bytes), processor time (seconds) and the size of the files that it writes
    (bytes)."""
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, most_written),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def answer_to(content: bytes) -> Answer:
    """The answer for a file: its cells, or its problems."""
    try:
        return read(content)
    except Unreadable as wrong:
        return Answer(problems=wrong.problems)
    except (MemoryError, RecursionError):
        return Answer(problems=unreadable(Reason.TOO_COSTLY).problems)


if __name__ == "__main__":
    limit_oneself()
    sys.stdout.buffer.write(msgspec.json.encode(answer_to(sys.stdin.buffer.read())))

"""The process that reads: the file in on stdin, the answer out on stdout, and nothing else.

It limits itself before it reads a byte. What the limit on memory stops is answered; what the limit on time stops ends
the process, and who started it says so.
"""

import resource
import sys
from typing import Final

import msgspec

from roles.catalogue.workbook.answers import Answer, Reason, Unreadable, unreadable
from roles.catalogue.workbook.book import read

MOST_MEMORY: Final = 400_000_000
MOST_SECONDS: Final = 3


def limit_oneself() -> None:
    """Memory in bytes, processor time in seconds, and no file written."""
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def answer_to(content: bytes) -> Answer:
    """The cells, or why there are none."""
    try:
        return read(content)
    except Unreadable as wrong:
        return Answer(problems=wrong.problems)
    except (MemoryError, RecursionError):
        return Answer(problems=unreadable(Reason.TOO_COSTLY).problems)


if __name__ == "__main__":
    limit_oneself()
    sys.stdout.buffer.write(msgspec.json.encode(answer_to(sys.stdin.buffer.read())))

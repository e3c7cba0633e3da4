"""The reading process: the question comes in on stdin, the answer goes out on stdout."""

import sys
import warnings
from typing import Final

import msgspec

from citizenlists.ownworkbooks.reading.answers import Answer, Question
from citizenlists.ownworkbooks.reading.shell import shell_of
from roles.catalogue.workbook.__main__ import limit_oneself
from roles.catalogue.workbook.answers import Reason, Unreadable, unreadable

#: openpyxl writes each sheet to a temporary file of its own.
MOST_WRITTEN: Final = 40_000_000


def answer_to(question: Question) -> Answer:
    """The answer for a file: its shell, or its problems."""
    try:
        return shell_of(question)
    except Unreadable as wrong:
        return Answer(package_problems=tuple(wrong.problems))
    except (MemoryError, RecursionError):
        return Answer(package_problems=tuple(unreadable(Reason.TOO_COSTLY).problems))


if __name__ == "__main__":
    limit_oneself(most_written=MOST_WRITTEN)
    warnings.simplefilter("ignore")
    asked = msgspec.msgpack.decode(sys.stdin.buffer.read(), type=Question)
    sys.stdout.buffer.write(msgspec.msgpack.encode(answer_to(asked)))

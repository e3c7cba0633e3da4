"""Extract jobs: they are ordered, not ready at first, then give batches of numbers, and then an empty batch."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Final
from uuid import uuid4

from integrations.simulator.problems import extract_gone, extract_not_ready, too_many

_RETRY_AFTER_MS: Final = 1000


@dataclass(slots=True)
class Job:
    owner: str
    numbers: Sequence[str]
    ordered_at: float
    polls_left: int

    def is_running(self, now: float, longest: float) -> bool:
        return self.polls_left > 0 and now - self.ordered_at < longest


class Extracts:
    """The jobs. Thread-safe. A job is ready after `polls` answers "not yet", or after `longest` seconds without a
    question.

    most: how many jobs of one organisation may run at a time.
    """

    def __init__(
        self, *, batch_size: int, polls: int, clock: Callable[[], float], longest: float = 30.0, most: int = 10
    ) -> None:
        self._batch_size = batch_size
        self._polls = polls
        self._clock = clock
        self._longest = longest
        self._most = most
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()

    def order(self, owner: str, numbers: Sequence[str]) -> str:
        """Starts a job and returns its id. Raises Problem 429 when the owner has the most jobs already."""
        now = self._clock()
        with self._lock:
            running = [job for job in self._jobs.values() if job.owner == owner and job.is_running(now, self._longest)]
            if len(running) >= self._most:
                raise too_many(_RETRY_AFTER_MS, "For mange samtidige uttrekksjobber.")
            job_id = str(uuid4())
            self._jobs[job_id] = Job(owner, numbers, now, self._polls)
            return job_id

    def batch(self, owner: str, job_id: str, batch: int) -> list[str]:
        """The numbers of a batch, counted from 0; [] after the last. Raises Problem 404 when not ready, 410 for an
        unknown job."""
        with self._lock:
            job = self._jobs.get(job_id)
            if job is None or job.owner != owner:
                raise extract_gone()
            if job.is_running(self._clock(), self._longest):
                job.polls_left -= 1
                raise extract_not_ready()
        if batch > -(-len(job.numbers) // self._batch_size):
            raise extract_gone()
        return list(job.numbers[batch * self._batch_size : (batch + 1) * self._batch_size])

    def clear(self) -> None:
        with self._lock:
            self._jobs.clear()

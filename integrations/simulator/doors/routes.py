"""Which path, below the prefix of a door, leads to which operation."""

from collections.abc import Callable
from dataclasses import dataclass

from integrations.simulator.doors.operations.archive import Archive
from integrations.simulator.doors.operations.events import Events
from integrations.simulator.doors.operations.extracts import ExtractJobs
from integrations.simulator.doors.operations.persons import Persons
from integrations.simulator.problems import Answer, Problem, not_found

#: A function that takes the call, who asks, the package, and the rest of the path.
Operation = Callable[..., Answer]


@dataclass(frozen=True, slots=True)
class Route:
    """A route. name: the operation's name in faults and remembered calls."""

    name: str
    method: str
    operation: Operation
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Routes:
    """All operations, the same behind every door."""

    persons: Persons
    extracts: ExtractJobs
    events: Events
    archive: Archive

    def find(self, segments: list[str]) -> Route:
        """The route of a path that is split at its slashes. Raises Problem 404."""
        match segments:
            case ["personer", *rest]:
                return self._to_persons(rest)
            case ["uttrekk", *rest]:
                return self._to_extracts(rest)
            case ["hendelser", *rest]:
                return self._to_events(rest)
        raise _unknown()

    def _to_persons(self, segments: list[str]) -> Route:
        match segments:
            case ["bulkoppslag"]:
                return Route("bulk", "POST", self.persons.bulk)
            case ["bulkoppslag", "arkiv"]:
                return Route("archives", "POST", self.archive.bulk)
            case ["arkiv", document]:
                return Route("archive", "GET", self.archive.person, (document,))
            case ["soek"]:
                return Route("search", "GET", self.persons.search)
            case ["entydigsoek"]:
                return Route("unique", "GET", self.persons.unique)
            case [number]:
                return Route("person", "GET", self.persons.person, (number,))
        raise _unknown()

    def _to_extracts(self, segments: list[str]) -> Route:
        match segments:
            case ["tilpasset"]:
                return Route("extract", "POST", self.extracts.order)
            case [job, "batch", batch]:
                return Route("batch", "GET", self.extracts.batch, (job, batch))
        raise _unknown()

    def _to_events(self, segments: list[str]) -> Route:
        match segments:
            case ["siste", "sekvensnummer"]:
                return Route("sequence", "GET", self.events.latest)
            case ["feed"]:
                return Route("feed", "GET", self.events.feed)
            case ["bulkoppslag"]:
                return Route("events", "POST", self.events.bulk)
            case [document]:
                return Route("event", "GET", self.events.event, (document,))
        raise _unknown()


def _unknown() -> Problem:
    return not_found("Ukjent ressurs.")

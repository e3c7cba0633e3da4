"""The control door for tests and benchmarks: orders faults, puts persons in, lets time pass, and shows what was
asked."""

import re
from collections import deque
from collections.abc import Callable, Iterator
from typing import Any, Final

import msgspec

from integrations.simulator.calls import Call
from integrations.simulator.days.chronicle import MOST_DAYS, Chronicle
from integrations.simulator.doors.extracts import Extracts
from integrations.simulator.doors.faults import Faults, read_fault
from integrations.simulator.doors.fiks import FiksDoor, FiksSetUp
from integrations.simulator.doors.quota import Quota
from integrations.simulator.maskinporten.registry import Client, Delegation, Registry
from integrations.simulator.population.casebook import Case
from integrations.simulator.problems import Answer, invalid, json_answer, not_found, wrong_method
from integrations.simulator.register.register import Register

_KEPT: Final = 10_000


class Asked(msgspec.Struct, frozen=True):
    """A call as it is remembered: the door, the organisation and the parameters, but never the person."""

    operation: str
    package: str = ""
    parts: tuple[str, ...] = ()
    parameters: tuple[str, ...] = ()
    door: str = ""
    organisation: str = ""


class _Days(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    days: int


#: The fields that hold a person's number.
_PERSON_NUMBERS: Final = frozenset(
    {
        "foedselsEllerDNummer",
        "relatertPerson",
        "relatertVedSivilstand",
        "ansvarlig",
        "ansvarssubjekt",
        "rettIdentitetVedIdentifikasjonsnummer",
    }
)


class Control:
    """Routes below /_control, and the two open pages."""

    def __init__(
        self,
        register: Register,
        cases: tuple[Case, ...],
        chronicle: Chronicle,
        *,
        faults: Faults,
        extracts: Extracts,
        quota: Quota,
        registry: Registry,
        fiks: FiksDoor,
    ) -> None:
        self.asked: deque[Asked] = deque(maxlen=_KEPT)
        self._chronicle = chronicle
        self._faults = faults
        self._routes: dict[tuple[str, str], Callable[[Call], Answer]] = {
            ("GET", "/healthz"): lambda _: json_answer({"ok": True, "persons": len(register)}),
            ("GET", "/testpersoner.json"): lambda _: json_answer(cases),
            ("GET", "/_control/faults"): lambda _: json_answer(faults.standing()),
            ("POST", "/_control/faults"): self._add_fault,
            ("DELETE", "/_control/faults"): lambda _: _done(faults.clear),
            ("POST", "/_control/persons"): self._put_persons,
            ("DELETE", "/_control/persons"): lambda _: _done(chronicle.restore),
            ("GET", "/_control/persons.jsonl"): lambda _: _everyone(register),
            ("POST", "/_control/advance"): self._advance,
            ("GET", "/_control/requests"): lambda _: json_answer(list(self.asked)),
            ("DELETE", "/_control/requests"): lambda _: _done(self.asked.clear),
            ("DELETE", "/_control/extracts"): lambda _: _done(extracts.clear),
            ("DELETE", "/_control/quota"): lambda _: _done(quota.clear),
            ("POST", "/_control/clients"): lambda call: _put(call, Client, registry.put_client),
            ("POST", "/_control/delegations"): lambda call: _put(call, Delegation, registry.put_delegation),
            ("POST", "/_control/fiks"): lambda call: _put(call, FiksSetUp, fiks.put),
        }

    def answer(self, call: Call) -> Answer:
        """The answer of a control route. Raises Problem 404 for an unknown path, 405 for a wrong method, 400 for a body
        out of shape."""
        route = self._routes.get((call.method, call.path))
        if route:
            return route(call)
        raise wrong_method() if any(path == call.path for _, path in self._routes) else not_found("Ukjent side.")

    def _add_fault(self, call: Call) -> Answer:
        self._faults.add(read_fault(call.body()))
        return json_answer(self._faults.standing(), status=201)

    def _put_persons(self, call: Call) -> Answer:
        """Puts in one whole document or several: every property with its history, as with legal basis. Each makes
        events."""
        documents = _decode(call.body(), dict[str, Any] | list[dict[str, Any]])
        if not all(map(_is_synthetic_or_none, _numbers_in(documents))):
            raise invalid("Bare syntetiske numre, med måneden økt med 80.")
        try:
            numbers = [
                self._chronicle.put(each) for each in (documents if isinstance(documents, list) else [documents])
            ]
        except (LookupError, TypeError, AttributeError):
            raise invalid("Dokumentet har ikke formen til et persondokument.") from None
        return json_answer({"numbers": numbers}, status=201)

    def _advance(self, call: Call) -> Answer:
        """Lets the days pass, then answers with the register's own date."""
        days = _decode(call.body(), _Days).days
        if not 0 <= days <= MOST_DAYS:
            raise invalid(f"Fra 0 til {MOST_DAYS} dager om gangen.")
        self._chronicle.advance(days)
        return json_answer({"today": self._chronicle.today, "events": self._chronicle.serial()})


def _numbers_in(content: Any) -> Iterator[str]:
    """Every number in the content: the person's own and those of others."""
    if isinstance(content, list):
        for one in content:
            yield from _numbers_in(one)
    elif isinstance(content, dict):
        for name, value in content.items():
            if name in _PERSON_NUMBERS and isinstance(value, str):
                yield value
            yield from _numbers_in(value)


def _is_synthetic_or_none(number: str) -> bool:
    """Whether this is no number, or a synthetic one (month + 80): the simulator may hold no real person."""
    return not re.fullmatch(r"\d{11}", number) or 81 <= int(number[2:4]) <= 92


def _everyone(register: Register) -> Answer:
    """One line for each whole document, read while it is sent. A person who ceases meanwhile is left out."""
    found = filter(None, map(register.find, register.numbers()))
    return Answer(200, b"", "application/jsonl", stream=(person.record.whole() + b"\n" for person in found))


def _put(call: Call, shape: Any, keep: Callable[[Any], None]) -> Answer:
    keep(_decode(call.body(), shape))
    return json_answer({"ok": True}, status=201)


def _decode(body: bytes, shape: Any) -> Any:
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.DecodeError as error:
        raise invalid(str(error)) from None


def _done(act: Callable[[], None]) -> Answer:
    act()
    return json_answer({"ok": True})

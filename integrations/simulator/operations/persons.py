"""The operations on persons: a checked call in, an answer out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.calls import Call, check_json
from integrations.simulator.criteria import BulkRequest, decode_body, search_criteria
from integrations.simulator.parts import properties_asked
from integrations.simulator.problems import Answer, invalid, json_answer, not_found
from integrations.simulator.register import Register

MOST_IN_BULK: Final = 1000
_NOBODY: Final = b'","feilmelding":{"feilmelding":"Fant ingen person."}}'


@dataclass(frozen=True, slots=True)
class Persons:
    """Each takes the call, who asks, the package and what stood in the path."""

    register: Register
    max_hits: int

    def person(self, call: Call, _owner: str, package: RightsPackage, number: str) -> Answer:
        call.allow("part")
        properties, history = properties_asked(package, call.all_of("part"))
        if not (len(number) == 11 and number.isascii() and number.isdigit()):
            raise invalid("Ugyldig personidentifikator.")
        entry = self.register.find(number)
        if entry is None:
            raise not_found()
        return Answer(200, entry.record.body(package, properties, history=history))

    def bulk(self, call: Call, _owner: str, package: RightsPackage) -> Answer:
        call.allow("part", "somBestilt")
        check_json(call)
        properties, history = properties_asked(package, call.all_of("part"))
        as_ordered = _flag(call.all_of("somBestilt"))
        asked = decode_body(call.body(), BulkRequest).foedselsEllerDNummer
        if len(asked) > MOST_IN_BULK:
            raise invalid("Høyst 1000 personer om gangen.")
        # No order is promised without somBestilt, so another one than asked for is kept.
        numbers = asked if as_ordered else sorted(set(asked), reverse=True)
        return self._bulk_answer(package, numbers, properties, history, as_ordered)

    def _bulk_answer(
        self,
        package: RightsPackage,
        numbers: Sequence[str],
        properties: frozenset[str],
        history: bool,
        only_in_use: bool,
    ) -> Answer:
        rows = []
        for number in numbers:
            entry = self.register.find(number)
            if entry is None or (only_in_use and entry.is_ceased(number)):
                rows.append(_row(number) + _NOBODY)
            else:
                person = entry.record.body(package, properties, history=history)
                rows.append(b'%b","folkeregisterperson":%b}' % (_row(number), person))
        return Answer(200, b'{"oppslag":[' + b",".join(rows) + b"]}")

    def search(self, call: Call, _owner: str, package: RightsPackage) -> Answer:
        criteria = search_criteria(call.single_values())
        numbers = self.register.search(package, criteria)
        if len(numbers) > self.max_hits:
            raise invalid("For mange treff. Gjør søket mer spesifikt.")
        return json_answer({"foedselsEllerDNummer": numbers[: criteria.maksTreff]})


def _row(number: str) -> bytes:
    # What was asked comes back as it was: it may hold anything a JSON string may.
    return b'{"foedselsEllerDNummer":' + _quoted(number)[:-1]


def _quoted(number: str) -> bytes:
    return b'"%b"' % number.encode() if number.isascii() and number.isdigit() else json_answer(number).body


def _flag(values: tuple[str, ...]) -> bool:
    if values in ((), ("false",), ("true",)):
        return values == ("true",)
    raise invalid("Ugyldig verdi i somBestilt.")

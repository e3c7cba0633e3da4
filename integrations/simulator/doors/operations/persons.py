"""The operations on persons: each gets a checked call and returns an answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.calls import Call, check_json
from integrations.simulator.problems import Answer, invalid, json_answer, not_found
from integrations.simulator.register.criteria import BulkRequest, SearchCriteria, decode_body, search_criteria
from integrations.simulator.register.parts import properties_asked
from integrations.simulator.register.register import Person, Register
from integrations.simulator.register.traits import Place
from integrations.simulator.register.unique import UniqueCriteria, UniqueRule, unique_criteria

MOST_IN_BULK: Final = 1000
_NOBODY: Final = b'","feilmelding":{"feilmelding":"Fant ingen person."}}'


@dataclass(frozen=True, slots=True)
class Persons:
    """The operations. Each takes the call, who asks, the package and the rest of the path."""

    register: Register
    max_hits: int
    unique_rule: UniqueRule = field(default_factory=UniqueRule)

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
        # Without somBestilt no order is promised, so the answer has another order than the question.
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

    def unique(self, call: Call, _owner: str, package: RightsPackage) -> Answer:
        properties, history = properties_asked(package, call.all_of("part"))
        asked = replace(call, query=tuple(pair for pair in call.query if pair[0] != "part"))
        criteria = unique_criteria(asked.single_values(), package, self.unique_rule)
        hits = self._described(criteria, package)
        if len(hits) != 1:
            raise not_found("Ukjent person, eller ikke entydig treff.")
        return Answer(200, hits[0].record.body(package, properties, history=history))

    def _described(self, criteria: UniqueCriteria, package: RightsPackage) -> list[Person]:
        numbers = self.register.search(package, criteria.searched)
        found = [person for person in map(self.register.find, numbers) if person]
        if criteria.number:
            found = [person for person in found if criteria.number in person.traits.numbers]
        if criteria.no_house:
            found = [person for person in found if _has_no_house(person.traits.homes, criteria.searched)]
        return [person for person in found if criteria.describes(self.register.document(person.traits.number))]


def _has_no_house(homes: Iterable[Place], criteria: SearchCriteria) -> bool:
    """Whether none of the homes has a house number: only then does a street alone give a right to a hit."""
    return any(home.street.startswith(criteria.adressenavn.lower()) and not home.house for home in homes)


def _row(number: str) -> bytes:
    # The question is repeated in the answer unchanged; it may hold anything that a JSON string may.
    return b'{"foedselsEllerDNummer":' + _quote(number)[:-1]


def _quote(number: str) -> bytes:
    return b'"%b"' % number.encode() if number.isascii() and number.isdigit() else json_answer(number).body


def _flag(values: tuple[str, ...]) -> bool:
    if values in ((), ("false",), ("true",)):
        return values == ("true",)
    raise invalid("Ugyldig verdi i somBestilt.")

"""The simulated register from a test's side: who is in it, what it was asked, and how it is made to fail."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from random import Random
from typing import Any

import httpx
import msgspec

from integrations.folkeregisteret.documents import (
    Foedsel,
    Folkeregisteridentifikator,
    Folkeregisterpersonnavn,
    Folkeregisterpersonstatus,
    PersonRecord,
)
from integrations.simulator.population.casebook import Case
from integrations.simulator.population.numbers import NumberSeries


class Register:
    """The simulator at `address`."""

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=10)

    def close(self) -> None:
        self._http.close()

    def number_of(self, case: str) -> str:
        """The number of a test person, by the name of the case."""
        return self.person(case).number

    def person(self, case: str) -> Case:
        return next(person for person in self.everybody_named() if person.case == case)

    def everybody_named(self) -> list[Case]:
        """All test persons who have a case of their own."""
        return [Case(**person) for person in self._http.get("/testpersoner.json").json()]

    def asked(self) -> list[dict[str, Any]]:
        """What the register was asked since forget()."""
        answer: list[dict[str, Any]] = self._http.get("/_control/requests").raise_for_status().json()
        return answer

    def forget(self) -> None:
        self._http.delete("/_control/requests").raise_for_status()

    def namesakes(self, count: int, *, born: date) -> list[str]:
        """The numbers of new persons in the register, all called Tallrik Flokk and born on the same day."""
        series = NumberSeries(Random(count))
        numbers = [series.birth_number(born, woman=True) for _ in range(count)]
        documents = [_document(number, born) for number in numbers]
        self._http.post("/_control/persons", content=msgspec.json.encode(documents)).raise_for_status()
        return numbers

    @contextmanager
    def failing(self, kind: str, *, operation: str = "person", milliseconds: int = 0) -> Iterator[None]:
        """Every answer of the operation fails in this way."""
        fault = {"operation": operation, "kind": kind, "count": 100, "ms": milliseconds}
        self._http.post("/_control/faults", json=fault).raise_for_status()
        try:
            yield
        finally:
            self._http.delete("/_control/faults").raise_for_status()


def _document(number: str, born: date) -> PersonRecord:
    return PersonRecord(
        identifikasjonsnummer=(
            Folkeregisteridentifikator(
                erGjeldende=True, foedselsEllerDNummer=number, identifikatortype="foedselsnummer", status="iBruk"
            ),
        ),
        navn=(Folkeregisterpersonnavn(erGjeldende=True, fornavn="TALLRIK", etternavn="FLOKK"),),
        foedsel=(Foedsel(erGjeldende=True, foedselsdato=born, foedselsaar=str(born.year)),),
        status=(Folkeregisterpersonstatus(erGjeldende=True, status="bosatt"),),
    )

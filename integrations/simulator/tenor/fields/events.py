"""Fields about the events of a person."""

from typing import Final

from integrations.simulator.tenor.fields.kinds import Fields, word
from integrations.simulator.tenor.searchable import Subject


def _kinds(subject: Subject) -> list[str]:
    return [event.kind for event in subject.events]


EVENTS: Final[Fields] = {
    "hendelser": word(_kinds),
    "hendelserMedSekvens.hendelse": word(_kinds),
    "sisteHendelse": word(lambda subject: subject.events[-1].kind if subject.events else ""),
}

"""The operations on archived persons, as they were after an event."""

from dataclasses import dataclass

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.calls import Call
from integrations.simulator.days.journal import Journal
from integrations.simulator.doors.operations.events import asked_documents, check_package
from integrations.simulator.problems import Answer, not_found
from integrations.simulator.register.parts import properties_asked


@dataclass(frozen=True, slots=True)
class Archive:
    """Archived persons, with legal basis only. Parts mean the same as in a lookup. Bulk answers as for events."""

    journal: Journal
    most_documents: int

    def person(self, call: Call, _owner: str, package: RightsPackage, document_id: str) -> Answer:
        call.allow("part")
        check_package(package)
        properties, history = properties_asked(package, call.all_of("part"))
        record = self.journal.archived(document_id)
        if record is None:
            raise not_found("Ukjent dokumentid.")
        return Answer(200, record.body(package, properties, history=history))

    def bulk(self, call: Call, _owner: str, package: RightsPackage) -> Answer:
        call.allow("part")
        check_package(package)
        properties, history = properties_asked(package, call.all_of("part"))
        found = (self.journal.archived(each) for each in asked_documents(call, self.most_documents))
        persons = [record.body(package, properties, history=history) for record in found if record]
        return Answer(200, b"[" + b",".join(persons) + b"]")

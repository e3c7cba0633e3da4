"""The operations on events."""

from dataclasses import dataclass
from hashlib import blake2b

import msgspec

from integrations.folkeregisteret.elements import RightsPackage
from integrations.simulator.calls import Call, check_json
from integrations.simulator.days.journal import Journal
from integrations.simulator.problems import Answer, forbidden, invalid, json_answer, not_found
from integrations.simulator.register.criteria import DocumentsRequest, decode_body


@dataclass(frozen=True, slots=True)
class Events:
    """The feed, and the documents of its events.

    A bulk answer is an array in the order asked, without unknown ids; a deleted one fails the whole call. The OpenAPI
    file gives a single document as the answer, which cannot be right.
    """

    journal: Journal
    most_documents: int
    latest_in_object: bool = False

    def latest(self, call: Call, _owner: str, package: RightsPackage) -> Answer:
        call.allow()
        last = self.journal.last(package)
        return json_answer({"sekvensnummer": last} if self.latest_in_object else last)

    def feed(self, call: Call, _owner: str, package: RightsPackage) -> Answer:
        call.allow("seq")
        events = self.journal.page(_sequence(call.single_values()), package)
        body = msgspec.json.encode([event.line(self.journal.ids) for event in events])
        tag = f'"{blake2b(body, digest_size=12).hexdigest()}"'
        if call.environ.get("HTTP_IF_NONE_MATCH") == tag:
            return Answer(304, b"", headers=(("ETag", tag),))
        return Answer(200, body, headers=(("ETag", tag),))

    def event(self, call: Call, _owner: str, package: RightsPackage, document_id: str) -> Answer:
        call.allow()
        check_package(package)
        document = self.journal.document(document_id)
        if document is None:
            raise not_found("Ukjent dokumentid.")
        return json_answer(document)

    def bulk(self, call: Call, _owner: str, package: RightsPackage) -> Answer:
        call.allow()
        check_package(package)
        found = (self.journal.document(each) for each in asked_documents(call, self.most_documents))
        return json_answer([document for document in found if document])


def check_package(package: RightsPackage) -> None:
    """Raises Problem 403 without legal basis: thick events and archived persons require it."""
    if package is not RightsPackage.WITH_LEGAL_BASIS:
        raise forbidden("Ressursen er ikke tilgjengelig i rettighetspakken.")


def asked_documents(call: Call, most: int) -> list[str]:
    """The ids in the body. Raises Problem 400 for none or too many."""
    check_json(call)
    asked = decode_body(call.body(), DocumentsRequest).dokumentidentifikator
    if not 0 < len(asked) <= most:
        raise invalid(f"Fra 1 til {most} dokumenter om gangen.")
    return asked


def _sequence(query: dict[str, str]) -> int:
    text = query.get("seq", "")
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise invalid("Parameteren seq må være et heltall.")
    return int(text)

"""Accesses of two organisations, the register they ask, and what stands in the log."""

from uuid import UUID, uuid4

from integrations.folkeregisteret.documents import PersonRecord, encode_person
from integrations.folkeregisteret.elements import ELEMENTS, RightsPackage
from roles.access import Access, LegalBasisRef
from roles.actors import Actor
from roles.audit.models import AuditEntry
from roles.models import Use
from tests.lookup.register import Register

NORDVAAG, SOERDAL = uuid4(), uuid4()
EVERYTHING = frozenset(ELEMENTS)
OPEN = frozenset(key for key, element in ELEMENTS.items() if not element.is_confidential)
#: Well formed, and nobody's.
NOBODY = "03851598730"


def access(
    *elements: str,
    organisation: UUID = NORDVAAG,
    use: Use = Use.SEARCH,
    confidential_addresses: bool = False,
    reason: str = "",
    purpose: str = "Sak 1/26",
    label: str = "Saksbehandler",
    organisation_number: str = "",
) -> Access:
    """Somebody who may see these elements, on a legal basis of their own where one is confidential."""
    confidential = any(ELEMENTS[key].is_confidential for key in elements)
    held = Access(
        actor=Actor(kind="employee", id=str(uuid4()), label=label),
        organisation_id=organisation,
        organisation_name="Nordvåg kommune",
        organisation_number=organisation_number,
        role_id=uuid4(),
        role_name="Opptak",
        service_area="BARNEHAGE",
        use=use,
        elements=frozenset(elements),
        legal_bases=(LegalBasisRef("folkeregisterloven-10-1", "Folkeregisterloven", "§ 10-1"),),
        package=RightsPackage.WITH_LEGAL_BASIS if confidential else RightsPackage.WITHOUT_LEGAL_BASIS,
        case_reference_required=True,
        confidential_addresses=confidential_addresses,
        kommuner=frozenset({"1870"}),
        purpose=purpose,
        reason=reason,
        read_anew=lambda: held,
    )
    return held


def logged(organisation: UUID = NORDVAAG) -> list[AuditEntry]:
    """The organisation's log, oldest first."""
    return list(AuditEntry.objects.of_organisation(organisation).order_by("seq"))


def events(organisation: UUID = NORDVAAG) -> list[str]:
    return [entry.event for entry in logged(organisation)]


class Simulated(Register):
    """The simulated register, which also takes documents in."""

    def put(self, *records: PersonRecord) -> None:
        documents = b"[" + b",".join(encode_person(record) for record in records) + b"]"
        self._http.post("/_control/persons", content=documents).raise_for_status()

    def parts_asked(self, operation: str) -> list[set[str]]:
        """The parts of each call of the operation since forget()."""
        return [set(call["parts"]) for call in self.asked() if call["operation"] == operation]

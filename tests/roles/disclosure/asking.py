"""Accesses of two organisations, the simulated register that they ask, and the audit log."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID, uuid4

from integrations.folkeregisteret.documents import PersonRecord, encode_person
from integrations.folkeregisteret.elements import ELEMENTS, RightsPackage
from roles.access import Access, LegalBasisRef, NoRole, RoleProblem
from roles.actors import Actor
from roles.audit.models import AuditEntry
from roles.disclosure import ManyDisclosed, disclose_many
from roles.models import Use
from tests.lookup.register import Register

NORDVAAG, SOERDAL = uuid4(), uuid4()
EVERYTHING = frozenset(ELEMENTS)
OPEN = frozenset(key for key, element in ELEMENTS.items() if not element.is_confidential)
#: A well-formed number that belongs to no person.
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
    """The access of an employee who may see these elements, with a confidential legal basis if one of them needs it."""
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


def without_right(asking: Access) -> Access:
    """A copy of the access whose holder has lost the role."""

    def gone() -> Access:
        raise NoRole(RoleProblem.NO_LONGER_HELD, asking.use)

    return replace(asking, read_anew=gone)


def many(
    asking: Access, numbers: Sequence[str], *, marks_key: bytes = bytes(32), of_guardians: frozenset[str] = frozenset()
) -> ManyDisclosed:
    """disclose_many() with one fixed marks key, as for the batches of one list."""
    return disclose_many(asking, numbers, marks_key=marks_key, of_guardians=of_guardians)


def logged(organisation: UUID = NORDVAAG) -> list[AuditEntry]:
    """The entries of the organisation's log, oldest first."""
    return list(AuditEntry.objects.of_organisation(organisation).order_by("seq"))


def events(organisation: UUID = NORDVAAG) -> list[str]:
    return [entry.event for entry in logged(organisation)]


class Simulated(Register):
    """The simulated register, to which a test can add documents."""

    def put(self, *records: PersonRecord) -> None:
        documents = b"[" + b",".join(encode_person(record) for record in records) + b"]"
        self._http.post("/_control/persons", content=documents).raise_for_status()

    def parts_asked(self, operation: str) -> list[set[str]]:
        """The parts of each call of the operation since forget()."""
        return [set(call["parts"]) for call in self.asked() if call["operation"] == operation]

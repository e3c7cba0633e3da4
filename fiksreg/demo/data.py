"""The demo's organisations, employees and roles: invented names, and the two kommuner the simulator serves.

Loading it again adds only what is missing, and does not change what somebody has changed.
"""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from roles.access.onboardingsteps import missing_in
from roles.granting.assignments import give_role
from roles.granting.roles import create_role
from roles.login.subjecthashes import names_of_word
from roles.models import (
    AdministratorKind,
    Administratorship,
    ContactPoint,
    Employee,
    LegalBasis,
    Organisation,
    OrganisationKind,
    Role,
    RoleAssignment,
    ServiceArea,
    Step,
    Use,
)
from roles.onboarding.takingsteps import take_step


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoOrganisation:
    """An invented kommune, with the simulated residents of a real one."""

    name: str
    organisation_number: str
    kommune: str
    role_contact: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DemoRole:
    """A role of the demo. `holder`: the account that it is given to."""

    name: str
    description: str
    organisation: DemoOrganisation
    holder: str
    service_area: str
    legal_bases: tuple[str, ...]
    uses: tuple[Use, ...]
    elements: tuple[str, ...]
    case_reference_required: bool = False
    confidential_addresses: bool = False


HAVBRIS = DemoOrganisation(
    name="Havbris kommune",
    organisation_number="310000019",
    kommune="1870",
    role_contact="Rolleadministrator på rådhuset (rolle@havbris.example)",
    email="post@havbris.example",
)
FJELLRO = DemoOrganisation(
    name="Fjellro kommune",
    organisation_number="310000027",
    kommune="4640",
    role_contact="servicetorget (rolle@fjellro.example)",
    email="post@fjellro.example",
)

ADMINISTRATOR = "Rolleadministrator"
NEIGHBOURS_ADMINISTRATOR = "Rolleadministrator nabokommune"  # has no account to log in with
ORGANISATION_ADMINISTRATOR = "Virksomhetsadministrator"
PRIVACY_OFFICER = "Personvernombud"
CENTRAL_ADMINISTRATOR = "Sentral administrator"  # of the installation, in no organisation

EMPLOYEES: dict[str, DemoOrganisation | None] = {
    "Saksbehandler barnehage": HAVBRIS,
    "Saksbehandler helse": HAVBRIS,
    ADMINISTRATOR: HAVBRIS,
    ORGANISATION_ADMINISTRATOR: HAVBRIS,
    PRIVACY_OFFICER: HAVBRIS,
    "Nyansatt": HAVBRIS,
    CENTRAL_ADMINISTRATOR: None,
    "Saksbehandler nabokommune": FJELLRO,
    NEIGHBOURS_ADMINISTRATOR: FJELLRO,
}
ADMINISTRATORS: dict[str, AdministratorKind] = {
    ADMINISTRATOR: AdministratorKind.ROLE,
    NEIGHBOURS_ADMINISTRATOR: AdministratorKind.ROLE,
    ORGANISATION_ADMINISTRATOR: AdministratorKind.ORGANISATION,
    PRIVACY_OFFICER: AdministratorKind.PRIVACY,
    CENTRAL_ADMINISTRATOR: AdministratorKind.CENTRAL,
}

_OPEN_BASIS = "folkeregisterloven-10-1"
_WHO_AND_WHERE = ("identifikasjonsnummer", "navn", "foedsel", "kjoenn", "status", "bostedsadresse")

ROLES = (
    DemoRole(
        name="Barnehageopptak",
        description="Tar opp barn i barnehage og finner foreldre og adresse.",
        organisation=HAVBRIS,
        holder="Saksbehandler barnehage",
        service_area="BARNEHAGE",
        legal_bases=(_OPEN_BASIS, "barnehageloven-opptak"),
        uses=(Use.SEARCH, Use.CITIZEN_LIST),
        elements=(*_WHO_AND_WHERE, "deltBosted", "statsborgerskap", "familierelasjon", "foreldreansvar"),
    ),
    DemoRole(
        name="Skoleinnskriving",
        description="Skriver inn barn i grunnskolen etter adresse og krets.",
        organisation=HAVBRIS,
        holder="Saksbehandler barnehage",
        service_area="OPPVEKST",
        legal_bases=(_OPEN_BASIS, "opplaeringslova-grunnskole"),
        uses=(Use.SEARCH, Use.CITIZEN_LIST),
        elements=(*_WHO_AND_WHERE, "bostedsadresse.kretser", "deltBosted", "postadresse", "foreldreansvar"),
    ),
    DemoRole(
        name="Helsestasjon",
        description="Følger opp barn og familier i helsestasjon og skolehelsetjeneste.",
        organisation=HAVBRIS,
        holder="Saksbehandler helse",
        service_area="HELSE",
        legal_bases=(_OPEN_BASIS, "helse-og-omsorgstjenesteloven-helsestasjon-og-skolehelsetjeneste"),
        uses=(Use.SEARCH,),
        elements=(*_WHO_AND_WHERE, "doedsfall", "postadresse", "sivilstand", "foedselINorge", "adressebeskyttelse"),
        case_reference_required=True,
        confidential_addresses=True,
    ),
    DemoRole(
        name="Barnehageopptak",
        description="Tar opp barn i barnehage.",
        organisation=FJELLRO,
        holder="Saksbehandler nabokommune",
        service_area="BARNEHAGE",
        legal_bases=(_OPEN_BASIS, "barnehageloven-opptak"),
        uses=(Use.SEARCH, Use.CITIZEN_LIST),
        elements=(*_WHO_AND_WHERE, "foreldreansvar"),
    ),
)


@transaction.atomic
def load_demo() -> None:
    """Adds the missing data of the demo. Raises LegalBasis.DoesNotExist when the catalogue is not loaded."""
    for label, organisation in EMPLOYEES.items():
        _employee(label, _organisation(organisation) if organisation else None)
    for label, kind in ADMINISTRATORS.items():
        employee = _account(label)
        Administratorship.objects.get_or_create(employee=employee, organisation=employee.organisation, kind=kind)
    for demo in (HAVBRIS, FJELLRO):
        _take_into_use(_organisation(demo), _account(CENTRAL_ADMINISTRATOR))
    for role in ROLES:
        administrator = _account(ADMINISTRATOR if role.organisation is HAVBRIS else NEIGHBOURS_ADMINISTRATOR)
        _give(_role(role, administrator), _account(role.holder), administrator)


def _organisation(demo: DemoOrganisation) -> Organisation:
    organisation, _created = Organisation.objects.get_or_create(
        organisation_number=demo.organisation_number,
        defaults={
            "name": demo.name,
            "kind": OrganisationKind.KOMMUNE,
            "kommuner": [demo.kommune],
            "role_contact": demo.role_contact,
        },
    )
    if not organisation.contact_points.exists():
        ContactPoint.objects.create(organisation=organisation, name="Servicetorget", email=demo.email)
    return organisation


def _take_into_use(organisation: Organisation, central: Employee) -> None:
    agreement = {"document": "Tjenesteavtale for demoen", "version": "1", "signer": "Kommunedirektøren"}
    for step in missing_in(organisation):
        named = agreement if step == Step.AGREEMENT else {}
        take_step(organisation=organisation, step=step, by=central, done_on=timezone.localdate(), **named)


def _employee(label: str, organisation: Organisation | None) -> Employee:
    names = names_of_word(label)
    known = Employee.objects.filter(subject__in=names, organisation=organisation).first()
    if known is None:
        return Employee.objects.create_employee(
            issuer=settings.OIDC_ISSUER, subject=names[0], display_name=label, organisation=organisation
        )
    if known.issuer != settings.OIDC_ISSUER:  # the demo was started on another port: the same person, moved
        known.issuer = settings.OIDC_ISSUER
        known.save(update_fields=["issuer"])
    return known


def _role(demo: DemoRole, administrator: Employee) -> Role:
    organisation = Organisation.objects.get(organisation_number=demo.organisation.organisation_number)
    known = Role.objects.not_deleted().filter(organisation=organisation, name=demo.name).first()
    return known or create_role(
        by=administrator,
        organisation=organisation,
        name=demo.name,
        description=demo.description,
        service_area=ServiceArea.objects.get(code=demo.service_area),
        legal_bases=[LegalBasis.objects.get(key=key) for key in demo.legal_bases],
        uses=demo.uses,
        elements=demo.elements,
        case_reference_required=demo.case_reference_required,
        confidential_addresses=demo.confidential_addresses,
    )


def _account(label: str) -> Employee:
    return Employee.objects.get(issuer=settings.OIDC_ISSUER, subject__in=names_of_word(label))


def _give(role: Role, employee: Employee, administrator: Employee) -> None:
    if not RoleAssignment.objects.filter(role=role, employee=employee).exists():
        give_role(by=administrator, role=role, employee=employee)

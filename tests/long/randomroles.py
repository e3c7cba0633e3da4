"""Roles as chance makes them: legal bases in and out of force, areas that may hold confidential elements and not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from random import Random

from django.utils import timezone

from integrations.folkeregisteret.elements import ELEMENTS
from roles.access import Access, access_for
from roles.models import BasisKind, Employee, LegalBasis, Organisation, Role, RoleAssignment, ServiceArea, Use
from tests.long.rules import CONFIDENTIAL
from tests.roles.onboarding.taken import in_use

REASON = "Varsling etter forvaltningsloven"
_FOR_EVER = (None, None)
_VALIDITIES = (*[_FOR_EVER] * 6, (-30, None), (-30, 30), (None, 1), (1, None), (-30, 0), (None, -1))


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody with one role. elements: what the law makes of the role, not what the product does."""

    employee: Employee
    role: Role
    elements: frozenset[str]

    def access(self, use: Use, *, reason: str = "") -> Access:
        return access_for(self.employee, self.role.id, use).opening_confidential_address(reason)

    def may_open_addresses(self, reason: str) -> bool:
        return bool(reason) and self.role.confidential_addresses and "adressebeskyttelse" in self.elements


class RandomRoles:
    """Gives role after role; two organisations, three areas and a dozen legal bases."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._serial = count()
        self._organisations = [_organisation(number) for number in (1, 2)]
        self._areas = [_area(code, confidential=code != "TEKNISK") for code in ("BARNEHAGE", "HELSE", "TEKNISK")]
        self._bases = [self._basis() for _ in range(12)]

    def holder(self, *, uses: Iterable[Use] = (Use.SEARCH, Use.CITIZEN_LIST)) -> Holder:
        """A new employee with a new role."""
        area, bases = self._random.choice(self._areas), self._random.sample(self._bases, self._random.randint(1, 4))
        chosen = self._some()
        name, organisation = f"Tilfeldig {next(self._serial)}", self._random.choice(self._organisations)
        role = Role.objects.create(
            organisation=organisation,
            name=name,
            service_area=area,
            uses=list(uses),
            elements=sorted(chosen),
            confidential_addresses=self._random.random() < 0.5,
        )
        role.legal_bases.set(bases)
        employee = Employee.objects.create_employee(
            issuer="https://login.example", subject=name, display_name=name, organisation=organisation
        )
        RoleAssignment.objects.create(role=role, employee=employee)
        opened = frozenset(key for key in chosen if any(_opens(basis, area, key) for basis in bases))
        return Holder(employee, role, frozenset(key for key in opened if _property_of(key) in opened))

    def _basis(self) -> LegalBasis:
        today = timezone.localdate()
        begins, ends = self._random.choice(_VALIDITIES)
        basis = LegalBasis.objects.create(
            key=f"tilfeldig-{next(self._serial)}",
            statute="Testloven",
            section="§ 1",
            confidential=self._random.random() < 0.7,
            kind=self._random.choice([BasisKind.OPENS_CONFIDENTIAL] * 4 + [BasisKind.TASK, BasisKind.NOT_FOUND]),
            valid_from=None if begins is None else today + timedelta(days=begins),
            valid_to=None if ends is None else today + timedelta(days=ends),
            for_every_area=self._random.random() < 0.5,
            elements=sorted(self._some()),
        )
        basis.areas.set(self._random.sample(self._areas, self._random.randint(0, 2)))
        return basis

    def _some(self) -> set[str]:
        share = self._random.choice((0.3, 0.7, 0.95))
        return {key for key in ELEMENTS if self._random.random() < share}


def _opens(basis: LegalBasis, area: ServiceArea, key: str) -> bool:
    today = timezone.localdate()
    in_force = (basis.valid_from or today) <= today and (basis.valid_to is None or today < basis.valid_to)
    here = basis.for_every_area or area in basis.areas.all()
    by_law = basis.confidential and basis.kind == BasisKind.OPENS_CONFIDENTIAL
    enough = key not in CONFIDENTIAL or (by_law and area.may_hold_confidential)
    return in_force and here and key in basis.elements and enough


def _property_of(key: str) -> str:
    """The property that a split is a part of: without it the part says nothing. A property is its own, and so is the
    wider history, which is no part of the other."""
    return key if key == "historikk.utvidet" else key.partition(".")[0]


def _organisation(number: int) -> Organisation:
    return in_use(
        Organisation.objects.create(
            name=f"Kommune {number}", organisation_number=f"99900000{number}", kind="KOMMUNE", kommuner=["1870"]
        )
    )


def _area(code: str, *, confidential: bool) -> ServiceArea:
    names = dict.fromkeys(("name_nb", "name_nn", "name_en"), code.capitalize())
    area, _ = ServiceArea.objects.get_or_create(code=code, defaults={**names, "may_hold_confidential": confidential})
    return area

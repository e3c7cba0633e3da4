"""roles_held, one SQL statement, gives the same roles as the rules of the models applied row by row."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from roles.access import package_of
from roles.access.liveroles import live_roles
from roles.access.onboardingsteps import missing, missing_in, required_of
from roles.access.rights import HeldRole, roles_held
from roles.limits import limits_of
from roles.models import (
    LOCAL_ISSUER,
    BasisKind,
    BasisStatus,
    Employee,
    Group,
    LegalBasis,
    OnboardingStep,
    Organisation,
    Role,
    RoleAssignment,
    ServiceArea,
    Step,
    Use,
)
from roles.policy.fieldpolicy import opened_by_those, opened_elements
from tests.roles.tenants import tenant

pytestmark = pytest.mark.django_db

#: Just after midnight in Oslo, when the date in UTC is still the day before.
NOW = datetime(2026, 6, 14, 22, 30, tzinfo=UTC)
TODAY = timezone.localdate(NOW)
ELEMENTS = ["navn", "foedsel", "familierelasjon", "adressebeskyttelse", "sivilstand", "not.in.the.vocabulary"]
_numbers = count(1)

moments = st.sampled_from([NOW + timedelta(seconds=seconds) for seconds in (-86_400, -1, 0, 1, 86_400)])
ends = st.none() | moments
days = st.none() | st.sampled_from([TODAY + timedelta(days=number) for number in (-1, 0, 1)])
some_elements = st.lists(st.sampled_from(ELEMENTS), unique=True)
#: Drawn True more often than False: a world in which no role is live would test nothing.
mostly = st.integers(0, 4).map(bool)
begun, lasting = st.just(NOW - timedelta(days=2)) | moments, st.none() | ends


def validity() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"valid_from": begun, "valid_to": lasting})


class World:
    """Rows drawn at random: two organisations, and two of everything in them."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw
        self.areas = [self._area() for _ in range(2)]
        self.organisations = [self._organisation() for _ in range(2)]
        self.bases = [self._basis() for _ in range(3)]
        self.employees = [self._employee() for _ in range(2)]
        self.groups = [self._group() for _ in range(2)]
        self.roles = [self._role() for _ in range(3)]
        for _ in range(draw(st.integers(2, 6))):
            self._assignment()

    def one_of(self, rows: Sequence[Any]) -> Any:
        return self.draw(st.sampled_from(rows))

    def some_of(self, rows: Sequence[Any]) -> list[Any]:
        return [row for row in rows if self.draw(st.booleans())]

    def _area(self) -> ServiceArea:
        names = {"name_nb": "Skole", "name_nn": "Skule", "name_en": "School"}
        holds = self.draw(st.booleans())
        return ServiceArea.objects.create(code=f"AREA{next(_numbers)}", may_hold_confidential=holds, **names)

    def _organisation(self) -> Organisation:
        limit = st.none() | st.integers(1, 9)
        made = Organisation.objects.create(
            name=f"Virksomhet {next(_numbers)}",
            organisation_number=f"{next(_numbers):09}",
            kind="KOMMUNE",
            kommuner=self.draw(st.lists(st.sampled_from(["0301", "1870"]), unique=True)),
            groups_only=not self.draw(mostly),
            lookups_per_minute=self.draw(limit),
            misses_per_day=self.draw(limit),
            **self.draw(validity()),
        )
        for step in self.some_of(list(Step)):
            self._step(made, step)
        return made

    def _step(self, organisation: Organisation, step: Step) -> None:
        agreement = {"document": "Avtale", "version": "1", "signer": "X"} if step == Step.AGREEMENT else {}
        to = self.one_of(["971032146", "310000019", ""])
        OnboardingStep.objects.create(organisation=organisation, step=step, done_on=TODAY, delegated_to=to, **agreement)

    def _basis(self) -> LegalBasis:
        basis = LegalBasis.objects.create(
            key=f"basis-{next(_numbers)}",
            statute="Lov",
            section="§ 1",
            confidential=self.draw(st.booleans()),
            kind=self.one_of(list(BasisKind)),
            status=self.one_of(list(BasisStatus)),
            for_every_area=self.draw(st.booleans()),
            elements=self.draw(some_elements),
            valid_from=self.draw(days),
            valid_to=self.draw(days),
        )
        basis.areas.set(self.some_of(self.areas))
        return basis

    def _employee(self) -> Employee:
        is_local = not self.draw(mostly) and not Employee.objects.filter(issuer=LOCAL_ISSUER).exists()
        employee = Employee.objects.create_employee(
            issuer=LOCAL_ISSUER if is_local else "https://idp.example",
            subject=str(next(_numbers)),
            display_name="Ansatt",
            organisation=None if is_local else self.one_of(self.organisations),
        )
        employee.is_active = self.draw(mostly)
        employee.save()
        return employee

    def _group(self) -> Group:
        group = Group.objects.create(organisation=self.one_of(self.organisations), name=f"Gruppe {next(_numbers)}")
        group.members.set(self.some_of(self.employees))
        return group

    def _role(self) -> Role:
        role = Role.objects.create(
            organisation=self.one_of(self.organisations),
            name=f"{self.one_of(['Opptak', 'opptak', 'Ål', 'Zebra'])} {next(_numbers)}",
            service_area=self.one_of(self.areas),
            uses=self.some_of(list(Use)),
            elements=self.draw(some_elements),
            case_reference_required=self.draw(st.booleans()),
            confidential_addresses=self.draw(st.booleans()),
            is_active=self.draw(mostly),
            **self.draw(validity()),
        )
        role.legal_bases.set(self.some_of(self.bases))
        return role

    def _assignment(self) -> None:
        to_group = self.draw(st.booleans())
        holder = {"group": self.one_of(self.groups)} if to_group else {"employee": self.one_of(self.employees)}
        RoleAssignment.objects.create(role=self.one_of(self.roles), **holder, **self.draw(validity()))


def as_the_models_say(role: Role, now: datetime) -> dict[str, Any]:
    day = timezone.localdate(now)
    area = role.service_area
    bases = [basis for basis in role.legal_bases.all() if basis.is_in_force(day) and basis.covers(area.code)]
    return {
        **_in_common(role),
        "bases": sorted(map(_of_basis, bases)),
        "opened": opened_elements(role.legal_bases.all(), role.elements, area, now),
        "package": package_of(bases),
        "missing": missing_in(role.organisation),
    }


def as_read_at_once(role: HeldRole) -> dict[str, Any]:
    return {
        **_in_common(role),
        "bases": [_of_basis(basis) for basis in role.legal_bases],
        "opened": opened_by_those(role.legal_bases, role.elements, role.service_area),
        "package": package_of(role.legal_bases),
        "missing": missing(required_of(role.organisation.organisation_number), role.organisation.steps),
    }


def _in_common(role: Role | HeldRole) -> dict[str, Any]:
    named = ("id", "pk", "name", "organisation_id", "case_reference_required", "confidential_addresses")
    listed = {name: list(getattr(role, name)) for name in ("uses", "elements")}
    return {**{name: getattr(role, name) for name in named}, **listed, **_around(role)}


def _around(role: Role | HeldRole) -> dict[str, Any]:
    house, area = role.organisation, role.service_area
    return {
        "house": (house.pk, str(house), house.organisation_number, house.role_contact, list(house.kommuner)),
        "limits": limits_of(house),
        "area": (area.code, str(area), area.may_hold_confidential),
        "called": str(role),
    }


def _of_basis(basis: Any) -> tuple[Any, ...]:
    return basis.key, basis.statute, basis.section, basis.is_proposal, basis.confidential, basis.kind, basis.elements


@settings(max_examples=60, phases=[Phase.generate])  # a smaller world is drawn no sooner than a new one
@given(data=st.data())
def test_roles_held_gives_the_same_answer_as_the_models(data: st.DataObject) -> None:
    with transaction.atomic():
        world = World(data.draw)
        for employee in world.employees:
            for now in (NOW, NOW + timedelta(seconds=1), NOW + timedelta(days=1)):
                by_the_models = [as_the_models_say(role, now) for role in live_roles(employee, now=now)]
                assert [as_read_at_once(role) for role in roles_held(employee.pk, now)] == by_the_models
        transaction.set_rollback(True)


def test_roles_held_is_one_statement_however_many_roles_there_are() -> None:
    where = tenant("Nordvåg")
    for name in ("Tilsyn", "Barnevern"):
        RoleAssignment.objects.create(
            role=Role.objects.create(
                organisation=where.organisation, name=name, service_area=where.role.service_area, uses=[Use.SEARCH]
            ),
            employee=where.caseworker,
        )
    with CaptureQueriesContext(connection) as queries:
        assert [role.name for role in roles_held(where.caseworker.pk)] == ["Barnevern", "Tilsyn"]
    assert len(queries) == 1


def test_an_area_is_called_what_the_page_calls_it() -> None:
    where = tenant("Nordvåg")
    RoleAssignment.objects.create(role=where.role, employee=where.caseworker)
    (held,) = roles_held(where.caseworker.pk)
    with timezone.override("UTC"):
        assert str(held.service_area) == "Barnehage"


def test_a_basis_ends_with_the_day_in_oslo() -> None:
    where = tenant("Nordvåg")
    RoleAssignment.objects.create(role=where.role, employee=where.caseworker, valid_from=NOW - timedelta(days=2))
    Role.objects.update(valid_from=NOW - timedelta(days=2))
    Organisation.objects.update(valid_from=NOW - timedelta(days=2))
    LegalBasis.objects.update(valid_to=date(2026, 6, 15))
    before, after = (roles_held(where.caseworker.pk, NOW - timedelta(hours=hours))[0] for hours in (1, 0))
    assert (len(before.legal_bases), len(after.legal_bases)) == (1, 0)

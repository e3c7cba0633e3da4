"""Each rule for changes to employees, groups and organisations: breaking it gives its sentence and changes nothing."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from roles.audit.models import AuditEntry
from roles.models import (
    LOCAL_ISSUER,
    AdministratorKind,
    Administratorship,
    ContactPoint,
    Employee,
    Group,
    Organisation,
)
from roles.organisations.organisations import change_organisation
from roles.people.administrators import give_administratorship
from roles.people.employees import (
    activate_employee,
    deactivate_employee,
    fetch_employee,
    place_employee,
    rename_employee,
)
from roles.people.groups import add_to_group, change_group, create_group, leave_group
from roles.reviews.reviewrules import check_answer, check_reviewers, check_times
from roles.violations import PolicyViolation
from tests.roles.tenants import Tenant, central_administrator, tenant

pytestmark = pytest.mark.django_db


class House:
    """Two organisations; a chief of the first; a central administrator, a newcomer and the break-glass account."""

    def __init__(self) -> None:
        self.nord, self.soer = tenant("Nord"), tenant("Sør")
        ContactPoint.objects.create(organisation=self.nord.organisation, name="Post", email="post@nord.example")
        self.central, self.chief = central_administrator(), self._employee("Sjef", self.nord)
        Administratorship.objects.create(
            employee=self.chief, organisation=self.nord.organisation, kind=AdministratorKind.ORGANISATION
        )
        self.newcomer = self._employee("Ny", None)
        self.locked = self._employee("Sperret", self.nord)
        Employee.objects.filter(pk=self.locked.pk).update(is_active=False)
        self.locked.refresh_from_db()
        self.account = Employee.objects.create_employee(issuer=LOCAL_ISSUER, subject="x", display_name="Nødkonto")
        self.group = create_group(
            organisation=self.nord.organisation, name="Gruppe", members=[], by=self.nord.administrator
        )
        self.tied = create_group(
            organisation=self.nord.organisation, name="Bundet", members=[], external_id="id", by=self.nord.administrator
        )

    def _employee(self, name: str, where: Tenant | None) -> Employee:
        organisation = where.organisation if where else None
        return Employee.objects.create_employee(
            issuer="https://idp.example", subject=name, display_name=name, organisation=organisation
        )


def renamed(group: Group, by: Employee, name: str) -> Group:
    return change_group(group=group, name=name, members=group.members.all(), by=by)


REFUSED: dict[str, tuple[Callable[[House], object], str]] = {
    "a group without a name": (lambda h: renamed(h.group, h.nord.administrator, "  "), "må ha et navn"),
    "a group by the neighbour": (lambda h: renamed(h.group, h.soer.administrator, "x"), "administrerer ikke"),
    "the neighbour lets go": (
        lambda h: leave_group(group=h.group, employee=h.chief, by=h.soer.administrator),
        "administrerer ikke",
    ),
    "out of a tied group": (
        lambda h: leave_group(group=h.tied, employee=h.chief, by=h.nord.administrator),
        "Innloggingstjenesten bestemmer",
    ),
    "who is locked out into a group": (
        lambda h: add_to_group(group=h.group, employees=[h.chief, h.locked], by=h.nord.administrator),
        "ikke aktiv",
    ),
    "oneself among others into a group": (
        lambda h: add_to_group(group=h.group, employees=[h.chief, h.nord.caseworker], by=h.chief),
        "sette deg selv",
    ),
    "the neighbour's into a group": (
        lambda h: add_to_group(group=h.group, employees=[h.soer.caseworker], by=h.chief),
        "høre til gruppens virksomhet",
    ),
    "by hand into a tied group": (
        lambda h: add_to_group(group=h.tied, employees=[h.chief], by=h.nord.administrator),
        "kan ikke velges her",
    ),
    "a name of one's own": (lambda h: rename_employee(employee=h.chief, name="x", by=h.chief), "endre navnet"),
    "a name by who only gives roles": (
        lambda h: rename_employee(employee=h.chief, name="x", by=h.nord.administrator),
        "endre navnet",
    ),
    "a newcomer's name by a chief": (
        lambda h: rename_employee(employee=h.newcomer, name="x", by=h.chief),
        "endre navnet",
    ),
    "the account's name": (lambda h: rename_employee(employee=h.account, name="x", by=h.central), "endre navnet"),
    "no name": (lambda h: rename_employee(employee=h.nord.caseworker, name=" ", by=h.chief), "høyst 200 tegn"),
    "a long name": (lambda h: rename_employee(employee=h.nord.caseworker, name="x" * 201, by=h.chief), "høyst 200"),
    "a number for a name": (
        lambda h: rename_employee(employee=h.nord.caseworker, name="Kari 16863448801", by=h.chief),
        "nummer",
    ),
    "the account placed": (
        lambda h: place_employee(employee=h.account, organisation=h.nord.organisation, by=h.central),
        "Nødkontoen",
    ),
    "who is placed placed again": (
        lambda h: place_employee(employee=h.nord.caseworker, organisation=h.soer.organisation, by=h.central),
        "hører alt til",
    ),
    "placed by a chief": (
        lambda h: place_employee(employee=h.newcomer, organisation=h.nord.organisation, by=h.chief),
        "Bare sentrale",
    ),
    "fetched by a role administrator": (
        lambda h: fetch_employee(
            code=h.newcomer.code, organisation=h.nord.organisation, name="x", by=h.nord.administrator
        ),
        "Bare virksomhetens egen",
    ),
    "oneself locked out": (lambda h: deactivate_employee(employee=h.chief, by=h.chief), "deg selv"),
    "the account let in": (lambda h: activate_employee(employee=h.account, by=h.central), "Nødkontoen"),
    "a newcomer locked out by a chief": (
        lambda h: deactivate_employee(employee=h.newcomer, by=h.chief),
        "administrerer ikke denne ansatte",
    ),
    "a right to the account": (
        lambda h: give_administratorship(
            employee=h.account, kind=AdministratorKind.CENTRAL, organisation=None, by=h.central
        ),
        "Nødkontoen",
    ),
    "a right to who is locked out": (
        lambda h: give_administratorship(
            employee=h.locked, kind=AdministratorKind.ROLE, organisation=h.nord.organisation, by=h.chief
        ),
        "ikke aktiv",
    ),
    "a right to the neighbour's": (
        lambda h: give_administratorship(
            employee=h.soer.caseworker, kind=AdministratorKind.ROLE, organisation=h.nord.organisation, by=h.chief
        ),
        "samme virksomhet",
    ),
    "an organisation without a name": (
        lambda h: change_organisation(organisation=h.nord.organisation, name=" ", by=h.central),
        "må ha et navn",
    ),
    "an organisation nobody reaches": (
        lambda h: change_organisation(organisation=h.nord.organisation, contacts=[], by=h.central),
        "minst ett kontaktpunkt",
    ),
    "an organisation that ends before it begins": (
        lambda h: change_organisation(
            organisation=h.nord.organisation, valid_to=h.nord.organisation.valid_from, by=h.central
        ),
        "Sluttidspunktet",
    ),
    "one reviewer for two": (
        lambda h: check_reviewers(h.nord.organisation, h.chief, h.chief),
        "to forskjellige",
    ),
    "a reviewer who is locked out": (
        lambda h: check_reviewers(h.nord.organisation, h.chief, h.locked),
        "aktiv ansatt",
    ),
    "the neighbour's reviewer": (
        lambda h: check_reviewers(h.nord.organisation, h.soer.caseworker, h.chief),
        "aktiv ansatt",
    ),
    "an answer that is none": (lambda _h: check_answer("MAYBE", ""), "behold, endre eller fjern"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_broken_rule_is_refused_in_words_and_nothing_is_done(what: str) -> None:
    house, (act, said) = House(), REFUSED[what]
    entries = AuditEntry.objects.count()
    people = list(Employee.objects.order_by("pk").values())
    organisations = list(Organisation.objects.order_by("pk").values())
    with pytest.raises(PolicyViolation, match=said):
        act(house)
    assert AuditEntry.objects.count() == entries
    assert list(Employee.objects.order_by("pk").values()) == people
    assert list(Organisation.objects.order_by("pk").values()) == organisations
    assert Group.members.through.objects.count() == 0


def test_a_review_ends_ahead_and_reminds_before_it_ends() -> None:
    now = timezone.now()
    hour = timedelta(hours=1)
    check_times(now, now + hour, now + 2 * hour)
    for deadline in (now - hour, now):
        with pytest.raises(PolicyViolation, match="Fristen"):
            check_times(now, now, deadline)
    for remind_at in (now - hour, now + 2 * hour):
        with pytest.raises(PolicyViolation, match="Påminnelsen"):
            check_times(now, remind_at, now + hour)

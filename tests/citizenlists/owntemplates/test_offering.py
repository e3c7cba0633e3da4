"""Own templates stand beside the central ones where lists are ordered, in their organisation and nowhere else."""

import pytest
from django.utils import timezone

from citizenlists import tasks
from citizenlists.content.listtemplates import RelativeNarrowing
from citizenlists.models import CitizenList, OwnTemplate
from roles.models import AdministratorKind, Administratorship, Employee
from tests.citizenlists.caseworkers import Caseworker, body, caseworker
from tests.citizenlists.owntemplates.made import own_template
from tests.citizenlists.register import Register

pytestmark = pytest.mark.django_db

ORDERING = "/innbyggerlister/bestill/"


def administrator(of: Caseworker) -> Employee:
    organisation = of.role.organisation
    employee = Employee.objects.create_employee(
        issuer="https://login.example", subject=f"adm {organisation}", display_name="Adm", organisation=organisation
    )
    Administratorship.objects.create(employee=employee, organisation=organisation, kind=AdministratorKind.ROLE)
    return employee


def made(of: Caseworker, **content: object) -> OwnTemplate:
    return own_template(of.role.organisation, by=administrator(of), **{"areas": ["OPPVEKST"], **content})


def page(of: Caseworker, address: str = ORDERING) -> str:
    return body(of.client.get(address)).decode()


def test_an_own_template_has_a_page_that_fills_the_form(school: Caseworker) -> None:
    template = made(school, narrowing=RelativeNarrowing(sex="kvinne"))
    assert "Leksehjelp" in page(school)
    form = school.client.get(f"{ORDERING}{template.key}/").context["form"]
    year = timezone.localdate().year
    assert (form["born_from"].value(), form["born_to"].value()) == (year - 12, year - 9)
    assert (form["sex"].value(), form["sorting"].value()) == ("kvinne", "name")
    assert list(form["elements"].value()) == template.elements
    assert "Barn på mellomtrinnet." in page(school, f"{ORDERING}{template.key}/")


def test_a_template_of_another_organisation_answers_like_none(school: Caseworker, neighbour: Caseworker) -> None:
    theirs = made(neighbour)
    assert "Leksehjelp" not in page(school)
    answers = [school.client.get(f"{ORDERING}{key}/") for key in (theirs.key, "egen-finnes-ikke")]
    assert [answer.status_code for answer in answers] == [404, 404]
    assert school.client.post(ORDERING, _form(theirs.key)).status_code == 422
    assert not CitizenList.objects.exists()


def test_a_template_is_offered_in_its_areas_while_it_is_active_and_where_the_role_has_what_it_filters_by(
    school: Caseworker,
) -> None:
    template = made(school, narrowing=RelativeNarrowing(citizenship="NOR"))
    elsewhere = caseworker("Helse", organisation=school.role.organisation, elements=["navn"], area="HELSE")
    lacking = caseworker("Skole 2", organisation=school.role.organisation, elements=["navn", "foedsel"])
    assert ["Leksehjelp" in page(who) for who in (school, elsewhere, lacking)] == [True, False, False]
    OwnTemplate.objects.filter(pk=template.pk).update(is_active=False)
    assert "Leksehjelp" not in page(school)


def test_a_role_without_some_of_it_gets_the_rest_and_is_told(school: Caseworker) -> None:
    template = made(school)
    lacking = caseworker("Skole 2", organisation=school.role.organisation, elements=["navn", "foedsel"])
    shown = page(lacking, f"{ORDERING}{template.key}/")
    assert "Malen har også opplysninger som rollen din ikke gir: Bostedsadresse." in " ".join(shown.split())


def test_a_list_keeps_the_name_that_its_template_had(school: Caseworker, register: Register) -> None:
    template = made(school)
    assert school.client.post(ORDERING, _form(template.key)).status_code == 302
    order = CitizenList.objects.get()
    tasks.build(str(order.pk))
    OwnTemplate.objects.filter(pk=template.pk).update(name="Noe annet", is_active=False)
    assert "Leksehjelp, Sortland" in page(school, "/innbyggerlister/")
    assert school.download(order.pk).status_code == 200
    again = school.client.get(f"/innbyggerlister/{order.pk}/bestill-paa-nytt/").context["form"]
    assert (again["template"].value(), again["born_from"].value()) == ("fritt-utvalg", 2015)


def _form(template: str) -> dict[str, object]:
    born = {"born_from": "2015", "born_to": "2016"}
    return {"template": template, "kommune": "1870", "elements": ["navn"], "purpose": "Sak 2026/17", **born}

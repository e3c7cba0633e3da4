"""The administration's pages of own templates."""

import pytest
from django.http import HttpResponse
from django.test import Client

from citizenlists.models import OwnTemplate
from roles.models import AdministratorKind, Administratorship
from tests.citizenlists.owntemplates.made import own_template
from tests.roles.tenants import Tenant, tenant

pytestmark = pytest.mark.django_db

LIST = "/admin/citizenlists/owntemplate/"


def sent(where: Tenant) -> dict[str, object]:
    """A form as it is sent when every field is filled in."""
    return {
        "organisation": str(where.organisation.pk),
        "name": "Førskole",
        "description": "Til førskoledagen",
        "areas": ["BARNEHAGE"],
        "year": "school",
        "youngest": "5",
        "oldest": "5",
        "sex": "",
        "citizenship": "NOR",
        "civil_status": "",
        "years_in_status": "",
        "born_last": "30.11.",
        "elements": ["navn", "bostedsadresse"],
        "rows_per": "person",
        "layout": "letter",
        "sorting": "postal-code",
        "is_active": "on",
        "reason": "Sak 2026/5",
    }


def browser(where: Tenant) -> Client:
    client = Client()
    client.force_login(where.administrator)
    return client


def text(response: HttpResponse) -> str:
    return " ".join(response.content.decode().split())


def test_an_administrator_makes_a_template_and_changes_it() -> None:
    nord = tenant("Nord")
    client = browser(nord)
    assert client.post(f"{LIST}add/", sent(nord)).status_code == 302
    made = OwnTemplate.objects.get()
    assert (made.name, made.year, made.youngest, made.elements) == ("Førskole", "school", 5, ["navn", "bostedsadresse"])
    assert made.narrowing == {"citizenship": "NOR", "born_last": "11-30"}
    shown = text(client.get(f"{LIST}{made.pk}/change/"))
    assert 'name="born_last" value="30.11"' in shown
    changed = {**sent(nord), "name": "Førskoledag", "citizenship": "", "is_active": ""}
    assert client.post(f"{LIST}{made.pk}/change/", changed).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.narrowing, made.is_active) == ("Førskoledag", {"born_last": "11-30"}, False)
    history = text(client.get(f"{LIST}{made.pk}/history/"))
    assert "Mal for lister laget" in history
    assert "Sak 2026/5" in history


@pytest.mark.parametrize(
    ("field", "typed", "said"),
    [
        ("name", " ", "Feltet må fylles ut"),
        ("name", "Mor til 01810050050", "Skriv ikke fødselsnummer"),
        ("areas", [], "Feltet må fylles ut"),
        ("born_last", "30. november", "Skriv dag og måned"),
        ("born_last", "31.11", "Skriv dag og måned"),
        ("oldest", "4", "Eldste alder må være"),
        ("elements", ["bostedsadresse"], "Etikett og brev trenger navn"),
        ("reason", "", "Feltet må fylles ut"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(field: str, typed: object, said: str) -> None:
    nord = tenant("Nord")
    answer = browser(nord).post(f"{LIST}add/", {**sent(nord), field: typed})
    assert answer.status_code == 200
    assert said in text(answer)
    assert "Til førskoledagen" in text(answer)
    assert not OwnTemplate.objects.exists()


def test_a_template_is_not_made_in_another_organisation() -> None:
    nord, south = tenant("Nord"), tenant("Sør")
    answer = browser(nord).post(f"{LIST}add/", {**sent(nord), "organisation": str(south.organisation.pk)})
    assert answer.status_code == 200
    assert not OwnTemplate.objects.exists()


def test_who_may_only_look_reads_it_in_words() -> None:
    nord = tenant("Nord")
    made = own_template(nord.organisation, by=nord.administrator)
    Administratorship.objects.filter(employee=nord.administrator).update(kind=AdministratorKind.PRIVACY)
    shown = text(browser(nord).get(f"{LIST}{made.pk}/change/"))
    for words in ("Leksehjelp", "Barnehage", "Navn, Fødsel", "Etternavn"):
        assert words in shown
    assert "Begrunnelse" not in shown

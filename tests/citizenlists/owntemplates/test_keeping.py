"""An organisation's administrators keep its templates, and nobody else does."""

from typing import Any

import pytest

from citizenlists.content.listtemplates import TEMPLATES, RelativeNarrowing
from citizenlists.models import OwnTemplate
from citizenlists.owntemplates.keeping import OWN, TemplateContent, change_template
from roles.audit.models import AuditEntry
from roles.violations import PolicyViolation
from tests.citizenlists.owntemplates.made import CONTENT, own_template
from tests.roles.tenants import central_administrator, kindergarten, tenant

pytestmark = pytest.mark.django_db


def last_entry() -> dict[str, Any]:
    entry = AuditEntry.objects.latest("seq")
    return {"event": entry.event, **entry.fields["details"]}


def test_a_template_is_made_and_logged_with_its_content_and_the_reason() -> None:
    nord = tenant("Nord")
    made = own_template(nord.organisation, by=nord.administrator, narrowing=RelativeNarrowing(citizenship="NOR"))
    assert (made.key, made.is_active, made.narrowing) == ("egen-leksehjelp", True, {"citizenship": "NOR"})
    entry = last_entry()
    assert (entry["event"], entry["reason"]) == ("role:list-template:created", "Sak 2026/3")
    assert entry["after"]["elements"] == CONTENT["elements"]
    assert entry["after"]["sorting"] == "Etternavn"


def test_a_template_is_changed_and_taken_out_of_use_and_its_key_stays() -> None:
    nord = tenant("Nord")
    made = own_template(nord.organisation, by=nord.administrator)
    content: TemplateContent = {**CONTENT, "name": "Sommerskole", "youngest": 8}
    changed = change_template(
        template=made,
        by=nord.administrator,
        reason="Ny sak",
        is_active=False,
        **content,
    )
    assert (changed.key, changed.name, changed.is_active) == (made.key, "Sommerskole", False)
    entry = last_entry()
    assert (entry["before"]["name"], entry["after"]["name"]) == ("Leksehjelp", "Sommerskole")
    assert (entry["before"]["is_active"], entry["after"]["is_active"]) == (True, False)


def test_only_an_administrator_of_the_organisation_keeps_its_templates() -> None:
    nord, south = tenant("Nord"), tenant("Sør")
    made = own_template(nord.organisation, by=nord.administrator)
    for other in (south.administrator, nord.caseworker, central_administrator()):
        before = AuditEntry.objects.count()
        with pytest.raises(PolicyViolation):
            own_template(nord.organisation, by=other, name="En annen")
        with pytest.raises(PolicyViolation):
            change_template(template=made, by=other, reason="x", is_active=False, **CONTENT)
        assert AuditEntry.objects.count() == before
    assert list(OwnTemplate.objects.values_list("name", "is_active")) == [("Leksehjelp", True)]


@pytest.mark.parametrize(
    ("about", "wrong"),
    [
        ("name", {"name": "  "}),
        ("areas", {"areas": []}),
        ("areas", {"areas": ["BARNEHAGE", "FINNES_IKKE"]}),
        ("youngest", {"youngest": 131, "oldest": None}),
        ("youngest", {"youngest": None, "oldest": 3}),
        ("oldest", {"youngest": 4, "oldest": 3}),
        ("oldest", {"youngest": 4, "oldest": 131}),
        ("elements", {"elements": []}),
        ("elements", {"elements": ["navn", "finnes-ikke"]}),
        ("sorting", {"elements": ["foedsel"]}),
        ("layout", {"elements": ["navn"], "layout": "letter"}),
        ("years_in_status", {"narrowing": RelativeNarrowing(years_in_status=-1)}),
        ("born_last", {"narrowing": RelativeNarrowing(born_last="13-01")}),
        ("born_last", {"narrowing": RelativeNarrowing(born_last="02-29")}),
        ("born_last", {"youngest": None, "oldest": None, "narrowing": RelativeNarrowing(born_last="11-30")}),
    ],
)
def test_a_template_that_nobody_could_order_from_is_refused_at_its_field(about: str, wrong: dict[str, Any]) -> None:
    nord = tenant("Nord")
    with pytest.raises(PolicyViolation) as refused:
        own_template(nord.organisation, by=nord.administrator, **wrong)
    assert refused.value.about == about
    assert not OwnTemplate.objects.exists()


def test_a_name_is_taken_in_one_organisation_and_free_in_another() -> None:
    nord, south = tenant("Nord"), tenant("Sør")
    own_template(nord.organisation, by=nord.administrator)
    own_template(south.organisation, by=south.administrator)
    with pytest.raises(PolicyViolation) as refused:
        own_template(nord.organisation, by=nord.administrator)
    assert refused.value.about == "name"


def test_every_template_has_a_key_of_its_own_that_no_central_template_has() -> None:
    nord = tenant("Nord")
    kindergarten()
    names = ("Førsteklassinger på Øya", "Førsteklassinger på øya!", "***", "Å" * 100)
    keys = [own_template(nord.organisation, by=nord.administrator, name=name).key for name in names]
    assert keys[:3] == ["egen-forsteklassinger-pa-oya", "egen-forsteklassinger-pa-oya-2", "egen-mal"]
    assert all(key.startswith(OWN) and len(key) <= 40 for key in keys)
    assert not any(key.startswith(OWN) for key in TEMPLATES)

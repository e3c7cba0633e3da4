"""The catalogue: data files that a lawyer can read, and what reads and loads them."""

import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import msgspec
import pytest
from django.core.management import call_command
from django.utils import timezone

from integrations.folkeregisteret.elements import ELEMENTS
from roles.actors import system
from roles.audit.models import AuditEntry
from roles.catalogue.datafiles import FILES, CatalogueError, Former, read_catalogue
from roles.catalogue.loading import load
from roles.models import BasisStatus, LegalBasis, ServiceArea

BASIS = """
[{key}]
statute = "Barnehageloven (LOV-2005-06-17-64)"
section = "§ 47"
areas = {areas}
confidential = {confidential}
status = "{status}"
kind = "{kind}"
text_read = true
says = "Noe."
version = "LOV-2005-06-17-64: 2026-05-02"
elements = ["{element}"]
{more}
"""


@pytest.fixture
def files(tmp_path: Path) -> Path:
    shutil.copy(FILES / "service_areas.toml", tmp_path)
    (tmp_path / "legal_bases").mkdir()
    return tmp_path


def write(
    files: Path,
    *,
    name: str = "one.toml",
    key: str = "en-hjemmel",
    areas: str = '["BARNEHAGE"]',
    confidential: str = "false",
    element: str = "navn",
    more: str = "",
    kind: str = "opens-confidential",
    status: str = "proposal",
) -> None:
    said = {"confidential": confidential, "element": element, "more": more, "kind": kind, "status": status}
    text = BASIS.format(key=key, areas=areas, **said)
    (files / "legal_bases" / name).write_text(text, encoding="utf-8")


def test_there_are_twenty_one_service_areas_each_with_three_names() -> None:
    areas = read_catalogue().areas
    assert len(areas) == 21
    assert all(row.name_nb and row.name_nn and row.name_en for row in areas.values())


def test_every_area_has_a_basis_of_its_own_and_the_open_one() -> None:
    catalogue = read_catalogue()
    named = {code for basis in catalogue.bases.values() if not basis.for_every_area for code in basis.areas}
    assert named == set(catalogue.areas)
    (everywhere,) = (basis for basis in catalogue.bases.values() if basis.for_every_area)
    assert not any(ELEMENTS[key].is_confidential for key in everywhere.elements)


def test_nothing_unchecked_by_a_lawyer_passes_for_confirmed() -> None:
    assert {basis.status for basis in read_catalogue().bases.values()} == {"proposal"}


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"element": "hemmelighet"}, "unknown element hemmelighet"),
        ({"areas": '["UKJENT"]'}, "unknown service area UKJENT"),
        ({"areas": '"BARNEHAGE"'}, "areas must be a list"),
        ({"element": "familierelasjon"}, "confidential must be true exactly"),
        ({"confidential": "true"}, "confidential must be true exactly"),
        ({"element": "familierelasjon", "confidential": "true", "areas": '"*"'}, "names its service areas"),
        ({"element": "familierelasjon", "confidential": "true", "areas": '["TEKNISK"]'}, "may not hold"),
        ({"element": "familierelasjon", "confidential": "true", "kind": "task"}, "rests on a section that opens"),
        ({"kind": "perhaps"}, "unknown kind perhaps"),
        ({"status": "perhaps"}, "unknown status perhaps"),
        ({"areas": '["BARNEHAGE", "UKJENT"]'}, "one.toml: en-hjemmel: unknown service area UKJENT"),
        ({"more": 'opens = "everything"'}, "opens"),
    ],
)
def test_an_unknown_name_in_a_data_file_is_an_error(files: Path, wrong: dict[str, str], told: str) -> None:
    write(files, **wrong)
    with pytest.raises(CatalogueError, match=told):
        read_catalogue(files)


def test_a_key_stands_in_one_file_only(files: Path) -> None:
    write(files, name="one.toml")
    write(files, name="two.toml")
    with pytest.raises(CatalogueError, match="another file"):
        read_catalogue(files)


@pytest.mark.django_db
def test_loading_twice_changes_nothing_and_is_logged_once() -> None:
    call_command("load_catalogue", verbosity=0)
    before = list(LegalBasis.objects.order_by("key").values()), list(ServiceArea.objects.values())
    call_command("load_catalogue", verbosity=0)
    assert (list(LegalBasis.objects.order_by("key").values()), list(ServiceArea.objects.values())) == before
    assert [entry.event for entry in AuditEntry.objects.of_organisation(None)] == ["role:catalogue:loaded"]


@pytest.mark.django_db
def test_loading_puts_back_what_was_changed_by_hand() -> None:
    call_command("load_catalogue", verbosity=0)
    basis = LegalBasis.objects.get(key="barnehageloven-opptak")
    basis.elements = [*basis.elements, "opphold"]
    basis.save()
    basis.areas.clear()
    call_command("load_catalogue", verbosity=0)
    again = LegalBasis.objects.get(key="barnehageloven-opptak")
    assert "opphold" not in again.elements
    assert [area.code for area in again.areas.all()] == ["BARNEHAGE"]
    assert again.status == BasisStatus.PROPOSAL


@pytest.mark.django_db
def test_a_basis_that_is_no_more_is_closed_also_where_it_was_to_end_later_and_once() -> None:
    call_command("load_catalogue", verbosity=0)
    catalogue, today = read_catalogue(), timezone.localdate()
    key = "barnehageloven-opptak"
    ends = {"later": today + timedelta(days=30), "earlier": today - timedelta(days=30)}
    row = catalogue.bases[key]
    fewer = {name: basis for name, basis in catalogue.bases.items() if name != key}
    gone = replace(catalogue, bases=fewer, former=Former(closed=[key]))
    for end, closed in ((ends["later"], today), (ends["earlier"], ends["earlier"])):
        load(replace(catalogue, bases={**fewer, key: msgspec.structs.replace(row, valid_to=end)}), by=system("worker"))
        load(gone, by=system("worker"))
        assert LegalBasis.objects.get(key=key).valid_to == closed
    assert not load(gone, by=system("worker")).changed

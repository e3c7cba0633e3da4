"""Two real sessions change the catalogue at once: one succeeds, the other is refused, and nothing is done in part."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from threading import Barrier, Event

import pytest
from django.core.management import call_command
from django.db import connection, connections, transaction

from roles.audit.models import AuditEntry
from roles.catalogue import importing
from roles.catalogue.importing import confirm_upload, read_upload, store_upload
from roles.catalogue.locking import lock_catalogue
from roles.models import CatalogueImport, Employee, LegalBasis, RoleAssignment
from roles.violations import PolicyViolation
from tests.roles.catalogue.books import OPEN_ROW, ROW, book
from tests.roles.tenants import central_administrator, kindergarten, tenant
from tests.waiting import until

pytestmark = pytest.mark.django_db


def uploaded(by: Employee, *rows: dict[str, object]) -> CatalogueImport:
    return store_upload(contents=read_upload(book(*rows)), file_name="hjemler.xlsx", by=by)


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What became of each, in sessions of their own that begin together."""
    together = Barrier(len(acts))

    def run(act: Callable[[], object]) -> str:
        together.wait()
        try:
            act()
        except PolicyViolation as violation:
            return str(violation)
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.mark.parametrize("empty", [True, False])
def test_of_two_administrators_who_confirm_two_files_one_does_and_the_other_is_told(empty: bool) -> None:
    kindergarten()
    first = central_administrator()
    if not empty:
        confirm_upload(upload=uploaded(first, dict(OPEN_ROW)), by=first)
    uploads = [uploaded(first, dict(OPEN_ROW), ROW | {"paragraf": f"§ {n}"}) for n in (1, 2)]
    told = at_once(*(lambda upload=upload: confirm_upload(upload=upload, by=first) for upload in uploads))
    assert "done" in told
    assert any("endret siden" in text for text in told)
    assert LegalBasis.objects.filter(confidential=True).count() == 1


def test_one_file_confirmed_twice_at_once_is_written_and_logged_once() -> None:
    kindergarten()
    central = central_administrator()
    upload = uploaded(central, dict(OPEN_ROW))
    told = at_once(*[lambda: confirm_upload(upload=upload, by=central)] * 2)
    assert sorted(text == "done" for text in told) == [False, True]
    changed = [entry for entry in AuditEntry.objects.of_organisation(None) if entry.event == "role:catalogue:changed"]
    assert len(changed) == 1


def test_a_catalogue_that_changes_while_somebody_waits_to_confirm_is_not_overwritten() -> None:
    kindergarten()
    central = central_administrator()
    upload = uploaded(central, dict(OPEN_ROW))
    held, change = Event(), Event()

    def holds() -> None:
        with transaction.atomic():
            lock_catalogue()
            held.set()
            change.wait(10)
            LegalBasis.objects.create(key="other", statute="Annen lov", section="§ 1", elements=["navn"])
        connections.close_all()

    def confirms() -> str:
        try:
            confirm_upload(upload=upload, by=central)
        except PolicyViolation as violation:
            return str(violation)
        else:
            return "done"
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        holding = pool.submit(holds)
        assert held.wait(10)
        confirming = pool.submit(confirms)
        until(_somebody_waits)
        change.set()
        holding.result(10)
        assert "endret siden" in confirming.result(10)
    assert [basis.key for basis in LegalBasis.objects.all()] == ["other"]


def test_the_files_are_not_loaded_into_an_import_that_is_under_way() -> None:
    held, go = Event(), Event()

    def holds() -> None:
        with transaction.atomic():
            lock_catalogue()
            held.set()
            go.wait(10)
        connections.close_all()

    def loads() -> None:
        call_command("load_catalogue", verbosity=0, stdout=StringIO())
        connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        holding = pool.submit(holds)
        assert held.wait(10)
        loading = pool.submit(loads)
        until(_somebody_waits)
        assert not LegalBasis.objects.exists()
        go.set()
        holding.result(10)
        loading.result(30)
    assert LegalBasis.objects.count() == 72


def test_a_confirm_that_fails_half_way_changes_nothing_and_logs_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    where = tenant("Nord")
    central = central_administrator()
    upload = uploaded(central, ROW | {"taushetsbelagt": "nei", "opplysninger": "navn"})
    before = list(LegalBasis.objects.values())

    def fails(*_anything: object) -> None:
        raise OSError

    monkeypatch.setattr(importing, "_log_details", fails)
    with pytest.raises(OSError):  # noqa: PT011 -- ours
        confirm_upload(upload=upload, by=central)
    assert list(LegalBasis.objects.values()) == before
    upload.refresh_from_db()
    assert upload.confirmed_at is None
    assert not RoleAssignment.objects.filter(role=where.role).exists()
    assert [entry.event for entry in AuditEntry.objects.of_organisation(None)] == []


def _somebody_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return bool(cursor.fetchone()[0])

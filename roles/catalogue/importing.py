"""Export of the catalogue as a workbook, and import: read, compare, then confirm as a whole or not at all."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import IO, Any

import msgspec
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from roles import audit
from roles.access.administration import administers
from roles.actors import actor_of
from roles.audit import JSON, Event
from roles.catalogue.datafiles import EVERY_AREA
from roles.catalogue.differences import BasisContent, Difference, content_of, difference, proposed_bases
from roles.catalogue.locking import lock_catalogue
from roles.catalogue.losses import losses_since, opened_now, tell
from roles.catalogue.sheet import rows_of, write_sheet
from roles.catalogue.sheetfaults import Unusable
from roles.catalogue.sheetrows import parse_sheet
from roles.catalogue.uploads import read_sheet
from roles.granting.widening import is_wider, widen
from roles.models import CatalogueImport, Employee, LegalBasis, Role, ServiceArea
from roles.violations import PolicyViolation


@dataclass(frozen=True, slots=True)
class Preview:
    """An uploaded catalogue compared with today's."""

    upload: CatalogueImport
    difference: Difference


def export_catalogue() -> bytes:
    """The whole catalogue as a workbook (.xlsx) that can be imported."""
    return write_sheet(rows_of(LegalBasis.objects.with_area_codes()))


def read_upload(file: IO[bytes]) -> tuple[BasisContent, ...]:
    """The bases of the catalogue in the workbook. Raises Unusable with all its faults, and Busy."""
    areas = ServiceArea.objects.all()
    read = parse_sheet(
        read_sheet(file),
        confidential_areas={area.code: area.may_hold_confidential for area in areas},
        area_names={area.code: (area.name_nb, area.name_nn, area.name_en) for area in areas},
    )
    if read.faults:
        raise Unusable(*read.faults)
    return proposed_bases(read.rows.values(), _current())


def store_upload(*, contents: Sequence[BasisContent], file_name: str, by: Employee) -> CatalogueImport:
    """Stores an uploaded catalogue until it is confirmed. Today's does not change yet. Raises PolicyViolation."""
    _check_central(by)
    return CatalogueImport.objects.create(
        uploaded_by=by, file_name=file_name[:200], content=msgspec.to_builtins(contents), against=_digest(_current())
    )


def preview(upload: CatalogueImport) -> Preview:
    """The differences to today's catalogue. Raises PolicyViolation when that has changed since the upload."""
    current = _current()
    if upload.confirmed_at or _digest(current) != upload.against:
        raise PolicyViolation(_("Katalogen er endret siden filen ble lastet opp. Last den opp på nytt."))
    after = msgspec.convert(upload.content, tuple[BasisContent, ...])
    return Preview(upload, difference(current, after, today=timezone.localdate()))


@transaction.atomic
def confirm_upload(*, upload: CatalogueImport, by: Employee) -> Difference:
    """Replaces the catalogue with the uploaded one, in force at each employee's next request. Raises
    PolicyViolation."""
    _check_central(by)
    lock_catalogue()  # a second confirmation waits, and then finds that the catalogue has changed
    locked = CatalogueImport.objects.select_for_update(of=("self",), no_key=True).get(pk=upload.pk)
    found, before = preview(locked).difference, opened_now()
    widen(Role.objects.filter(legal_bases__in=_opening_more(found)).distinct(), by=by)
    for basis in (*found.added, *(change.after for change in found.changed)):
        _write(basis)
    _close(found.gone)
    locked.confirmed_at, locked.confirmed_by = timezone.now(), by
    locked.save(update_fields=["confirmed_at", "confirmed_by"])
    tell(losses_since(before), by=actor_of(by))
    details = {"import": str(locked.pk), **_log_details(found)}
    audit.changed(Event.CATALOGUE_CHANGED, by=by, organisation=None, details=details)
    return found


def _opening_more(found: Difference) -> list[str]:
    """The keys of the changed bases that give their roles more than before. New bases have no roles yet."""
    both = ((msgspec.to_builtins(change.before), msgspec.to_builtins(change.after)) for change in found.changed)
    return [after["key"] for before, after in both if _gives_more(before, after)]


def _gives_more(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether the basis may open more than before, also by being confirmed or by other areas or another kind."""
    return before["status"] != after["status"] or is_wider(before, after)


def _check_central(by: Employee) -> None:
    if not administers(by).central:
        raise PolicyViolation(_("Bare sentrale administratorer kan endre katalogen."))


def _current() -> list[BasisContent]:
    return [content_of(basis) for basis in LegalBasis.objects.with_area_codes()]


def _digest(contents: Sequence[BasisContent]) -> str:
    ordered = sorted(contents, key=lambda basis: basis.key)
    return hashlib.sha256(msgspec.json.encode(ordered)).hexdigest()


def _write(content: BasisContent) -> None:
    basis = content.as_basis()
    basis.save()
    codes = [code for code in content.areas if code != EVERY_AREA]
    basis.areas.set(ServiceArea.objects.filter(code__in=codes))


def _close(gone: Sequence[BasisContent]) -> None:
    """Ends the bases with yesterday. Their rows stay, because roles and the log name them."""
    today: date = timezone.localdate()
    LegalBasis.objects.filter(key__in=[basis.key for basis in gone]).update(valid_to=today)


def _log_details(found: Difference) -> Mapping[str, JSON]:
    """The details for the log: what the import did to each basis."""
    changed = ((msgspec.to_builtins(change.before), msgspec.to_builtins(change.after)) for change in found.changed)
    return {
        "added": [msgspec.to_builtins(basis) for basis in found.added],
        "changed": [{"before": before, "after": after} for before, after in changed],
        "closed": [basis.key for basis in found.gone],
    }

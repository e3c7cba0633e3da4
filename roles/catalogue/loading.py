"""Loads the catalogue's data files into the tables. Loading the same files twice changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from roles import audit
from roles.actors import Actor
from roles.audit import Event
from roles.catalogue.datafiles import AreaRow, BasisRow, Catalogue
from roles.catalogue.locking import lock_catalogue
from roles.catalogue.losses import Loss, losses_since, opened_now, tell
from roles.catalogue.spelling import one_spaced
from roles.models import BasisKind, BasisStatus, CatalogueImport, LegalBasis, ServiceArea


@dataclass(frozen=True, slots=True)
class Loaded:
    """The result of a load. changed: codes of areas and keys of bases. losses: elements that roles open no longer."""

    changed: frozenset[str]
    losses: tuple[Loss, ...]


@transaction.atomic
def load(catalogue: Catalogue, *, by: Actor) -> Loaded:
    """Creates and updates areas and bases. Returns what changed, and which elements roles lose by it. Deletes nothing.

    A basis that disappears from the files is closed, not deleted, because roles and the log name it. Once a workbook
    has been imported, the bases belong to the administrators and the files no longer change them. The exception is an
    unconfirmed basis with a section of which an earlier file wrongly said that it opens elements: its kind is
    corrected.
    """
    lock_catalogue()
    before = opened_now()
    changed = {code for code, row in catalogue.areas.items() if _load_area(code, row)}
    if CatalogueImport.objects.filter(confirmed_at__isnull=False).exists():
        changed |= {key for key, section in catalogue.former.opens_nothing.items() if _opens_nothing(key, section)}
    else:
        changed |= _load_bases(catalogue.bases)
        changed |= {key for key in catalogue.former.closed if _close(key)}
    losses = tuple(losses_since(before)) if changed else ()
    tell(losses, by=by)
    if changed:
        audit.changed(Event.CATALOGUE_LOADED, by=by, organisation=None, details={"changed": sorted(changed)})
    return Loaded(frozenset(changed), losses)


def _close(key: str) -> bool:
    """Ends the basis with yesterday. Returns whether it was in force until now or later."""
    today = timezone.localdate()
    lasting = Q(valid_to=None) | Q(valid_to__gt=today)
    return LegalBasis.objects.filter(lasting, key=key).update(valid_to=today) > 0


def _opens_nothing(key: str, section: str) -> bool:
    """Sets the kind of the basis to NOT_FOUND if it still cites this section and is unconfirmed. Returns whether it
    did."""
    unconfirmed = LegalBasis.objects.filter(key=key, kind=BasisKind.OPENS_CONFIDENTIAL, status=BasisStatus.PROPOSAL)
    same = [basis.pk for basis in unconfirmed if one_spaced(basis.section) == section]
    return LegalBasis.objects.filter(pk__in=same).update(kind=BasisKind.NOT_FOUND) > 0


def _load_area(code: str, row: AreaRow) -> bool:
    area = ServiceArea.objects.filter(code=code).first() or ServiceArea(code=code)
    names = {"name_nb": row.name_nb, "name_nn": row.name_nn, "name_en": row.name_en}
    return _save(area, {**names, "may_hold_confidential": row.may_hold_confidential})


def _load_bases(rows: Mapping[str, BasisRow]) -> set[str]:
    """Writes the bases that differ from the files. Returns their keys."""
    known = LegalBasis.objects.prefetch_related("areas").in_bulk()
    fresh = {key: row for key, row in rows.items() if key not in known}
    of_area = LegalBasis.areas.through
    LegalBasis.objects.bulk_create(LegalBasis(key=key, **_values(row)) for key, row in fresh.items())
    of_area.objects.bulk_create(
        of_area(legalbasis_id=key, servicearea_id=code) for key, row in fresh.items() for code in _codes(row)
    )
    return {key for key, row in rows.items() if key in fresh or _load_basis(known[key], row)}


def _load_basis(basis: LegalBasis, row: BasisRow) -> bool:
    changed = _save(basis, _values(row))
    if _codes(row) == {area.code for area in basis.areas.all()}:
        return changed
    basis.areas.set(ServiceArea.objects.filter(code__in=_codes(row)))
    return True


def _codes(row: BasisRow) -> set[str]:
    return set() if isinstance(row.areas, str) else set(row.areas)


def _values(row: BasisRow) -> dict[str, object]:
    return {
        "statute": row.statute,
        "section": row.section,
        "url": row.url,
        "note": row.note,
        "confidential": row.confidential,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "kind": row.kind.upper().replace("-", "_"),
        "text_read": row.text_read,
        "says": row.says,
        "version": row.version,
        "status": row.status.upper(),
        "for_every_area": row.for_every_area,
        "elements": row.elements,
    }


def _save(row: models.Model, values: dict[str, Any]) -> bool:
    """Saves the row if a value differs. Returns whether it did."""
    if not row._state.adding and all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True

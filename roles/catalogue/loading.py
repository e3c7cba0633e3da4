"""Puts the catalogue into the tables. Loading the same files twice changes nothing."""

from typing import Any

from django.db import models, transaction

from roles.actors import Actor
from roles.audit import Entry, Event, append
from roles.catalogue.reading import AreaRow, BasisRow, Catalogue
from roles.models import CatalogueImport, LegalBasis, ServiceArea


def load(catalogue: Catalogue, *, by: Actor) -> frozenset[str]:
    """Creates and updates areas and bases; the codes and keys that changed, which are logged. Removes nothing.

    A basis that disappears from the files stays, since roles and the log name it: close it with valid_to instead.
    The files hold the first content: once a workbook has been imported, the bases are the administrator's.
    """
    with transaction.atomic():
        changed = {code for code, row in catalogue.areas.items() if _load_area(code, row)}
        if not CatalogueImport.objects.filter(confirmed_at__isnull=False).exists():
            changed |= {key for key, row in catalogue.bases.items() if _load_basis(key, row)}
        if changed:
            append(
                Entry(
                    event=Event.CATALOGUE_LOADED,
                    actor=by,
                    organisation_id=None,
                    details={"changed": sorted(changed)},
                ),
                on="default",
            )
    return frozenset(changed)


def _load_area(code: str, row: AreaRow) -> bool:
    area = ServiceArea.objects.filter(code=code).first() or ServiceArea(code=code)
    names = {"name_nb": row.name_nb, "name_nn": row.name_nn, "name_en": row.name_en}
    return _saved(area, {**names, "may_hold_confidential": row.may_hold_confidential})


def _load_basis(key: str, row: BasisRow) -> bool:
    basis = LegalBasis.objects.filter(key=key).first() or LegalBasis(key=key)
    changed = _saved(basis, _values(row))
    codes = set() if isinstance(row.areas, str) else set(row.areas)
    if codes == {area.code for area in basis.areas.all()}:
        return changed
    basis.areas.set(ServiceArea.objects.filter(code__in=codes))
    return True


def _values(row: BasisRow) -> dict[str, object]:
    return {
        "statute": row.statute,
        "section": row.section,
        "url": row.url,
        "note": row.note,
        "confidential": row.confidential,
        "valid_from": row.valid_from,
        "valid_to": row.valid_to,
        "status": row.status.upper(),
        "for_every_area": row.for_every_area,
        "elements": row.elements,
    }


def _saved(row: models.Model, values: dict[str, Any]) -> bool:
    """Whether anything had to be written."""
    if not row._state.adding and all(getattr(row, name) == value for name, value in values.items()):
        return False
    for name, value in values.items():
        setattr(row, name, value)
    row.save()
    return True

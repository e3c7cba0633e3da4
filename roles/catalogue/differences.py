"""The differences between an uploaded catalogue and today's, and the roles they would affect. Reads only."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from roles.catalogue.datafiles import EVERY_AREA
from roles.catalogue.sheet import Reading, SheetRow, area_codes
from roles.catalogue.spelling import one_spaced
from roles.models import BasisKind, Employee, Integration, LegalBasis, Role
from roles.models.validity import live_at
from roles.policy.fieldpolicy import opened_elements
from roles.reviews.holders import held_of

_LONGEST_KEY = 80


@dataclass(frozen=True, slots=True)
class BasisContent:
    """A legal basis as the workbook has it. areas: codes, sorted; just "*" for every area."""

    key: str
    statute: str
    section: str
    note: str
    url: str
    confidential: bool
    elements: tuple[str, ...]
    areas: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None
    status: str
    kind: str = BasisKind.NOT_FOUND.value
    text_read: bool = False
    says: str = ""
    version: str = ""

    def as_basis(self) -> LegalBasis:
        """The content as a LegalBasis that is not saved and has its areas, so that the policy can judge it."""
        values = {field.name: getattr(self, field.name) for field in fields(self) if field.name != "areas"}
        basis = LegalBasis(**values | {"elements": list(self.elements), "for_every_area": self.areas == (EVERY_AREA,)})
        basis.__dict__["area_codes"] = list(self.areas)
        return basis


@dataclass(frozen=True, slots=True)
class Change:
    """A changed basis, before and after."""

    before: BasisContent
    after: BasisContent

    @property
    def fields(self) -> tuple[str, ...]:
        """The names of the fields that differ."""
        return tuple(
            field.name
            for field in fields(BasisContent)
            if _comparable(getattr(self.before, field.name)) != _comparable(getattr(self.after, field.name))
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference between two catalogues. gone: bases in force now or later that the workbook lacks; an import
    closes them and never deletes them."""

    added: tuple[BasisContent, ...]
    changed: tuple[Change, ...]
    gone: tuple[BasisContent, ...]

    @property
    def anything(self) -> bool:
        """Whether there is any difference to confirm."""
        return bool(self.added or self.changed or self.gone)


@dataclass(frozen=True, slots=True)
class Touched:
    """A live role that rests on a changed or removed basis, with its holders.

    lost, gained: keys of its chosen elements that close and open.
    """

    role: Role
    lost: frozenset[str]
    gained: frozenset[str]
    holders: tuple[Employee | Integration, ...]


def content_of(basis: LegalBasis) -> BasisContent:
    """The content of a basis in the database, for comparing it."""
    return BasisContent(
        key=basis.key,
        statute=basis.statute,
        section=basis.section,
        note=basis.note,
        url=basis.url,
        confidential=basis.confidential,
        elements=tuple(basis.elements),
        areas=tuple(area_codes(basis)),
        valid_from=basis.valid_from,
        valid_to=basis.valid_to,
        status=basis.status,
        kind=basis.kind,
        text_read=basis.text_read,
        says=basis.says,
        version=basis.version,
    )


def proposed_bases(rows: Iterable[SheetRow], current: Sequence[BasisContent]) -> tuple[BasisContent, ...]:
    """The bases in these rows. A basis that the catalogue has keeps its key; another gets a new key."""
    lasting_last = sorted(current, key=lambda basis: basis.valid_to is None)
    keys = {_identity(basis): basis.key for basis in lasting_last}
    taken = {basis.key for basis in current}
    together: dict[tuple[str, str, str], list[SheetRow]] = {}
    for row in rows:
        together.setdefault(row.identity, []).append(row)
    known = {basis.key: basis for basis in current}
    found = ((keys.get(identity) or _new_key(identity, taken), members) for identity, members in together.items())
    return tuple(_basis(key, members, known.get(key)) for key, members in found)


def difference(current: Sequence[BasisContent], after: Sequence[BasisContent], *, today: date) -> Difference:
    """The difference between the catalogue now and `after`. The order of elements does not count."""
    known, wanted = {basis.key: basis for basis in current}, {basis.key: basis for basis in after}
    pairs = (Change(known[key], wanted[key]) for key in wanted.keys() & known.keys())
    return Difference(
        added=tuple(basis for key, basis in wanted.items() if key not in known),
        changed=tuple(sorted((pair for pair in pairs if _differ(pair)), key=lambda pair: pair.after.key)),
        gone=tuple(basis for key, basis in known.items() if key not in wanted and not _has_ended(basis, today)),
    )


def touched_roles(difference: Difference) -> list[Touched]:
    """The live roles of all organisations that rest on changed or removed bases, with the elements lost and gained."""
    now = timezone.now()
    after = {change.after.key: change.after.as_basis() for change in difference.changed}
    keys = after.keys() | {basis.key for basis in difference.gone}
    roles = (
        Role.objects.filter(live_at(now), Q(legal_bases__in=keys), is_active=True)
        .distinct()
        .select_related("organisation", "service_area")
        .prefetch_related("legal_bases__areas")
        .order_by("organisation__name", "name")
    )
    found = list(roles)
    holders = _holders(found)
    return [_touched(role, after, keys, holders.get(role.pk, ())) for role in found]


def _touched(
    role: Role, after: Mapping[str, LegalBasis], keys: Iterable[str], holders: Iterable[Employee | Integration]
) -> Touched:
    before = list(role.legal_bases.all())
    left = [after.get(basis.key, basis) for basis in before if basis.key in after or basis.key not in set(keys)]
    now = timezone.now()
    had = opened_elements(before, role.elements, role.service_area, now)
    has = opened_elements(left, role.elements, role.service_area, now)
    return Touched(role, had - has, has - had, tuple(holders))


def _holders(roles: Sequence[Role]) -> Mapping[UUID, Iterable[Employee | Integration]]:
    """The holders of each role now, each once, sorted by name."""
    held: dict[UUID, dict[UUID, Employee | Integration]] = {}
    for each in held_of(roles):
        held.setdefault(each.assignment.role_id, {})[each.holder.pk] = each.holder
    return {role: holders.values() for role, holders in held.items()}


def _basis(key: str, rows: Sequence[SheetRow], known: BasisContent | None) -> BasisContent:
    """The basis in these rows. A field for which an older workbook has no column keeps its value from `known`; a new
    basis then opens nothing confidential."""
    first, reading = rows[0], rows[0].reading or _reading_of(known)
    return BasisContent(
        key=key,
        statute=first.statute,
        section=first.section,
        note=first.note,
        url=first.url,
        confidential=first.confidential,
        elements=first.elements,
        areas=tuple(sorted(row.area for row in rows)),
        valid_from=first.valid_from,
        valid_to=first.valid_to,
        status=first.status.value,
        kind=reading.kind.value,
        text_read=reading.text_read,
        says=reading.says,
        version=reading.version,
    )


def _reading_of(known: BasisContent | None) -> Reading:
    if known is None:
        return Reading()
    return Reading(BasisKind(known.kind), known.text_read, known.says, known.version)


def _identity(basis: BasisContent) -> tuple[str, str, str]:
    """The same identity as SheetRow.identity, also for a basis stored before texts were normalised by one_spaced()."""
    return one_spaced(basis.statute), one_spaced(basis.section), one_spaced(basis.note)


def _new_key(identity: tuple[str, str, str], taken: set[str]) -> str:
    """A readable key that is not in use and never was: the log keeps naming a basis by its key."""
    statute, section, note = identity
    stem = slugify(f"{statute.partition(' (')[0]} {note or section}")[: _LONGEST_KEY - 4].strip("-") or "hjemmel"
    key, number = stem, 2
    while key in taken:
        key, number = f"{stem}-{number}", number + 1
    taken.add(key)
    return key


def _comparable(value: object) -> object:
    return one_spaced(value) if isinstance(value, str) else value


def _differ(change: Change) -> bool:
    return bool([name for name in change.fields if name != "elements"]) or (
        set(change.before.elements) != set(change.after.elements)
    )


def _has_ended(basis: BasisContent, today: date) -> bool:
    return basis.valid_to is not None and basis.valid_to <= today

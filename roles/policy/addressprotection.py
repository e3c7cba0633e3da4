"""What a person with a protected address may still show. Pure: no database, no register, no Django.

Sources: folkeregisterloven § 10-4; Skatteetaten on address protection (a grading of the person, and of each address).
A code that is not known counts as the strictest one.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import Any

from integrations.folkeregisteret.documents import Address, PersonRecord, current
from roles.policy.marks import ADDRESS_ELEMENTS, address_marks, addresses, person_marks

PROTECTION_ELEMENT = "adressebeskyttelse"
POSTAL_ADDRESS = "postadresse"
RESIDENCE = "bostedsadresse"
#: By these elements it is known that somebody has no residence to show.
LOOKALIKE_ELEMENTS = frozenset({RESIDENCE, "status"})


class Grade(IntEnum):
    """Least to most protected, so that max() is the one that counts."""

    NONE = 0
    CLIENT_ADDRESS = 1
    CONFIDENTIAL = 2
    STRICTLY_CONFIDENTIAL = 3


_OPEN = "ugradert"
_RESIDENT = "bosatt"
_GRADES = {
    _OPEN: Grade.NONE,
    "klientadresse": Grade.CLIENT_ADDRESS,
    "fortrolig": Grade.CONFIDENTIAL,
    "strengtFortrolig": Grade.STRICTLY_CONFIDENTIAL,
}

_WITH_PLACE = frozenset(ADDRESS_ELEMENTS) | {"kontaktinformasjonForDoedsbo", "oppholdPaaSvalbard"}
_MOVES = frozenset({"innflytting", "utflytting"})
_RELATIONS = frozenset({"familierelasjon", "foreldreansvar", "vergemaalEllerFremtidsfullmakt"})
_STRICTLY_HIDDEN = (_WITH_PLACE - {POSTAL_ADDRESS}) | _MOVES | _RELATIONS | {"foedselINorge"}

#: Fields beside an address that tell where somebody is or comes from.
_TELLING_FIELDS = frozenset(
    {
        "foedested",
        "foedekommuneINorge",
        "foedselsinstitusjonsnavn",
        "kommune",
        "sted",
        "myndighet",
        "embete",
        "utstedernavn",
        "ansvarligOrganisasjon",
    }
)
#: Of a strictly confidential person also what tells who set the postal address up, and who lives with them.
_STRICTLY_TELLING_FIELDS = _TELLING_FIELDS | {
    "relatertVedSivilstand",
    "adresseIdentifikatorFraMatrikkelen",
    "kilde",
    "gyldighetstidspunkt",
    "opphoerstidspunkt",
    "ajourholdstidspunkt",
    "aarsak",
}


@dataclass(frozen=True, slots=True)
class ProtectionVerdict:
    """What protection takes away from one record, in one disclosure.

    hidden: elements shown as protected. closed_fields: fields left out of every entry.
    graded_marks: addresses (roles.policy.marks) that are hidden themselves, and so wherever they are repeated.
    """

    hidden: frozenset[str] = frozenset()
    closed_fields: frozenset[str] = frozenset()
    graded_marks: frozenset[str] = frozenset()
    hides_history: bool = False
    opened: bool = False

    def admits(self, entry: Any) -> bool:
        """Whether this entry of an address element may be shown."""
        if self.opened:
            return _grade(entry) <= Grade.CONFIDENTIAL
        return _grade(entry) is Grade.NONE and self.graded_marks.isdisjoint(address_marks(entry, protecting=False))


UNPROTECTED = ProtectionVerdict()


def verdict(record: PersonRecord, *, may_open: bool) -> ProtectionVerdict:
    """The verdict on one record.

    may_open: the role has the confidential basis and the special right, and a reason is typed in this disclosure.
    It opens confidential and client addresses, never strictly confidential ones.
    """
    if _says_nothing(record):
        return UNPROTECTED
    grade = grade_of(record)
    if grade is Grade.STRICTLY_CONFIDENTIAL:
        return _strictly_confidential(_marks_of(_hidden_addresses(record, grade)))
    if grade is Grade.CONFIDENTIAL:
        return _confidential(may_open)
    if graded := _graded_addresses(record):
        return ProtectionVerdict(graded_marks=_marks_of(graded), opened=may_open)
    return UNPROTECTED


def _strictly_confidential(lives_at: frozenset[str]) -> ProtectionVerdict:
    """lives_at: marks of what the open postal address must not repeat."""
    return ProtectionVerdict(_STRICTLY_HIDDEN, _STRICTLY_TELLING_FIELDS, graded_marks=lives_at, hides_history=True)


def _confidential(may_open: bool) -> ProtectionVerdict:
    if may_open:
        return ProtectionVerdict(_MOVES, opened=True)
    return ProtectionVerdict(_WITH_PLACE | _MOVES, _TELLING_FIELDS)


def household_verdict(own: ProtectionVerdict) -> ProtectionVerdict:
    """The verdict on somebody who shares an address with a protected person in the same answer."""
    return replace(own, hidden=own.hidden | frozenset(ADDRESS_ELEMENTS))


def as_unknown_residence(record: PersonRecord, own: ProtectionVerdict) -> ProtectionVerdict:
    """The verdict for a role that may not see gradings: whoever has no residence to show is shown alike.

    A protected person, a member of the household and somebody of unknown residence all lose what any of them loses.
    The open postal address of a strictly confidential person stays: the register gives it to everybody.
    """
    if shows_residence(record, own):
        return own
    lives_at = _marks_of(_hidden_addresses(record, Grade.STRICTLY_CONFIDENTIAL))
    alike = _strictly_confidential(lives_at)
    return replace(alike, hidden=alike.hidden | own.hidden)


def shows_residence(record: PersonRecord, own: ProtectionVerdict) -> bool:
    """False where a residence is unknown or may not be shown. True where there is none to hide: who is no resident.

    The register itself withholds graded addresses from who asks without a legal basis, so a resident without any
    residence has one that may not be shown.
    """
    residence = current(record.bostedsadresse)
    if RESIDENCE in own.hidden or not residence:
        return RESIDENCE not in own.hidden and not _is_resident(record)
    shown = (entry for entry in residence if own is UNPROTECTED or own.admits(entry))
    return not all(entry.ukjentBosted for entry in shown)


def _is_resident(record: PersonRecord) -> bool:
    return any(entry.status == _RESIDENT for entry in current(record.status))


def grade_of(record: PersonRecord) -> Grade:
    """The strictest of the person's own grading and, from confidential up, of the gradings of current addresses."""
    own = max((_code(entry.graderingsnivaa) for entry in current(record.adressebeskyttelse)), default=Grade.NONE)
    carried = max((_grade(entry) for entry in addresses(record) if entry.erGjeldende is not False), default=Grade.NONE)
    return max(own, carried) if carried >= Grade.CONFIDENTIAL else own


def is_protected(record: PersonRecord) -> bool:
    """Whether the person is: lists and address searches leave such a person out."""
    return not _says_nothing(record) and grade_of(record) >= Grade.CONFIDENTIAL


def _says_nothing(record: PersonRecord) -> bool:
    """The short way for nearly everybody: no grading of the person, and every address open."""
    return not record.adressebeskyttelse and all(entry.adressegradering == _OPEN for entry in addresses(record))


def protecting_marks(record: PersonRecord) -> frozenset[str]:
    """Marks of what nobody else in the same answer may show: where a protected person lives, else the family's numbers.

    Of a person who is not protected, the current addresses that are graded alone.
    """
    if _says_nothing(record):
        return frozenset()
    grade = grade_of(record)
    if grade < Grade.CONFIDENTIAL:
        return _marks_of(current(_graded_addresses(record)))
    return _marks_of(current(_hidden_addresses(record, grade))) or person_marks(record)


def exposed_marks(record: PersonRecord, *, opened: bool = False) -> frozenset[str]:
    """Marks by which somebody else's protection reaches this record: the addresses it may show, and its persons.

    opened: its confidential and client addresses are opened in this disclosure.
    """
    marks = [
        mark
        for entry in addresses(record)
        if entry.adressegradering == _OPEN or (opened and _grade(entry) <= Grade.CONFIDENTIAL)
        for mark in address_marks(entry, protecting=False)
    ]
    return person_marks(record).union(marks)


def _hidden_addresses(record: PersonRecord, grade: Grade) -> Iterable[Address]:
    """All of a protected person's, also one the register did not grade. But the open postal address of a strictly
    confidential person is run by the police for many: it hides nobody's."""
    if grade is Grade.CONFIDENTIAL:
        return addresses(record)
    return [entry for entry in addresses(record) if _grade(entry) or entry not in record.postadresse]


def _graded_addresses(record: PersonRecord) -> list[Address]:
    return [entry for entry in addresses(record) if _grade(entry) is not Grade.NONE]


def _marks_of(entries: Iterable[Address]) -> frozenset[str]:
    return frozenset(mark for entry in entries for mark in address_marks(entry, protecting=True))


def _grade(entry: Address) -> Grade:
    """An address that does not say it is open is treated as a client address: hidden, itself alone."""
    return _code(entry.adressegradering) if entry.adressegradering else Grade.CLIENT_ADDRESS


def _code(code: object) -> Grade:
    return _GRADES.get(str(code), Grade.STRICTLY_CONFIDENTIAL)

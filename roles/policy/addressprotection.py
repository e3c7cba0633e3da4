"""What may still be shown of a person with a protected address. Pure: no database, no register, no Django.

Sources: folkeregisterloven § 10-4; Skatteetaten on address protection (the person has a grading, and so has each
address). An unknown code counts as the strictest grading.
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
#: The elements that tell whether a person has a residence to show.
LOOKALIKE_ELEMENTS = frozenset({RESIDENCE, "status"})


class Grade(IntEnum):
    """The gradings in rising order, so that max() gives the one that counts."""

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

#: Fields outside the address elements that tell where a person is or comes from.
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
#: For a strictly confidential person also the fields that tell who set up the postal address, and the household.
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
    """What address protection removes from one record, in one disclosure.

    hidden: elements shown as protected. closed_fields: fields left out of every entry. graded_marks: marks
    (roles.policy.marks) of hidden addresses; they are hidden in every element that repeats them. hides_history: earlier
    entries are left out. opened: confidential and client addresses are shown.
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
    """The verdict on one record, by its own gradings alone.

    may_open: the role has the confidential basis and the special right, and the employee typed a reason for this
    disclosure. It opens confidential and client addresses, never strictly confidential ones.
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
    """lives_at: marks of the person's hidden addresses; an open postal address that repeats one is hidden too."""
    return ProtectionVerdict(_STRICTLY_HIDDEN, _STRICTLY_TELLING_FIELDS, graded_marks=lives_at, hides_history=True)


def _confidential(may_open: bool) -> ProtectionVerdict:
    if may_open:
        return ProtectionVerdict(_MOVES, opened=True)
    return ProtectionVerdict(_WITH_PLACE | _MOVES, _TELLING_FIELDS)


def household_verdict(own: ProtectionVerdict) -> ProtectionVerdict:
    """The person's own verdict, with all addresses hidden: they share an address with a protected person."""
    return replace(own, hidden=own.hidden | frozenset(ADDRESS_ELEMENTS))


def as_unknown_residence(record: PersonRecord, own: ProtectionVerdict) -> ProtectionVerdict:
    """The verdict for a role that may not see gradings: all persons without a residence to show look alike.

    A protected person, a member of their household and a person of unknown residence all lose everything that one of
    them loses. The open postal address of a strictly confidential person stays: the register gives it to everybody.
    own: the verdict for a role that may see gradings; it is returned unchanged when the residence may be shown.
    """
    if shows_residence(record, own):
        return own
    lives_at = _marks_of(_hidden_addresses(record, Grade.STRICTLY_CONFIDENTIAL))
    alike = _strictly_confidential(lives_at)
    return replace(alike, hidden=alike.hidden | own.hidden)


def shows_residence(record: PersonRecord, own: ProtectionVerdict) -> bool:
    """Whether the record has a residence that may be shown, under the verdict `own`.

    False when the residence is unknown or hidden. True also for a person who is not a resident: there is nothing to
    hide. A resident without any residence counts as hidden, because the register withholds graded addresses from roles
    without a legal basis.
    """
    residence = current(record.bostedsadresse)
    if RESIDENCE in own.hidden or not residence:
        return RESIDENCE not in own.hidden and not _is_resident(record)
    shown = (entry for entry in residence if own is UNPROTECTED or own.admits(entry))
    return not all(entry.ukjentBosted for entry in shown)


def _is_resident(record: PersonRecord) -> bool:
    return any(entry.status == _RESIDENT for entry in current(record.status))


def grade_of(record: PersonRecord) -> Grade:
    """The strictest of the person's own grading and those gradings of current addresses that are confidential or up."""
    own = max((_code(entry.graderingsnivaa) for entry in current(record.adressebeskyttelse)), default=Grade.NONE)
    carried = max((_grade(entry) for entry in addresses(record) if entry.erGjeldende is not False), default=Grade.NONE)
    return max(own, carried) if carried >= Grade.CONFIDENTIAL else own


def is_protected(record: PersonRecord) -> bool:
    """Whether the person is graded confidential or stricter. Lists and address searches leave such a person out."""
    return not _says_nothing(record) and grade_of(record) >= Grade.CONFIDENTIAL


def _says_nothing(record: PersonRecord) -> bool:
    """Whether nothing is graded: the person has no grading and every address is open. A short cut for most records."""
    return not record.adressebeskyttelse and all(entry.adressegradering == _OPEN for entry in addresses(record))


def protecting_marks(record: PersonRecord) -> frozenset[str]:
    """Marks of what no other record in the same answer may show because of this one.

    For a protected person these are the marks of the current addresses; without one, the numbers of the family. For
    another person they are the marks of the current graded addresses.
    """
    if _says_nothing(record):
        return frozenset()
    grade = grade_of(record)
    if grade < Grade.CONFIDENTIAL:
        return _marks_of(current(_graded_addresses(record)))
    return _marks_of(current(_hidden_addresses(record, grade))) or person_marks(record)


def exposed_marks(record: PersonRecord, *, opened: bool = False) -> frozenset[str]:
    """Marks that the protecting_marks() of another record are compared with: the addresses this record may show, its
    own numbers and those of its relatives.

    opened: the confidential and client addresses of this record are opened in this disclosure.
    """
    marks = [
        mark
        for entry in addresses(record)
        if entry.adressegradering == _OPEN or (opened and _grade(entry) <= Grade.CONFIDENTIAL)
        for mark in address_marks(entry, protecting=False)
    ]
    return person_marks(record).union(marks)


def _hidden_addresses(record: PersonRecord, grade: Grade) -> Iterable[Address]:
    """All addresses of a protected person, also those that the register did not grade.

    The open postal address of a strictly confidential person is the exception: the police run it for many persons, so
    it must not hide the address of another person.
    """
    if grade is Grade.CONFIDENTIAL:
        return addresses(record)
    return [entry for entry in addresses(record) if _grade(entry) or entry not in record.postadresse]


def _graded_addresses(record: PersonRecord) -> list[Address]:
    return [entry for entry in addresses(record) if _grade(entry) is not Grade.NONE]


def _marks_of(entries: Iterable[Address]) -> frozenset[str]:
    return frozenset(mark for entry in entries for mark in address_marks(entry, protecting=True))


def _grade(entry: Address) -> Grade:
    """The grading of an address. An address without a grading counts as a client address: only it is hidden."""
    return _code(entry.adressegradering) if entry.adressegradering else Grade.CLIENT_ADDRESS


def _code(code: object) -> Grade:
    return _GRADES.get(str(code), Grade.STRICTLY_CONFIDENTIAL)

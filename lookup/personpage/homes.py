"""Where a relative lives, compared with the person of the page. Pure."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from roles.policy import elementtypes as of
from roles.policy.marks import dwelling_marks
from roles.policy.permitted import PermittedRecord, State
from roles.policy.sharedresidence import Agreement, agreement_on
from roles.vocabulary.envelope import address_lines


@dataclass(frozen=True, slots=True)
class Home:
    """said: a sentence about the home; "" for none. lines: of the envelope. is_shared: it is the home of the page's
    person."""

    said: str = ""
    lines: tuple[str, ...] = ()
    is_shared: bool = False


def home_of(record: PermittedRecord, person: PermittedRecord | None, today: date) -> Home:
    """The home of the record. person: the person of the page; None when the record is theirs. An unknown and a
    protected residence have the same words."""
    state = record["bostedsadresse"].state
    if state is State.NOT_IN_ROLE:
        is_left_out = person is not None and person["bostedsadresse"].state is not State.NOT_IN_ROLE
        return Home(_("Bostedet står på personens egen side")) if is_left_out else Home()
    if state is not State.VALUE:
        sees_gradings = record["adressebeskyttelse"].state is not State.NOT_IN_ROLE
        is_none = state is State.EMPTY and sees_gradings
        return Home(_("Ingen bostedsadresse registrert") if is_none else _("Adressen kan ikke vises"))
    lines = residence_lines(record)
    if person is not None and (words := _shared(record, person, today)):
        return Home(words, lines, is_shared=True)
    return Home("", lines)


def residence_lines(record: PermittedRecord) -> tuple[str, ...]:
    """The lines of the envelope; () when no residence is shown."""
    forms = (form for entry in record.entries_of(of.BOSTEDSADRESSE) for form in address_lines(entry))
    return next((form.envelope for form in forms), ())


def has_dwelling(record: PermittedRecord) -> bool:
    """Whether the role is shown where the person lives. An unknown residence counts as shown."""
    return bool(_dwellings(record))


def _shared(record: PermittedRecord, person: PermittedRecord, today: date) -> str:
    own = _dwellings(person)
    if own & _dwellings(record):
        return _("Bor på samme adresse")
    agreed = (entry for entry in record.entries_of(of.DELT_BOSTED) if agreement_on(today, entry) is Agreement.IN_FORCE)
    return _("Har delt bosted på denne adressen") if any(own & dwelling_marks(entry) for entry in agreed) else ""


def _dwellings(record: PermittedRecord) -> frozenset[str]:
    return frozenset(mark for entry in record.entries_of(of.BOSTEDSADRESSE) for mark in dwelling_marks(entry))

"""What is copied from a person page with one press, as it is pasted elsewhere. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from lookup.personpage.homes import has_dwelling, residence_lines
from roles.policy import elementtypes as of
from roles.policy.permitted import PermittedRecord
from roles.vocabulary.envelope import address_lines
from roles.vocabulary.persons import full_name


class Copy(NamedTuple):
    """label: on the button. said: when it is done."""

    label: str
    text: str
    said: str


def copies(record: PermittedRecord) -> Iterator[Copy]:
    """The name, and the lines of a letter. What the page does not show is not copied either."""
    name = next((full_name(entry) for entry in record.entries_of(of.NAVN)), "")
    if name:
        yield Copy(_("Kopier navnet"), name, _("Navnet er kopiert"))
    if lines := _letter(record):
        text = "\n".join((*filter(None, [name]), *lines))
        yield Copy(_("Kopier adressen"), text, _("Navn og adresse er kopiert"))


def _letter(record: PermittedRecord) -> tuple[str, ...]:
    """The postal address where there is one: there the person wants their letters."""
    for entry in record.entries_of(of.POSTADRESSE):
        for lines in address_lines(entry):
            return lines.envelope
    return residence_lines(record) if has_dwelling(record) else ()

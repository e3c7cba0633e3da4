"""The texts that one press copies from a person page, in the form in which they are pasted elsewhere. Pure."""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _

from lookup.personpage.homes import has_dwelling, residence_lines
from lookup.personpage.who import name_of
from roles.policy import elementtypes as of
from roles.policy.permitted import PermittedRecord
from roles.vocabulary.envelope import address_lines


class Copy(NamedTuple):
    """One text. label: on the button. said: to a screen reader when it is copied."""

    label: str
    text: str
    said: str


def copies(record: PermittedRecord) -> Iterator[Copy]:
    """The name, and the lines of a letter. A text that the page does not show is not copied."""
    name = name_of(record)
    if name:
        yield Copy(_("Kopier navnet"), name, _("Navnet er kopiert"))
    if lines := _letter(record):
        text = "\n".join((*filter(None, [name]), *lines))
        yield Copy(_("Kopier adressen"), text, _("Navn og adresse er kopiert"))


def _letter(record: PermittedRecord) -> tuple[str, ...]:
    """The lines of a letter: the postal address if there is one, since the person wants their letters there."""
    for entry in record.entries_of(of.POSTADRESSE):
        for lines in address_lines(entry):
            return lines.envelope
    return residence_lines(record) if has_dwelling(record) else ()

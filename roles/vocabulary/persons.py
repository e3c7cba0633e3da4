"""The full names of persons, and what stands for an organisation. Pure."""

from django.utils.translation import gettext as _

from integrations.folkeregisteret.documents import (
    Folkeregisterpersonnavn,
    IdentifiserendeInformasjon,
    Personnavn,
    RelatertBiPerson,
)

#: A person without a number, who is described in the entry that names them.
Described = RelatertBiPerson | IdentifiserendeInformasjon


def full_name(name: Personnavn | Folkeregisterpersonnavn | None) -> str:
    """First, middle and last name as the register writes them; "" when there is none."""
    if name is None:
        return ""
    return " ".join(part for part in (name.fornavn, name.mellomnavn, name.etternavn) if part)


def described_name(person: Described) -> str:
    """The full name of a person without a number; never ""."""
    name = person.navn if isinstance(person, RelatertBiPerson) else person.personnavn
    return full_name(name) or _("Uten navn")


def organisation_name(number: str) -> str:
    """The register has no name of an organisation, so it is told by its number."""
    return _("Virksomhet %(number)s") % {"number": number}

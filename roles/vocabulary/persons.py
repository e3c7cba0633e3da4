"""What persons are called. Pure."""

from django.utils.translation import gettext as _

from integrations.folkeregisteret.documents import (
    Folkeregisterpersonnavn,
    IdentifiserendeInformasjon,
    Personnavn,
    RelatertBiPerson,
)

#: Somebody without a number, who is described in the entry that names them.
Described = RelatertBiPerson | IdentifiserendeInformasjon


def full_name(name: Personnavn | Folkeregisterpersonnavn | None) -> str:
    """First, middle and last name as the register writes them; "" without any."""
    if name is None:
        return ""
    return " ".join(part for part in (name.fornavn, name.mellomnavn, name.etternavn) if part)


def described_name(person: Described) -> str:
    """The full name of somebody without a number; never ""."""
    name = person.navn if isinstance(person, RelatertBiPerson) else person.personnavn
    return full_name(name) or _("Uten navn")

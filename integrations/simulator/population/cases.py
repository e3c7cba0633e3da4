"""Test persons that are named after what they show. Their numbers depend on the seed, not on the size."""

from collections.abc import Callable
from typing import Final

from integrations.simulator.population import cases_addresses as at
from integrations.simulator.population import cases_families as families
from integrations.simulator.population import cases_identities as identities
from integrations.simulator.population.casebook import Case, Casebook
from integrations.simulator.population.people import Registrar, Resident


def make_cases(registrar_for: Callable[[str], Registrar]) -> tuple[tuple[Case, ...], list[Resident]]:
    """Every case, and everybody in them.

    registrar_for: gives each group a registrar of its own, by the group's name, so that no group changes another's
    numbers.
    """
    book = Casebook(registrar_for(""))
    for write in _GROUPS:
        book.registrar = registrar_for(write.__name__)
        write(book)
        book.residents += book.registrar.take_newcomers()
    return tuple(book.cases), book.residents


_GROUPS: Final[tuple[Callable[[Casebook], None], ...]] = (
    families.ordinary_family,
    families.divorced,
    families.dead,
    at.protected,
    at.lives_with_protected,
    identities.numbers,
    identities.gone,
    families.guarded,
    identities.names,
    at.addresses,
    identities.abroad_and_rights,
    families.unusual_parents,
    families.newborn,
    families.separated,
    families.partnerships,
    families.more_guardians,
    identities.uncertain_identities,
    identities.visitors,
    identities.citizens,
    at.protection_elsewhere,
    at.stays,
    at.post,
    at.homes,
)

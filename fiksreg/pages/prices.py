"""The prices of the service, by kind and size of organisation. The figures are in a data file."""

from enum import StrEnum

import msgspec
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from fiksreg.pages.content import read
from roles.models import OrganisationKind


class Status(StrEnum):
    """Whether anybody has decided on the figures."""

    PLACEHOLDER = "placeholder"
    DECIDED = "decided"


class SizeClass(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """A class of organisations that pay the same. per_year: whole kroner without VAT."""

    kind: OrganisationKind
    per_year: int
    residents_from: int | None = None
    residents_below: int | None = None

    @property
    def kind_name(self) -> str:
        return str(self.kind.label)

    @property
    def size(self) -> str:
        """The size in words; "" when size does not matter."""
        first, below = _figure(self.residents_from), _figure(self.residents_below)
        if first and below:
            return _("%(first)s til under %(below)s innbyggere") % {"first": first, "below": below}
        if below:
            return _("Under %(below)s innbyggere") % {"below": below}
        return _("%(first)s innbyggere eller flere") % {"first": first} if first else ""

    @property
    def price(self) -> str:
        return _figure(self.per_year)


class Prices(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """The whole price list, in the order of the file."""

    status: Status
    classes: tuple[SizeClass, ...]

    @property
    def are_placeholders(self) -> bool:
        return self.status is Status.PLACEHOLDER


def prices() -> Prices:
    """The prices in the data file."""
    return read("prices", Prices)


def _figure(number: int | None) -> str:
    return "" if number is None else number_format(number, use_l10n=True, force_grouping=True)

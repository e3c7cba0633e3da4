"""A role's information elements as boxes, each with the legal bases that open it or the reason why none does."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.forms.widgets import Script
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from integrations.folkeregisteret.elements import ELEMENTS
from roles.models import LegalBasis, ServiceArea
from roles.policy.fieldpolicy import opened_by
from roles.vocabulary import element_name

Choices = list[tuple[Promise, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class Offer:
    """What the page says about one element. bases: those of the service area that open it today.

    property_name: the element that must be chosen together with this one; "" for none.
    """

    bases: tuple[LegalBasis, ...]
    why_none: str
    property_name: str

    def opening(self, ticked: Collection[str]) -> frozenset[str]:
        """The keys of the ticked bases that open the element."""
        return frozenset(basis.key for basis in self.bases if basis.key in ticked)


def offers(bases: Iterable[LegalBasis], area: ServiceArea, today: date) -> dict[str, Offer]:
    """An offer for every element of the vocabulary. bases: those that a role in this area may rest on."""
    opened = [(basis, opened_by(basis, area, today)) for basis in bases]
    return {key: _offer(key, tuple(basis for basis, keys in opened if key in keys), area) for key in ELEMENTS}


def element_choices() -> Choices:
    """Every element by key and name, in two groups: open and confidential."""
    groups: dict[bool, list[tuple[str, str]]] = {False: [], True: []}
    for key, element in ELEMENTS.items():
        groups[element.is_confidential].append((key, element_name(key)))
    return [(_("Ikke taushetsbelagt"), groups[False]), (_("Taushetsbelagt"), groups[True])]


def _offer(key: str, bases: tuple[LegalBasis, ...], area: ServiceArea) -> Offer:
    source = ELEMENTS[key].source
    return Offer(bases, "" if bases else _why_none(key, area), "" if source in ("", key) else element_name(source))


def _why_none(key: str, area: ServiceArea) -> str:
    if ELEMENTS[key].is_confidential and not area.may_hold_confidential:
        return gettext("Tjenesteområdet kan ikke ha taushetsbelagte opplysninger.")
    return gettext("Ingen lovhjemmel i tjenesteområdet åpner den.")


class ElementChoices(forms.CheckboxSelectMultiple):
    """The boxes. An element that no ticked basis opens is greyed, with the reason; one that no basis opens cannot be
    ticked.

    A script greys and opens boxes while bases are ticked. Without it, the page says which basis to tick, and the server
    refuses what does not fit. A chosen element that is no longer opened stays ticked until somebody unticks it.
    """

    template_name = "admin/roles/role/elements.html"
    offered: Mapping[str, Offer] = {}
    ticked_bases: frozenset[str] = frozenset()

    class Media:
        js = [Script("js/role.js", defer=True)]

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Django's option, with the offer of its element."""
        option: dict[str, Any] = super().create_option(name, value, *args, **kwargs)
        offer = self.offered[value]
        option |= {"offer": offer, "opening": offer.opening(self.ticked_bases)}
        option["attrs"]["aria-describedby"] = f"{option['attrs']['id']}_why"
        option["attrs"]["disabled"] = not offer.bases and not option["selected"]
        return option

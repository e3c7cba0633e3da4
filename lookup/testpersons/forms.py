"""The search form of the page, and what may be read from an address."""

import secrets
from typing import Final

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from integrations.folkeregisteret.identifiers import looks_like_a_number
from lookup.testpersons.criteria import FREE, Criteria
from lookup.testpersons.filters import FILTERS

MOST_PAGES: Final = 500
_SEEDS: Final = 10_000


class CriteriaForm(forms.Form):
    """data: what was sent in a form, or (shared) in an address; a number is never read from an address.

    Unknown filters and figures in an address are ignored, since the address may be old.
    """

    kql = forms.CharField(
        label=_("Avansert søk (KQL)"),
        help_text=_("Feltnavn, kolon og verdi, satt sammen med AND, OR og NOT."),
        required=False,
        max_length=500,
        widget=forms.TextInput(
            attrs={"class": "ds-input", "autocomplete": "off", "spellcheck": "false", "autocapitalize": "none"}
        ),
    )

    def __init__(self, data: QueryDict, *, shared: bool) -> None:
        self._held_number = shared and looks_like_a_number(data.get(FREE, ""), also_in_part=True)
        self._sent = data
        super().__init__({FREE: "" if self._held_number else data.get(FREE, "")})

    def clean_kql(self) -> str:
        if self._held_number:
            raise ValidationError(_("Et nummer kan ikke stå i adressen til siden. Skriv søket her i stedet."))
        return str(self.cleaned_data["kql"]).strip()

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the chosen filters without repetition, in the order of the page."""
        sent = frozenset(self._sent.getlist("filter"))
        return tuple(key for key in FILTERS if key in sent)

    def criteria(self) -> Criteria:
        """The criteria, without the one whose remove button was pressed. The form must be valid."""
        seed = self._figure("seed", _SEEDS)
        criteria = Criteria(
            filters=self.chosen,
            kql=self.cleaned_data["kql"],
            page=self._figure("page", MOST_PAGES) or 1,
            seed=secrets.randbelow(_SEEDS) if seed is None else seed,
        )
        taken_out = self._sent.get("remove", "")
        return criteria.without(taken_out) if taken_out else criteria

    def refuse_query(self, place: int | None) -> None:
        """Adds the error that Tenor cannot read the query, and where. place: the position in the typed query, from
        0."""
        if place is None:
            self.add_error("kql", _("Tenor kan ikke lese søket. Se etter feltnavn, parenteser og anførselstegn."))
        else:
            self.add_error("kql", _("Tenor kan ikke lese søket fra tegn nummer %(place)s.") % {"place": place + 1})

    def _figure(self, name: str, most: int) -> int | None:
        text = self._sent.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 and int(text) <= most else None

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
    """data: what was sent, in a form or (shared) in an address, from which a number is never read.

    What an address has of filters and figures that are none is left out: it may be old.
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
        """The keys of the filters that are chosen, each once, in the order of the page."""
        sent = frozenset(self._sent.getlist("filter"))
        return tuple(key for key in FILTERS if key in sent)

    def criteria(self) -> Criteria:
        """What is asked for; a button pressed beside a criterion has taken it out. The form must be valid."""
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
        """Says at the field that Tenor cannot read the query, and where. place: in what was typed, from 0."""
        if place is None:
            self.add_error("kql", _("Tenor kan ikke lese søket. Se etter feltnavn, parenteser og anførselstegn."))
        else:
            self.add_error("kql", _("Tenor kan ikke lese søket fra tegn nummer %(place)s.") % {"place": place + 1})

    def _figure(self, name: str, most: int) -> int | None:
        text = self._sent.get(name, "")
        return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 and int(text) <= most else None

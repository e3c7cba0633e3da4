"""The content of the open page about legal bases: what each cites and says, and the open questions for a lawyer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from roles.models import LegalBasis, ServiceArea


@dataclass(frozen=True, slots=True)
class Group:
    """A service area with its legal bases; None for the bases that apply in every area."""

    area: ServiceArea | None
    bases: tuple["Row", ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One legal basis. questions: the numbers of the open questions about it."""

    basis: LegalBasis
    questions: tuple[int, ...]


#: The questions that a lawyer must decide, in the order of their numbers.
QUESTIONS: Final[tuple[Promise, ...]] = (
    _(
        "Hvor langt rekker pasientjournalloven § 21? Trygt er det for den som får helsehjelp og har journal. Tvilsomt "
        "er det før kontakten er etablert, og for pårørende uten journal."
    ),
    _("Har departementet gitt forskriften som barnehageloven § 47 taler om, og hvilke opplysninger nevner den?"),
    _(
        "Er det nok at en lov åpner «offentlige kilder» uten å nevne Folkeregisteret? Det gjelder smittevern og "
        "bostøtte."
    ),
    _(
        "Gir en paragraf som åpner taushetsbelagte opplysninger, også adresser som er fortrolige, og merket for "
        "adressebeskyttelse?"
    ),
    _("Kan andre enn den som har ansvaret for sametingsvalget, se hvem som står i Sametingets valgmanntall?"),
    _("Når er det nødvendig å hente bruk av samisk språk, når foreldre og elever velger selv?"),
    _("Kan opplysninger hentes etter integreringsloven om personer som har fått norsk statsborgerskap?"),
    _(
        "Gjelder registeradgangen når kommunen selv er namsmyndighet, og hvem er mottaker etter barnelova § 85 a og "
        "ekteskapsloven § 29 a?"
    ),
    _("Er hver enkelt opplysning i raden nødvendig for oppgaven?"),
    _("Husbankloven § 10 regner opp hva som kan hentes: hvor langt rekker den for familien i husstanden?"),
)

#: Key of a legal basis -> the numbers of its questions.
ASKED: Final[Mapping[str, tuple[int, ...]]] = {
    "helse-og-omsorgstjenesteloven-helsestasjon-og-skolehelsetjeneste": (1, 4),
    "helse-og-omsorgstjenesteloven-fastlege-og-legevakt": (1,),
    "helse-og-omsorgstjenesteloven-barn-og-foresatte": (1, 4),
    "helse-og-omsorgstjenesteloven-hjemmetjeneste-og-paaroerende": (1,),
    "helse-og-omsorgstjenesteloven-psykososialt-kriseteam": (1,),
    "tannhelsetjenesteloven-tannhelse-fylkeskommune": (1, 4),
    "barnehageloven-opptak": (2, 4),
    "barnehageloven-samisk-barnehagetilbud": (2, 6),
    "barnehageloven-ppt": (2,),
    "forskrift-foreldrebetaling-foreldrebetaling-sfo-barnehage": (2,),
    "smittevernloven-kommunelegen": (3, 4),
    "bustoettelova-bostoette": (3,),
    "opplaeringslova-grunnskole": (4,),
    "opplaeringslova-videregaaende": (4,),
    "opplaeringslova-skoleskyss": (4, 9),
    "opplaeringslova-barn-og-foresatte": (4, 9),
    "opplaeringslova-voksenopplaering": (9,),
    "opplaeringslova-samisk-opplaering": (6,),
    "privatskolelova-elever-i-private-skoler": (4,),
    "barnevernsloven-barnevern": (4,),
    "barnevernsloven-identitet": (9,),
    "adopsjonsloven-bistand": (4,),
    "barnelova-beskyttet-tilsyn": (4, 8),
    "sosialtjenesteloven-nav-kommunal-del": (4,),
    "sosialtjenesteloven-identitet-og-opphold": (9,),
    "krisesenterlova-krisesenter": (4,),
    "valgloven-valg": (4,),
    "sameloven-sametingsvalg": (5,),
    "integreringsloven-innvandring-og-integrering": (7,),
    "integreringsloven-bosetting": (7,),
    "integreringsloven-identitet": (7, 9),
    "tvangsfullbyrdelsesloven-kommunens-namsmyndighet": (8,),
    "ekteskapsloven-borgerlig-vigsel": (8,),
    "alkoholloven-skjenkebevilling": (9,),
    "husbankloven-startlaan": (10,),
}


def groups() -> list[Group]:
    """The legal bases in force today, by service area; first those that apply in every area."""
    bases = [basis for basis in LegalBasis.objects.with_area_codes() if basis.is_in_force(timezone.localdate())]
    everywhere = Group(None, tuple(_row(basis) for basis in bases if basis.for_every_area))
    areas = [Group(area, tuple(_row(basis) for basis in bases if _holds_in(basis, area))) for area in _areas()]
    return [group for group in (everywhere, *areas) if group.bases]


def _areas() -> list[ServiceArea]:
    return sorted(ServiceArea.objects.all(), key=lambda area: area.name)


def _holds_in(basis: LegalBasis, area: ServiceArea) -> bool:
    return not basis.for_every_area and basis.covers(area.code)


def _row(basis: LegalBasis) -> Row:
    return Row(basis, ASKED.get(basis.key, ()))

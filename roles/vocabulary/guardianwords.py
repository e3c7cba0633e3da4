"""The names of guardians' authorities and tasks, and of county governors. Other bodies own these lists, which grow.

Sources: Statens sivilrettsforvaltning's list of authorities and tasks; the county governors since 2016.
"""

import re
from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from integrations.folkeregisteret.codes import letters_of

AUTHORITIES: Final[Mapping[str, Promise]] = {
    "bank": _("Bank"),
    "forsikringsselskap": _("Forsikringsselskap"),
    "helfo": _("Helfo"),
    "husbanken": _("Husbanken"),
    "inkassoselskap": _("Inkassoselskap"),
    "kartverket": _("Kartverket"),
    "kommune": _("Kommune"),
    "kredittvurderingsselskap": _("Kredittvurderingsselskap"),
    "laanekassen": _("Lånekassen"),
    "namsmannen": _("Namsmannen"),
    "nav": _("Nav"),
    "oevrige": _("Øvrige"),
    "pasientreiser": _("Pasientreiser"),
    "skatteetaten": _("Skatteetaten"),
    "statensInnkrevingssentral": _("Statens innkrevingssentral"),
    "statsforvalter": _("Statsforvalter"),
    "tingretten": _("Tingretten"),
}

TASKS: Final[Mapping[str, Promise]] = {
    "arbeid": _("Arbeid"),
    "arvPrivatSkifteOgUskifte": _("Arv, privat skifte og uskifte"),
    "avslutningAvHusleiekontrakter": _("Avslutning av husleiekontrakter"),
    "avtalerOgRettigheter": _("Avtaler og rettigheter"),
    "begjaereSkifteAvUskiftebo": _("Begjære skifte av uskiftebo"),
    "begjaereUskifte": _("Begjære uskifte"),
    "bostoette": _("Bostøtte"),
    "byggOgEiendom": _("Bygg og eiendom"),
    "disponereInntekterTilAaDekkeUtgifter": _("Disponere inntekter til å dekke utgifter"),
    "endrePostadresse": _("Endre postadresse"),
    "endringAvEiendom": _("Endring av eiendom"),
    "familie": _("Familie"),
    "fastlege": _("Fastlege"),
    "forhandleOgInngaaInkassoavtaler": _("Forhandle og inngå inkassoavtaler"),
    "forvalteForsikringsavtaler": _("Forvalte forsikringsavtaler"),
    "gjeldsordning": _("Gjeldsordning"),
    "gjeldsordningOgBetalingsavtaler": _("Gjeldsordning og betalingsavtaler"),
    "helseOgOmsorg": _("Helse og omsorg"),
    "hjelpemidler": _("Hjelpemidler"),
    "inngaaelseAvHusleiekontrakter": _("Inngåelse av husleiekontrakter"),
    "innkreving": _("Innkreving"),
    "innkrevingOgTvangsfullbyrdelse": _("Innkreving og tvangsfullbyrdelse"),
    "kjoepAvEiendom": _("Kjøp av eiendom"),
    "kjoepLeieAvVarerOgTjenester": _("Kjøp eller leie av varer og tjenester"),
    "kredittsperre": _("Kredittsperre"),
    "laaneopptak": _("Låneopptak"),
    "laanOgStipend": _("Lån og stipend"),
    "meldeFlytting": _("Melde flytting"),
    "pensjon": _("Pensjon"),
    "privatSkifteAvDoedsbo": _("Privat skifte av dødsbo"),
    "refusjonAvPasientreiser": _("Refusjon av pasientreiser"),
    "refusjonForPrivatpersoner": _("Refusjon for privatpersoner"),
    "representasjonDagligbank": _("Representasjon i dagligbank"),
    "salgAvFastEiendomBorettslagsandel": _("Salg av fast eiendom eller borettslagsandel"),
    "salgAvLoesoereAvStoerreVerdi": _("Salg av løsøre av større verdi"),
    "selgeAksjerOgVerdipapirer": _("Selge aksjer og verdipapirer"),
    "skatt": _("Skatt"),
    "skattOgAvgift": _("Skatt og avgift"),
    "skoleOgUtdanning": _("Skole og utdanning"),
    "sletting": _("Sletting"),
    "soekeOmSamtykkeTilDisposisjon": _("Søke om samtykke til disposisjon"),
    "sosialeTjenester": _("Sosiale tjenester"),
    "startlaan": _("Startlån"),
    "taOppLaanKreditter": _("Ta opp lån eller kreditt"),
    "tilbakebetalingAvUtdanningslaan": _("Tilbakebetaling av utdanningslån"),
    "tvangsfullbyrdelse": _("Tvangsfullbyrdelse"),
    "tvangsfullbyrdelseOgForliksraadet": _("Tvangsfullbyrdelse og behandling i forliksrådet"),
}

#: The same in every language.
_COUNTIES: Final = {
    letters_of(name): name
    for name in (
        "Agder",
        "Aust- og Vest-Agder",
        "Buskerud",
        "Finnmark",
        "Hedmark",
        "Hordaland",
        "Innlandet",
        "Møre og Romsdal",
        "Nord-Trøndelag",
        "Nordland",
        "Oppland",
        "Oslo og Akershus",
        "Oslo og Viken",
        "Rogaland",
        "Sogn og Fjordane",
        "Sør-Trøndelag",
        "Telemark",
        "Troms",
        "Troms og Finnmark",
        "Trøndelag",
        "Vestfold",
        "Vestfold og Telemark",
        "Vestland",
        "Østfold",
        "Østfold, Buskerud, Oslo og Akershus",
    )
}
_GOVERNOR: Final = re.compile(r"(statsforvalt[ae]ren|fylkesmann[ae]?n?)i(.+)")


def governor_name(code: str) -> str:
    """The name of a county governor by the register's code: statsforvaltarenIMoereOgRomsdal, before 2021
    fylkesmannenI..."""
    found = _GOVERNOR.fullmatch(letters_of(code))
    county = _COUNTIES.get(found[2]) if found else None
    if found is None or county is None:
        return gettext("Ukjent embete")
    if found[1].startswith("fylkesmann"):
        return gettext("Fylkesmannen i %(county)s") % {"county": county}
    return gettext("Statsforvalteren i %(county)s") % {"county": county}

"""The codes that stand in no closed list of the register's (integrations/folkeregisteret/codes.py).

The lists of guardians are Statens sivilrettsforvaltning's (tests/contract/test_codelists.py has them all). Of the
others these are the codes that have been met. The counties are those that have had a governor since 2016.
"""

from collections.abc import Mapping
from typing import Final

OPEN_LISTS: Final[Mapping[str, frozenset[str]]] = {
    field: frozenset(codes.split())
    for field, codes in {
        "vergeTjenestevirksomhet": """
            bank forsikringsselskap helfo husbanken inkassoselskap kartverket kommune kredittvurderingsselskap
            laanekassen namsmannen nav oevrige pasientreiser skatteetaten statensInnkrevingssentral statsforvalter
            tingretten
        """,
        "vergeTjenesteoppgave": """
            arbeid arvPrivatSkifteOgUskifte avslutningAvHusleiekontrakter avtalerOgRettigheter begjaereSkifteAvUskiftebo
            begjaereUskifte bostoette byggOgEiendom disponereInntekterTilAaDekkeUtgifter endrePostadresse
            endringAvEiendom familie fastlege forhandleOgInngaaInkassoavtaler forvalteForsikringsavtaler gjeldsordning
            gjeldsordningOgBetalingsavtaler helseOgOmsorg hjelpemidler inngaaelseAvHusleiekontrakter innkreving
            innkrevingOgTvangsfullbyrdelse kjoepAvEiendom kjoepLeieAvVarerOgTjenester kredittsperre laanOgStipend
            laaneopptak meldeFlytting pensjon privatSkifteAvDoedsbo refusjonAvPasientreiser refusjonForPrivatpersoner
            representasjonDagligbank salgAvFastEiendomBorettslagsandel salgAvLoesoereAvStoerreVerdi
            selgeAksjerOgVerdipapirer skatt skattOgAvgift skoleOgUtdanning sletting soekeOmSamtykkeTilDisposisjon
            sosialeTjenester startlaan taOppLaanKreditter tilbakebetalingAvUtdanningslaan tvangsfullbyrdelse
            tvangsfullbyrdelseOgForliksraadet
        """,
        "identifikasjonsdokumenttype": """
            pass nasjonaltIdentitetskort utlendingspass norskUtlendingspass reisebevisForFlyktninger foererkort
            nordiskFoererkort diplomatpass tjenestepass servicePass spesialpass noedpass passerbrev
            schengenStandardisertOppholdskortFraNorge foedselsmelding tiltroddTredjepart annet
        """,
        "identifikasjonsnummertype": "utlendingsmyndighetenesIdentifikasjonsnummer DUFNummer",
        "rettsligHandleevneomfang": "oekonomiskeForhold personligeForhold personligeOgOekonomiskeForhold",
        "myndighet": "DEN_NORSKE_KIRKE STATSFORVALTEREN FYLKESMANNEN ANSATT_I_KOMMUNE",
        "erFalsk": "true false",
        "rettIdentitetErUkjent": "true false",
    }.items()
}

#: County, as the register writes it in a code: as the county writes itself.
COUNTIES: Final[Mapping[str, str]] = {
    "Agder": "Agder",
    "AustOgVestAgder": "Aust- og Vest-Agder",
    "Buskerud": "Buskerud",
    "Finnmark": "Finnmark",
    "Hedmark": "Hedmark",
    "Hordaland": "Hordaland",
    "Innlandet": "Innlandet",
    "MoereOgRomsdal": "Møre og Romsdal",
    "NordTroendelag": "Nord-Trøndelag",
    "Nordland": "Nordland",
    "Oppland": "Oppland",
    "OsloOgAkershus": "Oslo og Akershus",
    "OsloOgViken": "Oslo og Viken",
    "Rogaland": "Rogaland",
    "SognOgFjordane": "Sogn og Fjordane",
    "SoerTroendelag": "Sør-Trøndelag",
    "Telemark": "Telemark",
    "Troms": "Troms",
    "TromsOgFinnmark": "Troms og Finnmark",
    "Troendelag": "Trøndelag",
    "Vestfold": "Vestfold",
    "VestfoldOgTelemark": "Vestfold og Telemark",
    "Vestland": "Vestland",
    "Oestfold": "Østfold",
    "OestfoldBuskerudOsloOgAkershus": "Østfold, Buskerud, Oslo og Akershus",
}

"""Citizenship, moves in and out, permits, stays on Svalbard, and the elements of the Sámi registers."""

from datetime import date

from integrations.folkeregisteret.codes import (
    Bibeholdstatus,
    Oppholdstillatelse,
    Oppholdsvarighet,
    SamiskSpraakkode,
    Valgmanntallsforhold,
)
from integrations.folkeregisteret.documents.metadata import Entry


class Statsborgerskap(Entry, frozen=True, kw_only=True):
    statsborgerskap: str | None = None
    ervervsdato: date | None = None


class BibeholdAvNorskStatsborgerskap(Entry, frozen=True, kw_only=True):
    bibeholdstatus: Bibeholdstatus | None = None
    datoForBibehold: date | None = None


class InnflyttingTilNorge(Entry, frozen=True, kw_only=True):
    fraflyttingsland: str | None = None
    fraflyttingsstedIUtlandet: str | None = None


class UtflyttingFraNorge(Entry, frozen=True, kw_only=True):
    tilflyttingsland: str | None = None
    tilflyttingsstedIUtlandet: str | None = None
    utflyttingsdato: date | None = None


class Opphold(Entry, frozen=True, kw_only=True):
    oppholdstillatelse: Oppholdstillatelse | None = None
    oppholdFra: date | None = None
    oppholdTil: date | None = None


class OppholdPaaSvalbard(Entry, frozen=True, kw_only=True):
    startdato: date | None = None
    sluttdato: date | None = None
    antattOppholdsvarighet: Oppholdsvarighet | None = None
    antallTidligereOpphold: int | None = None
    fraflyttingsland: str | None = None
    fraflyttingskommunenummer: str | None = None


class SamiskSpraak(Entry, frozen=True, kw_only=True):
    spraak: tuple[SamiskSpraakkode, ...] = ()


class SametingetsValgmanntall(Entry, frozen=True, kw_only=True):
    forhold: Valgmanntallsforhold | None = None
    vedtaksdato: date | None = None

"""Citizenship, moves, permits, Svalbard and the Sámi registers, as rows. Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from integrations.folkeregisteret.documents import (
    BibeholdAvNorskStatsborgerskap,
    InnflyttingTilNorge,
    Opphold,
    OppholdPaaSvalbard,
    SametingetsValgmanntall,
    SamiskSpraak,
    Statsborgerskap,
    UtflyttingFraNorge,
)
from lookup.personpage.rows import Row, code_row, country_row, date_row, kommune_row, text_row
from roles.vocabulary import code_name


def citizenship(entry: Statsborgerskap) -> Iterator[Row]:
    yield from country_row("", entry.statsborgerskap)
    yield from date_row(_("Fra dato"), entry.ervervsdato)


def kept_citizenship(entry: BibeholdAvNorskStatsborgerskap) -> Iterator[Row]:
    yield from code_row("", "bibeholdstatus", entry.bibeholdstatus)
    yield from date_row(_("Dato"), entry.datoForBibehold)


def move_in(entry: InnflyttingTilNorge) -> Iterator[Row]:
    yield from country_row(_("Fra land"), entry.fraflyttingsland)
    yield from text_row(_("Fra sted"), entry.fraflyttingsstedIUtlandet)


def move_out(entry: UtflyttingFraNorge) -> Iterator[Row]:
    yield from country_row(_("Til land"), entry.tilflyttingsland)
    yield from text_row(_("Til sted"), entry.tilflyttingsstedIUtlandet)
    yield from date_row(_("Dato"), entry.utflyttingsdato)


def permit(entry: Opphold) -> Iterator[Row]:
    yield from code_row("", "oppholdstillatelse", entry.oppholdstillatelse)
    yield from date_row(_("Fra"), entry.oppholdFra)
    yield from date_row(_("Til"), entry.oppholdTil)


def svalbard(entry: OppholdPaaSvalbard) -> Iterator[Row]:
    yield from date_row(_("Fra"), entry.startdato)
    yield from date_row(_("Til"), entry.sluttdato)
    yield from code_row(_("Antatt varighet"), "antattOppholdsvarighet", entry.antattOppholdsvarighet)
    yield from country_row(_("Flyttet fra land"), entry.fraflyttingsland)
    yield from kommune_row(_("Flyttet fra kommune"), entry.fraflyttingskommunenummer)


def sami_languages(entry: SamiskSpraak) -> Iterator[Row]:
    if entry.spraak:
        yield Row("", (", ".join(code_name("spraak", code) for code in entry.spraak),))


def sami_electoral_roll(entry: SametingetsValgmanntall) -> Iterator[Row]:
    yield from code_row("", "forhold", entry.forhold)
    yield from date_row(_("Vedtaksdato"), entry.vedtaksdato)

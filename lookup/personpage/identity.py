"""The identity of the person as rows: numbers, names, birth, status, grounds of identity, documents. Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from integrations.folkeregisteret.documents import (
    Doedsfall,
    FalskIdentitet,
    Foedsel,
    FoedselINorge,
    Folkeregisteridentifikator,
    Folkeregisterpersonnavn,
    Folkeregisterpersonstatus,
    Identifikasjonsdokument,
    Identitetsgrunnlag,
    NummerFraUtlendingsmyndighetene,
    Personidentifikasjon,
    Personkjoenn,
)
from lookup.personpage.rows import (
    Row,
    code_row,
    country_row,
    date_row,
    described_row,
    kommune_row,
    person_row,
    text_row,
)
from roles.vocabulary.persons import full_name


def number(entry: Folkeregisteridentifikator) -> Iterator[Row]:
    yield from text_row("", entry.foedselsEllerDNummer)
    yield from code_row(_("Type"), "identifikatortype", entry.identifikatortype)
    yield from code_row(_("Status"), "identifikasjonsnummer.status", entry.status)


def name(entry: Folkeregisterpersonnavn) -> Iterator[Row]:
    yield Row("", (full_name(entry),))
    yield from text_row(_("Forkortet navn"), entry.forkortetNavn)
    yield from text_row(_("Opprinnelig skrivemåte"), full_name(entry.originaltNavn))


def birth(entry: Foedsel) -> Iterator[Row]:
    """The rows of a birth. The year is shown only when the date is unknown. The kommune has its name of that day."""
    if not entry.foedselsdato:
        yield from text_row(_("Fødselsår"), entry.foedselsaar)
    yield from date_row(_("Fødselsdato"), entry.foedselsdato)
    yield from text_row(_("Fødested"), entry.foedested)
    yield from kommune_row(_("Fødekommune"), entry.foedekommuneINorge, on=entry.foedselsdato)
    yield from country_row(_("Fødeland"), entry.foedeland)


def birth_in_norway(entry: FoedselINorge) -> Iterator[Row]:
    yield from text_row(_("Fødeinstitusjon"), entry.foedselsinstitusjonsnavn)
    yield from text_row(_("Rekkefølgenummer"), entry.rekkefoelgenummer)


def sex(entry: Personkjoenn) -> Iterator[Row]:
    return code_row("", "kjoenn", entry.kjoenn)


def status(entry: Folkeregisterpersonstatus) -> Iterator[Row]:
    return code_row("", "status", entry.status)


def death(entry: Doedsfall) -> Iterator[Row]:
    return date_row(_("Dødsdato"), entry.doedsdato)


def grounds(entry: Identitetsgrunnlag) -> Iterator[Row]:
    return code_row("", "identitetsgrunnlagstatus", entry.identitetsgrunnlagstatus)


def foreign_number(entry: Personidentifikasjon | NummerFraUtlendingsmyndighetene) -> Iterator[Row]:
    yield from text_row("", entry.identifikasjonsnummer)
    yield from code_row(_("Type"), "identifikasjonsnummertype", entry.identifikasjonsnummertype)
    yield from country_row(_("Utstedt av"), entry.utstederland)


def document(entry: Identifikasjonsdokument) -> Iterator[Row]:
    yield from code_row("", "identifikasjonsdokumenttype", entry.identifikasjonsdokumenttype)
    yield from text_row(_("Dokumentnummer"), entry.identifikasjonsdokumentnummer)
    yield from country_row(_("Utstederland"), entry.utstederland)
    yield from text_row(_("Utsteder"), entry.utstedernavn)
    yield from date_row(_("Gyldig fra"), entry.gyldigFra)
    yield from date_row(_("Gyldig til"), entry.gyldigTil)
    if control := entry.dokumentkontroll:
        yield from code_row(_("Dokumentkontroll"), "dokumentkontrollstatus", control.dokumentkontrollstatus)
        yield from date_row(_("Kontrollert"), control.dokumentkontrolltidspunkt)


def false_identity(entry: FalskIdentitet) -> Iterator[Row]:
    if entry.erFalsk is not None:
        yield Row(_("Identiteten er falsk"), (_("Ja") if entry.erFalsk else _("Nei"),))
    if entry.rettIdentitetErUkjent:
        yield Row(_("Rett identitet"), (_("Ukjent"),))
    yield from person_row(_("Rett identitet"), entry.rettIdentitetVedIdentifikasjonsnummer)
    yield from described_row(_("Rett identitet"), entry.rettIdentitetVedOpplysninger)

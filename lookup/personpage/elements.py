"""Each information element's entries as rows. Pure.

The table says it for the plain ones: which fields, in which order, under which label. Those that need more than that
have a function. Every element of the vocabulary that holds entries of its own is here; history has none.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from functools import partial
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from integrations.folkeregisteret.documents import (
    FalskIdentitet,
    Familierelasjon,
    Foedsel,
    Folkeregisterpersonnavn,
    Foreldreansvar,
    Identifikasjonsdokument,
    KontaktinformasjonForDoedsbo,
    OppholdPaaSvalbard,
    Personnavn,
    Sivilstand,
    VergemaalRepresentasjonEllerFremtidsfullmakt,
    VergeRepresentantEllerFullmektig,
)
from lookup.personpage import addresses
from lookup.personpage.rows import (
    Field,
    Row,
    as_authority,
    as_country,
    as_date,
    as_governor,
    as_kommune,
    as_languages,
    as_number_status,
    as_text,
    as_yes_or_no,
    described_row,
    full_name,
    person_row,
    rows_of,
)
from roles.addresslines import estate_lines
from roles.vocabulary import code_name

FIELDS: Mapping[str, tuple[Field, ...]] = {
    "identifikasjonsnummer": (
        Field("foedselsEllerDNummer", "", as_text),
        Field("identifikatortype", gettext_lazy("Type")),
        Field("status", gettext_lazy("Status"), as_number_status),
    ),
    "kjoenn": (Field("kjoenn", ""),),
    "status": (Field("status", ""),),
    "status.utvidet": (Field("status", ""),),
    "doedsfall": (Field("doedsdato", gettext_lazy("Dødsdato"), as_date),),
    "bostedsadresse.kretser": addresses.DISTRICTS,
    "statsborgerskap": (
        Field("statsborgerskap", "", as_country),
        Field("ervervsdato", gettext_lazy("Fra dato"), as_date),
    ),
    "identitetsgrunnlag": (Field("identitetsgrunnlagstatus", ""),),
    "foedselINorge": (
        Field("foedselsinstitusjonsnavn", gettext_lazy("Fødeinstitusjon"), as_text),
        Field("rekkefoelgenummer", gettext_lazy("Rekkefølgenummer"), as_text),
    ),
    "innflytting": (
        Field("fraflyttingsland", gettext_lazy("Fra land"), as_country),
        Field("fraflyttingsstedIUtlandet", gettext_lazy("Fra sted"), as_text),
    ),
    "utflytting": (
        Field("tilflyttingsland", gettext_lazy("Til land"), as_country),
        Field("tilflyttingsstedIUtlandet", gettext_lazy("Til sted"), as_text),
        Field("utflyttingsdato", gettext_lazy("Dato"), as_date),
    ),
    "adressebeskyttelse": (Field("graderingsnivaa", ""),),
    "utenlandskPersonidentifikasjon": (
        Field("identifikasjonsnummer", "", as_text),
        Field("identifikasjonsnummertype", gettext_lazy("Type")),
        Field("utstederland", gettext_lazy("Utstedt av"), as_country),
    ),
    "utlendingsmyndighetenesIdentifikasjonsnummer": (
        Field("identifikasjonsnummer", "", as_text),
        Field("identifikasjonsnummertype", gettext_lazy("Type")),
        Field("utstederland", gettext_lazy("Utstedt av"), as_country),
    ),
    "legitimasjonsdokument": (
        Field("identifikasjonsdokumenttype", ""),
        Field("identifikasjonsdokumentnummer", gettext_lazy("Dokumentnummer"), as_text),
        Field("utstederland", gettext_lazy("Utstederland"), as_country),
        Field("utstedernavn", gettext_lazy("Utsteder"), as_text),
        Field("gyldigFra", gettext_lazy("Gyldig fra"), as_date),
        Field("gyldigTil", gettext_lazy("Gyldig til"), as_date),
    ),
    "opphold": (
        Field("oppholdstillatelse", ""),
        Field("oppholdFra", gettext_lazy("Fra"), as_date),
        Field("oppholdTil", gettext_lazy("Til"), as_date),
    ),
    "bibehold": (
        Field("bibeholdstatus", ""),
        Field("datoForBibehold", gettext_lazy("Dato"), as_date),
    ),
    "brukAvSamiskSpraak": (Field("spraak", "", as_languages),),
    "forholdTilSametingetsValgmanntall": (
        Field("forhold", ""),
        Field("vedtaksdato", gettext_lazy("Vedtaksdato"), as_date),
    ),
}

_BIRTH_YEAR = (Field("foedselsaar", gettext_lazy("Fødselsår"), as_text),)
_BIRTH = (
    Field("foedselsdato", gettext_lazy("Fødselsdato"), as_date),
    Field("foedested", gettext_lazy("Fødested"), as_text),
    Field("foedekommuneINorge", gettext_lazy("Fødekommune"), as_kommune),
    Field("foedeland", gettext_lazy("Fødeland"), as_country),
)
_TASK = ("vergeTjenestevirksomhet", "vergeTjenesteoppgave")
_CONTROL = (
    Field("dokumentkontrollstatus", gettext_lazy("Dokumentkontroll")),
    Field("dokumentkontrolltidspunkt", gettext_lazy("Kontrollert"), as_date),
)
_SVALBARD = (
    Field("startdato", gettext_lazy("Fra"), as_date),
    Field("sluttdato", gettext_lazy("Til"), as_date),
    Field("antattOppholdsvarighet", gettext_lazy("Antatt varighet")),
    Field("fraflyttingsland", gettext_lazy("Flyttet fra land"), as_country),
    Field("fraflyttingskommunenummer", gettext_lazy("Flyttet fra kommune"), as_kommune),
)
_CIVIL_STATUS = (
    Field("sivilstand", ""),
    Field("sivilstandsdato", gettext_lazy("Dato"), as_date),
    Field("myndighet", gettext_lazy("Myndighet"), as_authority),
    Field("kommune", gettext_lazy("Kommune"), as_kommune),
    Field("sted", gettext_lazy("Sted"), as_text),
    Field("utland", gettext_lazy("Land"), as_country),
)
_ESTATE = (
    Field("skifteform", gettext_lazy("Skifteform")),
    Field("attestutstedelsesdato", gettext_lazy("Attest utstedt"), as_date),
)


def _name(entry: Folkeregisterpersonnavn) -> Iterator[Row]:
    name = Personnavn(fornavn=entry.fornavn, mellomnavn=entry.mellomnavn, etternavn=entry.etternavn)
    yield Row("", (full_name(name),))
    if entry.forkortetNavn:
        yield Row(_("Forkortet navn"), (entry.forkortetNavn,))
    if original := full_name(entry.originaltNavn):
        yield Row(_("Opprinnelig skrivemåte"), (original,))


def _birth(entry: Foedsel) -> Iterator[Row]:
    """The year stands alone only where the date is unknown. The kommune has the name of that day."""
    then = _born_in(entry.foedselsdato)
    return rows_of(entry, then if entry.foedselsdato else (*_BIRTH_YEAR, *then))


def _born_in(day: date | None) -> tuple[Field, ...]:
    kommune = Field("foedekommuneINorge", gettext_lazy("Fødekommune"), partial(as_kommune, on=day))
    return tuple(kommune if field.name == kommune.name else field for field in _BIRTH)


def _civil_status(entry: Sivilstand) -> Iterator[Row]:
    return rows_of(entry, _CIVIL_STATUS)


def _spouse(entry: Sivilstand) -> Iterator[Row]:
    return person_row("", entry.relatertVedSivilstand)


def _relation(entry: Familierelasjon) -> Iterator[Row]:
    label = code_name("relatertPersonsRolle", entry.relatertPersonsRolle or "")
    yield from person_row(label, entry.relatertPerson)
    yield from described_row(label, entry.relatertPersonUtenFolkeregisteridentifikator)


def _parental_responsibility(entry: Foreldreansvar) -> Iterator[Row]:
    """Held by others than the parents (ansvar "andre"), it may have no person to look up."""
    if entry.ansvar:
        yield Row(_("Ansvar"), (code_name("ansvar", entry.ansvar),))
    yield from person_row(_("Ansvarlig"), entry.ansvarlig)
    yield from described_row(_("Ansvarlig"), entry.ansvarligUtenIdentifikator)
    if entry.ansvarligOrganisasjon:
        yield Row(_("Ansvarlig virksomhet"), (entry.ansvarligOrganisasjon,))
    yield from person_row(_("Barn"), entry.ansvarssubjekt)
    yield from described_row(_("Barn"), entry.ansvarssubjektUtenIdentifikator)


def _guardianship(entry: VergemaalRepresentasjonEllerFremtidsfullmakt) -> Iterator[Row]:
    if entry.vergemaaltype:
        yield Row("", (code_name("vergemaaltype", entry.vergemaaltype),))
    if entry.embete:
        yield Row(_("Embete"), (as_governor(entry.embete),))
    if entry.verge:
        yield from _guardian(entry.verge)


def _guardian(guardian: VergeRepresentantEllerFullmektig) -> Iterator[Row]:
    yield from person_row(_("Verge"), guardian.foedselsEllerDNummer)
    if guardian.navn or guardian.navnFoedselsdato:
        described = described_row(_("Verge"), guardian.navnFoedselsdato)
        yield from described if guardian.navnFoedselsdato else iter((Row(_("Verge"), (full_name(guardian.navn),)),))
    for task in dict.fromkeys(guardian.tjenesteomraade):
        words = (code_name(field, code) for field in _TASK if (code := getattr(task, field)))
        yield Row(_("Oppgave"), (": ".join(words),))
    if guardian.omfang:
        yield Row(_("Omfang"), (code_name("omfang", guardian.omfang),))


def _document(entry: Identifikasjonsdokument) -> Iterator[Row]:
    yield from rows_of(entry, FIELDS["legitimasjonsdokument"])
    if entry.dokumentkontroll:
        yield from rows_of(entry.dokumentkontroll, _CONTROL)


def _legal_capacity(entry: Any) -> Iterator[Row]:
    scope = entry.rettsligHandleevneomfang
    yield Row("", (code_name("rettsligHandleevneomfang", scope) if scope else _("Begrenset"),))


def _estate(entry: KontaktinformasjonForDoedsbo) -> Iterator[Row]:
    yield from rows_of(entry, _ESTATE)
    yield from _estate_contact(entry)
    if entry.adresse and (lines := estate_lines(entry.adresse).envelope):
        yield Row(_("Adresse"), lines)


def _estate_contact(entry: KontaktinformasjonForDoedsbo) -> Iterator[Row]:
    label = _("Kontakt")
    if person := entry.person:
        yield from person_row(label, person.foedselsEllerDNummer)
        if name := full_name(person.personnavn):
            yield Row(label, (name,))
    if lawyer := entry.advokat:
        yield Row(_("Advokat"), tuple(filter(None, (full_name(lawyer.personnavn), lawyer.organisasjonsnavn))))
    if firm := entry.organisasjon:
        yield Row(label, tuple(filter(None, (firm.organisasjonsnavn, full_name(firm.kontaktpersonnavn)))))


def _false_identity(entry: FalskIdentitet) -> Iterator[Row]:
    if entry.erFalsk is not None:
        yield Row(_("Identiteten er falsk"), (as_yes_or_no(entry.erFalsk),))
    if entry.rettIdentitetErUkjent:
        yield Row(_("Rett identitet"), (_("Ukjent"),))
    yield from person_row(_("Rett identitet"), entry.rettIdentitetVedIdentifikasjonsnummer)
    yield from described_row(_("Rett identitet"), entry.rettIdentitetVedOpplysninger)


def _svalbard(entry: OppholdPaaSvalbard) -> Iterator[Row]:
    return rows_of(entry, _SVALBARD)


#: The entries of a permitted element have the type of their property (roles.policy.permitted says no more than Any).
Present = Callable[[Any], Iterable[Row]]

PRESENT: Mapping[str, Present] = {
    **{key: partial(rows_of, fields=fields) for key, fields in FIELDS.items()},
    "navn": _name,
    "foedsel": _birth,
    "bostedsadresse": addresses.residence,
    "deltBosted": addresses.shared_residence,
    "oppholdsadresse": addresses.stay,
    "postadresse": addresses.postal,
    "postadresseIUtlandet": addresses.postal,
    "sivilstand": _civil_status,
    "sivilstand.relatertVedSivilstand": _spouse,
    "familierelasjon": _relation,
    "foreldreansvar": _parental_responsibility,
    "vergemaalEllerFremtidsfullmakt": _guardianship,
    "legitimasjonsdokument": _document,
    "rettsligHandleevne": _legal_capacity,
    "kontaktinformasjonForDoedsbo": _estate,
    "falskIdentitet": _false_identity,
    "oppholdPaaSvalbard": _svalbard,
}

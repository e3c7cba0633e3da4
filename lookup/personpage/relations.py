"""The person's relations, responsibilities and representatives as rows. Pure."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from integrations.folkeregisteret.documents import (
    Familierelasjon,
    Foreldreansvar,
    KontaktinformasjonForDoedsbo,
    RettsligHandleevne,
    Sivilstand,
    VergemaalRepresentasjonEllerFremtidsfullmakt,
    VergeRepresentantEllerFullmektig,
    VergeTjeneste,
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
from roles.vocabulary import code_name
from roles.vocabulary.envelope import estate_lines
from roles.vocabulary.guardianwords import governor_name
from roles.vocabulary.persons import full_name


def civil_status(entry: Sivilstand) -> Iterator[Row]:
    yield from code_row("", "sivilstand", entry.sivilstand)
    yield from date_row(_("Dato"), entry.sivilstandsdato)
    yield from text_row(_("Myndighet"), _authority(entry.myndighet or ""))
    yield from kommune_row(_("Kommune"), entry.kommune)
    yield from text_row(_("Sted"), entry.sted)
    yield from country_row(_("Land"), entry.utland)


def _authority(written: str) -> str:
    """The authority that married or divorced a couple: a code, or free text."""
    if not written or " " in written or written.istitle():
        return written
    return code_name("myndighet", written)


def spouse(entry: Sivilstand) -> Iterator[Row]:
    return person_row("", entry.relatertVedSivilstand)


def relation(entry: Familierelasjon) -> Iterator[Row]:
    label = code_name("relatertPersonsRolle", entry.relatertPersonsRolle or "")
    yield from person_row(label, entry.relatertPerson)
    yield from described_row(label, entry.relatertPersonUtenFolkeregisteridentifikator)


def parental_responsibility(entry: Foreldreansvar) -> Iterator[Row]:
    """The rows of parental responsibility. When others than the parents have it (ansvar "andre"), there may be no
    number."""
    yield from code_row(_("Ansvar"), "ansvar", entry.ansvar)
    yield from person_row(_("Ansvarlig"), entry.ansvarlig)
    yield from described_row(_("Ansvarlig"), entry.ansvarligUtenIdentifikator)
    yield from text_row(_("Ansvarlig virksomhet"), entry.ansvarligOrganisasjon)
    yield from person_row(_("Barn"), entry.ansvarssubjekt)
    yield from described_row(_("Barn"), entry.ansvarssubjektUtenIdentifikator)


def guardianship(entry: VergemaalRepresentasjonEllerFremtidsfullmakt) -> Iterator[Row]:
    yield from code_row("", "vergemaaltype", entry.vergemaaltype)
    if entry.embete:
        yield Row(_("Embete"), (governor_name(entry.embete),))
    if entry.verge:
        yield from _guardian(entry.verge)


def _guardian(guardian: VergeRepresentantEllerFullmektig) -> Iterator[Row]:
    yield from person_row(_("Verge"), guardian.foedselsEllerDNummer)
    if guardian.navnFoedselsdato:
        yield from described_row(_("Verge"), guardian.navnFoedselsdato)
    elif guardian.navn:
        yield Row(_("Verge"), (full_name(guardian.navn),))
    for task in dict.fromkeys(guardian.tjenesteomraade):
        yield Row(_("Oppgave"), (": ".join(_words(task)),))
    yield from code_row(_("Omfang"), "omfang", guardian.omfang)


def _words(task: VergeTjeneste) -> Iterator[str]:
    if task.vergeTjenestevirksomhet:
        yield code_name("vergeTjenestevirksomhet", task.vergeTjenestevirksomhet)
    if task.vergeTjenesteoppgave:
        yield code_name("vergeTjenesteoppgave", task.vergeTjenesteoppgave)


def legal_capacity(entry: RettsligHandleevne) -> Iterator[Row]:
    scope = entry.rettsligHandleevneomfang
    yield Row("", (code_name("rettsligHandleevneomfang", scope) if scope else _("Begrenset"),))


def estate(entry: KontaktinformasjonForDoedsbo) -> Iterator[Row]:
    yield from code_row(_("Skifteform"), "skifteform", entry.skifteform)
    yield from date_row(_("Attest utstedt"), entry.attestutstedelsesdato)
    yield from _estate_contact(entry)
    if entry.adresse and (lines := estate_lines(entry.adresse).envelope):
        yield Row(_("Adresse"), lines)


def _estate_contact(entry: KontaktinformasjonForDoedsbo) -> Iterator[Row]:
    label = _("Kontakt")
    if person := entry.person:
        yield from person_row(label, person.foedselsEllerDNummer)
        yield from text_row(label, full_name(person.personnavn))
    if lawyer := entry.advokat:
        yield Row(_("Advokat"), tuple(filter(None, (full_name(lawyer.personnavn), lawyer.organisasjonsnavn))))
    if firm := entry.organisasjon:
        yield Row(label, tuple(filter(None, (firm.organisasjonsnavn, full_name(firm.kontaktpersonnavn)))))

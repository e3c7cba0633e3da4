"""For each information element, the function that shows its entries as rows. Pure.

Every element of the vocabulary that has entries of its own is here; history has none.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from integrations.folkeregisteret.documents import AnEntry
from lookup.personpage import addresses, identity, relations, residence
from lookup.personpage.rows import Row
from roles.policy import elementtypes as of
from roles.policy.elementtypes import ElementOf

#: A function that takes the entries of its own element. _shows() makes the type checker compare the two types.
Show = Callable[[Any], Iterable[Row]]


def _shows(element: ElementOf[AnEntry], show: Callable[[AnEntry], Iterable[Row]]) -> tuple[str, Show]:
    return element.key, show


PRESENT: Mapping[str, Show] = dict(
    (
        _shows(of.IDENTIFIKASJONSNUMMER, identity.number),
        _shows(of.NAVN, identity.name),
        _shows(of.FOEDSEL, identity.birth),
        _shows(of.FOEDSEL_I_NORGE, identity.birth_in_norway),
        _shows(of.KJOENN, identity.sex),
        _shows(of.STATUS, identity.status),
        _shows(of.STATUS_UTVIDET, identity.status),
        _shows(of.DOEDSFALL, identity.death),
        _shows(of.IDENTITETSGRUNNLAG, identity.grounds),
        _shows(of.UTENLANDSK_PERSONIDENTIFIKASJON, identity.foreign_number),
        _shows(of.UTLENDINGSMYNDIGHETENES_IDENTIFIKASJONSNUMMER, identity.foreign_number),
        _shows(of.LEGITIMASJONSDOKUMENT, identity.document),
        _shows(of.FALSK_IDENTITET, identity.false_identity),
        _shows(of.ADRESSEBESKYTTELSE, addresses.protection),
        _shows(of.BOSTEDSADRESSE, addresses.residence),
        _shows(of.KRETSER, addresses.districts),
        _shows(of.DELT_BOSTED, addresses.shared_residence),
        _shows(of.OPPHOLDSADRESSE, addresses.stay),
        _shows(of.POSTADRESSE, addresses.postal),
        _shows(of.POSTADRESSE_I_UTLANDET, addresses.postal),
        _shows(of.SIVILSTAND, relations.civil_status),
        _shows(of.RELATERT_VED_SIVILSTAND, relations.spouse),
        _shows(of.FAMILIERELASJON, relations.relation),
        _shows(of.FORELDREANSVAR, relations.parental_responsibility),
        _shows(of.VERGEMAAL_ELLER_FREMTIDSFULLMAKT, relations.guardianship),
        _shows(of.RETTSLIG_HANDLEEVNE, relations.legal_capacity),
        _shows(of.KONTAKTINFORMASJON_FOR_DOEDSBO, relations.estate),
        _shows(of.STATSBORGERSKAP, residence.citizenship),
        _shows(of.BIBEHOLD, residence.kept_citizenship),
        _shows(of.INNFLYTTING, residence.move_in),
        _shows(of.UTFLYTTING, residence.move_out),
        _shows(of.OPPHOLD, residence.permit),
        _shows(of.OPPHOLD_PAA_SVALBARD, residence.svalbard),
        _shows(of.BRUK_AV_SAMISK_SPRAAK, residence.sami_languages),
        _shows(of.FORHOLD_TIL_SAMETINGETS_VALGMANNTALL, residence.sami_electoral_roll),
    )
)

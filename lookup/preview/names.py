"""The texts of the preview: the names of the examples and the rules, and each reason as a sentence. Bokmål is the
source."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from roles.access.standing import Standing
from roles.policy.explanations import Explanation, Reason, Rule
from roles.policy.permitted import State

#: The examples, in the order of the page.
EXAMPLE_NAMES: Mapping[str, Promise] = {
    "familie": _("Vanlig familie"),
    "alt": _("Noe i hver opplysning"),
    "doed": _("Død person"),
    "klientadresse": _("Klientadresse"),
    "fortrolig": _("Fortrolig adresse"),
    "fortrolig-begrunnet": _("Fortrolig adresse, med begrunnelse"),
    "strengt-fortrolig": _("Strengt fortrolig adresse"),
    "husstand": _("Barn som bor med en på fortrolig adresse"),
}

STATE_NAMES: Mapping[State, Promise] = {
    State.VALUE: _("Vises"),
    State.EMPTY: _("Ingen verdi"),
    State.NOT_IN_ROLE: _("Ikke i rollen"),
    State.PROTECTED: _("Skjermet"),
}

RULE_NAMES: Mapping[Rule, Promise] = {
    Rule.PACKAGE: _("Rettighetspakke"),
    Rule.AREA: _("Tjenesteområde"),
    Rule.BASIS: _("Lovhjemmel"),
    Rule.ROLE: _("Rollens valg"),
    Rule.PROTECTION: _("Adressebeskyttelse"),
}

_SENTENCES: Mapping[Reason, Promise] = {
    Reason.AREA_HOLDS_NONE_SUCH: _("Tjenesteområdet kan ikke ha taushetsbelagte opplysninger."),
    Reason.OPEN_PACKAGE: _(
        "Opplysningen er taushetsbelagt. Rollen har ingen gyldig hjemmel for slike, "
        "og bruker derfor rettighetspakken uten lovhjemmel."
    ),
    Reason.NO_BASIS: _("Ingen av rollens lovhjemler åpner opplysningen."),
    Reason.BASIS_OF_OTHER_AREAS: _("Gjelder ikke rollens tjenesteområde: %(bases)s."),
    Reason.BASIS_NOT_IN_FORCE: _("Gjelder ikke i dag: %(bases)s."),
    Reason.NOT_CHOSEN: _("Ikke valgt i rollen. Kan åpnes av %(bases)s."),
    Reason.PROPERTY_CLOSED: _("Vises bare sammen med opplysningen den er en del av, og den er ikke åpen i rollen."),
    Reason.OPENED: _("Åpnet av %(bases)s."),
    Reason.PROTECTED: _("Åpnet for rollen, men skjult fordi adressen er beskyttet."),
    Reason.PARTLY_PROTECTED: _("Åpnet for rollen. Det som kan røpe hvor personen bor, er tatt bort."),
}

STANDINGS: Mapping[Standing, Promise] = {
    Standing.LIVE: _("Har rollen nå."),
    Standing.BLOCKED: _("Den ansatte er sperret."),
    Standing.NOT_GIVEN_YET: _("Tilgangen har ikke begynt å gjelde."),
    Standing.NO_LONGER_GIVEN: _("Tilgangen er avsluttet."),
    Standing.GROUPS_ONLY: _("Virksomheten gir roller bare gjennom grupper."),
    Standing.ROLE_INACTIVE: _("Rollen er ikke aktiv."),
    Standing.ROLE_NOT_BEGUN: _("Rollen har ikke begynt å gjelde."),
    Standing.ROLE_ENDED: _("Rollen gjelder ikke lenger."),
    Standing.ORGANISATION_CLOSED: _("Virksomheten har ikke tilgang nå."),
    Standing.NOT_FOR_LOOKUP: _("Rollen kan ikke brukes til oppslag."),
}


def sentence(explanation: Explanation) -> str:
    """The reason as a sentence in the language of the page, with the legal bases cited."""
    return str(_SENTENCES[explanation.reason]) % {"bases": "; ".join(explanation.bases)}

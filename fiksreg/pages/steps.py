"""The steps of a new organisation to its first lookup: what is done, and by whom."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Step:
    """A step. only_when: which organisations need it; "" for all."""

    title: Promise
    who: Promise
    text: Promise
    only_when: Promise | str = ""


STEPS = (
    Step(
        _("Søk om tilgang til Folkeregisteret"),
        _("En som kan signere for virksomheten i Altinn"),
        _("Send Skatteetatens søknad RF-1514 i Altinn, og godta vilkårene. Søk om det oppgavene har hjemmel til."),
    ),
    Step(
        _("Deleger tilgangen"),
        _("Tilgangsstyrer for virksomheten i Altinn"),
        _("Gi den som driver løsningen, rett til å spørre Folkeregisteret på vegne av virksomheten."),
        _("Bare for virksomheter som når Folkeregisteret gjennom andre."),
    ),
    Step(
        _("Signer avtalen"),
        _("Den som kan forplikte virksomheten"),
        _("Avtalen sier hva tjenesten er, hva den koster, og hvem som behandler opplysninger for hvem."),
    ),
    Step(
        _("Vurder risiko og personvern"),
        _("Behandlingsansvarlig, med råd fra personvernombudet"),
        _("Malene for ROS og DPIA har dataflyten i Fiksreg fylt ut. Resten er deres vurdering."),
    ),
    Step(
        _("Få virksomheten og den første administratoren på plass"),
        _("Sentral administrator hos den som driver løsningen"),
        _("Virksomheten blir lagt inn med organisasjonsnummer, kommuner, kontaktpunkter og en administrator."),
    ),
    Step(
        _("Lag roller"),
        _("Administratoren i virksomheten"),
        _("Velg tjenesteområde, lovhjemlene rollen hviler på, og opplysningene oppgaven trenger. Ta ikke med mer."),
    ),
    Step(
        _("Gi rollene til ansatte"),
        _("Rolleadministrator"),
        _("Til én ansatt eller en gruppe, fra og til en dato. Rollen virker fra neste side den ansatte åpner."),
    ),
    Step(
        _("Gjør et første oppslag"),
        _("Saksbehandler"),
        _("Se at siden viser det rollen skal gi, og ikke mer. Oppslaget står i loggen."),
    ),
)

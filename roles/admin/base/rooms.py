"""The front page of the administration: its lists under headings, each with a line about its content."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: Each heading with its lists: the name of the model, and the line about it.
ROOMS: Final[Mapping[Promise, Mapping[str, Promise]]] = {
    _("Roller og tilganger"): {
        "Role": _("Hva en oppgave trenger å se, og lovhjemlene det hviler på."),
        "RoleAssignment": _("Hvem som har hvilken rolle, fra og til. Her er tilgangsrapporten."),
        "RoleLoss": _("Det roller mistet da lovhjemlene ble endret, til noen har lest det."),
        "AccessReview": _("Kolleger går gjennom hvem som fortsatt trenger tilgang."),
    },
    _("Folk og systemer"): {
        "Employee": _("De som har logget inn. Hent inn nye, gi roller, sperr."),
        "Group": _("Ansatte som har roller sammen."),
        "Integration": _("Fagsystemer med egne roller, og det leverandøren trenger."),
        "Administratorship": _("Hvem som administrerer hva. Det åpner ingen opplysninger om personer."),
    },
    _("Virksomheten"): {
        "Organisation": _("Kontaktpunkter, stegene i Ta i bruk, og kontroll av oppsettet."),
        "OwnWorkbook": _("Virksomhetens egne arbeidsbøker, med logo og utseende, som lister skrives inn i."),
        "OwnTemplate": _("Virksomhetens egne maler for innbyggerlister, ferdig utfylt for dem som bestiller."),
    },
    _("Installasjonen"): {
        "Notice": _("Det alle som er logget inn, får vite, fra og til."),
    },
    _("Lovhjemler"): {
        "LegalBasis": _("Hva hver lovhjemmel åpner, og i hvilke tjenesteområder."),
        "ServiceArea": _("Områdene som roller og lovhjemler hører til."),
        "ServiceAreaRequest": _("Mangler et område? Be om det, og se svaret her."),
    },
}


def in_rooms(apps: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Django's list of applications, sorted under the headings of ROOMS. A heading without a list for this
    administrator is left out."""
    found = {model["object_name"]: (app, model) for app in apps for model in app["models"]}
    rooms = []
    for heading, lists in ROOMS.items():
        here = [(*found[name], about) for name, about in lists.items() if name in found]
        if here:
            models = [{**model, "about": about} for _app, model, about in here]
            rooms.append({**here[0][0], "name": heading, "models": models})
    return rooms

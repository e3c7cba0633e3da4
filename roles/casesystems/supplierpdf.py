"""The supplier's information sheet as a tagged PDF, in the active language (ADR 9)."""

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from roles.casesystems.supplierinfo import SupplierInfo, facts
from roles.typesetting import pdf

_LAYOUT: Final = Path(__file__).with_suffix(".typ").read_bytes()


def supplier_pdf(info: SupplierInfo, *, made_at: datetime) -> bytes:
    """The sheet as PDF/UA (roles.typesetting). made_at: the date on the sheet."""
    return pdf(_LAYOUT, _content(info, made_at), made_at=made_at)


def _content(info: SupplierInfo, made_at: datetime) -> dict[str, Any]:
    """All texts of the sheet. The layout replaces {page} and {pages}."""
    heading = _("Informasjon til leverandør")
    return {
        "language": get_language(),
        "title": f"{heading}: {info.role_name}, {info.organisation}",
        "heading": heading,
        "lead": _(
            "Dette er det leverandøren trenger for å kalle tjenesten i denne rollen. Passordet står ikke her: det ble "
            "vist da det ble laget."
        ),
        "facts": [asdict(fact) for fact in facts(info)],
        "call_heading": _("Et kall"),
        "call_lead": _call_lead(info),
        "call": info.curl,
        "made": _("Laget %(date)s. Gjelder til rollen blir endret.") % {"date": date_format(localtime(made_at))},
        "page": _("Side %(number)s av %(of)s") % {"number": "{page}", "of": "{pages}"},
    }


def _call_lead(info: SupplierInfo) -> str:
    if not info.curl:
        return _("Rollen åpner ingen opplysninger ennå. Velg lovhjemler og opplysninger i rollen først.")
    return _(
        "Sett TOKEN, INTEGRASJON_PASSORD og FOEDSELSNUMMER i skallet først. Et kall uten part, eller med andre verdier "
        "enn de over, blir avvist."
    )

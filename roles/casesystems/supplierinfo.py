"""The information that a supplier needs for calls in one role. It never holds the password."""

import shlex
from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from integrations.folkeregisteret.elements import ELEMENTS
from roles.access.liveroles import live_roles_of
from roles.models import Integration, Role, Use
from roles.policy.fieldpolicy import opened_elements

#: An example call for a shell. The supplier sets TOKEN, INTEGRASJON_PASSORD and FOEDSELSNUMMER, so that the page holds
#: no secret and no number. No line is wider than a sheet of paper: a broken line would be copied broken.
_CURL: Final = """ADRESSE={address}
curl --fail-with-body --get \\
  --header "Authorization: Bearer $TOKEN" \\
  --header "IntegrasjonId: {integration}" \\
  --header "IntegrasjonPassord: $INTEGRASJON_PASSORD" \\
{data}
  "$ADRESSE/personer/$FOEDSELSNUMMER\""""
_DATA: Final = '  --data "{query}" \\'
_QUERY_WIDTH: Final = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class SupplierInfo:
    """The content of the sheet. parts: the values of `part` that the role may ask for. uses: as the pages name them."""

    organisation: str
    role_name: str
    role_id: UUID
    integration_id: UUID
    maskinporten_organisation: str
    url: str
    parts: Sequence[str]
    uses: Sequence[str]
    curl: str


def supplier_info(integration: Integration, role_id: UUID, *, base_url: str) -> SupplierInfo | None:
    """The information about a live role of the integration; None when it does not hold the role.

    base_url: the address of this installation.
    """
    role = next((held for held in live_roles_of(integration) if held.pk == role_id), None)
    if role is None:
        return None
    url, parts = f"{base_url}/folkeregister/api/v1/{role.pk}/v1", allowed_parts(role)
    return SupplierInfo(
        organisation=role.organisation.name,
        role_name=role.name,
        role_id=role.pk,
        integration_id=integration.pk,
        maskinporten_organisation=integration.maskinporten_organisation,
        url=url,
        parts=parts,
        uses=[str(Use(use).label) for use in role.uses],
        curl=curl_line(url, integration.pk, parts),
    )


def allowed_parts(role: Role) -> list[str]:
    """The parts of the elements that the role opens now. A call with another part, or with none, is refused."""
    opened = opened_elements(role.legal_bases.all(), role.elements, role.service_area, timezone.now())
    return list(dict.fromkeys(element.part for key, element in ELEMENTS.items() if key in opened))


def curl_line(url: str, integration_id: UUID, parts: Sequence[str]) -> str:
    """An example call that asks for all these parts; "" when there are none."""
    if not parts:
        return ""
    rows = wrap(" ".join(f"part={part}" for part in parts), _QUERY_WIDTH, break_long_words=False)
    data = "\n".join(_DATA.format(query=row.replace(" ", "&")) for row in rows)
    return _CURL.format(address=shlex.quote(url), integration=integration_id, data=data)


@dataclass(frozen=True, slots=True)
class Fact:
    """A label of the page and the PDF, with its values. is_code: the values are to be copied exactly."""

    label: str
    values: Sequence[str]
    is_code: bool = False


def facts(info: SupplierInfo) -> list[Fact]:
    """All facts of the sheet except the example call, in the active language."""
    holder = {"number": info.maskinporten_organisation}
    return [
        Fact(_("Virksomhet"), [info.organisation]),
        Fact(_("Rolle"), [info.role_name]),
        Fact(_("Rolle-id"), [str(info.role_id)], is_code=True),
        Fact("IntegrasjonId", [str(info.integration_id)], is_code=True),
        Fact(_("Adresse"), [info.url], is_code=True),
        Fact(_("Token"), [_("Fra Maskinporten, hentet av organisasjonsnummer %(number)s") % holder]),
        Fact(_("Bruk"), info.uses),
        Fact(_("Tillatte verdier for part"), info.parts, is_code=True),
    ]

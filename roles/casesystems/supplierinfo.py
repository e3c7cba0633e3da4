"""What a supplier needs to know to call in one role, to be handed on as it is. Never the password."""

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

#: For a shell in which the supplier has set the three: no secret and no person's number stands on the page. No line is
#: longer than a sheet of paper is wide: one that is broken on it would be copied broken.
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
    """parts: the values of `part` that the role may ask for. uses: in the words of the pages."""

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
    """About a role that the integration holds now; None where it holds no such role."""
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
    """What brings the elements that the role opens now. Asking for more, or for no part, is refused."""
    opened = opened_elements(role.legal_bases.all(), role.elements, role.service_area, timezone.now())
    return list(dict.fromkeys(element.part for key, element in ELEMENTS.items() if key in opened))


def curl_line(url: str, integration_id: UUID, parts: Sequence[str]) -> str:
    """A call that asks for all of them; "" where there is nothing to ask for."""
    if not parts:
        return ""
    rows = wrap(" ".join(f"part={part}" for part in parts), _QUERY_WIDTH, break_long_words=False)
    data = "\n".join(_DATA.format(query=row.replace(" ", "&")) for row in rows)
    return _CURL.format(address=shlex.quote(url), integration=integration_id, data=data)


@dataclass(frozen=True, slots=True)
class Fact:
    """A label of the page and the PDF, and what stands beside it. is_code: to be copied letter by letter."""

    label: str
    values: Sequence[str]
    is_code: bool = False


def facts(info: SupplierInfo) -> list[Fact]:
    """All that is told but the call, in the language that is active."""
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

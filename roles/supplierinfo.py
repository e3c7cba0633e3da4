"""What a supplier needs to know to call in one role, to be handed on as it is. Never the password."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils import timezone

from integrations.folkeregisteret.elements import ELEMENTS
from roles.assignments import live_roles_of
from roles.fieldpolicy import opened_elements
from roles.models import Integration, Role, Use

#: For a shell in which the supplier has set the three: no secret and no person's number stands on the page.
_CURL: Final = """curl --fail-with-body \\
  --header "Authorization: Bearer $TOKEN" \\
  --header "IntegrasjonId: {integration}" \\
  --header "IntegrasjonPassord: $INTEGRASJON_PASSORD" \\
  "{url}/personer/$FOEDSELSNUMMER?{query}\""""


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
    query = "&".join(f"part={part}" for part in parts)
    return _CURL.format(integration=integration_id, url=url, query=query) if parts else ""

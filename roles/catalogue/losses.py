"""The elements that roles lose when the catalogue changes: finding them, logging them, and showing them to the
administrators until one has read them."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from integrations.folkeregisteret.elements import ELEMENTS
from roles import audit
from roles.access.administration import administers
from roles.actors import Actor
from roles.audit import Event
from roles.models import Employee, Role, RoleLoss
from roles.policy.fieldpolicy import opened_by, opened_elements
from roles.violations import PolicyViolation

#: For each role id: the key of each chosen element that is open -> the citations of the bases that open it.
Opened = Mapping[UUID, Mapping[str, frozenset[str]]]


@dataclass(frozen=True, slots=True)
class Loss:
    """What one role lost. elements: keys in the order of the vocabulary. bases: citations, sorted."""

    role: Role
    elements: tuple[str, ...]
    bases: tuple[str, ...]


def opened_now() -> Opened:
    """The open elements of every role that is not deleted. Call this before the catalogue changes."""
    return {role.pk: _opened(role) for role in _roles()}


def losses_since(before: Opened) -> list[Loss]:
    """The elements that each role opened in `before` and does not open now, sorted by organisation and role."""
    found = ((role, before.get(role.pk, {}), _opened(role)) for role in _roles())
    return [_loss(role, then, then.keys() - now.keys()) for role, then, now in found if then.keys() - now.keys()]


def tell(losses: Iterable[Loss], *, by: Actor) -> None:
    """Stores each loss for the administrators and logs it in the organisation's log, in the order of organisations."""
    for loss in sorted(losses, key=lambda loss: str(loss.role.organisation_id)):
        RoleLoss.objects.create(
            organisation_id=loss.role.organisation_id,
            role=loss.role,
            elements=list(loss.elements),
            bases=list(loss.bases),
        )
        audit.changed(
            Event.ROLE_LOST_ELEMENTS,
            by=by,
            organisation=loss.role.organisation_id,
            role_id=loss.role.pk,
            details={"role": str(loss.role.pk), "elements": loss.elements, "legal_bases": loss.bases},
        )


def unread(organisations: Collection[UUID]) -> QuerySet[RoleLoss]:
    """The losses of these organisations that no administrator has read."""
    return RoleLoss.objects.filter(organisation__in=organisations, read_at=None).select_related("organisation", "role")


@transaction.atomic
def read_loss(*, loss: RoleLoss, by: Employee) -> None:
    """Marks the loss as read by `by`, who must be able to act on it. Raises PolicyViolation."""
    if loss.organisation_id not in administers(by).may_change:
        raise PolicyViolation(_("Du administrerer ikke roller i denne virksomheten."))
    locked = RoleLoss.objects.select_for_update(no_key=True).get(pk=loss.pk)
    if locked.read_at is not None:
        return
    locked.read_at, locked.read_by = timezone.now(), by
    locked.save(update_fields=["read_at", "read_by"])
    audit.changed(
        Event.ROLE_LOSS_READ,
        by=by,
        organisation=loss.organisation_id,
        role_id=loss.role_id,
        details={"role": str(loss.role_id), "elements": locked.elements},
    )


def _roles() -> QuerySet[Role]:
    return (
        Role.objects.not_deleted()
        .select_related("organisation", "service_area")
        .prefetch_related("legal_bases__areas")
        .order_by("organisation__name", "name", "pk")
    )


def _opened(role: Role) -> Mapping[str, frozenset[str]]:
    now = timezone.now()
    bases = list(role.legal_bases.all())
    by_basis = {basis.short_title: opened_by(basis, role.service_area, timezone.localdate(now)) for basis in bases}
    opened = opened_elements(bases, role.elements, role.service_area, now)
    return {key: frozenset(title for title, keys in by_basis.items() if key in keys) for key in opened}


def _loss(role: Role, then: Mapping[str, frozenset[str]], lost: Collection[str]) -> Loss:
    bases = sorted(frozenset().union(*(then[key] for key in lost)))
    return Loss(role, tuple(key for key in ELEMENTS if key in lost), tuple(bases))

"""An organisation asks for a service area that is missing; a central administrator answers. Atomic and logged."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from roles.access import actor_of
from roles.access.administration import administers
from roles.audit import Entry, Event, append
from roles.granting.rules import check_administers
from roles.models import Employee, Organisation, RequestState, ServiceArea, ServiceAreaRequest
from roles.violations import PolicyViolation


@transaction.atomic
def ask_for_area(
    *, organisation: Organisation, name: str, statute: str, reason: str, by: Employee
) -> ServiceAreaRequest:
    """A request that waits for its answer. Raises PolicyViolation: not `by`'s organisation, or nothing said."""
    check_administers(organisation, by)
    if not (name.strip() and statute.strip() and reason.strip()):
        raise PolicyViolation(_("Skriv hva som mangler, hvilken lov det hviler på, og hvorfor."))
    request = ServiceAreaRequest.objects.create(
        organisation=organisation, name=name.strip(), statute=statute.strip(), reason=reason.strip(), asked_by=by
    )
    _log(Event.AREA_ASKED_FOR, request, by)
    return request


@transaction.atomic
def answer_request(
    *, request: ServiceAreaRequest, state: RequestState, answer: str, service_area: ServiceArea | None, by: Employee
) -> ServiceAreaRequest:
    """Granted with a service area, or refused with a reason; answered once. Raises PolicyViolation."""
    if not administers(by).central:
        raise PolicyViolation(_("Bare sentrale administratorer kan svare."))
    row = ServiceAreaRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=request.pk)
    check_answer(row, state, answer, service_area)
    row.state, row.answer, row.service_area = state, answer.strip(), service_area
    row.answered_by, row.answered_at = by, timezone.now()
    row.save()
    _log(Event.AREA_ANSWERED, row, by)
    return row


def check_answer(row: ServiceAreaRequest, state: RequestState, answer: str, area: ServiceArea | None) -> None:
    """Whether this may be the answer. Raises PolicyViolation with what is missing."""
    if row.state != RequestState.ASKED:
        raise PolicyViolation(_("Ønsket er besvart."))
    if state == RequestState.ASKED:
        raise PolicyViolation(_("Velg om ønsket innvilges eller avslås."), about="state")
    if (state == RequestState.GRANTED) != (area is not None):
        raise PolicyViolation(
            _("Et ønske som innvilges, får et tjenesteområde; ett som avslås, får ikke noe."), about="service_area"
        )
    if state == RequestState.REFUSED and not answer.strip():
        raise PolicyViolation(_("Skriv hvorfor ønsket avslås."), about="answer")


def _log(event: Event, row: ServiceAreaRequest, by: Employee) -> None:
    append(
        Entry(
            event=event,
            actor=actor_of(by),
            organisation_id=row.organisation_id,
            service_area=row.service_area_id or "",
            details={
                "request": str(row.pk),
                "name": row.name,
                "statute": row.statute,
                "reason": row.reason,
                "state": row.state,
                "answer": row.answer,
            },
        ),
        on="default",
    )

"""Requests for a missing service area, and a central administrator's answer. Each change is atomic and logged."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from roles import audit
from roles.access.administration import administers
from roles.audit import JSON, Event
from roles.granting.rules import check_administers
from roles.models import Employee, Organisation, RequestState, ServiceArea, ServiceAreaRequest
from roles.violations import PolicyViolation


@transaction.atomic
def ask_for_area(
    *, organisation: Organisation, name: str, statute: str, reason: str, by: Employee
) -> ServiceAreaRequest:
    """Creates a request. Raises PolicyViolation when `by` does not administer the organisation or a text is empty."""
    check_administers(organisation, by)
    if not (name.strip() and statute.strip() and reason.strip()):
        raise PolicyViolation(_("Skriv hva som mangler, hvilken lov det hviler på, og hvorfor."))
    request = ServiceAreaRequest.objects.create(
        organisation=organisation, name=name.strip(), statute=statute.strip(), reason=reason.strip(), asked_by=by
    )
    audit.changed(Event.AREA_ASKED_FOR, by=by, organisation=organisation.pk, details=_log_details(request))
    return request


@transaction.atomic
def answer_request(
    *, request: ServiceAreaRequest, state: RequestState, answer: str, service_area: ServiceArea | None, by: Employee
) -> ServiceAreaRequest:
    """Answers the request once: granted with a service area, or refused with a reason. Raises PolicyViolation."""
    if not administers(by).central:
        raise PolicyViolation(_("Bare sentrale administratorer kan svare."))
    row = ServiceAreaRequest.objects.select_for_update(of=("self",), no_key=True).get(pk=request.pk)
    check_answer(row, state, answer, service_area)
    row.state, row.answer, row.service_area = state, answer.strip(), service_area
    row.answered_by, row.answered_at = by, timezone.now()
    row.save()
    audit.changed(
        Event.AREA_ANSWERED,
        by=by,
        organisation=row.organisation_id,
        service_area=row.service_area_id or "",
        details=_log_details(row),
    )
    return row


def check_answer(row: ServiceAreaRequest, state: RequestState, answer: str, area: ServiceArea | None) -> None:
    """Raises PolicyViolation, which says what is missing, unless this may be the answer."""
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


def _log_details(row: ServiceAreaRequest) -> Mapping[str, JSON]:
    return {
        "request": str(row.pk),
        "name": row.name,
        "statute": row.statute,
        "reason": row.reason,
        "state": row.state,
        "answer": row.answer,
    }

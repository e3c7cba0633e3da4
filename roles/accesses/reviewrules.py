"""What an access review may be, and who answers for whom. Each rule raises PolicyViolation with a sentence."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from roles.models import AccessReview, Employee, Organisation, ReviewAnswer
from roles.violations import PolicyViolation


def reviewer_of(employee_id: UUID, reviewer_id: UUID, deputy_id: UUID) -> UUID:
    """Who answers for this employee: the reviewer, and for the reviewer the deputy. Never they themselves. Pure."""
    return deputy_id if employee_id == reviewer_id else reviewer_id


def check_reviewers(organisation: Organisation, *reviewers: Employee) -> None:
    """Active employees of the organisation, each another one."""
    if len({each.pk for each in reviewers}) < len(reviewers):
        raise PolicyViolation(_("Kontrolløren og stedfortrederen må være to forskjellige ansatte."))
    for each in reviewers:
        if each.organisation_id != organisation.pk or not each.is_active:
            raise PolicyViolation(_("Kontrolløren må være en aktiv ansatt i virksomheten."))


def check_times(now: datetime, remind_at: datetime, deadline: datetime) -> None:
    """There is time to answer in, and the reminder comes within it."""
    if deadline <= now:
        raise PolicyViolation(_("Fristen må være fram i tid."))
    if not now <= remind_at <= deadline:
        raise PolicyViolation(_("Påminnelsen må komme før fristen, og ikke i fortiden."))


def check_held(held: Sequence[object]) -> None:
    """There is something to look over."""
    if not held:
        raise PolicyViolation(_("Ingen har en rolle i virksomheten, så det er ingenting å gå gjennom."))


def check_open(review: AccessReview, now: datetime) -> None:
    """Whether it still takes answers."""
    if not review.is_open(now):
        raise PolicyViolation(_("Gjennomgangen er avsluttet."))


def check_answer(answer: str, comment: str) -> None:
    """One of the three, and a change says which."""
    if answer not in ReviewAnswer.values:
        raise PolicyViolation(_("Velg behold, endre eller fjern."))
    if answer == ReviewAnswer.CHANGE and not comment.strip():
        raise PolicyViolation(_("Skriv hva som skal endres."))

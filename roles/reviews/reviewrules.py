"""The rules of an access review, and who answers for whom. Each rule raises PolicyViolation with a sentence."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from roles.models import AccessReview, Employee, Organisation, ReviewAnswer
from roles.violations import PolicyViolation


@dataclass(frozen=True, slots=True)
class Reviewers:
    """The reviewer answers for everybody else, the deputy for the reviewer: nobody answers for themselves."""

    reviewer: Employee
    deputy: Employee

    def of(self, employee: Employee | None) -> Employee:
        """The reviewer for the accesses of this employee; employee is None for those of an integration."""
        return self.deputy if employee == self.reviewer else self.reviewer


def check_reviewers(organisation: Organisation, *reviewers: Employee) -> None:
    """The reviewers must be different, active employees of the organisation."""
    if len({each.pk for each in reviewers}) < len(reviewers):
        raise PolicyViolation(_("Kontrolløren og stedfortrederen må være to forskjellige ansatte."), about="deputy")
    for each in reviewers:
        if each.organisation_id != organisation.pk or not each.is_active:
            raise PolicyViolation(_("Kontrolløren må være en aktiv ansatt i virksomheten."))


def check_times(now: datetime, remind_at: datetime, deadline: datetime) -> None:
    """The deadline must be in the future, and the reminder between now and the deadline."""
    if deadline <= now:
        raise PolicyViolation(_("Fristen må være fram i tid."), about="deadline")
    if not now <= remind_at <= deadline:
        raise PolicyViolation(_("Påminnelsen må komme før fristen, og ikke i fortiden."), about="remind_at")


def check_open(review: AccessReview, now: datetime) -> None:
    """The review must still be open for answers."""
    if not review.is_open(now):
        raise PolicyViolation(_("Gjennomgangen er avsluttet."))


def check_answer(answer: str, comment: str) -> None:
    """The answer must be a ReviewAnswer, and CHANGE needs a comment that says what to change."""
    if answer not in ReviewAnswer.values:
        raise PolicyViolation(_("Velg behold, endre eller fjern."))
    if answer == ReviewAnswer.CHANGE and not comment.strip():
        raise PolicyViolation(_("Skriv hva som skal endres."))

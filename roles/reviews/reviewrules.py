"""What an access review may be, and who answers for whom. Each rule raises PolicyViolation with a sentence."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from roles.models import AccessReview, Employee, Organisation, ReviewAnswer
from roles.violations import PolicyViolation


@dataclass(frozen=True, slots=True)
class Reviewers:
    """Who answers for everybody, and who for them: nobody does for themselves."""

    reviewer: Employee
    deputy: Employee

    def of(self, employee: Employee | None) -> Employee:
        """Who answers for what this employee has; None: for an integration."""
        return self.deputy if employee == self.reviewer else self.reviewer


def check_reviewers(organisation: Organisation, *reviewers: Employee) -> None:
    """Active employees of the organisation, each another one."""
    if len({each.pk for each in reviewers}) < len(reviewers):
        raise PolicyViolation(_("Kontrolløren og stedfortrederen må være to forskjellige ansatte."), about="deputy")
    for each in reviewers:
        if each.organisation_id != organisation.pk or not each.is_active:
            raise PolicyViolation(_("Kontrolløren må være en aktiv ansatt i virksomheten."))


def check_times(now: datetime, remind_at: datetime, deadline: datetime) -> None:
    """There is time to answer in, and the reminder comes within it."""
    if deadline <= now:
        raise PolicyViolation(_("Fristen må være fram i tid."), about="deadline")
    if not now <= remind_at <= deadline:
        raise PolicyViolation(_("Påminnelsen må komme før fristen, og ikke i fortiden."), about="remind_at")


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

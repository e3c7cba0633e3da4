"""Extracts and searches for lists: the numbers of the persons who meet some criteria. The caller passes the numbers to
disclose_many()."""

from dataclasses import replace

from django.utils.translation import gettext as _

from integrations.folkeregisteret.criteria import MOST_HITS, ExtractCriteria, SearchCriteria
from roles.access import Access
from roles.audit import Event, Outcome
from roles.disclosure.clients import client
from roles.disclosure.logentries import check_access, entry, hashed_criteria, log, logged, unanswered
from roles.disclosure.searching import check_reach
from roles.models import Use
from roles.violations import PolicyViolation


def order_extract(access: Access, criteria: ExtractCriteria) -> str:
    """Orders an extract job for one of the organisation's own kommuner and returns the job's id.

    Raises PolicyViolation for another kommune or a missing purpose, and PartyError when the register fails.
    """
    check_access(access, Use.CITIZEN_LIST)
    if (criteria.bostedskommunenummer or criteria.oppholdskommunenummer) not in access.kommuner:
        raise PolicyViolation(_("Virksomheten kan bare bestille lister over egne innbyggere."))
    ordered = entry(access, Event.EXTRACT_ORDERED)
    ordered = replace(ordered, criteria=hashed_criteria(access, criteria.given()))
    with logged(ordered, Event.EXTRACT_ORDERED):
        return client(access.organisation_number).order_extract(access.package, criteria)


def search_for_list(access: Access, criteria: SearchCriteria) -> list[str]:
    """The numbers of the persons whom a search finds, as many as the register gives (MOST_HITS).

    access: with every element of the role, since they say which criteria it may use. Whether the role may search at all
    is for the caller to check. Raises PolicyViolation for a criterion that the role may not use, PartyError
    (TooManyHits among them), and NoRole when the right was withdrawn meanwhile.
    """
    check_access(access, Use.CITIZEN_LIST)
    check_reach(access, criteria)
    asked = entry(access, Event.EXTRACT_ORDERED)
    asked = replace(asked, criteria=hashed_criteria(access, criteria.given()))
    with logged(asked, Event.BATCH_ANSWERED):
        numbers = client(access.organisation_number).search(access.package, replace(criteria, maksTreff=MOST_HITS))
        access.check_still_held()
        outcome = Outcome.DELIVERED if numbers else Outcome.NONE
        log(replace(asked, event=Event.BATCH_ANSWERED, outcome=outcome, details={"count": len(numbers)}))
    return numbers


def extract_batch(access: Access, job: str, number: int) -> list[str] | None:
    """Batch `number` (from 0) of a job: the numbers of persons, [] after the last batch, None while it is not ready.

    Raises ExtractGone and other FolkeregisterErrors, and NoRole when the right was withdrawn meanwhile. Only an answer
    with numbers is logged, not each time the caller asks for it.
    """
    check_access(access, Use.CITIZEN_LIST)
    batch = client(access.organisation_number).extract_batch(access.package, job, number)
    answered = entry(access, Event.BATCH_ANSWERED)
    with unanswered(answered):
        access.check_still_held()
    if batch:
        details = {"extract_batch": number, "count": len(batch)}
        log(replace(answered, outcome=Outcome.DELIVERED, details=details))
    return batch

"""What the gate puts into the log, always on the connection that commits at once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from roles.access import Access, NoRole, SessionOver
from roles.audit import Entry, Event, Outcome, Subject, append
from roles.connections import let_go
from roles.keyring import keyed_hash
from roles.models import Use
from roles.violations import PolicyViolation


class WrongUse(Exception):
    """The access was built for another use than the function it was given to. A fault of ours."""


def check_access(access: Access, use: Use) -> None:
    """Refuses an access of another use, or without the purpose its role demands (PolicyViolation)."""
    if access.use != use:
        raise WrongUse(use.value)
    if access.case_reference_required and not access.purpose:
        raise PolicyViolation(_("Rollen krever formål eller saksnummer."))


def entry(access: Access, event: Event) -> Entry:
    """An entry that says who acts, in which role, on which legal bases and for what."""
    return Entry(
        event=event,
        actor=access.actor,
        organisation_id=access.organisation_id,
        role_id=access.role_id,
        service_area=access.service_area,
        legal_bases=tuple(basis.key for basis in access.legal_bases),
        use=access.use,
        intent_id=access.intent_id,
        purpose=access.purpose,
        request_id=access.request_id,
        details={"reason": access.reason} if access.reason else {},
    )


def log(entry: Entry, *, subjects: Sequence[Subject] = ()) -> None:
    """Committed when this returns."""
    append(entry, subjects=subjects, on="audit")


@contextmanager
def logged(question: Entry, answered: Event) -> Iterator[None]:
    """Logs the question before the register is asked, and why there is no answer where there is none.

    The caller logs the answer itself, as the last thing it does inside. The register thinks for as long as a hundred
    queries take: the database is left to others meanwhile, unless the caller is in the middle of a change.
    """
    log(question)
    let_go()
    with unanswered(replace(question, event=answered)):
        yield


@contextmanager
def unanswered(answer: Entry) -> Iterator[None]:
    """Logs why there was no answer: a right that is gone meanwhile is denied, everything else failed."""
    try:
        yield
    except (NoRole, SessionOver):
        log(replace(answer, outcome=Outcome.DENIED))
        raise
    except Exception:
        log(replace(answer, outcome=Outcome.FAILED))
        raise


def hashed_criteria(access: Access, given: Mapping[str, object]) -> dict[str, str]:
    """Criterion kind -> keyed hash of its value, so that the log can be searched by a value but not read."""
    return {
        kind: keyed_hash(f"criterion:{kind}", access.organisation_id, _text(value)) for kind, value in given.items()
    }


def _text(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(str(value).casefold().split())

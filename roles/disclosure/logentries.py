"""The gate's entries in the audit log. They are written on the connection that commits each entry at once."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

from django.utils.translation import gettext as _

from integrations.folkeregisteret.errors import TooManyHits
from roles.access import Access, NoRole, SessionOver
from roles.audit import Entry, Event, Outcome, Subject, append
from roles.connections import let_go
from roles.keyring import keyed_hash
from roles.models import Use
from roles.violations import PolicyViolation


class WrongUse(Exception):
    """The access was built for another use than that of the function it was given to: an error in our code."""


def check_access(access: Access, use: Use) -> None:
    """Raises WrongUse when the access is for another use, PolicyViolation when its role requires a purpose it lacks."""
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
    """Appends the entry, with one row per subject. Both are committed when this returns."""
    append(entry, subjects=subjects, on="audit")


@contextmanager
def logged(question: Entry, answered: Event) -> Iterator[None]:
    """A context for asking the register: logs the question first, and an `answered` entry when an exception is raised.

    The caller logs the answer itself, as the last statement inside. The database connection is given back while the
    register works, which takes as long as a hundred queries, unless the caller is in a transaction.
    """
    log(question)
    let_go()
    with unanswered(replace(question, event=answered)):
        yield


@contextmanager
def unanswered(answer: Entry) -> Iterator[None]:
    """A context that logs `answer` when an exception is raised.

    Denied for NoRole and SessionOver; that too many fit is an answer of the register and no failure; else failed.
    """
    try:
        yield
    except (NoRole, SessionOver):
        log(replace(answer, outcome=Outcome.DENIED))
        raise
    except TooManyHits:
        log(replace(answer, outcome=Outcome.TOO_MANY))
        raise
    except Exception:
        log(replace(answer, outcome=Outcome.FAILED))
        raise


def hashed_criteria(access: Access, given: Mapping[str, object]) -> dict[str, str]:
    """The kind of each criterion with a keyed hash of its value: the log can be searched for a value but not read."""
    return {
        kind: keyed_hash(f"criterion:{kind}", access.organisation_id, _text(value)) for kind, value in given.items()
    }


def _text(value: object) -> str:
    return " ".join(str(value).casefold().split())

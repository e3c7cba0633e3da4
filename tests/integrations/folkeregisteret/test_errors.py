from copy import copy as copied

import pytest

from integrations.folkeregisteret.errors import DocumentGone, ExtractGone, FeedTooOld, TooManyHits
from integrations.http.errors import (
    Busy,
    Cause,
    Fault,
    InvalidRequest,
    PartyError,
    Refused,
    Unavailable,
    Unconfigured,
    UnexpectedAnswer,
)
from tests.integrations.folkeregisteret.making import A_NUMBER

DECISIONS = {
    Unavailable: (True, Fault.THEIRS),
    Busy: (True, Fault.OURS),
    UnexpectedAnswer: (True, Fault.THEIRS),
    ExtractGone: (False, Fault.THEIRS),
    FeedTooOld: (False, Fault.CALLERS),
    DocumentGone: (False, Fault.CALLERS),
    Refused: (False, Fault.OURS),
    Unconfigured: (False, Fault.OURS),
    InvalidRequest: (False, Fault.CALLERS),
    TooManyHits: (False, Fault.CALLERS),
}


@pytest.mark.parametrize("kind", DECISIONS)
def test_each_error_says_whether_to_ask_again_and_whose_fault_it_is(kind: type[PartyError]) -> None:
    assert (kind.retryable, kind.fault) == DECISIONS[kind]


def test_every_kind_of_error_has_a_decision() -> None:
    assert set(PartyError.__subclasses__()) == set(DECISIONS)


@pytest.mark.parametrize(
    ("error", "decision"),
    [
        (UnexpectedAnswer(Cause.TRUNCATED), (True, Fault.THEIRS)),
        (UnexpectedAnswer(Cause.HTML, 200), (True, Fault.THEIRS)),
        (UnexpectedAnswer(Cause.HTML, 403), (True, Fault.CALLERS)),
        (UnexpectedAnswer(Cause.REDIRECT, 302), (False, Fault.OURS)),
        (UnexpectedAnswer(Cause.STATUS, 405), (False, Fault.OURS)),
    ],
    ids=str,
)
def test_an_unexpected_answer_may_be_the_fault_of_register_installation_or_caller(
    error: PartyError, decision: tuple[bool, Fault]
) -> None:
    assert (error.retryable, error.fault) == decision
    assert (copied(error).retryable, copied(error).fault) == decision


def test_a_code_that_is_no_code_of_the_registers_is_dropped() -> None:
    assert A_NUMBER not in str(InvalidRequest(Cause.STATUS, 400, f"ukjent {A_NUMBER}"))
    assert A_NUMBER not in repr(InvalidRequest(Cause.STATUS, 400, A_NUMBER))
    assert str(InvalidRequest(Cause.STATUS, 400, "FREG-002")) == "InvalidRequest: unexpected status, HTTP 400, FREG-002"


@pytest.mark.parametrize(
    "error",
    [Unavailable(Cause.TIMEOUT), Busy(2.5, "FREG-5"), Busy(2.5, cause=Cause.OWN_QUOTA), Refused(Cause.STATUS, 403)],
)
def test_an_error_survives_the_way_between_processes(error: PartyError) -> None:
    copy = copied(error)
    assert (str(copy), copy.status, getattr(copy, "retry_after", None)) == (
        str(error),
        error.status,
        getattr(error, "retry_after", None),
    )

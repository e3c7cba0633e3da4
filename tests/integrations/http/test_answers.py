"""Every wrong answer becomes its typed error. A retryable one is asked once more, and another is not."""

import httpx
import pytest

from integrations.folkeregisteret.criteria import ExtractCriteria, SearchCriteria
from integrations.folkeregisteret.doors import Dialect, SkatteetatenDoor
from integrations.folkeregisteret.elements import RightsPackage
from integrations.http.errors import Busy, Cause, InvalidRequest, PartyError, Refused, Unavailable, UnexpectedAnswer
from tests.integrations.folkeregisteret.making import A_NUMBER, ANOTHER_NUMBER, ERROR_SHAPES, as_json, document
from tests.integrations.folkeregisteret.register import Register, client_of

PACKAGE = RightsPackage.WITH_LEGAL_BASIS
HTML = {"Content-Type": "text/html; charset=utf-8"}
JSON = {"Content-Type": "application/json"}
EXTRACT = ExtractCriteria(personstatustyper=("bosatt",), bostedskommunenummer="1870")
PERSON = httpx.Response(200, json=document())

OPERATIONS = {
    "person": lambda client: client.person(PACKAGE, A_NUMBER, {"navn"}),
    "bulk": lambda client: client.bulk(PACKAGE, [A_NUMBER], {"navn"}),
    "search": lambda client: client.search(PACKAGE, SearchCriteria(navn="RAD FURE")),
    "order": lambda client: client.order_extract(PACKAGE, EXTRACT),
    "batch": lambda client: client.extract_batch(PACKAGE, "5b6e-1", 0),
}
every_operation = pytest.mark.parametrize("operation", OPERATIONS)


def failure(operation: str, *answers: httpx.Response | Exception) -> tuple[PartyError, Register]:
    """The error of an operation that gets this answer, after checking that it holds no personal data."""
    register = Register(*answers)
    with pytest.raises(PartyError) as raised:
        OPERATIONS[operation](client_of(register))
    error = raised.value
    assert error.party == "Folkeregisteret"
    assert error.__cause__ is None
    assert error.__suppress_context__ or error.__context__ is None
    seen = f"{error} {error!r} {error.args}"
    assert not any(text in seen for text in (A_NUMBER, "RAD", "register.example", "Feil for"))
    return error, register


@pytest.mark.parametrize(
    ("operation", "shape"),
    [*((operation, "application") for operation in OPERATIONS), *(("person", shape) for shape in ERROR_SHAPES)],
)
@pytest.mark.parametrize(
    ("status", "kind"),
    [(400, InvalidRequest), (401, Refused), (403, Refused), (429, Busy), (500, Unavailable), (503, Unavailable)],
)
def test_each_status_is_its_error_in_whichever_shape_it_comes(
    operation: str, shape: str, status: int, kind: type[PartyError]
) -> None:
    error, _ = failure(operation, httpx.Response(status, json=ERROR_SHAPES[shape], headers={"Retry-After": "60000"}))
    assert (type(error), error.status) == (kind, status)


@every_operation
@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (httpx.Response(200, headers=HTML, content=b"<html>Support ID 42</html>"), Cause.HTML),
        (httpx.Response(400, headers=HTML, content=b"<html>Support ID 42</html>"), Cause.HTML),
        (httpx.Response(403, headers=HTML, content=b"<html>Support ID 42</html>"), Cause.HTML),
        (httpx.Response(404, headers=HTML, content=b"<html>Not found</html>"), Cause.HTML),
        (httpx.Response(200, headers={"Content-Type": "application/xml"}, content=b"<person/>"), Cause.CONTENT_TYPE),
        (httpx.Response(404, headers={"Content-Type": "text/plain"}, content=b"no upstream"), Cause.CONTENT_TYPE),
        (httpx.Response(200, content=as_json(document())), Cause.CONTENT_TYPE),
        (httpx.Response(204), Cause.CONTENT_TYPE),
        (httpx.Response(200, headers=JSON, content=b""), Cause.NOT_UNDERSTOOD),
        (httpx.Response(200, headers=JSON, content=as_json(document())[:40]), Cause.NOT_UNDERSTOOD),
        (httpx.Response(200, headers=JSON, content=b"[]"), Cause.NOT_UNDERSTOOD),
        (httpx.Response(302, headers={"Location": f"https://other.example/{A_NUMBER}"}), Cause.REDIRECT),
        (httpx.Response(418, json=ERROR_SHAPES["application"]), Cause.STATUS),
    ],
    ids=str,
)
def test_an_answer_that_is_not_the_registers_is_unexpected(
    operation: str, answer: httpx.Response, cause: Cause
) -> None:
    error, register = failure(operation, answer)
    assert (type(error), error.cause) == (UnexpectedAnswer, cause)
    assert len(register.asked) == 1, "neither followed nor asked again"


@every_operation
@pytest.mark.parametrize("shape", ERROR_SHAPES)
def test_an_error_inside_a_successful_answer_is_no_data(operation: str, shape: str) -> None:
    error, _ = failure(operation, httpx.Response(200, json=ERROR_SHAPES[shape]))
    assert isinstance(error, UnexpectedAnswer)


@pytest.mark.parametrize("operation", ["bulk", "order"])
def test_a_404_where_nothing_can_be_missing_is_a_wrong_address(operation: str) -> None:
    error, _ = failure(operation, httpx.Response(404, json=ERROR_SHAPES["feed"]))
    assert (type(error), error.status) == (UnexpectedAnswer, 404)


@every_operation
@pytest.mark.parametrize(
    ("problem", "kind", "cause"),
    [
        (httpx.ConnectError(f"refused /{A_NUMBER}"), Unavailable, Cause.NO_CONNECTION),
        (httpx.ReadError(f"reset /{A_NUMBER}"), Unavailable, Cause.NO_CONNECTION),
        (httpx.ConnectTimeout(A_NUMBER), Unavailable, Cause.TIMEOUT),
        (httpx.ReadTimeout(A_NUMBER), Unavailable, Cause.TIMEOUT),
        (httpx.PoolTimeout(A_NUMBER), Unavailable, Cause.TIMEOUT),
        (httpx.RemoteProtocolError(A_NUMBER), UnexpectedAnswer, Cause.TRUNCATED),
        (httpx.DecodingError(A_NUMBER), UnexpectedAnswer, Cause.TRUNCATED),
    ],
    ids=lambda value: type(value).__name__,
)
def test_nothing_of_the_http_library_comes_out(
    operation: str, problem: Exception, kind: type[PartyError], cause: Cause
) -> None:
    error, _ = failure(operation, problem)
    assert (type(error), error.cause) == (kind, cause)


PASSING = [
    httpx.ConnectError(""),
    httpx.ReadTimeout(""),
    httpx.RemoteProtocolError(""),
    httpx.Response(500, json=ERROR_SHAPES["application"]),
    httpx.Response(502, headers=HTML, content=b"<html>Bad gateway</html>"),
    httpx.Response(429, headers={"Retry-After": "5"}),
]


@pytest.mark.parametrize("problem", PASSING, ids=str)
def test_a_retryable_error_is_followed_by_one_retry(problem: httpx.Response | Exception) -> None:
    register = Register(problem, PERSON)
    assert OPERATIONS["person"](client_of(register))
    assert len(register.asked) == 2


@pytest.mark.parametrize("operation", ["person", "bulk", "search", "batch"])
@pytest.mark.parametrize("problem", PASSING, ids=str)
def test_there_is_one_retry_and_no_more(operation: str, problem: httpx.Response | Exception) -> None:
    _, register = failure(operation, problem)
    assert len(register.asked) == 2


@pytest.mark.parametrize(
    "problem", [httpx.ConnectError(""), httpx.ProxyError(""), httpx.ConnectTimeout(""), httpx.PoolTimeout("")], ids=repr
)
def test_an_order_that_never_left_us_is_sent_again(problem: Exception) -> None:
    register = Register(problem, httpx.Response(200, json={"jobbId": "5b6e-1"}))
    assert client_of(register).order_extract(PACKAGE, EXTRACT) == "5b6e-1"


@pytest.mark.parametrize("problem", PASSING[1:], ids=str)
def test_an_order_that_may_have_arrived_is_never_sent_twice(problem: httpx.Response | Exception) -> None:
    _, register = failure("order", problem)
    assert len(register.asked) == 1


def test_a_wait_longer_than_the_deadline_is_left_to_the_caller() -> None:
    error, register = failure("person", httpx.Response(429, headers={"Retry-After": "4000"}))
    assert isinstance(error, Busy)
    assert (error.retry_after, len(register.asked)) == (4.0, 1)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("1500", 1.5), ("0", 0.1), ("1", 0.1), ("999999999999", 60.0), ("", 1.0), ("Wed, 21 Oct 2026 07:28:00 GMT", 1.0)],
)
def test_the_wait_is_told_in_milliseconds_and_taken_with_care(header: str, seconds: float) -> None:
    error, _ = failure("order", httpx.Response(429, headers={"Retry-After": header}))
    assert isinstance(error, Busy)
    assert error.retry_after == seconds


def test_a_register_that_counts_seconds_is_understood_where_it_is_said_to() -> None:
    door = SkatteetatenDoor("https://register.example", dialect=Dialect(retry_after="seconds"))
    client = client_of(Register(httpx.Response(429, headers={"Retry-After": "5"})), door=door)
    with pytest.raises(Busy) as busy:
        client.order_extract(PACKAGE, EXTRACT)
    assert busy.value.retry_after == 5.0


@pytest.mark.parametrize("delegates", ["", "310000027"])
def test_a_withdrawn_token_is_replaced_once_even_for_an_order(delegates: str) -> None:
    register = Register(
        httpx.Response(401, json=ERROR_SHAPES["access"]), httpx.Response(200, json={"jobbId": "5b6e-1"})
    )
    door = SkatteetatenDoor("https://register.example", delegates)
    assert client_of(register, door=door).order_extract(PACKAGE, EXTRACT) == "5b6e-1"
    assert [request.headers["Authorization"] for request in register.asked] == ["Bearer token-1", "Bearer token-2"]


def test_a_client_that_is_never_let_in_gives_up_after_a_new_token() -> None:
    error, register = failure("person", httpx.Response(401, json=ERROR_SHAPES["access"]))
    assert (type(error), len(register.asked), len(register.grants)) == (Refused, 2, 2)


@pytest.mark.parametrize(("shape", "code"), [("application", "FREG-001"), ("access", "FREG-403"), ("fiks", "FIKS-17")])
def test_a_code_is_kept_in_whichever_shape_it_comes(shape: str, code: str) -> None:
    assert failure("person", httpx.Response(403, json=ERROR_SHAPES[shape]))[0].code == code


def test_the_registers_own_code_is_kept() -> None:
    error, _ = failure("person", httpx.Response(400, json={"kode": "FREG-002", "melding": f"Ugyldig {A_NUMBER}"}))
    assert error.code == "FREG-002"


@pytest.mark.parametrize(
    "rows",
    [
        [{"foedselsEllerDNummer": ANOTHER_NUMBER, "folkeregisterperson": document(of=ANOTHER_NUMBER)}],
        [{"foedselsEllerDNummer": A_NUMBER}, {"foedselsEllerDNummer": ANOTHER_NUMBER}],
        [{"folkeregisterperson": document()}],
        [None],
    ],
    ids=["another", "one more", "without what was asked", "null"],
)
def test_a_bulk_answer_about_somebody_else_or_nobody_in_particular_is_refused_whole(rows: list[object]) -> None:
    error, _ = failure("bulk", httpx.Response(200, json={"oppslag": rows}))
    assert isinstance(error, UnexpectedAnswer)


def test_an_ordered_bulk_answer_that_lacks_one_is_refused() -> None:
    register = Register(httpx.Response(200, json={"oppslag": [{"foedselsEllerDNummer": A_NUMBER}]}))
    with pytest.raises(UnexpectedAnswer):
        client_of(register).bulk(PACKAGE, [A_NUMBER, A_NUMBER], {"navn"}, as_ordered=True)


@pytest.mark.parametrize("operation", ["search", "batch"])
@pytest.mark.parametrize("numbers", [["123"], [17], [A_NUMBER, "../x"], "feil", [None]], ids=str)
def test_a_list_of_something_else_than_numbers_is_unexpected(operation: str, numbers: object) -> None:
    error, _ = failure(operation, httpx.Response(200, json={"foedselsEllerDNummer": numbers}))
    assert isinstance(error, UnexpectedAnswer)

"""Extracts: all persons who meet some criteria, ordered as a job and read batch by batch."""

from typing import Final

import httpx
import msgspec

from integrations.folkeregisteret.client.arguments import Operations, check_identifiers
from integrations.folkeregisteret.client.responses import decode_numbers
from integrations.folkeregisteret.criteria import ExtractCriteria
from integrations.folkeregisteret.documents import decode_answer
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.errors import ExtractGone
from integrations.folkeregisteret.exchange import Call
from integrations.folkeregisteret.problems import error_code
from integrations.http.errors import Cause, InvalidRequest, UnexpectedAnswer


class _JobResponse(msgspec.Struct, frozen=True):
    jobbId: str = ""


_JOB: Final = msgspec.json.Decoder(_JobResponse)


class Extracts(Operations):
    """Contract section 1.6."""

    def order_extract(self, package: RightsPackage, criteria: ExtractCriteria) -> str:
        """Orders an extract and returns its job id. It is never retried: each order makes a job, and ten are
        allowed."""
        call = Call(
            package=package,
            method="POST",
            path="/uttrekk/tilpasset",
            body=criteria.body(),
            within=self._deadlines.extract,
            repeatable=False,
        )
        return self._exchange.ask(call, _decode_job)

    def extract_batch(self, package: RightsPackage, job_id: str, batch_number: int) -> list[str] | None:
        """The numbers in one batch (counted from 0); None while it is not ready, [] after the last. Raises
        ExtractGone."""
        check_identifiers([job_id])
        if batch_number < 0:
            raise InvalidRequest(Cause.INPUT)
        call = Call(
            package=package,
            path=f"/uttrekk/{job_id}/batch/{batch_number}",
            within=self._deadlines.extract,
            expects=frozenset({404, 410}),
        )
        return self._exchange.ask(call, _decode_batch)


def _decode_job(answer: httpx.Response) -> str:
    job = decode_answer(answer.content, _JOB).jobbId
    if not job:
        raise UnexpectedAnswer(Cause.ERROR_INSIDE, 200)
    return job


def _decode_batch(answer: httpx.Response) -> list[str] | None:
    if answer.status_code == 410:
        raise ExtractGone(Cause.STATUS, 410, error_code(answer))
    return None if answer.status_code == 404 else decode_numbers(answer.content)

"""Archived person documents, as they were after an event. The register keeps them for 36 months."""

from collections.abc import Collection, Sequence
from functools import partial

import httpx
import msgspec

from integrations.folkeregisteret.client.arguments import Operations, check_identifiers, check_legal_basis
from integrations.folkeregisteret.client.responses import (
    PERSON,
    check_identified,
    decode_documents,
    is_there,
    person_or_none,
)
from integrations.folkeregisteret.documents import PersonRecord
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.exchange import Call
from integrations.http.errors import Cause, UnexpectedAnswer


class Archive(Operations):
    """Contract sections 1.3 and 1.7. Only with the package with legal basis; otherwise InvalidRequest before
    sending."""

    def archived(self, package: RightsPackage, document_id: str, parts: Collection[str]) -> PersonRecord | None:
        """The person in this archived document; None when the register does not know the id. Raises DocumentGone."""
        check_legal_basis(package)
        check_identifiers([document_id])
        call = Call(
            package=package,
            path=f"/personer/arkiv/{document_id}",
            query=self._parts(package, parts),
            within=self._deadlines.single,
            expects=frozenset({400, 404}),
        )
        return self._exchange.ask(call, lambda answer: person_or_none(answer) if is_there(answer) else None)

    def archived_bulk(
        self, package: RightsPackage, document_ids: Sequence[str], parts: Collection[str]
    ) -> list[PersonRecord]:
        """The persons in these documents, at most as many as the dialect says.

        The register does not say which document each person comes from. One deleted document makes it refuse all of
        them with InvalidRequest.
        """
        check_legal_basis(package)
        check_identifiers(document_ids, self._dialect.most_documents_in_bulk)
        query = self._parts(package, parts)
        if not document_ids:
            return []
        call = Call(
            package=package,
            method="POST",
            path="/personer/bulkoppslag/arkiv",
            query=query,
            body=msgspec.json.encode({"dokumentidentifikator": document_ids}),
            within=self._deadlines.bulk,
        )
        return self._exchange.ask(call, partial(_decode_persons, most=len(document_ids)))


def _decode_persons(answer: httpx.Response, *, most: int) -> list[PersonRecord]:
    persons = [check_identified(person) for person in decode_documents(answer.content, PERSON)]
    if len(persons) > most:
        raise UnexpectedAnswer(Cause.NOT_ASKED_FOR, 200)
    return persons

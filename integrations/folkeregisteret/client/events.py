"""The feed of events, and the event documents that say what was changed."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise
from typing import Final

import httpx
import msgspec

from integrations.folkeregisteret.client.arguments import Operations, check_identifiers, check_legal_basis
from integrations.folkeregisteret.client.responses import decode_documents, is_there
from integrations.folkeregisteret.documents import decode_answer
from integrations.folkeregisteret.elements import RightsPackage
from integrations.folkeregisteret.errors import FeedTooOld
from integrations.folkeregisteret.events import EventDocument, FeedEntry
from integrations.folkeregisteret.exchange import Call
from integrations.folkeregisteret.novelties import NOVELTIES
from integrations.folkeregisteret.problems import error_code
from integrations.http.errors import Cause, InvalidRequest, UnexpectedAnswer


class FeedPage(msgspec.Struct, frozen=True):
    """At most 1000 events in order, and the ETag for asking for the same page again.

    unchanged: the page is the same as when the register gave the ETag that was sent; then there are no entries.
    """

    entries: tuple[FeedEntry, ...]
    etag: str = ""
    unchanged: bool = False

    def next_sequence(self, asked_from: int) -> int:
        """The number to ask from next: after the last event, or `asked_from` when the page is empty."""
        return self.entries[-1].sekvensnummer + 1 if self.entries else asked_from

    def __repr__(self) -> str:
        return f"<FeedPage of {len(self.entries)}>"


class _Sequence(msgspec.Struct, frozen=True):
    sekvensnummer: int | str


_LATEST: Final = msgspec.json.Decoder(int | str | _Sequence)
_PAGE: Final = msgspec.json.Decoder(tuple[FeedEntry, ...])
_EVENT: Final = msgspec.json.Decoder(EventDocument)


class Events(Operations):
    """Contract section 1.7."""

    def latest_event(self, package: RightsPackage) -> int:
        """The number of the newest event. The register sends it bare, in an object or as text."""
        call = Call(package=package, path="/hendelser/siste/sekvensnummer", within=self._deadlines.single)
        return self._exchange.ask(call, _decode_latest)

    def feed(self, package: RightsPackage, from_sequence: int, etag: str = "") -> FeedPage:
        """The events from this number on (included). Raises FeedTooOld when the register has deleted them.

        etag: the ETag of the page seen last; an unchanged page is not sent again.
        """
        if from_sequence < 0 or not _is_etag(etag):
            raise InvalidRequest(Cause.INPUT)
        call = Call(
            package=package,
            path="/hendelser/feed",
            query=(("seq", str(from_sequence)),),
            headers=(("If-None-Match", etag),) if etag else (),
            within=self._deadlines.search,
            expects=frozenset({304, 406}),
        )
        return self._exchange.ask(call, partial(_decode_page, from_sequence=from_sequence, etag=etag))

    def event(self, package: RightsPackage, document_id: str) -> EventDocument | None:
        """The event document with this id; None when the register does not know it. Raises DocumentGone. Only with the
        package with legal basis."""
        check_legal_basis(package)
        check_identifiers([document_id])
        call = Call(
            package=package,
            path=f"/hendelser/{document_id}",
            within=self._deadlines.single,
            expects=frozenset({400, 404}),
        )
        return self._exchange.ask(call, partial(_decode_event, document_id=document_id))

    def event_bulk(self, package: RightsPackage, document_ids: Sequence[str]) -> list[EventDocument]:
        """The event documents with these ids, in any order; at most as many as the dialect says. Only with the package
        with legal basis.

        One deleted document makes the register refuse all of them with InvalidRequest.
        """
        check_legal_basis(package)
        check_identifiers(document_ids, self._dialect.most_documents_in_bulk)
        if not document_ids:
            return []
        call = Call(
            package=package,
            method="POST",
            path="/hendelser/bulkoppslag",
            body=msgspec.json.encode({"dokumentidentifikator": document_ids}),
            within=self._deadlines.bulk,
        )
        return self._exchange.ask(
            call, lambda answer: _check_asked_for(decode_documents(answer.content, _EVENT), document_ids)
        )


def _decode_latest(answer: httpx.Response) -> int:
    latest = decode_answer(answer.content, _LATEST)
    return _parse_sequence(latest.sekvensnummer if isinstance(latest, _Sequence) else latest)


def _decode_event(answer: httpx.Response, *, document_id: str) -> EventDocument | None:
    if not is_there(answer):
        return None
    event = decode_answer(answer.content, _EVENT)
    NOVELTIES.look(answer.content, EventDocument)
    return _check_asked_for([event], [document_id])[0]


def _parse_sequence(sequence: int | str) -> int:
    """The event's number. Raises UnexpectedAnswer when it is none."""
    text = str(sequence).strip()
    if not (text.isascii() and text.isdigit() and len(text) < 19):
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD, 200)
    return int(text)


def _decode_page(response: httpx.Response, *, from_sequence: int, etag: str) -> FeedPage:
    if response.status_code == 406:
        raise FeedTooOld(Cause.STATUS, 406, error_code(response))
    if response.status_code == 304:
        return FeedPage((), etag, unchanged=True)
    entries = decode_answer(response.content, _PAGE)
    _check_order(entries, from_sequence)
    NOVELTIES.look(response.content, FeedEntry)
    etag = response.headers.get("ETag", "")
    # An ETag that cannot be sent back in a header is useless.
    return FeedPage(entries, etag if _is_etag(etag) else "")


def _check_order(entries: Sequence[FeedEntry], from_sequence: int) -> None:
    """Raises UnexpectedAnswer unless the events are in order: a consumer stores the last number as its pointer, and
    would otherwise lose events or get them twice."""
    numbers = [from_sequence - 1, *(entry.sekvensnummer for entry in entries)]
    if any(earlier >= later for earlier, later in pairwise(numbers)):
        raise UnexpectedAnswer(Cause.NOT_UNDERSTOOD, 200)


def _check_asked_for(events: list[EventDocument], document_ids: Sequence[str]) -> list[EventDocument]:
    """Returns the events; raises UnexpectedAnswer when one has an id that was not asked for."""
    wanted = frozenset(document_ids)
    if not all(event.dokumentidentifikator in wanted for event in events):
        raise UnexpectedAnswer(Cause.NOT_ASKED_FOR, 200)
    return events


def _is_etag(text: str) -> bool:
    """Whether the text may stand in a header."""
    return text.isascii() and text.isprintable() and len(text) <= 200 if text else True

"""Building one list, from the claim to the published file. After a kill the next worker continues at the last
checkpoint.

extract job -> batches of identifiers -> bulk lookups of 1,000 through the gate -> rows -> workbook. The right to the
list is read from the database again before each call to the gate.
"""

import logging
import time
from collections.abc import Callable, Iterator
from functools import partial
from itertools import count
from uuid import UUID

from citizenlists import storage
from citizenlists.building import checkpoints, pipeline
from citizenlists.building.lookahead import looking_ahead
from citizenlists.building.pipeline import Chunk, Households, Slice
from citizenlists.building.sorting import sorted_rows
from citizenlists.content.about import about
from citizenlists.content.layouts import shown_columns, stored_columns
from citizenlists.models import CitizenList
from citizenlists.orders import lifecycle, rights
from citizenlists.orders.leases import Claim, Heartbeat
from citizenlists.storage import Vault
from integrations.spreadsheets.stream import Cell, write_workbook
from roles import disclosure
from roles.disclosure import ManyDisclosed

logger = logging.getLogger(__name__)

#: Seconds that a worker waits for the register's extract before it takes another order, and between its questions.
POLL_FOR = 10.0
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0


class ExtractNotReady(Exception):
    """The register is still working on the extract. The worker releases the order and comes back later."""


class Builder:
    """One worker's work on one order. Each method may raise LeaseLost and the errors of the gate and of storage."""

    def __init__(self, claim: Claim, heartbeat: Heartbeat) -> None:
        self._claim, self._heartbeat = claim, heartbeat

    def run(self) -> None:
        """Does the steps that are left, and publishes the file."""
        vault = self._vault()
        checkpoints.tidy(self._order())
        self._fetch_identifiers(vault)
        self._fetch_rows(vault)
        self._publish(vault)

    def _order(self) -> CitizenList:
        self._heartbeat.check()
        return read(self._claim.order_id)

    def _vault(self) -> Vault:
        order = self._order()
        return storage.vault(order.pk, order.sealed_key)

    def _fetch_identifiers(self, vault: Vault) -> None:
        job = self._order().extract_job or self._order_extract()
        while not (order := self._order()).extract_complete:
            number = checkpoints.batches_kept(order)
            # An empty extract is read and kept like any other (a first batch, then the end), so that it takes as long.
            if (batch := self._batch(job, number if order.persons_found else 0)) or number == 0:
                checkpoints.keep_identifiers(self._claim, vault, number, batch)
            else:
                checkpoints.end_of_extract(self._claim)

    def _order_extract(self) -> str:
        order = self._order()
        access = rights.access_to_build(order)
        job = disclosure.order_extract(access, rights.criteria_of(order).extract())
        checkpoints.keep_job(self._claim, job)
        return job

    def _batch(self, job: str, number: int) -> list[str]:
        give_up = time.monotonic() + POLL_FOR
        for tries in count():
            batch = disclosure.extract_batch(rights.access_to_build(self._order()), job, number)
            if batch is not None:
                return batch
            if time.monotonic() > give_up:
                break
            time.sleep(min(FIRST_PAUSE * 2**tries, LONGEST_PAUSE))
        raise ExtractNotReady

    def _fetch_rows(self, vault: Vault) -> None:
        order = self._order()
        done = checkpoints.parts_done(order)
        left = [part for part in checkpoints.parts(order) if part.number not in done]
        columns, criteria = stored_columns(order), rights.criteria_of(order)
        with looking_ahead(self._disclosures(order, vault, left)) as disclosures:
            for part, disclosed in disclosures:
                chunk = pipeline.chunk_of(disclosed, columns, criteria)
                self._heartbeat.check()
                checkpoints.keep_chunk(self._claim, vault, part, chunk)

    def _disclosures(
        self, order: CitizenList, vault: Vault, left: list[Slice]
    ) -> Iterator[Callable[[], tuple[Slice, ManyDisclosed]]]:
        for part, numbers in checkpoints.identifiers(order, vault, left):
            yield partial(self._disclose, part, numbers, vault.marks_key)

    def _disclose(self, part: Slice, numbers: list[str], marks_key: bytes) -> tuple[Slice, ManyDisclosed]:
        return part, disclosure.disclose_many(rights.access_to_build(self._order()), numbers, marks_key=marks_key)

    def _publish(self, vault: Vault) -> None:
        order = self._order()
        access, columns = rights.access_to_build(order), shown_columns(order)
        checkpoints.check_identifiers(order, vault)
        protected, marks = self._marks(order, vault)
        households = Households(protected, access.sees_gradings)
        rows, name = pipeline.count_rows(self._chunks(order, vault), households), f"list-{self._claim.fence}"
        with vault.create(name) as writer:
            write_workbook(
                writer,
                title="Innbyggerliste",
                columns=[column.sheet for column in columns],
                rows=self._rows(order, vault, households),
                row_count=rows,
                about=about(order, access),
            )
            lifecycle.publish(claim=self._claim, access=access, writer=writer, name=name, rows=rows, marks=marks)

    def _rows(self, order: CitizenList, vault: Vault, households: Households) -> Iterator[list[Cell]]:
        """The rows of the file, in its order."""

        def read() -> Iterator[list[Cell]]:
            return pipeline.sheet_rows(self._chunks(order, vault), stored_columns(order), households)

        return sorted_rows(read, len(shown_columns(order))) if order.sorting else read()

    def _marks(self, order: CitizenList, vault: Vault) -> tuple[frozenset[str], list[str]]:
        """The marks of all protected households, and the names of the files with each chunk's marks for downloads."""
        protected, names = set[str](), list[str]()
        for number, chunk in enumerate(self._chunks(order, vault)):
            protected |= chunk.protected
            names.append(checkpoints.marks_of(self._claim, vault, number, chunk))
        return frozenset(protected), names

    def _chunks(self, order: CitizenList, vault: Vault) -> Iterator[Chunk]:
        for chunk in checkpoints.chunks(order, vault):
            self._heartbeat.check()
            yield chunk


def read(order_id: UUID) -> CitizenList:
    """The order, with the related rows that its log entries name."""
    return CitizenList.objects.select_related("role", "organisation", "ordered_by").get(pk=order_id)

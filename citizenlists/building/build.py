"""Building one list, from the claim to the published file. After a kill the next worker continues at the last
checkpoint.

extract job -> batches of identifiers -> bulk lookups of 1,000 through the gate -> rows -> workbook. The right to the
list is read from the database again before each call to the gate.
"""

import logging
import time
from collections.abc import Callable, Iterator
from itertools import count

from django.utils import timezone

from citizenlists import storage
from citizenlists.building import checkpoints, pipeline
from citizenlists.building.partwork import PartWork, read_building
from citizenlists.building.pipeline import Chunk, Households
from citizenlists.building.sorting import arranged
from citizenlists.building.turns import Turn
from citizenlists.building.writing import write_file
from citizenlists.content.figures import Tally
from citizenlists.content.lines import Line
from citizenlists.content.sheets import Sheet, sheet_of
from citizenlists.models import CitizenList
from citizenlists.orders import lifecycle, parts, rights
from citizenlists.orders.extractlimit import reserve_extract
from citizenlists.orders.leases import Claim, Heartbeat
from citizenlists.orders.parts import LeaseLost
from citizenlists.orders.searched import search_of
from citizenlists.storage import Vault
from roles import disclosure

logger = logging.getLogger(__name__)

#: Seconds that a worker waits for the register's extract before it takes another order, and between its questions.
POLL_FOR = 5.0
FIRST_PAUSE, LONGEST_PAUSE = 0.05, 1.0
#: Seconds between two looks at the parts that helpers have.
WAIT_FOR_HELPERS = 0.2


class ExtractNotReady(Exception):
    """The register is still working on the extract. The worker releases the order and comes back later."""


class Builder:
    """One worker's work on one order. Each method may raise LeaseLost and the errors of the gate and of storage."""

    def __init__(self, claim: Claim, heartbeat: Heartbeat) -> None:
        self._claim, self._heartbeat, self._turn = claim, heartbeat, Turn(claim.order_id)

    def run(self) -> None:
        """Does the steps that are left, and publishes the file. Raises TurnOver when others wait for a worker."""
        vault = self._vault()
        checkpoints.tidy(self._order(), up_to=self._claim.fence - 1)
        self._fetch_identifiers(vault)
        self._fetch_rows(vault)
        self._publish(vault)

    def _order(self) -> CitizenList:
        self._heartbeat.check()
        order = read_building(self._claim.order_id)
        if order.fence != self._claim.fence:
            raise LeaseLost
        return order

    def _vault(self) -> Vault:
        order = self._order()
        return storage.vault(order.pk, order.sealed_key)

    def _fetch_identifiers(self, vault: Vault) -> None:
        if self._order().searched_by:
            self._search(vault)
        else:
            self._extract(vault)

    def _search(self, vault: Vault) -> None:
        """The persons of a list from a search, kept as if they were the one batch of an extract."""
        order = self._order()
        if order.extract_complete:
            return
        if not checkpoints.batches_kept(order):
            found = disclosure.search_for_list(rights.access_to_search(order), search_of(order))
            checkpoints.keep_identifiers(self._claim, vault, 0, found)
        checkpoints.end_of_extract(self._claim)

    def _extract(self, vault: Vault) -> None:
        job = self._order().extract_job or self._order_extract()
        while not (order := self._order()).extract_complete:
            number = checkpoints.batches_kept(order)
            # An empty extract is read and kept like any other (a first batch, then the end), so that it takes as long.
            if (batch := self._batch(job, number if order.persons_found else 0)) or number == 0:
                checkpoints.keep_identifiers(self._claim, vault, number, batch)
                self._turn.end_if_over()
            else:
                checkpoints.end_of_extract(self._claim)

    def _order_extract(self) -> str:
        order = self._order()
        access = rights.access_to_build(order)
        reserve_extract(self._claim)
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
        """Looks up every part, together with the helpers who come."""
        checkpoints.lay_out_parts(self._claim)
        work = PartWork(self._claim.order_id, self._claim.holder, is_helper=False, check=self._heartbeat.check)
        while parts.are_left(self._claim.order_id):
            if not work.run(vault, is_enough=self._turn.is_over):
                time.sleep(WAIT_FOR_HELPERS)
            self._order()
            self._turn.end_if_over()

    def _publish(self, vault: Vault) -> None:
        order = self._order()
        access, sheet = rights.access_to_build(order), sheet_of(order)
        checkpoints.check_identifiers(order, vault)
        protected, marks, order.unread = self._marks(order, vault)
        households = Households(protected, access.sees_gradings, rights.criteria_of(order).is_by_place)
        lines, name = self._lines(order, vault, sheet, households), f"list-{self._claim.fence}"
        rows = sum(1 for _ in lines())
        tally = Tally([column.header for column in sheet.shown], timezone.localdate().year)
        with vault.create(name) as writer:
            write_file(
                writer,
                order,
                access,
                columns=sheet.shown,
                rows=tally.counting(pipeline.sheet_rows(lines(), sheet)),
                row_count=rows,
            )
            lifecycle.publish(
                claim=self._claim,
                access=access,
                writer=writer,
                name=name,
                rows=rows,
                unread=order.unread,
                marks=marks,
                charts=tally.charts(),
            )

    def _lines(
        self, order: CitizenList, vault: Vault, sheet: Sheet, households: Households
    ) -> Callable[[], Iterator[Line]]:
        """A function that reads the lines of the file, in its order."""

        def read() -> Iterator[Line]:
            return pipeline.lines(self._chunks(order, vault), sheet, households)

        return arranged(read, sheet, checkpoints.LinesAside(self._claim, vault, self._heartbeat.check))

    def _marks(self, order: CitizenList, vault: Vault) -> tuple[frozenset[str], list[str], int]:
        """The marks of all protected households, the names of the files with each chunk's marks for downloads, and how
        many persons could not be read."""
        protected, names, unread = set[str](), list[str](), 0
        for number, chunk in enumerate(self._chunks(order, vault)):
            protected |= chunk.protected
            unread += chunk.unread
            names.append(checkpoints.marks_of(self._claim, vault, number, chunk))
        return frozenset(protected), names, unread

    def _chunks(self, order: CitizenList, vault: Vault) -> Iterator[Chunk]:
        for chunk in checkpoints.chunks(order, vault):
            self._heartbeat.check()
            yield chunk

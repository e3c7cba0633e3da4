"""What has changed on a finished list since it was built, as the role sees it and as the list would show it if it were
built again.

Nothing is counted that two files would not tell: who is not on the file does not count, and a person who has become
protected counts like one who has moved away.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from citizenlists.building import checkpoints, pipeline
from citizenlists.building.lookahead import looking_ahead
from citizenlists.building.pipeline import Chunk, Guardian, Households, Lives
from citizenlists.building.residents import Resident, dead, residents
from citizenlists.content.columns import columns_for
from citizenlists.content.criteria import ListCriteria
from citizenlists.content.sheets import Sheet, sheet_of
from citizenlists.models import CitizenList
from citizenlists.orders import rights
from citizenlists.storage import Vault
from roles import disclosure
from roles.access import Access
from roles.disclosure import ManyDisclosed
from roles.policy import elementtypes as of
from roles.policy.fieldpolicy import PermittedRecord
from roles.policy.marks import ADDRESS_ELEMENTS, RELATIONS

#: The elements that decide who is on the list and whose address it shows. The register is asked only for these again.
_COMPARED = frozenset(ADDRESS_ELEMENTS) | RELATIONS.keys() | rights.READ_ALONG | {"doedsfall"}


@dataclass(frozen=True, slots=True)
class Changes:
    """dead: on the file, and dead now. gone: not dead, and no longer on the list. moved: still on it, at another
    address. hides_address: an address on the file may not be shown any more."""

    dead: int = 0
    gone: int = 0
    moved: int = 0
    hides_address: bool = False

    @property
    def are_grave(self) -> bool:
        """Whether the file may not be handed over."""
        return bool(self.dead or self.gone or self.hides_address)


def changes_since(order: CitizenList, access: Access, vault: Vault) -> Changes:
    """Asks the register again about everybody the list was made from. Always asks about all, so that the time does not
    tell what has changed. Raises the errors of the gate and of storage."""
    criteria = rights.criteria_of(order)
    households = Households(_protected_then(order, vault), access.sees_gradings, criteria.is_by_place)
    comparison = _Comparison(households, criteria, sheet_of(order), vault.marks_key)
    batches = checkpoints.identifiers(order, vault, checkpoints.parts(order))
    narrow = _narrowed(order, access, criteria)
    of_guardians = rights.of_guardians(order, access) - {of.NAVN.key}
    ask = partial(disclosure.disclose_many, narrow, marks_key=vault.marks_key, of_guardians=of_guardians)
    calls = (partial(ask, numbers) for _, numbers in batches)
    with looking_ahead(calls) as disclosures:
        for chunk, now in zip(checkpoints.chunks(order, vault), disclosures, strict=True):
            comparison.add(chunk, now)
    shows_addresses = any(column.is_address for column in columns_for(order.elements))
    return comparison.changes(lambda: checkpoints.chunks(order, vault), shows_addresses=shows_addresses)


def _narrowed(order: CitizenList, access: Access, criteria: ListCriteria) -> Access:
    """Never more elements than the role has, not even the number: the gate reads the right again."""
    needed = rights.needed_for(order, access)
    return replace(access, elements=needed & (_COMPARED | criteria.elements) or needed)


def _protected_then(order: CitizenList, vault: Vault) -> frozenset[str]:
    return frozenset(mark for chunk in checkpoints.chunks(order, vault) for mark in chunk.protected)


class _Comparison:
    """Collects what differs, chunk by chunk. It holds the marks of those who differ and of protected households.

    Who is hidden is decided when all chunks are there, so that it is the same however the persons fall into chunks.
    """

    def __init__(self, then: Households, criteria: ListCriteria, sheet: Sheet, marks_key: bytes) -> None:
        self._then, self._criteria, self._sheet, self._marks_key = then, criteria, sheet, marks_key
        self._protected_now = set[str]()
        self._dead, self._gone, self._moved = set[str](), set[str](), set[str]()
        self._is_guardian_lost = False
        #: The households of today of those who moved or have come to live with others.
        self._joined = dict[str, Resident]()
        self._guardians_joined = list[PermittedRecord]()

    def add(self, chunk: Chunk, now: ManyDisclosed) -> None:
        """The chunk of the file, and the same persons now."""
        on_file, today = self._on_file(chunk), residents(now, self._criteria, marks_key=self._marks_key)
        left = on_file.keys() - today.keys() | chunk.listed - chunk.residents.keys()
        self._dead |= left & dead(now)
        self._gone |= left
        still = on_file.keys() & today.keys()
        moved = {mark for mark in still if _differ(on_file[mark], today[mark])}
        self._moved |= moved
        self._joined |= {mark: today[mark] for mark in still if mark in moved or _joins(on_file[mark], today[mark])}
        self._protected_now |= now.protected_addresses
        self._add_guardians(chunk, now)

    def _add_guardians(self, chunk: Chunk, now: ManyDisclosed) -> None:
        written_to = pipeline.written_to(now, self._sheet)
        for one in self._guardians_on_file(chunk):
            if one.number not in written_to:
                self._is_guardian_lost = True
            elif _joins(one, now.guardians[one.number]):
                self._guardians_joined.append(now.guardians[one.number])

    def changes(self, chunks: Callable[[], Iterator[Chunk]], *, shows_addresses: bool) -> Changes:
        """What differs. chunks: reads all of them once more."""
        newly = Households(frozenset(self._protected_now - self._then.protected), tells=True)
        today = Households(frozenset(self._protected_now), tells=True)
        hit = self._on_file_in(newly, chunks())
        hidden = hit | {mark for mark, one in self._joined.items() if today.hide(one)}
        self._is_guardian_lost |= any(map(today.hide, self._guardians_joined))
        gone = self._gone | hidden if self._then.gives_no_row else self._gone
        return Changes(
            dead=len(self._dead),
            gone=len(gone - self._dead),
            moved=len(self._moved - gone - hidden),
            hides_address=(not self._then.gives_no_row and shows_addresses and bool(hit))
            or self._writes_to_lost_guardian(newly, chunks()),
        )

    def _on_file_in(self, newly: Households, chunks: Iterator[Chunk]) -> set[str]:
        """Those on the file who live with somebody who has become protected."""
        if not newly.protected:
            return set()
        return {mark for chunk in chunks for mark, one in self._on_file(chunk).items() if newly.hide(one)}

    def _writes_to_lost_guardian(self, newly: Households, chunks: Iterator[Chunk]) -> bool:
        """Whether the file has the address of somebody with parental responsibility who would not be written to now.

        It is the same for those who became protected, died, or have no known address or no responsibility any more, so
        that it tells of none of them.
        """
        if self._is_guardian_lost or not newly.protected:
            return self._is_guardian_lost
        return any(newly.hide(one) for chunk in chunks for one in self._guardians_on_file(chunk))

    def _guardians_on_file(self, chunk: Chunk) -> Iterator[Guardian]:
        rows = (row for row in chunk.rows if not self._then.leaves_out(row))
        return (one for row in rows for one in row.guardians if not self._then.hide(one))

    def _on_file(self, chunk: Chunk) -> dict[str, Resident]:
        return {mark: one for mark, one in chunk.residents.items() if not self._then.leaves_out(one)}


def _differ(then: Resident, now: Resident) -> bool:
    """Whether the address is another. One that the role does not see, then or now, is not compared."""
    return bool(then.home and now.home) and then.home != now.home


def _joins(then: Lives, now: Lives) -> bool:
    """Whether somebody lives with others now than those they lived with then."""
    return not set(now.households) <= set(then.households)


def in_words(changes: Changes) -> str:
    """The figures as a sentence in the active language; "" when there are none."""
    said = [
        ngettext("%(count)d død", "%(count)d døde", changes.dead) % {"count": changes.dead},
        ngettext("%(count)d ikke lenger med", "%(count)d ikke lenger med", changes.gone) % {"count": changes.gone},
        ngettext("%(count)d flyttet", "%(count)d flyttet", changes.moved) % {"count": changes.moved},
    ]
    told = [words for words, count in zip(said, (changes.dead, changes.gone, changes.moved), strict=True) if count]
    return _("Siden listen ble laget: %(changes)s.") % {"changes": ", ".join(told)} if told else ""

"""The subjects of an entry: keyed hashes to find them by, and a sealed box with the numbers for authorised readers."""

from collections.abc import Sequence
from uuid import UUID

from roles.audit.entries import Subject, chain_of
from roles.keyring import every_keyed_hash, keyed_hash, seal, unseal

_PURPOSE = "audit-subject"

Columns = tuple[list[bytes], list[bytes | None], list[bytes], list[str | None]]


def columns(organisation_id: UUID | None, subjects: Sequence[Subject]) -> Columns:
    """The columns asked_hash, current_hash, sealed and outcome of audit_subject, one item per person."""
    numbers = {number for subject in subjects for number in (subject.asked, subject.current) if number}
    hashed = {number: _hash(organisation_id, number) for number in numbers}
    return (
        [hashed[subject.asked] for subject in subjects],
        [hashed[subject.current] if subject.current else None for subject in subjects],
        [_seal(organisation_id, subject) for subject in subjects],
        [subject.outcome.value if subject.outcome else None for subject in subjects],
    )


def hashes_of(organisation_id: UUID | None, number: str) -> list[bytes]:
    """The hashes that a person's number may have in this organisation's rows, one for each master key in use."""
    return [bytes.fromhex(hashed) for hashed in every_keyed_hash(_PURPOSE, organisation_id, _bare(number))]


def numbers_in(organisation_id: UUID | None, sealed: bytes) -> tuple[str, str | None]:
    """The number asked and the current one in a sealed box; None when the latter was not known. Raises Unsealable."""
    asked, _, current = unseal(_PURPOSE, sealed, chain_of(organisation_id).encode()).decode().partition(" ")
    return asked, current or None


def _hash(organisation_id: UUID | None, number: str) -> bytes:
    return bytes.fromhex(keyed_hash(_PURPOSE, organisation_id, _bare(number)))


def _seal(organisation_id: UUID | None, subject: Subject) -> bytes:
    numbers = " ".join(_bare(number) for number in (subject.asked, subject.current) if number)
    return seal(_PURPOSE, numbers.encode(), chain_of(organisation_id).encode())


def _bare(number: str) -> str:
    return "".join(number.split())

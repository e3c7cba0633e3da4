"""Invented persons, shipped with the product, for trying out a role before anybody holds it.

They pass the same policy as the register's documents. They do not come from the register, so showing them needs no gate
and no log entry. Their numbers are synthetic (month +80).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from integrations.folkeregisteret.documents import PersonRecord, current_number, decode_person
from roles.policy.addressprotection import PROTECTION_ELEMENT, UNPROTECTED
from roles.policy.explanations import Draft, Explanation, explain_all, with_protection
from roles.policy.fieldpolicy import opened_elements, restrict
from roles.policy.judging import judge, relatives_of
from roles.policy.permitted import PermittedRecord

_DOCUMENTS = Path(__file__).with_name("documents")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An invented person. relative: a person whom the record names, in the place of the relatives that the gate reads.

    with_reason: the example is shown as if a reason for opening the address had been typed.
    """

    key: str
    record: PersonRecord = field(repr=False)
    relative: PersonRecord | None = field(repr=False, default=None)
    with_reason: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """An example as the role would show it, with the explanation for each element."""

    number: str
    record: PermittedRecord
    explanations: Mapping[str, Explanation]


def _document(name: str) -> PersonRecord:
    return decode_person((_DOCUMENTS / f"{name}.json").read_bytes())


_CONFIDENTIAL = _document("fortrolig")

EXAMPLES = {
    example.key: example
    for example in (
        Example(key="familie", record=_document("familie")),
        Example(key="alt", record=_document("alt")),
        Example(key="doed", record=_document("doed")),
        Example(key="klientadresse", record=_document("klientadresse")),
        Example(key="fortrolig", record=_CONFIDENTIAL),
        Example(key="fortrolig-begrunnet", record=_CONFIDENTIAL, with_reason=True),
        Example(key="strengt-fortrolig", record=_document("strengt-fortrolig")),
        Example(key="husstand", record=_document("husstand"), relative=_CONFIDENTIAL),
    )
}


def show_example(example: Example, draft: Draft, *, confidential_addresses: bool, now: datetime) -> Shown:
    """What a caseworker would see of the example in this role at `now`.

    confidential_addresses: whether the role has the special right to open confidential addresses.
    """
    opened = opened_elements(draft.bases, draft.chosen, draft.area, now)
    may_open = confidential_addresses and example.with_reason and PROTECTION_ELEMENT in opened
    protection = judge(example.record, _relatives(example, opened), may_open=may_open)
    unprotected = restrict(example.record, elements=opened, protection=UNPROTECTED)
    permitted = restrict(example.record, elements=opened, protection=protection)
    explanations = {
        key: with_protection(explanation, shown=permitted, unprotected=unprotected)
        for key, explanation in explain_all(draft, now).items()
    }
    return Shown(number=current_number(example.record) or "", record=permitted, explanations=explanations)


def _relatives(example: Example, opened: frozenset[str]) -> list[PersonRecord]:
    """The example's relative, if the gate would read them for a role that opens these elements."""
    relative, named = example.relative, relatives_of(example.record, opened)
    return [relative] if relative and current_number(relative) in named else []

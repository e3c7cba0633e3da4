"""Our code lists and event types against the enumerations of the register owner's specification."""

from typing import Any, get_args, get_type_hints

import msgspec
import pytest

from integrations.folkeregisteret import documents, events
from integrations.folkeregisteret.codes import Codes, codes_of
from integrations.folkeregisteret.events import EVENT_TYPES
from tests.contract.facts import enumerations, event_types_fields

#: What the register has told of after its specification 1.5, and so is not in it.
LATER_CODES = {"unik"}
LATER_EVENT_TYPES = {"endringIBostedsadresseVedKommuneregulering", "endringIRettsligHandleevne", "personErInaktiv"}
IGNORED_TYPES = {"PreferertKontaktadresse"}
RENAMED = {"DokumentForHendelse": "EventDocument", "Hendelse": "Hendelse", "Registerdata": "Registerdata"}
OF_EVENTS = {"Identitetsgrunnlag": "IdentitetsgrunnlagIHendelse"} | RENAMED


def struct_of(name: str) -> type[msgspec.Struct]:
    """Our struct of a type of the specification, by its name there: "person.v1.Type" or "hendelse.v1.Type"."""
    model, _, kind = name.partition(".v1.")
    ours = OF_EVENTS.get(kind, kind) if model == "hendelse" else kind
    found: type[msgspec.Struct] = getattr(events if hasattr(events, ours) else documents, ours)
    return found


def codes_of_field(kind: type[msgspec.Struct], field: str) -> frozenset[str]:
    return next(
        codes
        for leaf in _leaves(get_type_hints(kind, include_extras=True)[field])
        if (codes := leaf if isinstance(leaf, Codes) else codes_of(leaf))
    )


def _leaves(hint: Any) -> list[Any]:
    inner = [leaf for one in (*get_args(hint), *getattr(hint, "__metadata__", ())) for leaf in _leaves(one)]
    return [hint, *inner]


LISTS = sorted(
    name
    for name in enumerations()
    if name.startswith(("person.", "hendelse."))
    and name.split(".")[2] not in IGNORED_TYPES
    and not name.endswith((".hendelsestype", ".entitet"))
)


@pytest.mark.parametrize("name", LISTS)
def test_each_code_list_is_the_registers_own_and_what_was_added_later(name: str) -> None:
    kind, _, field = name.rpartition(".")
    assert codes_of_field(struct_of(kind), field) - LATER_CODES == set(enumerations()[name])


def test_every_type_of_event_is_the_registers_own_or_was_added_later() -> None:
    theirs = set(enumerations()["hendelse.v1.Hendelse.hendelsestype"])
    assert set(EVENT_TYPES) - LATER_EVENT_TYPES == theirs


@pytest.mark.parametrize("name", sorted(event_types_fields()))
def test_every_type_of_an_event_has_our_struct_with_its_fields(name: str) -> None:
    assert set(struct_of(f"hendelse.v1.{name}").__struct_fields__) >= set(event_types_fields()[name])
